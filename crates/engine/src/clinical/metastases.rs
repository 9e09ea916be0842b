//! Where the metastases are and how many: bone, vertebrae, organs.

use super::value_set::domain;

domain! {
    /// Number of vertebrae with metastasis, in the bins of the revised Tokuhashi score (ruling RUL-2).
    VertebralCount, "vertebral-count" {
        /// One.
        One = "1",
        /// Two.
        Two = "2",
        /// Three or more.
        ThreeOrMore = "3-or-more",
    }
}

domain! {
    /// Number of bone foci outside the spine, in the bins of the revised Tokuhashi score.
    ExtraspinalCount, "extraspinal-count" {
        /// None: an explicit negative.
        Zero = "0",
        /// One or two.
        OneOrTwo = "1-2",
        /// Three or more.
        ThreeOrMore = "3-or-more",
    }
}

domain! {
    /// All bone foci of the body together, as the Tomita score asks (ruling RUL-14).
    BoneExtent, "bone-extent" {
        /// Exactly one focus, the spinal one.
        Solitary = "solitary",
        /// More than one.
        Multiple = "multiple",
    }
}

domain! {
    /// Metastases to vital organs. Removable implies treatable, not the reverse, so that one state answers both the
    /// Tomita item (treatable) and the Tokuhashi item (removable); specification B.1.
    VisceralState, "visceral" {
        /// None: an explicit negative.
        Absent = "none",
        /// Present and removable by surgery, hence treatable.
        Removable = "removable",
        /// Present, not removable, but treatable (embolisation, radiotherapy, systemic therapy).
        UnremovableTreatable = "unremovable-treatable",
        /// Present, neither removable nor treatable.
        Untreatable = "untreatable",
    }
}

domain! {
    /// How visceral metastases are spread, as Katagiri 2014 asks. Independent of whether they can be treated.
    VisceralPattern, "visceral-pattern" {
        /// None.
        Absent = "none",
        /// Nodular visceral metastases, or cerebral ones.
        NodularOrCerebral = "nodular-or-cerebral",
        /// Disseminated.
        Disseminated = "disseminated",
    }
}

domain! {
    /// A vital organ that carries a metastasis. Lymph nodes and bone do not count (specification B.1).
    Organ, "organ" {
        /// Lung or pleura.
        Lung = "lung",
        /// Liver.
        Liver = "liver",
        /// Brain or meninges.
        Brain = "brain",
        /// Kidney.
        Kidney = "kidney",
        /// Adrenal gland.
        Adrenal = "adrenal",
        /// Another internal organ.
        Other = "other",
    }
}

domain! {
    /// A bone outside the spine that carries a metastasis. Distinct bones are distinct foci.
    BoneSite, "bone-site" {
        /// Skull or face.
        Skull = "skull",
        /// Rib.
        Rib = "rib",
        /// Sternum.
        Sternum = "sternum",
        /// Clavicle.
        Clavicle = "clavicle",
        /// Scapula.
        Scapula = "scapula",
        /// Pelvis without the sacrum.
        Pelvis = "pelvis",
        /// Humerus.
        Humerus = "humerus",
        /// Femur.
        Femur = "femur",
        /// Another bone, or an arm or leg without the bone's name.
        Other = "other",
    }
}

/// A number of foci as recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Count {
    /// Just so many.
    Exactly(u32),
    /// So many or more.
    AtLeast(u32),
}
