//! Tomita's surgical classification of a spinal tumour, which is not his prognostic score (RUL-15).

use crate::clinical::domain;

domain! {
    /// Surgical type by extent (specification B.8). 1 to 3 intracompartmental, 4 to 6 extracompartmental.
    TomitaType, "tomita-type" {
        /// Vertebral body, or posterior element, only.
        Type1 = "1",
        /// With pedicle.
        Type2 = "2",
        /// Body, pedicle and lamina.
        Type3 = "3",
        /// Into the spinal canal.
        Type4 = "4",
        /// Paravertebral.
        Type5 = "5",
        /// Into the adjacent vertebra.
        Type6 = "6",
        /// Multiple, or skip lesions.
        Type7 = "7",
    }
}
