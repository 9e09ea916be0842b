//! A score of one patient or one level: its items, what it can add up to, and the bands that this reaches.

use super::band::Band;
use super::graded::{Graded, points};
use super::instrument::Instrument;
use super::item::Item;
use super::points::PointSet;
use crate::clinical::{
    Domain, Escc, Evidence, Finding, Place, PrimarySite, Remark, Standing, ValueSet, domain,
};

/// One instrument applied to what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Which instrument.
    pub instrument: Instrument,
    /// The level, for SINS and ESCC.
    pub place: Option<Place>,
    /// Every item in the order of the paper.
    pub items: Vec<ScoredItem>,
    /// The exact set of results that remain reachable.
    pub reachable: Reachable,
    /// The bands that these results fall into, from low totals to high.
    pub bands: Vec<Band>,
    /// What a reader must know about it.
    pub notes: Vec<ScoreNote>,
}

/// The results that remain possible, neither more nor fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reachable {
    /// Totals of an additive score.
    Totals(PointSet),
    /// Grades.
    Grades(ValueSet<Escc>),
    /// Decisions of a table, which are its bands.
    Decisions(ValueSet<Band>),
}

/// One item of a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoredItem {
    /// Which item.
    pub item: Item,
    /// The points that remain possible; empty for a grade.
    pub points: PointSet,
    /// The values that remain possible, as slugs of the item's own table ([`Item::choices`]).
    pub values: Vec<&'static str>,
    /// How the input stands. A known input can still leave the points open, e.g. cervix in Tokuhashi.
    pub standing: Standing,
    /// The records behind it.
    pub evidence: Vec<Evidence>,
    /// What a reader must know about the input.
    pub remarks: Vec<Remark>,
    /// For an item of the primary tumour: on what ground the score's group was assigned, site by site, as long as
    /// not every site is possible.
    pub assignments: Vec<Assignment>,
}

/// On what ground a primary tumour was put into a group of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assignment {
    /// The primary tumour.
    pub site: PrimarySite,
    /// The ground.
    pub status: AssignmentStatus,
}

domain! {
    /// Ground for putting a primary tumour into a group of a score.
    AssignmentStatus, "assignment" {
        /// Named by the paper, or by published sources as the paper's.
        Named = "named",
        /// Not named; put into the group that the score has for all others.
        Remainder = "remainder",
        /// Not named; by the growth groups of Katagiri H et al. Cancer Med 2014;3(5):1359-1367 (specification B.9).
        KatagiriAnalogy = "katagiri2014-analogy",
        /// Not named; follows from published cohorts.
        Derived = "derived",
        /// Sources put it into different groups: a clinician must choose.
        Ambiguous = "ambiguous",
        /// No confirmed source puts it into a group: all remain possible.
        Unclassified = "unclassified",
    }
}

domain! {
    /// Something that a reader of one score must know.
    ScoreNote, "score-note" {
        /// Blood or lymph disease: the score was not derived from such patients (specification B.9).
        OutsideSurgicalDerivation = "outside-surgical-derivation",
        /// Scored as thyroid by name, though anaplastic carcinoma behaves otherwise.
        AnaplasticThyroid = "anaplastic-thyroid",
        /// High-grade neuroendocrine carcinoma is no carcinoid and counts among the others.
        NeuroendocrineCarcinomaIsNoCarcinoid = "neuroendocrine-carcinoma-is-no-carcinoid",
        /// Breast, without regard to receptors: the consensus lowers ER/HR-negative and triple-negative disease
        /// (CN-2.2-TNBC, RUL-4).
        BreastReceptorsNotConsidered = "breast-receptors-not-considered",
        /// ESCC is not defined below the conus (specification B.4).
        BelowConus = "below-conus",
        /// A level that was operated or irradiated: SINS was not validated there (CN-2.3-NA, RUL-6).
        NotValidatedAtTreatedLevel = "not-validated-at-treated-level",
        /// Lung cancer with a driver variant: survival is likely to be underestimated (CN-1.5-MUT, CN-2.2-LEE).
        DriverVariantUnderestimated = "driver-variant-underestimated",
        /// Karnofsky 10 has no points in this score; the totals are those of the other values that remain possible.
        KarnofskyTenUndefined = "karnofsky-10-undefined",
        /// Performance status was read from Karnofsky through the crosswalk of specification B.7.
        PerformanceThroughCrosswalk = "performance-through-crosswalk",
        /// Derived from patients given radiotherapy who had no compression of the cord.
        RadiotherapyCohortWithoutCompression = "radiotherapy-cohort-without-compression",
        /// Contact without compression by a resistant tumour: NOMS leaves it open, MD Anderson separates before radiosurgery,
        /// the consensus names a contraindication of separation surgery (specification D.1).
        SourcesDisagreeOnContact = "sources-disagree-on-contact",
    }
}

