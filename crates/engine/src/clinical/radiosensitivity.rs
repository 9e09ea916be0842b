//! Response of tumours to conventional radiotherapy.

use super::primary_site::PrimarySite;
use super::value_set::domain;

domain! {
    /// Response of a primary tumour to conventional radiotherapy.
    Radiosensitivity, "radiosensitivity" {
        /// Sensitive.
        Sensitive = "sensitive",
        /// Resistant.
        Resistant = "resistant",
        /// In no confirmed list: a question to radiation oncology, never forced into a class.
        Unclassified = "unclassified",
    }
}

/// The class of a primary tumour: the lists of the consensus (CN-1.3-RS-SENS, CN-1.3-RS-RES, CN-3.7-RES) with those of
/// the AO Foundation (lymphoma, myeloma, colorectal), specification D.2. Lung without type, germ-cell tumour without
/// type, anaplastic thyroid and high-grade neuroendocrine carcinoma are not what the lists name.
pub const fn radiosensitivity(site: PrimarySite) -> Radiosensitivity {
    #[allow(clippy::enum_glob_use, reason = "the table reads like the lists")]
    use PrimarySite::*;
    match site {
        Breast | Prostate | Ovary | Carcinoid | Lymphoma | Myeloma => Radiosensitivity::Sensitive,
        Kidney | Thyroid | Liver | LungNonSmallCell | Colon | Rectum | Rectosigmoid | Sarcoma
        | Osteosarcoma | Melanoma => Radiosensitivity::Resistant,
        Lung
        | LungSmallCell
        | Stomach
        | Bladder
        | Esophagus
        | Pancreas
        | Biliary
        | Unidentified
        | Uterus
        | Cervix
        | ThyroidAnaplastic
        | NeuroendocrineCarcinoma
        | Leukaemia
        | HeadAndNeck
        | GermCell
        | Other => Radiosensitivity::Unclassified,
    }
}
