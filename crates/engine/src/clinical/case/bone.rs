//! Counting bone foci: what is stated, what the sites on record add up to, and what follows for the whole skeleton.

use super::weighing::{Vote, Weighed, combine, votes, weigh, with_remarks};
use crate::clinical::{
    BoneExtent, BoneSite, Count, Domain, Evidence, ExtraspinalCount, Finding, Freshness, Level, Place,
    Remark, Standing, Statement, TomitaType, ValueSet, VertebralCount,
};

/// Vertebrae with metastasis: the stated number, and at least as many as there are levels on record.
pub(super) fn vertebral_count(facts: &[Weighed<'_>]) -> Finding<VertebralCount> {
    let stated = votes(facts, |statement| match statement {
        Statement::VertebralCount(count) => Some(vertebral_bins(*count)),
        _ => None,
    });
    let sites = sites(facts, |statement| matches!(statement, Statement::SpinalMetastasis(_)));
    let named = sites.iter().filter(|site| *site.statement != Statement::SpinalMetastasis(Place::Unstated));
    let levels = distinct(named.map(|site| site.statement));
    let minimum = vertebral_bins(Count::AtLeast(levels.max(1)));
    with_minimum(&weigh(&stated), minimum, &sites)
}

fn vertebral_bins(count: Count) -> ValueSet<VertebralCount> {
    use VertebralCount::{One, ThreeOrMore, Two};
    match count {
        Count::Exactly(0) => ValueSet::EMPTY,
        Count::Exactly(1) => One.into(),
        Count::Exactly(2) => Two.into(),
        Count::AtLeast(0 | 1) => ValueSet::all(),
        Count::AtLeast(2) => [Two, ThreeOrMore].into_iter().collect(),
        Count::Exactly(_) | Count::AtLeast(_) => ThreeOrMore.into(),
    }
}

/// Bone foci outside the spine: the stated number, and at least as many as there are bones on record.
pub(super) fn extraspinal_count(facts: &[Weighed<'_>]) -> Finding<ExtraspinalCount> {
    let stated = votes(facts, |statement| match statement {
        Statement::ExtraspinalCount(count) => Some(extraspinal_bins(*count)),
        _ => None,
    });
    let sites = sites(facts, |statement| matches!(statement, Statement::ExtraspinalBoneMetastasis(_)));
    // A bone without a name may be one of the bones that are named, so that it counts only where it is alone.
    let nameless = Statement::ExtraspinalBoneMetastasis(BoneSite::Other);
    let named = distinct(sites.iter().map(|site| site.statement).filter(|site| **site != nameless));
    let minimum = extraspinal_bins(Count::AtLeast(named.max(u32::from(!sites.is_empty()))));
    with_minimum(&weigh(&stated), minimum, &sites)
}

fn extraspinal_bins(count: Count) -> ValueSet<ExtraspinalCount> {
    use ExtraspinalCount::{OneOrTwo, ThreeOrMore, Zero};
    match count {
        Count::Exactly(0) => Zero.into(),
        Count::Exactly(1 | 2) => OneOrTwo.into(),
        Count::AtLeast(0) => ValueSet::all(),
        Count::AtLeast(1 | 2) => [OneOrTwo, ThreeOrMore].into_iter().collect(),
        Count::Exactly(_) | Count::AtLeast(_) => ThreeOrMore.into(),
    }
}

/// All bone foci together, as Tomita asks: stated, or following from the two counts (ruling RUL-14).
pub(super) fn extent(
    facts: &[Weighed<'_>],
    vertebral: &Finding<VertebralCount>,
    extraspinal: &Finding<ExtraspinalCount>,
    levels: &[Level],
) -> Finding<BoneExtent> {
    let stated = weigh(&votes(facts, |statement| match statement {
        Statement::BoneExtent(extent) => Some(ValueSet::only(*extent)),
        _ => None,
    }));
    let derived = extent_from_counts(vertebral.possible(), extraspinal.possible());
    if derived.single().is_none() {
        return if stated.is_recorded() { stated } else { from_type_7(levels).unwrap_or(stated) };
    }
    let (evidence, remarks) = grounds(vertebral, extraspinal);
    let from_counts = |finding: Finding<BoneExtent>| {
        remarks.iter().copied().fold(finding, Finding::with_remark).with_remark(Remark::FromCounts)
    };
    if !stated.is_recorded() {
        return from_counts(Finding::recorded(derived, evidence));
    }
    if !stated.possible().intersection(derived).is_empty() {
        return stated;
    }
    let both = stated.evidence().iter().cloned().chain(evidence).collect();
    let conflict = from_counts(Finding::conflicting(stated.possible().union(derived), both));
    stated.remarks().iter().copied().fold(conflict, Finding::with_remark)
}

/// The counts as far as a stated extent narrows them (specification F.1, RUL-14): solitary is one vertebra and nothing else,
/// and more than one focus lies elsewhere where one of the counts leaves it no room. An inference, so that it only narrows.
pub(super) fn counts_within(
    extent: &Finding<BoneExtent>,
    vertebral: Finding<VertebralCount>,
    extraspinal: Finding<ExtraspinalCount>,
) -> (Finding<VertebralCount>, Finding<ExtraspinalCount>) {
    let Some(known) = extent.known().filter(|_| !extent.remarks().contains(&Remark::FromCounts)) else {
        return (vertebral, extraspinal);
    };
    let (of_spine, elsewhere) = counts_of(known, vertebral.possible(), extraspinal.possible());
    (narrowed(vertebral, of_spine, extent), narrowed(extraspinal, elsewhere, extent))
}

/// The counts that an extent leaves of these.
pub(crate) fn counts_of(
    extent: BoneExtent,
    vertebral: ValueSet<VertebralCount>,
    extraspinal: ValueSet<ExtraspinalCount>,
) -> (ValueSet<VertebralCount>, ValueSet<ExtraspinalCount>) {
    let of_spine =
        vertebral.iter().filter(|count| extent_from_counts((*count).into(), extraspinal).contains(extent));
    let elsewhere =
        extraspinal.iter().filter(|count| extent_from_counts(vertebral, (*count).into()).contains(extent));
    (of_spine.collect(), elsewhere.collect())
}

fn narrowed<T: Domain>(count: Finding<T>, within: ValueSet<T>, extent: &Finding<BoneExtent>) -> Finding<T> {
    if within.is_empty() || within == count.possible() {
        return count;
    }
    let evidence = count.evidence().iter().chain(extent.evidence()).cloned().collect();
    let remarks = count.remarks().iter().chain(extent.remarks()).copied();
    remarks.fold(Finding::recorded(within, evidence), Finding::with_remark).with_remark(Remark::FromExtent)
}

/// Tomita's surgical type 7 is more than one focus (specification A.4). An inference, so that it only fills a gap.
fn from_type_7(levels: &[Level]) -> Option<Finding<BoneExtent>> {
    let type_7 = levels.iter().find(|level| level.tomita_type.known() == Some(TomitaType::Type7))?;
    let evidence = type_7.tomita_type.evidence().to_vec();
    let remarked = type_7.tomita_type.remarks().iter().copied();
    let multiple = Finding::recorded(BoneExtent::Multiple.into(), evidence);
    Some(remarked.fold(multiple, Finding::with_remark).with_remark(Remark::FromTomitaType))
}

/// The records behind two counts, as far as they are usable, and what must be known about them.
fn grounds(
    vertebral: &Finding<VertebralCount>,
    extraspinal: &Finding<ExtraspinalCount>,
) -> (Vec<Evidence>, Vec<Remark>) {
    let vertebral = vertebral.is_recorded().then(|| (vertebral.evidence(), vertebral.remarks()));
    let extraspinal = extraspinal.is_recorded().then(|| (extraspinal.evidence(), extraspinal.remarks()));
    let both = || vertebral.into_iter().chain(extraspinal);
    (
        both().flat_map(|(evidence, _)| evidence).cloned().collect(),
        both().flat_map(|(_, remarks)| remarks).copied().collect(),
    )
}

/// What the two counts leave of the whole: solitary is one vertebra and nothing outside the spine (RUL-14).
pub(crate) fn extent_from_counts(
    vertebral: ValueSet<VertebralCount>,
    extraspinal: ValueSet<ExtraspinalCount>,
) -> ValueSet<BoneExtent> {
    let one = ValueSet::only(VertebralCount::One);
    let zero = ValueSet::only(ExtraspinalCount::Zero);
    let solitary = vertebral.contains(VertebralCount::One) && extraspinal.contains(ExtraspinalCount::Zero);
    let multiple = !vertebral.is_subset(one) || !extraspinal.is_subset(zero);
    [(solitary, BoneExtent::Solitary), (multiple, BoneExtent::Multiple)]
        .into_iter()
        .filter_map(|(possible, extent)| possible.then_some(extent))
        .collect()
}

/// The facts that name a site of metastasis; such facts do not age.
fn sites<'a>(facts: &[Weighed<'a>], is_site: impl Fn(&Statement) -> bool) -> Vec<Weighed<'a>> {
    facts
        .iter()
        .filter(|fact| fact.freshness != Freshness::NotYet && is_site(fact.statement))
        .copied()
        .collect()
}

