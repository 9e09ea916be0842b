//! General condition, primary tumour, organs and neurology.

use super::weighing::{Vote, Weighed, combine, is_not_older, votes, weigh, weigh_with, with_remarks};
use crate::clinical::{
    Domain, Evidence, Finding, Frankel, Freshness, Karnofsky, PrimarySite, Remark, Standing, Statement,
    ValueSet, VisceralState,
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
