//! NOMS: every row of specification D.1, each assessment also missing, and what each assessment is read from.

use spinemet_engine::assessment::assess;
use spinemet_engine::clinical::{
    Alignment, Answer, Collapse, Domain, Escc, Fact, Lesion, Pain, Place, Posterolateral, PrimarySite,
    Procedure, ProcedureState, Question, Statement, ValueSet, Vertebra,
};
use spinemet_engine::guidance::Input;
use spinemet_engine::scoring::{Band, Instrument, Item, Score};

use crate::record::{case, case_now, dated, now};

const T10: Place = Place::At(Vertebra::T10);

fn answered(question: Question, answer: Answer) -> Statement {
    Statement::Answered(question, Place::Unstated, answer)
}

/// The table for T10.
fn score(statements: Vec<Statement>) -> Score {
    assess(case_now(statements)).score(Instrument::Noms2013, Some(T10)).unwrap().clone()
}

/// The rows of specification D.1, typed anew: grade, sensitive, unstable, tolerates surgery, decision.
#[expect(clippy::match_same_arms, reason = "row by row, as in the specification")]
fn noms_row(grade: &str, sensitive: bool, unstable: bool, tolerates: bool) -> Band {
    match (grade, sensitive, unstable, tolerates) {
        ("0" | "1a" | "1b", true, false, _) => Band::NomsRadiotherapy,
        ("0" | "1a" | "1b", true, true, _) => Band::NomsStabiliseRadiotherapy,
        ("0" | "1a" | "1b", false, false, _) => Band::NomsRadiosurgery,
        ("0" | "1a" | "1b", false, true, _) => Band::NomsStabiliseRadiosurgery,
        ("1c", true, _, _) => Band::NomsRadiotherapy,
        ("1c", false, _, _) => Band::NomsUnsettled,
        (_, true, false, _) => Band::NomsRadiotherapy,
        (_, true, true, _) => Band::NomsStabiliseRadiotherapy,
        (_, false, _, true) => Band::NomsSeparationRadiosurgery,
        (_, false, false, false) => Band::NomsRadiotherapy,
        (_, false, true, false) => Band::NomsPercutaneousRadiotherapy,
    }
}

/// Every row, and every way of leaving assessments open. A level of which nobody said whether it was irradiated keeps the
/// rows of the resistant.
#[test]
fn noms_in_every_combination() {
    let maybe = [None, Some(true), Some(false)];
    for grade in Escc::ALL.iter().copied().map(Some).chain([None]) {
        for (sensitive, irradiated) in maybe.iter().flat_map(|one| maybe.map(|other| (*one, other))) {
            for unstable in maybe {
                for tolerates in maybe {
                    let primary = |yes| if yes { PrimarySite::Lymphoma } else { PrimarySite::Kidney };
                    let answer = |yes| if yes { Answer::Yes } else { Answer::No };
                    let mut statements = vec![Statement::SpinalMetastasis(T10)];
                    statements.extend(grade.map(|grade| Statement::Escc(T10, grade.into())));
                    statements.extend(sensitive.map(|yes| Statement::Primary(primary(yes))));
                    statements.extend(
                        irradiated
                            .map(|yes| Statement::Answered(Question::LevelIrradiated, T10, answer(yes))),
                    );
                    statements.extend(unstable.map(stability).into_iter().flatten());
                    statements
                        .extend(tolerates.map(|yes| answered(Question::SurgicalTolerance, answer(yes))));
                    let found = score(statements);
                    let options = |known: Option<bool>| known.map_or(vec![true, false], |known| vec![known]);
                    let grades = grade.map_or(Escc::ALL.to_vec(), |grade| vec![grade]);
                    let mut expected = ValueSet::EMPTY;
                    for grade in &grades {
                        let resistant = options(sensitive)
                            .into_iter()
                            .flat_map(|yes| options(irradiated).into_iter().map(move |again| !yes || again));
                        for sensitive in resistant.map(|resistant| !resistant) {
                            for unstable in options(unstable) {
                                for tolerates in options(tolerates) {
                                    let row = noms_row(grade.key(), sensitive, unstable, tolerates);
                                    expected = expected.union(row.into());
                                }
                            }
                        }
                    }
                    let bands: ValueSet<Band> = found.bands.iter().copied().collect();
                    let what = format!("{grade:?} {sensitive:?} {irradiated:?} {unstable:?} {tolerates:?}");
                    assert_eq!(bands, expected, "{what}");
                }
            }
        }
    }
}

/// A level of SINS 18 or 1.
pub fn stability(unstable: bool) -> Vec<Statement> {
    let (pain, lesion, alignment, collapse, side) = if unstable {
        (
            Pain::Mechanical,
            Lesion::Lytic,
            Alignment::Subluxation,
            Collapse::OverHalf,
            Posterolateral::Bilateral,
        )
    } else {
        (Pain::PainFree, Lesion::Blastic, Alignment::Normal, Collapse::NoCollapse, Posterolateral::Uninvolved)
    };
    vec![
        Statement::Pain(T10, pain.into()),
        Statement::Lesion(T10, lesion.into()),
        Statement::Alignment(T10, alignment.into()),
        Statement::Collapse(T10, collapse.into()),
        Statement::Posterolateral(T10, side.into()),
    ]
}

