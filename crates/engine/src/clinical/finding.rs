//! What is known of one item once every statement about it is weighed.

use super::evidence::Evidence;
use super::freshness::Freshness;
use super::value_set::{Domain, ValueSet};

/// An item of the case: the values it may have, how that is known, and the evidence. It never collapses silently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<T: Domain> {
    possible: ValueSet<T>,
    standing: Standing,
    evidence: Vec<Evidence>,
    remarks: Vec<Remark>,
}

/// How an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// One value.
    Known,
    /// Something is recorded, and more than one value remains.
    Narrowed,
    /// Statements exclude each other: every value that one of them allows remains.
    Conflicting,
    /// The newest statement is too old to be used; any value remains.
    Stale,
    /// Nothing is recorded; any value remains. Never the same as "none".
    NotRecorded,
}

impl Standing {
    /// Every standing, for checks that each has its text.
    pub const ALL: [Self; 5] =
        [Self::Known, Self::Narrowed, Self::Conflicting, Self::Stale, Self::NotRecorded];

    /// Stable slug for texts and codes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Narrowed => "narrowed",
            Self::Conflicting => "conflicting",
            Self::Stale => "stale",
            Self::NotRecorded => "not-recorded",
        }
    }
}

/// Something a reader must know about how a finding came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Remark {
    /// Past its fresh window but inside the usable one.
    Ageing,
    /// Something happened since that may have changed it.
    Overtaken,
    /// The sender gave no date, so its age cannot be judged.
    Undated,
    /// The sender marked it as preliminary.
    Preliminary,
    /// A Karnofsky interval read from ECOG (specification B.7).
    FromEcog,
    /// A Frankel letter read from the ASIA Impairment Scale (B.5).
    FromAsia,
    /// Counted from the sites on record, which need not be complete.
    AtLeastAsManyAsRecorded,
    /// Derived from the numbers of vertebral and extraspinal foci.
    FromCounts,
    /// The sender named no level; attributed to the only level on record.
    AttributedToOnlyLevel,
    /// Recorded for the patient, not for a level; every level carries at most this.
    RecordedForPatient,
    /// More than one primary tumour is on record.
    SeveralPrimaries,
    /// Karnofsky and ECOG do not fit each other.
    KarnofskyAgainstEcog,
    /// Follows from Tomita's surgical type 7: more than one focus (specification A.4).
    FromTomitaType,
    /// Follows from the extent of bone foci: solitary is one vertebra and nothing elsewhere (RUL-14).
    FromExtent,
    /// Follows from the course: a Frankel grade lower than before, or walking lost.
    FromCourse,
    /// Follows from an operation, a drug or an order on record.
    FromTreatment,
}

impl Remark {
    /// Stable slug for texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ageing => "ageing",
            Self::Overtaken => "overtaken",
            Self::Undated => "undated",
            Self::Preliminary => "preliminary",
            Self::FromEcog => "from-ecog",
            Self::FromAsia => "from-asia",
            Self::AtLeastAsManyAsRecorded => "at-least-as-recorded",
            Self::FromCounts => "from-counts",
            Self::AttributedToOnlyLevel => "attributed-to-only-level",
            Self::RecordedForPatient => "recorded-for-patient",
            Self::SeveralPrimaries => "several-primaries",
            Self::KarnofskyAgainstEcog => "karnofsky-against-ecog",
            Self::FromTomitaType => "from-tomita-type",
            Self::FromExtent => "from-extent",
            Self::FromCourse => "from-course",
            Self::FromTreatment => "from-treatment",
        }
    }

    /// Every remark, for checks that each has its text.
    pub const ALL: [Self; 16] = [
        Self::Ageing,
        Self::Overtaken,
        Self::Undated,
        Self::Preliminary,
        Self::FromEcog,
        Self::FromAsia,
        Self::AtLeastAsManyAsRecorded,
        Self::FromCounts,
        Self::AttributedToOnlyLevel,
        Self::RecordedForPatient,
        Self::SeveralPrimaries,
        Self::KarnofskyAgainstEcog,
        Self::FromTomitaType,
        Self::FromExtent,
        Self::FromCourse,
        Self::FromTreatment,
    ];
}

impl<T: Domain> Finding<T> {
    /// Nothing is recorded.
    pub fn not_recorded() -> Self {
        Self {
            possible: ValueSet::all(),
            standing: Standing::NotRecorded,
            evidence: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Something was recorded, too long ago.
    pub fn stale(evidence: Vec<Evidence>) -> Self {
        Self { possible: ValueSet::all(), standing: Standing::Stale, evidence, remarks: Vec::new() }
    }

    /// Recorded: known where one value is left, narrowed otherwise. An empty set means that nothing can be said.
    pub fn recorded(possible: ValueSet<T>, evidence: Vec<Evidence>) -> Self {
        match possible.len() {
            0 => Self { evidence, ..Self::not_recorded() },
            1 => Self { possible, standing: Standing::Known, evidence, remarks: Vec::new() },
            _ => Self { possible, standing: Standing::Narrowed, evidence, remarks: Vec::new() },
        }
    }

    /// Statements that exclude each other: the union of what they allow.
    pub fn conflicting(possible: ValueSet<T>, evidence: Vec<Evidence>) -> Self {
        Self { standing: Standing::Conflicting, ..Self::recorded(possible, evidence) }
    }

    /// Adds a remark once.
    #[must_use]
    pub fn with_remark(mut self, remark: Remark) -> Self {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
            self.remarks.sort_unstable();
        }
        self
    }

    /// Adds what must be known about one of the records that were used.
    #[must_use]
    pub(crate) fn with_remarks_on(self, freshness: Freshness, evidence: &Evidence) -> Self {
        let by_age = match freshness {
            Freshness::Ageing => Some(Remark::Ageing),
            Freshness::Overtaken => Some(Remark::Overtaken),
            Freshness::Undated => Some(Remark::Undated),
            Freshness::Fresh | Freshness::Stale | Freshness::NotYet => None,
        };
        let provisional = evidence.preliminary.then_some(Remark::Preliminary);
        by_age.into_iter().chain(provisional).fold(self, Self::with_remark)
    }

    /// The same evidence, read as allowing these values; what conflicts stays in conflict.
    #[must_use]
    pub(super) fn allowing(self, possible: ValueSet<T>) -> Self {
        let read = if self.standing == Standing::Conflicting {
            Self::conflicting(possible, self.evidence)
        } else {
            Self::recorded(possible, self.evidence)
        };
        Self { remarks: self.remarks, ..read }
    }

    /// The same evidence, read as saying just this.
    #[must_use]
    pub(super) fn allowing_only(self, value: T) -> Self {
        Self { remarks: self.remarks, ..Self::recorded(value.into(), self.evidence) }
    }

    /// Whether a usable statement is on record.
    pub fn is_recorded(&self) -> bool {
        matches!(self.standing, Standing::Known | Standing::Narrowed | Standing::Conflicting)
    }

    /// The values that remain possible: all of them where nothing is known.
    pub const fn possible(&self) -> ValueSet<T> {
        self.possible
    }

    /// The value, where it is known.
    pub fn known(&self) -> Option<T> {
        self.possible.single()
    }

    /// How the item stands.
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The records that were used, or that were too old.
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// What a reader must know about it.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }
}
