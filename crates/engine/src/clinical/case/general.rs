//! General condition, primary tumour, organs and neurology.

use super::weighing::{Vote, Weighed, combine, is_not_older, votes, weigh, weigh_with, with_remarks};
use crate::clinical::{
    Answer, BreastReceptors, Domain, Driver, Evidence, Finding, Frankel, Freshness, Karnofsky, PrimarySite,
    Remark, Standing, Statement, ValueSet, VisceralPattern, VisceralState,
};

/// Karnofsky, or the interval that ECOG leaves (rulings RUL-12 and F.3).
pub(super) fn karnofsky(facts: &[Weighed<'_>]) -> Finding<Karnofsky> {
    let stated = votes(facts, |statement| match statement {
        Statement::Karnofsky(values) => Some(*values),
        _ => None,
    });
    let from_ecog = votes(facts, |statement| match statement {
        Statement::Ecog(grades) => {
            Some(grades.iter().fold(ValueSet::EMPTY, |values, grade| values.union(grade.karnofsky())))
        }
        _ => None,
    });
    // Two values that are both fresh and lie in different Tokuhashi bands stay side by side (F.3).
    let karnofsky = weigh_with(&stated, |newest, vote| {
        is_not_older(newest.evidence, vote.evidence)
            || (vote.freshness == Freshness::Fresh
                && newest.freshness == Freshness::Fresh
                && !bands(vote.values).iter().any(|band| bands(newest.values).contains(band)))
    });
    let ecog = weigh(&from_ecog).with_remark(Remark::FromEcog);
    reconcile(karnofsky, ecog)
}

/// The Tokuhashi bands of general condition that a set of values touches.
fn bands(values: ValueSet<Karnofsky>) -> Vec<u8> {
    let band = |value: Karnofsky| match value {
        Karnofsky::K10 | Karnofsky::K20 | Karnofsky::K30 | Karnofsky::K40 => 0,
        Karnofsky::K50 | Karnofsky::K60 | Karnofsky::K70 => 1,
        Karnofsky::K80 | Karnofsky::K90 | Karnofsky::K100 => 2,
    };
    values.iter().map(band).collect()
}

/// Karnofsky stands where there is one; ECOG of the same day narrows it where it leaves a choice, and ECOG that cannot
/// be true beside it makes a conflict.
fn reconcile(karnofsky: Finding<Karnofsky>, ecog: Finding<Karnofsky>) -> Finding<Karnofsky> {
    let common = karnofsky.possible().intersection(ecog.possible());
    let both = || karnofsky.evidence().iter().chain(ecog.evidence()).cloned().collect::<Vec<Evidence>>();
    let same_day = || {
        karnofsky.evidence().iter().all(|own| ecog.evidence().iter().all(|other| is_not_older(own, other)))
    };
    match (karnofsky.is_recorded(), ecog.is_recorded()) {
        (true, true) if karnofsky.standing() == Standing::Narrowed && !common.is_empty() && same_day() => {
            if karnofsky.possible().is_subset(common) {
                return karnofsky;
            }
            let narrowed = Finding::recorded(common, both());
            karnofsky.remarks().iter().chain(ecog.remarks()).copied().fold(narrowed, Finding::with_remark)
        }
        (true, true) if common.is_empty() => {
            let conflict = Finding::conflicting(karnofsky.possible().union(ecog.possible()), both());
            let remarks = karnofsky.remarks().iter().chain(ecog.remarks()).copied();
            remarks.fold(conflict, Finding::with_remark).with_remark(Remark::KarnofskyAgainstEcog)
        }
        (false, true) => ecog,
        (false, false)
            if karnofsky.standing() == Standing::NotRecorded && ecog.standing() == Standing::Stale =>
        {
            Finding::stale(ecog.evidence().to_vec())
        }
        (true, _) | (false, false) => karnofsky,
    }
}

/// The primary tumour. Two that do not refine one another are never chosen between (F.3).
pub(super) fn primary(facts: &[Weighed<'_>]) -> Finding<PrimarySite> {
    let stated = votes(facts, |statement| match statement {
        Statement::Primary(site) => Some(ValueSet::only(*site)),
        _ => None,
    });
    let stated: Vec<Vote<'_, PrimarySite>> =
        stated.into_iter().filter(|vote| vote.freshness.is_usable()).collect();
    let all = stated.iter().fold(ValueSet::EMPTY, |sites, vote| sites.union(vote.values));
    let sites: ValueSet<PrimarySite> =
        all.iter().filter(|site| !all.iter().any(|other| other.refines(*site))).collect();
    let evidence: Vec<Evidence> = stated.iter().map(|vote| vote.evidence.clone()).collect();
    let finding = match sites.len() {
        0 => Finding::not_recorded(),
        1 => Finding::recorded(sites, evidence),
        _ => Finding::conflicting(sites, evidence).with_remark(Remark::SeveralPrimaries),
    };
    with_remarks(finding, &stated)
}

/// Metastases to vital organs. Statements complete each other ("present", "not removable", "treatable"), so all
/// usable ones count together as long as they can all be true; otherwise the newest count.
pub(super) fn visceral(facts: &[Weighed<'_>]) -> Finding<VisceralState> {
    let present: ValueSet<VisceralState> =
        VisceralState::ALL.iter().copied().filter(|state| *state != VisceralState::Absent).collect();
    let organs = votes(facts, |statement| match statement {
        Statement::VisceralMetastasis(_) => Some(present),
        _ => None,
    });
    let organs: Vec<Vote<'_, VisceralState>> =
        organs.into_iter().filter(|vote| vote.freshness.is_usable()).collect();
    let statuses = votes(facts, |statement| match statement {
        Statement::VisceralStatus(values) => Some(*values),
        _ => None,
    });
    let usable: Vec<Vote<'_, VisceralState>> =
        organs.iter().chain(&statuses).filter(|vote| vote.freshness.is_usable()).copied().collect();
    let together = combine(&usable);
    if usable.is_empty() {
        return weigh(&statuses);
    }
    if together.standing() != Standing::Conflicting {
        return together;
    }
    let status = weigh(&statuses);
    if organs.is_empty() || status.possible().intersection(present).is_empty() {
        return if organs.is_empty() { status } else { together };
    }
    let evidence: Vec<Evidence> =
        organs.iter().map(|vote| vote.evidence).chain(status.evidence()).cloned().collect();
    let narrowed = Finding::recorded(status.possible().intersection(present), evidence);
    let narrowed = if status.standing() == Standing::Conflicting {
        Finding::conflicting(narrowed.possible(), narrowed.evidence().to_vec())
    } else {
        narrowed
    };
    let remarked = with_remarks(narrowed, &organs);
    status.remarks().iter().copied().fold(remarked, Finding::with_remark)
}

/// How visceral metastases are spread: as stated, within what is known of them otherwise.
pub(super) fn visceral_pattern(
    facts: &[Weighed<'_>],
    visceral: &Finding<VisceralState>,
) -> Finding<VisceralPattern> {
    let stated = weigh(&votes(facts, |statement| match statement {
        Statement::VisceralPattern(values) => Some(*values),
        _ => None,
    }));
    let absent = ValueSet::only(VisceralPattern::Absent);
    let present: ValueSet<VisceralPattern> =
        VisceralPattern::ALL.iter().copied().filter(|pattern| *pattern != VisceralPattern::Absent).collect();
    let implied = visceral.possible().iter().fold(ValueSet::EMPTY, |all, state| {
        all.union(if state == VisceralState::Absent { absent } else { present })
    });
    if !visceral.is_recorded() {
        return stated;
    }
    let both = || stated.evidence().iter().chain(visceral.evidence()).cloned().collect::<Vec<Evidence>>();
    let common = stated.possible().intersection(implied);
    let finding = match (stated.is_recorded(), common.is_empty()) {
        (false, _) => Finding::recorded(implied, visceral.evidence().to_vec()),
        (true, false) if stated.possible().is_subset(implied) => return stated,
        (true, false) => Finding::recorded(common, both()),
        (true, true) => Finding::conflicting(stated.possible().union(implied), both()),
    };
    let remarks = stated.remarks().iter().chain(visceral.remarks()).copied();
    remarks.fold(finding, Finding::with_remark)
}

/// Receptors of a breast cancer. Each statement tells of one or two receptors, so that all count together; where they
/// cannot all be true, be it that primary and metastasis differ, every reading remains (RUL-4).
pub(super) fn breast_receptors(facts: &[Weighed<'_>]) -> Finding<BreastReceptors> {
    let stated = votes(facts, |statement| match statement {
        Statement::BreastReceptors(values) => Some(*values),
        _ => None,
    });
    let usable: Vec<Vote<'_, BreastReceptors>> =
        stated.into_iter().filter(|vote| vote.freshness.is_usable()).collect();
    if usable.is_empty() { Finding::not_recorded() } else { combine(&usable) }
}

/// The driver variants that the record speaks of. A later negative test does not undo a variant that was found, so that
/// both remain.
pub(super) fn drivers(facts: &[Weighed<'_>]) -> Vec<(Driver, Finding<Answer>)> {
    let of = |driver: Driver| {
        votes(facts, |statement| match statement {
            Statement::Driver(found, answer) if *found == driver => Some(ValueSet::only(*answer)),
            _ => None,
        })
    };
    let recorded = Driver::ALL.iter().map(|driver| (*driver, of(*driver)));
    recorded.filter(|(_, votes)| !votes.is_empty()).map(|(driver, votes)| (driver, usable(&votes))).collect()
}

fn usable(votes: &[Vote<'_, Answer>]) -> Finding<Answer> {
    let usable: Vec<Vote<'_, Answer>> =
        votes.iter().filter(|vote| vote.freshness.is_usable()).copied().collect();
    if usable.is_empty() { Finding::not_recorded() } else { combine(&usable) }
}

/// Spinal cord function: Frankel, or the ASIA Impairment Scale letter (specification B.5).
pub(super) fn frankel(facts: &[Weighed<'_>]) -> Finding<Frankel> {
    let grades = votes(facts, |statement| match statement {
        Statement::Frankel(grades) | Statement::AsiaImpairment(grades) => Some(*grades),
        _ => None,
    });
    let finding = weigh(&grades);
    let from_asia = facts.iter().any(|fact| {
        matches!(fact.statement, Statement::AsiaImpairment(_)) && finding.evidence().contains(fact.evidence)
    });
    if from_asia { finding.with_remark(Remark::FromAsia) } else { finding }
}
