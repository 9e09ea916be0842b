//! The primary tumour, in the groups that the scores tell apart.

use super::value_set::domain;

domain! {
    /// Group of primary tumour. The groups follow the tables of the scores, not anatomy: what no score tells apart is
    /// one group.
    PrimarySite, "primary" {
        /// Lung, type not stated.
        Lung = "lung",
        /// Non-small-cell lung cancer.
        LungNonSmallCell = "lung-non-small-cell",
        /// Small-cell lung cancer.
        LungSmallCell = "lung-small-cell",
        /// Osteosarcoma.
        Osteosarcoma = "osteosarcoma",
        /// Stomach.
        Stomach = "stomach",
        /// Bladder and other urothelium.
        Bladder = "bladder",
        /// Esophagus.
        Esophagus = "esophagus",
        /// Pancreas, exocrine.
        Pancreas = "pancreas",
        /// Liver (hepatocellular carcinoma).
        Liver = "liver",
        /// Gallbladder and bile ducts.
        Biliary = "biliary",
        /// Not identified after work-up: a positive statement, never a missing record.
        Unidentified = "unidentified",
        /// Kidney (renal cell carcinoma).
        Kidney = "kidney",
        /// Body of the uterus, or uterus not further stated.
        Uterus = "uterus",
        /// Cervix of the uterus.
        Cervix = "cervix",
        /// Rectum.
        Rectum = "rectum",
        /// Rectosigmoid junction: rectum or colon.
        Rectosigmoid = "rectosigmoid",
        /// Colon.
        Colon = "colon",
        /// Thyroid, not stated to be anaplastic.
        Thyroid = "thyroid",
        /// Anaplastic thyroid carcinoma.
        ThyroidAnaplastic = "thyroid-anaplastic",
        /// Breast.
        Breast = "breast",
        /// Prostate.
        Prostate = "prostate",
        /// Carcinoid or other well-differentiated neuroendocrine tumour.
        Carcinoid = "carcinoid",
        /// Neuroendocrine carcinoma of high grade: not a carcinoid.
        NeuroendocrineCarcinoma = "neuroendocrine-carcinoma",
        /// Ovary.
        Ovary = "ovary",
        /// Melanoma.
        Melanoma = "melanoma",
        /// Lymphoma.
        Lymphoma = "lymphoma",
        /// Myeloma or plasmacytoma.
        Myeloma = "myeloma",
        /// Leukaemia.
        Leukaemia = "leukaemia",
        /// Sarcoma other than osteosarcoma.
        Sarcoma = "sarcoma",
        /// Squamous carcinoma of head and neck.
        HeadAndNeck = "head-and-neck",
        /// Germ-cell tumour.
        GermCell = "germ-cell",
        /// A known primary of another kind.
        Other = "other",
    }
}

impl PrimarySite {
    /// Whether this group is a more exact statement of the other, so that a record with both is no conflict.
    pub const fn refines(self, general: Self) -> bool {
        matches!(
            (self, general),
            (Self::LungNonSmallCell | Self::LungSmallCell, Self::Lung)
                | (Self::ThyroidAnaplastic, Self::Thyroid)
                | (Self::Rectum | Self::Colon, Self::Rectosigmoid)
                | (Self::Cervix, Self::Uterus)
        )
    }

    /// Cancer of the lung, of whatever type.
    pub const fn is_lung(self) -> bool {
        matches!(self, Self::Lung | Self::LungNonSmallCell | Self::LungSmallCell)
    }

    /// Disease of blood or lymph: the surgical scores were not derived from such patients.
    pub const fn is_haematological(self) -> bool {
        matches!(self, Self::Lymphoma | Self::Myeloma | Self::Leukaemia)
    }
}
