//! Scores that are known and not computed. The reasons, in words, are texts; specification part C has them in full.

use crate::clinical::domain;

domain! {
    /// A published score that is held back.
    HeldBack, "held-back" {
        /// New England spinal metastasis score: cut-offs not confirmed.
        Nesms = "nesms",
        /// Rades 2013, death within two months: radiotherapy only.
        RadesTwoMonths = "rades-two-months",
        /// Rades 2008, survival: points not confirmed.
        RadesSurvival = "rades-survival",
        /// Hepatocellular carcinoma only.
        HccSmGpa = "hcc-sm-gpa",
        /// Oswestry spinal risk index: table of tumours not confirmed.
        Osri = "osri",
        /// Bollen 2014: profiles not confirmed.
        Bollen = "bollen",
        /// Metastatic spinal tumor frailty index: weights not stated.
        Mstfi = "mstfi",
        /// Sioutos 1995: not confirmed.
        Sioutos = "sioutos",
        /// SORG classic, nomogram and machine learning: points and weights not found.
        Sorg = "sorg",
        /// PathFx 3: no public model.
        PathFx = "pathfx",
        /// SPRING13: nothing found.
        Spring13 = "spring13",
        /// Tokuhashi 1990: superseded.
        Tokuhashi1990 = "tokuhashi-1990",
        /// Bauer 1995: superseded.
        Bauer1995 = "bauer-1995",
    }
}

impl HeldBack {
    /// The paper, where it is known well enough to cite.
    pub const fn citation(self) -> Option<&'static str> {
        match self {
            Self::Nesms => Some("Schoenfeld AJ et al. Spine J 2021;21:28-36"),
            Self::RadesSurvival => Some("Rades D, Dunst J, Schild SE. Cancer 2008;112:157-161"),
            Self::HccSmGpa => Some("Rim CH et al. Gut Liver 2017;11:535"),
            Self::Osri => Some("Balain B et al. Bone Joint J 2013;95-B:210-216"),
            Self::Bollen => Some("Bollen L et al. Neuro Oncol 2014;16:991"),
            Self::Mstfi => Some("De la Garza Ramos R et al. World Neurosurg 2016"),
            Self::Sorg => Some("Paulino Pereira NR et al. J Bone Joint Surg Am 2016;98:1767"),
            Self::Bauer1995 => Some("Bauer HC, Wedin R. Acta Orthop Scand 1995;66:143-146"),
            Self::RadesTwoMonths | Self::Sioutos | Self::PathFx | Self::Spring13 | Self::Tokuhashi1990 => {
                None
            }
        }
    }
}
