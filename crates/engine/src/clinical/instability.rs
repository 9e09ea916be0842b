//! What is recorded of one level: the items of SINS, and the epidural spinal cord compression (ESCC) grade.

use super::value_set::domain;
use super::vertebra::Vertebra;

domain! {
    /// SINS location. Fisher CG et al. Spine 2010;35(22):E1221-E1229.
    SinsLocation, "sins-location" {
        /// Occiput-C2, C7-T2, T11-L1, L5-S1.
        Junctional = "junctional",
        /// C3-C6, L2-L4.
        Mobile = "mobile",
        /// T3-T10.
        Semirigid = "semirigid",
        /// S2-S5.
        Rigid = "rigid",
    }
}

impl From<Vertebra> for SinsLocation {
    fn from(vertebra: Vertebra) -> Self {
        #[allow(clippy::enum_glob_use, reason = "the table reads like the paper's")]
        use Vertebra::*;
        match vertebra {
            Occiput | C1 | C2 | C7 | T1 | T2 | T11 | T12 | L1 | L5 | S1 => Self::Junctional,
            C3 | C4 | C5 | C6 | L2 | L3 | L4 => Self::Mobile,
            T3 | T4 | T5 | T6 | T7 | T8 | T9 | T10 => Self::Semirigid,
            S2 | S3 | S4 | S5 => Self::Rigid,
        }
    }
}

domain! {
    /// SINS pain. With two types of pain the higher counts.
    Pain, "sins-pain" {
        /// Improves with recumbency, or comes with movement or loading of the spine.
        Mechanical = "mechanical",
        /// Occasional pain that is not mechanical.
        Occasional = "occasional",
        /// No pain.
        PainFree = "none",
    }
}

domain! {
    /// SINS bone lesion quality.
    Lesion, "sins-lesion" {
        /// Lytic.
        Lytic = "lytic",
        /// Mixed lytic and blastic.
        Mixed = "mixed",
        /// Blastic.
        Blastic = "blastic",
    }
}

domain! {
    /// SINS radiographic spinal alignment.
    Alignment, "sins-alignment" {
        /// Subluxation or translation present.
        Subluxation = "subluxation",
        /// De novo deformity: kyphosis or scoliosis.
        Deformity = "deformity",
        /// Normal alignment.
        Normal = "normal",
    }
}

domain! {
    /// SINS vertebral body collapse. Exactly 50 % is not defined by the score (ruling RUL-13: both neighbours).
    Collapse, "sins-collapse" {
        /// More than 50 %.
        OverHalf = "over-50",
        /// Less than 50 %.
        UnderHalf = "under-50",
        /// No collapse, but more than 50 % of the body involved.
        NoneBodyInvolved = "none-over-50-involved",
        /// None of these.
        NoCollapse = "none",
    }
}

domain! {
    /// SINS involvement of the posterolateral elements (facet, pedicle, costovertebral joint).
    Posterolateral, "sins-posterolateral" {
        /// Both sides.
        Bilateral = "bilateral",
        /// One side.
        Unilateral = "unilateral",
        /// Neither.
        Uninvolved = "none",
    }
}

domain! {
    /// Epidural spinal cord compression grade (Bilsky), on axial T2 MRI at the level of worst compression.
    /// Bilsky MH et al. J Neurosurg Spine 2010;13(3):324-328. Ordinal text, never a number.
    Escc, "escc" {
        /// Bone only.
        Grade0 = "0",
        /// Epidural impingement without deformation of the thecal sac.
        Grade1a = "1a",
        /// Deformation of the thecal sac without abutment of the cord.
        Grade1b = "1b",
        /// Abutment of the cord without compression.
        Grade1c = "1c",
        /// Cord compression with cerebrospinal fluid visible.
        Grade2 = "2",
        /// Cord compression without visible cerebrospinal fluid.
        Grade3 = "3",
    }
}

impl Escc {
    /// Grades 2 and 3: high-grade compression.
    pub const fn is_high_grade(self) -> bool {
        matches!(self, Self::Grade2 | Self::Grade3)
    }
}