impl Score {
    /// An additive score from its items.
    pub(super) fn additive(
        instrument: Instrument,
        place: Option<Place>,
        items: Vec<ScoredItem>,
        notes: Vec<ScoreNote>,
    ) -> Self {
        let totals = items.iter().map(|item| item.points).sum();
        let bands = Band::of_totals(instrument, totals).iter().collect();
        Self { instrument, place, items, reachable: Reachable::Totals(totals), bands, notes }
    }

    /// The reachable totals; `None` for a grading or a table.
    pub const fn totals(&self) -> Option<PointSet> {
        match self.reachable {
            Reachable::Totals(totals) => Some(totals),
            Reachable::Grades(_) | Reachable::Decisions(_) => None,
        }
    }

    /// The reachable grades; `None` for any other.
    pub const fn grades(&self) -> Option<ValueSet<Escc>> {
        match self.reachable {
            Reachable::Totals(_) | Reachable::Decisions(_) => None,
            Reachable::Grades(grades) => Some(grades),
        }
    }

    /// The band, where only one can be reached: it holds whatever the missing items turn out to be.
    pub fn band(&self) -> Option<Band> {
        match self.bands.as_slice() {
            [band] => Some(*band),
            _ => None,
        }
    }

    /// The item.
    pub fn item(&self, item: Item) -> Option<&ScoredItem> {
        self.items.iter().find(|scored| scored.item == item)
    }

    /// What all items but this one add up to.
    pub fn totals_without(&self, item: Item) -> PointSet {
        self.items.iter().filter(|scored| scored.item != item).map(|scored| scored.points).sum()
    }

    /// Whether the result is settled: one total, or one grade.
    pub const fn is_settled(&self) -> bool {
        match self.reachable {
            Reachable::Totals(totals) => totals.is_single(),
            Reachable::Grades(grades) => grades.len() == 1,
            Reachable::Decisions(decisions) => decisions.len() == 1,
        }
    }
}

impl ScoredItem {
    /// An item from the finding behind it and the values of the item's table that the finding leaves.
    pub(super) fn new<T: Domain, G: Graded>(finding: &Finding<T>, values: ValueSet<G>) -> Self {
        Self::ungraded(G::ITEM, finding, values, points(values))
    }

    /// An item that carries a grade, or the points given.
    pub(super) fn ungraded<T: Domain, V: Domain>(
        item: Item,
        finding: &Finding<T>,
        values: ValueSet<V>,
        points: PointSet,
    ) -> Self {
        Self {
            item,
            points,
            values: values.iter().map(Domain::key).collect(),
            standing: finding.standing(),
            evidence: finding.evidence().to_vec(),
            remarks: finding.remarks().to_vec(),
            assignments: Vec::new(),
        }
    }

    /// Adds the ground for every primary tumour that remains possible, as long as something is known of it.
    pub(super) fn with_assignments(
        mut self,
        sites: ValueSet<PrimarySite>,
        status: impl Fn(PrimarySite) -> AssignmentStatus,
    ) -> Self {
        if sites != ValueSet::all() {
            self.assignments = sites.iter().map(|site| Assignment { site, status: status(site) }).collect();
        }
        self
    }

    /// Adds another finding that the item rests on, with its records. What only one of the two tells narrows the item.
    pub(super) fn also_resting_on<T: Domain>(mut self, finding: &Finding<T>) -> Self {
        let standings = [self.standing, finding.standing()];
        let says = |standing: &Standing| !matches!(standing, Standing::Stale | Standing::NotRecorded);
        self.standing = match standings {
            _ if self.is_settled() => Standing::Known,
            _ if standings.contains(&Standing::Conflicting) => Standing::Conflicting,
            _ if standings.iter().any(says) => Standing::Narrowed,
            [own, other] => own.max(other),
        };
        self.evidence.extend(finding.evidence().iter().cloned());
        for remark in finding.remarks() {
            if !self.remarks.contains(remark) {
                self.remarks.push(*remark);
            }
        }
        self.remarks.sort_unstable();
        self
    }

    /// Whether just one value of the item's table is left.
    pub fn is_settled(&self) -> bool {
        self.values.len() == 1
    }
}