fn distinct<'a>(statements: impl Iterator<Item = &'a Statement>) -> u32 {
    let mut seen: Vec<&Statement> = Vec::new();
    for statement in statements {
        if !seen.contains(&statement) {
            seen.push(statement);
        }
    }
    u32::try_from(seen.len()).unwrap_or(u32::MAX)
}

/// A stated number beside the least number that the sites on record allow.
fn with_minimum<T: Domain>(stated: &Finding<T>, minimum: ValueSet<T>, sites: &[Weighed<'_>]) -> Finding<T> {
    let evidence: Vec<Evidence> = sites.iter().map(|site| site.evidence.clone()).collect();
    if sites.is_empty() {
        return stated.clone();
    }
    if !stated.is_recorded() {
        return with_remarks(Finding::recorded(minimum, evidence), &site_votes(minimum, sites))
            .with_remark(Remark::AtLeastAsManyAsRecorded);
    }
    if minimum.intersection(stated.possible()) == stated.possible() {
        return stated.clone();
    }
    let stated_vote = |evidence| Vote { values: stated.possible(), evidence, freshness: Freshness::Fresh };
    let votes: Vec<Vote<'_, T>> =
        stated.evidence().iter().map(stated_vote).chain(site_votes(minimum, sites)).collect();
    let together = if stated.standing() == Standing::Conflicting {
        let evidence = votes.iter().map(|vote| vote.evidence.clone()).collect();
        with_remarks(Finding::conflicting(stated.possible().union(minimum), evidence), &votes)
    } else {
        combine(&votes)
    };
    stated.remarks().iter().copied().fold(together, Finding::with_remark)
}

fn site_votes<'a, T: Domain>(minimum: ValueSet<T>, sites: &[Weighed<'a>]) -> Vec<Vote<'a, T>> {
    sites
        .iter()
        .map(|site| Vote { values: minimum, evidence: site.evidence, freshness: Freshness::Fresh })
        .collect()
}
