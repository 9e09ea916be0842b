//! The levels of the spine: which are on record, and what belongs to which.

use super::Level;
use super::weighing::{Vote, Weighed, is_not_older, votes, weigh};
use crate::clinical::{
    Answer, Domain, Evidence, Finding, Freshness, Pain, PartialDate, Place, Procedure, ProcedureState,
    Question, QuestionScope, Remark, Standing, Statement, ValueSet, Vertebra, VertebralCount, WbbSectors,
};

/// How statements that name no level are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unlocated {
    /// They belong to the only level on record.
    BelongToOnlyLevel,
    /// They belong to a level that the record does not name.
    BelongToUnstatedLevel,
}

/// Every level with what is known of it, from head to sacrum, the unnamed one last.
///
/// A statement without a level belongs to the only level on record where there is just one and nothing says that
/// more vertebrae are involved; that inference is remarked upon. Otherwise it belongs to a level without a name,
/// because a wrong level would be worse than none.
pub(super) fn levels(facts: &[Weighed<'_>], vertebral_count: &Finding<VertebralCount>) -> Vec<Level> {
    let mut vertebrae: Vec<Vertebra> = facts
        .iter()
        .filter(|fact| fact.freshness != Freshness::NotYet)
        .filter_map(|fact| match place_of(fact.statement) {
            Some(Place::At(vertebra)) => Some(vertebra),
            Some(Place::Unstated) | None => None,
        })
        .collect();
    vertebrae.sort_unstable();
    vertebrae.dedup();
    let single = vertebrae.len() == 1 && vertebral_count.possible().contains(VertebralCount::One);
    let unlocated = if single { Unlocated::BelongToOnlyLevel } else { Unlocated::BelongToUnstatedLevel };
    let unnamed = !single
        && facts.iter().any(|fact| {
            fact.freshness != Freshness::NotYet
                && place_of(fact.statement) == Some(Place::Unstated)
                && !matches!(fact.statement, Statement::Pain(..) | Statement::SpinalMetastasis(_))
        });
    let mut places: Vec<Place> = vertebrae.into_iter().map(Place::At).collect();
    if places.is_empty() || unnamed {
        places.push(Place::Unstated);
    }
    places.into_iter().map(|place| level(facts, place, unlocated)).collect()
}

/// Which level a statement is about, where it is about one.
fn place_of(statement: &Statement) -> Option<Place> {
    match statement {
        Statement::SpinalMetastasis(place)
        | Statement::Escc(place, _)
        | Statement::Pain(place, _)
        | Statement::Lesion(place, _)
        | Statement::Alignment(place, _)
        | Statement::Collapse(place, _)
        | Statement::Posterolateral(place, _)
        | Statement::TomitaType(place, _)
        | Statement::WbbSectors(place, _) => Some(*place),
        Statement::Answered(question, place, _) if question.scope() == QuestionScope::Level => Some(*place),
        _ => None,
    }
}

fn level(facts: &[Weighed<'_>], place: Place, unlocated: Unlocated) -> Level {
    let location = match place {
        Place::At(vertebra) => {
            let naming = facts.iter().filter(|fact| {
                fact.freshness != Freshness::NotYet && place_of(fact.statement) == Some(place)
            });
            Finding::recorded(
                ValueSet::only(vertebra.into()),
                naming.map(|fact| fact.evidence.clone()).collect(),
            )
        }
        Place::Unstated => Finding::not_recorded(),
    };
    macro_rules! item {
        ($variant:ident) => {
            item(facts, place, unlocated, |statement| match statement {
                Statement::$variant(level, values) => Some((*level, *values)),
                _ => None,
            })
        };
    }
    Level {
        place,
        location,
        pain: pain(facts, place, unlocated),
        lesion: item!(Lesion),
        alignment: item!(Alignment),
        collapse: item!(Collapse),
        posterolateral: item!(Posterolateral),
        escc: item!(Escc),
        tomita_type: item!(TomitaType),
        wbb_sectors: wbb_sectors(facts, place, unlocated),
        treated: treated(facts, place, unlocated),
    }
}

/// The WBB sectors of the newest usable record. They are one drawing, not alternatives, so that two records of a day
/// that differ leave nothing.
fn wbb_sectors(facts: &[Weighed<'_>], place: Place, unlocated: Unlocated) -> Option<(WbbSectors, Evidence)> {
    let drawn =
        facts.iter().filter(|fact| fact.freshness.is_usable()).filter_map(|fact| match fact.statement {
            Statement::WbbSectors(stated, sectors) if belongs(*stated, place, unlocated) => {
                Some((*sectors, fact.evidence))
            }
            _ => None,
        });
    let drawn: Vec<(WbbSectors, &Evidence)> = drawn.collect();
    let (_, newest) =
        drawn.iter().max_by_key(|(_, evidence)| evidence.effective.as_ref().map(PartialDate::latest))?;
    let mut counted = drawn.iter().filter(|(_, evidence)| is_not_older(newest, evidence));
    let (sectors, evidence) = counted.next()?;
    counted.all(|(other, _)| other == sectors).then(|| (*sectors, (*evidence).clone()))
}

/// Operations and radiotherapy at a level, and who says that it was irradiated.
fn treated(facts: &[Weighed<'_>], place: Place, unlocated: Unlocated) -> Vec<Evidence> {
    let done = facts.iter().filter(|fact| match fact.statement {
        Statement::Procedure(procedure, state, stated) => {
            *state != ProcedureState::Planned
                && !matches!(procedure, Procedure::Biopsy | Procedure::Embolisation)
                && belongs(*stated, place, unlocated)
                && (*stated != Place::Unstated || !procedure.is_radiotherapy())
        }
        Statement::Answered(Question::LevelIrradiated, stated, Answer::Yes) => {
            belongs(*stated, place, unlocated)
        }
        _ => false,
    });
    done.filter(|fact| fact.freshness != Freshness::NotYet).map(|fact| fact.evidence.clone()).collect()
}

/// Whether a statement about one place is about another.
fn belongs(stated: Place, place: Place, unlocated: Unlocated) -> bool {
    stated == place || (stated == Place::Unstated && unlocated == Unlocated::BelongToOnlyLevel)
}

/// The statements about one item that belong to a place.
fn item<T: Domain>(
    facts: &[Weighed<'_>],
    place: Place,
    unlocated: Unlocated,
    pick: impl Fn(&Statement) -> Option<(Place, ValueSet<T>)>,
) -> Finding<T> {
    let own = votes(facts, |statement| {
        pick(statement).filter(|(level, _)| belongs(*level, place, unlocated)).map(|(_, values)| values)
    });
    let finding = weigh(&own);
    let attributed = place != Place::Unstated
        && uses_unlocated(facts, &finding, |statement| pick(statement).map(|(level, _)| level));
    if attributed { finding.with_remark(Remark::AttributedToOnlyLevel) } else { finding }
}

/// Whether a finding rests on a statement that named no level.
fn uses_unlocated<T: Domain>(
    facts: &[Weighed<'_>],
    finding: &Finding<T>,
    level: impl Fn(&Statement) -> Option<Place>,
) -> bool {
    facts.iter().any(|fact| {
        level(fact.statement) == Some(Place::Unstated) && finding.evidence().contains(fact.evidence)
    })
}

/// Pain at a place. A statement for the patient as a whole bounds every level: no level hurts more than the patient.
fn pain(facts: &[Weighed<'_>], place: Place, unlocated: Unlocated) -> Finding<Pain> {
    let pick = |statement: &Statement| match statement {
        Statement::Pain(level, values) => Some((*level, *values)),
        _ => None,
    };
    let own = higher_of_two_pains(item(facts, place, unlocated, pick));
    if own.is_recorded() || place == Place::Unstated {
        return own;
    }
    let of_patient: Vec<Vote<'_, Pain>> = votes(facts, |statement| match statement {
        Statement::Pain(Place::Unstated, values) => Some(*values),
        _ => None,
    });
    let of_patient = higher_of_two_pains(weigh(&of_patient));
    match of_patient.standing() {
        Standing::NotRecorded => own,
        Standing::Stale => of_patient.with_remark(Remark::RecordedForPatient),
        Standing::Known | Standing::Narrowed | Standing::Conflicting => {
            let bound = no_worse_than(of_patient.possible());
            of_patient.allowing(bound).with_remark(Remark::RecordedForPatient)
        }
    }
}

/// Mechanical pain and occasional pain side by side are no conflict: the higher counts.
fn higher_of_two_pains(finding: Finding<Pain>) -> Finding<Pain> {
    let both: ValueSet<Pain> = [Pain::Mechanical, Pain::Occasional].into_iter().collect();
    if finding.standing() != Standing::Conflicting || finding.possible() != both {
        return finding;
    }
    let evidence: Vec<Evidence> = finding.evidence().to_vec();
    let mechanical = Finding::recorded(Pain::Mechanical.into(), evidence);
    finding.remarks().iter().copied().fold(mechanical, Finding::with_remark)
}

fn no_worse_than(values: ValueSet<Pain>) -> ValueSet<Pain> {
    let worst = values.iter().min().unwrap_or(Pain::Mechanical);
    Pain::ALL.iter().copied().filter(|pain| *pain >= worst).collect()
}