/// What NOMS makes of the tumour at T10, in a patient with deposits at T10 and L2.
fn oncologic(facts: Vec<Fact>) -> Vec<&'static str> {
    let spine = [T10, Place::At(Vertebra::L2)].map(|place| now(Statement::SpinalMetastasis(place)));
    let assessment = assess(case(spine.into_iter().chain(facts)));
    let found = assessment.score(Instrument::Noms2013, Some(T10)).unwrap();
    found.item(Item::NomsOncologic).unwrap().values.clone()
}

/// Radiotherapy of the level counts as resistance. Silence of the record is not an answer: it leaves both.
#[test]
fn noms_takes_a_level_for_irradiated_or_not_only_where_that_is_known() {
    let lymphoma = || now(Statement::Primary(PrimarySite::Lymphoma));
    let course = |kind, state, place, date: &str| dated(Statement::Procedure(kind, state, place), date);
    let given = |place, date: &str| course(Procedure::Radiotherapy, ProcedureState::Done, place, date);
    let level = |answer, date: &str| dated(Statement::Answered(Question::LevelIrradiated, T10, answer), date);
    let ever = |answer, date: &str| {
        dated(Statement::Answered(Question::PriorRadiotherapy, Place::Unstated, answer), date)
    };
    let l2 = Place::At(Vertebra::L2);
    let (both, resistant, sensitive) = (vec!["sensitive", "resistant"], vec!["resistant"], vec!["sensitive"]);
    let ongoing = course(Procedure::StereotacticRadiotherapy, ProcedureState::Ongoing, T10, "2026-11-20");
    let planned = course(Procedure::Radiotherapy, ProcedureState::Planned, T10, "2026-12-01");
    let rows: Vec<(&str, Vec<Fact>, &Vec<&str>)> = vec![
        ("nothing said", vec![], &both),
        ("done here", vec![given(T10, "2020-01-01")], &resistant),
        ("going on here", vec![ongoing], &resistant),
        ("planned here", vec![planned], &both),
        ("done elsewhere", vec![given(l2, "2020-01-01")], &both),
        ("done somewhere", vec![given(Place::Unstated, "2026-11-01")], &both),
        ("not at this level", vec![level(Answer::No, "2026-11-20")], &sensitive),
        ("long ago not at this level", vec![level(Answer::No, "2026-09-01")], &both),
        ("at this level, long ago", vec![level(Answer::Yes, "2019-09-01")], &resistant),
        ("never", vec![ever(Answer::No, "2026-11-20")], &sensitive),
        ("never until long ago", vec![ever(Answer::No, "2025-11-20")], &both),
        ("somewhere, some day", vec![ever(Answer::Yes, "2026-11-20")], &both),
        ("here, though a no", vec![given(T10, "2020-01-01"), level(Answer::No, "2026-11-20")], &both),
        ("never, though here", vec![given(T10, "2020-01-01"), ever(Answer::No, "2026-11-20")], &resistant),
        ("never, though elsewhere", vec![given(l2, "2020-01-01"), ever(Answer::No, "2026-11-20")], &both),
        (
            "somewhere, and then not here",
            vec![given(Place::Unstated, "2026-11-01"), level(Answer::No, "2026-11-20")],
            &sensitive,
        ),
        (
            "not here, and then somewhere",
            vec![level(Answer::No, "2026-11-10"), given(Place::Unstated, "2026-11-12")],
            &both,
        ),
        (
            "not here, somewhere undated",
            vec![level(Answer::No, "2026-11-20"), given(Place::Unstated, "")],
            &both,
        ),
    ];
    for (what, facts, expected) in rows {
        assert_eq!(&oncologic(facts.into_iter().chain([lymphoma()]).collect()), expected, "{what}");
    }
    assert_eq!(oncologic(vec![now(Statement::Primary(PrimarySite::Kidney))]), resistant, "resistant anyway");
}

#[test]
fn noms_asks_radiation_oncology_about_an_unclassified_tumour() {
    let never = now(Statement::Answered(Question::PriorRadiotherapy, Place::Unstated, Answer::No));
    let stomach = || vec![now(Statement::Primary(PrimarySite::Stomach)), never.clone()];
    let judged = |answer| now(answered(Question::Radiosensitivity, answer));
    assert_eq!(oncologic(stomach()), ["sensitive", "resistant"]);
    assert_eq!(oncologic(stomach().into_iter().chain([judged(Answer::Yes)]).collect()), ["sensitive"]);
    assert_eq!(oncologic(stomach().into_iter().chain([judged(Answer::No)]).collect()), ["resistant"]);
}

/// The open question is named among what is missing, at its level, with what it would decide.
#[test]
fn whether_a_level_was_irradiated_is_asked_for() {
    let facts = |primary| {
        [
            Statement::SpinalMetastasis(T10),
            Statement::Escc(T10, Escc::Grade1a.into()),
            Statement::Primary(primary),
        ]
        .into_iter()
        .chain(stability(false))
        .chain([answered(Question::SurgicalTolerance, Answer::Yes)])
    };
    let asked = |primary| {
        let assessment = assess(case_now(facts(primary)));
        let wanted =
            assessment.missing.iter().find(|missing| missing.input == Input::LevelIrradiated).cloned();
        wanted.map(|missing| (missing.place, missing.can_change_band(), missing.decides()))
    };
    assert_eq!(asked(PrimarySite::Lymphoma), Some((Some(T10), true, vec![Instrument::Noms2013])));
    assert_eq!(asked(PrimarySite::Kidney), None, "resistant whatever was done before");
}
