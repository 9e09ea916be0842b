//! Van der Linden's score.
//!
//! van der Linden YM et al. Prediction of survival in patients with metastases in the spinal column. Cancer
//! 2005;103(2):320-328. 0 to 6 points, higher is better. From patients of a radiotherapy trial without compression of the
//! cord. Karnofsky 10 has no points in the paper.

use super::graded::{graded, read_as};
use super::instrument::Instrument;
use super::score::{Score, ScoreNote, ScoredItem};
use crate::clinical::{Case, Karnofsky, PrimarySite, ValueSet, VisceralState, domain};

domain! {
    /// Karnofsky performance status.
    Performance, "van-der-linden-performance" {
        /// 20-40.
        Low = "20-40",
        /// 50-70.
        Middle = "50-70",
        /// 80-100.
        High = "80-100",
    }
}
graded!(Performance answers VanDerLindenPerformance: Low => 0, Middle => 1, High => 2);

domain! {
    /// Primary tumour.
    Primary, "van-der-linden-primary" {
        /// Any other.
        Other = "other",
        /// Lung.
        Lung = "lung",
        /// Prostate.
        Prostate = "prostate",
        /// Breast.
        Breast = "breast",
    }
}
graded!(Primary answers VanDerLindenPrimary: Other => 0, Lung => 1, Prostate => 2, Breast => 3);

domain! {
    /// Visceral metastases.
    Visceral, "van-der-linden-visceral" {
        /// Present.
        Present = "present",
        /// None.
        Absent = "none",
    }
}
graded!(Visceral answers VanDerLindenVisceral: Present => 0, Absent => 1);

/// The item of a primary tumour.
pub const fn primary(site: PrimarySite) -> Primary {
    match site {
        lung if lung.is_lung() => Primary::Lung,
        PrimarySite::Prostate => Primary::Prostate,
        PrimarySite::Breast => Primary::Breast,
        _ => Primary::Other,
    }
}

/// The item of a Karnofsky value; `None` for 10, which the paper does not score.
pub const fn performance(karnofsky: Karnofsky) -> Option<Performance> {
    match karnofsky {
        Karnofsky::K10 => None,
        Karnofsky::K20 | Karnofsky::K30 | Karnofsky::K40 => Some(Performance::Low),
        Karnofsky::K50 | Karnofsky::K60 | Karnofsky::K70 => Some(Performance::Middle),
        Karnofsky::K80 | Karnofsky::K90 | Karnofsky::K100 => Some(Performance::High),
    }
}

/// The score of what is known; `None` where Karnofsky is 10, for which there is none.
pub fn score(case: &Case) -> Option<Score> {
    let karnofsky = case.karnofsky.possible();
    let performance = read_as(karnofsky, |value| performance(value).map_or(ValueSet::EMPTY, ValueSet::only));
    if performance.is_empty() {
        return None;
    }
    let visceral = read_as(case.visceral.possible(), |state| match state {
        VisceralState::Absent => Visceral::Absent.into(),
        _ => Visceral::Present.into(),
    });
    let items = vec![
        ScoredItem::new(&case.karnofsky, performance),
        ScoredItem::new(&case.primary, read_as(case.primary.possible(), |site| primary(site).into())),
        ScoredItem::new(&case.visceral, visceral),
    ];
    let mut notes = vec![ScoreNote::RadiotherapyCohortWithoutCompression];
    if case.karnofsky.is_recorded() && karnofsky.contains(Karnofsky::K10) {
        notes.insert(0, ScoreNote::KarnofskyTenUndefined);
    }
    Some(Score::additive(Instrument::VanDerLinden2005, None, items, notes))
}
