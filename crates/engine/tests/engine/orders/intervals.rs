//! Intervals that an order's own date makes or breaks, and what is said of a drug beside an operation.

use spinemet_engine::clinical::{
    Answer, Domain, Drug, DrugUse, Fact, Place, Procedure, ProcedureState, Question, Statement,
};
use spinemet_engine::guidance::order::{Concern, ConcernKind, Order, Ordered};
use spinemet_engine::guidance::{Elapsed, Severity};

use super::{T10, beside, drug, line, only, operation, order, other, patient_answered, said, until};
use crate::record::{case, dated, done, planned, procedure};

use Procedure::{Decompression, Embolisation, Fixation, Radiotherapy, SeparationSurgery};

/// Which intervals are spoken of, with their states and the first day that would keep them.
fn intervals(facts: Vec<Fact>, order: &Order, others: &[Order]) -> Vec<String> {
    let said = beside(&case(facts), order, others);
    let intervals = said.iter().filter(|concern| concern.kind == ConcernKind::Interval);
    intervals.map(interval).collect()
}

fn interval(concern: &Concern) -> String {
    let timer = concern.timer.as_ref().unwrap();
    let states: Vec<&str> = timer.states.iter().map(Domain::key).collect();
    let earliest = timer.earliest.map_or_else(String::new, |day| format!(" from {day}"));
    format!("{} {}{earliest}", timer.kind.key(), states.join("|"))
}

fn given(drug: Drug, date: &str) -> Fact {
    dated(Statement::Drug(drug, DrugUse::Given), date)
}

#[test]
fn the_date_of_an_operation_is_measured_from_what_was_done_before() {
    let facts = || vec![given(Drug::Bevacizumab, "2026-11-10"), done(Radiotherapy, "2026-11-20")];
    let on = |date: &str| intervals(facts(), &operation(Fixation, date), &[]);
    let drug = "drug-to-operation too-short from 2026-12-08";
    assert_eq!(on("2026-12-04"), [drug, "radiotherapy-to-operation too-short from 2026-12-05"]);
    assert_eq!(on("2026-12-05"), [drug]);
    assert_eq!(on("2026-12-08"), [""; 0]);
    assert_eq!(
        on("2026-12"),
        [
            "drug-to-operation kept|too-short from 2026-12-08",
            "radiotherapy-to-operation kept|too-short from 2026-12-05",
        ]
    );
    let concern = only(facts(), &operation(Fixation, "2026-12-05"), ConcernKind::Interval);
    assert_eq!(line(&concern), "interval warning CN-1.5-HOLD");
    let evidence: Vec<&str> = concern.evidence.iter().map(|evidence| evidence.resource.as_str()).collect();
    assert_eq!(evidence, ["Observation/drug bevacizumab = given of 2026-11-10"]);
}

/// A biopsy, an augmentation or imaging is no operation that a drug is held for.
#[test]
fn only_an_open_operation_makes_an_interval() {
    let facts = || vec![given(Drug::Bevacizumab, "2026-11-20"), done(Radiotherapy, "2026-11-20")];
    for procedure in Procedure::ALL.iter().copied() {
        let speaks = !intervals(facts(), &operation(procedure, "2026-11-25"), &[]).is_empty();
        assert_eq!(speaks, procedure.is_open_surgery(), "{procedure:?}");
    }
}

/// The plan that an order revises or stands beside: it is the order's own date that counts.
#[test]
fn a_plan_of_the_same_kind_steps_back() {
    let facts =
        |plan: Procedure, date: &str| vec![given(Drug::Bevacizumab, "2026-11-20"), planned(plan, date)];
    let late = operation(Fixation, "2026-12-30");
    assert_eq!(intervals(facts(Decompression, "2026-11-25"), &late, &[]), [""; 0]);
    let soon = operation(Fixation, "2026-12-01");
    let broken = ["drug-to-operation too-short from 2026-12-18"];
    assert_eq!(intervals(facts(Decompression, "2026-11-25"), &soon, &[]), broken, "not that of the plan");
    let dose = || vec![given(Drug::Bevacizumab, "2026-11-20")];
    let alternative = other(operation(Decompression, "2026-11-25"));
    assert_eq!(intervals(dose(), &soon, &[alternative]), broken, "not that of the alternative");
    assert_eq!(
        intervals(facts(Embolisation, "2026-11-25"), &late, &[]),
        ["embolisation-to-operation too-late"]
    );
    // One that was done does not.
    let soon = operation(Radiotherapy, "2026-11-25");
    assert_eq!(
        intervals(vec![done(Fixation, "2026-11-20")], &soon, &[]),
        ["operation-to-radiotherapy too-short|early-but-healed from 2026-12-04"]
    );
    // Radiotherapy is one kind, stereotactic or not; an embolisation is one of its own.
    let again = operation(Procedure::StereotacticRadiotherapy, "2027-01-20");
    let facts = vec![planned(Radiotherapy, "2026-11-25"), planned(Fixation, "2026-12-01")];
    assert_eq!(intervals(facts, &again, &[]), [""; 0]);
    let embolisation = operation(Embolisation, "2026-12-01T08:00:00Z");
    let facts = |date: &str| vec![planned(Embolisation, date), planned(Fixation, "2026-12-01T12:00:00Z")];
    assert_eq!(intervals(facts("2026-11-25"), &embolisation, &[]), [""; 0]);
    // What is recorded of the drug that is ordered steps back too, and of no other.
    let drugs = vec![
        given(Drug::Bevacizumab, "2026-11-20"),
        given(Drug::Osimertinib, "2026-11-20"),
        planned(Fixation, "2026-12-01"),
    ];
    let order = until("2026-10-20", drug(Drug::Bevacizumab, "2026-10-01"));
    assert_eq!(intervals(drugs, &order, &[]), [""; 0]);
}

#[test]
fn orders_written_together_are_measured_against_each_other() {
    let fixation = || operation(Fixation, "2026-12-01");
    let bevacizumab = || other(drug(Drug::Bevacizumab, "2026-11-25"));
    let broken = ["drug-to-operation too-short"];
    assert_eq!(intervals(vec![], &fixation(), &[bevacizumab()]), broken);
    assert_eq!(intervals(vec![], &other(drug(Drug::Bevacizumab, "2026-11-25")), &[fixation()]), broken);
    // Of two alternatives of the same kind each is looked at by itself.
    let facts = || vec![done(Radiotherapy, "2026-11-20")];
    let late = other(operation(Decompression, "2026-12-20"));
    let soon = ["radiotherapy-to-operation too-short from 2026-12-05"];
    assert_eq!(intervals(facts(), &fixation(), std::slice::from_ref(&late)), soon);
    assert_eq!(intervals(facts(), &late, &[fixation()]), [""; 0]);
    // An order is not beside itself.
    let itself = || drug(Drug::Bevacizumab, "2026-11-25");
    assert_eq!(intervals(vec![], &fixation(), &[itself()]), [""; 0]);
    // Two drugs are no alternatives, two orders of one drug are.
    let osimertinib = drug(Drug::Osimertinib, "2026-11-25");
    let plan = || vec![planned(Fixation, "2026-12-20")];
    let both = intervals(plan(), &osimertinib, &[bevacizumab()]);
    assert_eq!(both, ["drug-to-operation kept|too-short|unknown"], "its own interval alone");
    let ended = until("2026-11-25", drug(Drug::Osimertinib, "2026-11-25"));
    let goes_on = other(drug(Drug::Osimertinib, "2026-11-25"));
    assert_eq!(intervals(plan(), &ended, &[goes_on]), [""; 0]);
}

/// The last dose where it is said, else whenever from the first on; what has no date begins today.
#[test]
fn a_drug_is_measured_to_the_operation_ahead() {
    let before = |order: Order, date: &str| intervals(vec![planned(Fixation, date)], &order, &[]);
    let osimertinib = |date: &str| drug(Drug::Osimertinib, date);
    assert_eq!(
        before(until("2026-11-25", osimertinib("2026-11-20")), "2026-12-08"),
        ["drug-to-operation too-short from 2026-12-09"]
    );
    assert_eq!(before(until("2026-11-25", osimertinib("2026-11-20")), "2026-12-09"), [""; 0]);
    assert_eq!(before(osimertinib("2026-11-25"), "2026-12-08"), ["drug-to-operation too-short"]);
    assert_eq!(before(osimertinib("2026-11-25"), "2026-12-09"), ["drug-to-operation kept|too-short|unknown"]);
    let undated = only(vec![planned(Fixation, "2026-12-04")], &osimertinib(""), ConcernKind::Interval);
    assert_eq!(undated.timer.unwrap().elapsed, Some(Elapsed::Days { least: 0, most: Some(12) }));
    assert_eq!(before(osimertinib("2026-11-25"), ""), ["drug-to-operation no-operation-date"]);
}

/// Nothing to hold it for: no plan, a plan whose day has passed, or one of something else.
#[test]
fn without_an_operation_ahead_no_drug_is_spoken_of() {
    let nothing: [Vec<Fact>; 4] = [
        vec![],
        vec![planned(Fixation, "2026-11-10")],
        vec![planned(Radiotherapy, "2026-12-01"), planned(Procedure::Biopsy, "2026-12-01")],
        vec![procedure(Fixation, ProcedureState::Ongoing, "2026-11-22")],
    ];
    for facts in nothing {
        for ordered in [Drug::Bevacizumab, Drug::Sorafenib, Drug::Glucocorticoid, Drug::CytotoxicChemotherapy]
        {
            assert_eq!(said(facts.clone(), &drug(ordered, "2026-11-25")), [""; 0], "{ordered:?} {facts:?}");
        }
    }
    let today = vec![planned(Fixation, "2026-11-22")];
    assert_eq!(said(today, &drug(Drug::Sorafenib, "2026-11-22")), ["interval info CN-1.5-HOLD"]);
}

/// An operation and radiotherapy that both lie ahead are measured in whichever order their dates allow, whichever of the two
/// is being ordered.
#[test]
fn an_operation_and_radiotherapy_that_both_lie_ahead_are_measured() {
    let between = |radiotherapy: &str, incision: &str| {
        let by_radiotherapy =
            intervals(vec![planned(Fixation, incision)], &operation(Radiotherapy, radiotherapy), &[]);
        let by_operation =
            intervals(vec![planned(Radiotherapy, radiotherapy)], &operation(Fixation, incision), &[]);
        assert_eq!(by_radiotherapy, by_operation, "{radiotherapy} {incision}");
        by_operation
    };
    let before = "radiotherapy-to-operation too-short from 2026-12-16";
    let after = "operation-to-radiotherapy too-short|early-but-healed from 2026-12-15";
    assert_eq!(between("2026-12-01", "2026-12-15"), [before]);
    assert_eq!(between("2026-12-01", "2026-12-16"), [""; 0]);
    assert_eq!(between("2026-12-14", "2026-12-01"), [after]);
    assert_eq!(between("2026-12-15", "2026-12-01"), [""; 0]);
    assert_eq!(between("2026-12-01", "2026-12-01"), [before, after], "which comes first is open");
    assert_eq!(between("2026-12-01", ""), [""; 0], "no interval without two dates");
    assert_eq!(between("", "2026-12-01"), [""; 0]);
    // The last fraction counts, where the order says it, and only for the radiotherapy that is ordered.
    let facts = || vec![planned(Fixation, "2026-12-20")];
    let course = until("2026-12-10", operation(Radiotherapy, "2026-12-01"));
    assert_eq!(intervals(facts(), &course, &[]), ["radiotherapy-to-operation too-short from 2026-12-25"]);
    assert_eq!(intervals(facts(), &operation(Radiotherapy, "2026-12-01"), &[]), [""; 0]);
    let surgery = until("2026-12-20", operation(Fixation, "2026-12-20"));
    assert_eq!(intervals(vec![planned(Radiotherapy, "2026-12-01")], &surgery, &[]), [""; 0]);
    // Other operations and courses do not stand between the two.
    let beside =
        vec![planned(Fixation, "2026-12-20"), done(Radiotherapy, "2026-10-01"), done(Fixation, "2026-10-20")];
    assert_eq!(intervals(beside, &course, &[]), ["radiotherapy-to-operation too-short from 2026-12-25"]);
}

/// Each pair of an operation and a course is measured by itself, whatever else is planned or going on.
#[test]
fn what_else_lies_ahead_does_not_blur_a_pair() {
    let elapsed = |facts: Vec<Fact>, order: &Order| {
        let said = beside(&case(facts), order, &[]);
        let timers = said.into_iter().filter_map(|concern| concern.timer);
        timers.map(|timer| (timer.kind.key(), timer.elapsed)).collect::<Vec<_>>()
    };
    let days = |least: i32, most: i32| Some(Elapsed::Days { least, most: Some(most) });
    let course = until("2026-12-04", operation(Radiotherapy, "2026-12-01"));
    let two = vec![planned(Fixation, "2026-12-10"), planned(Decompression, "2026-12-16")];
    let to_operation = "radiotherapy-to-operation";
    assert_eq!(elapsed(two, &course), [(to_operation, days(12, 12)), (to_operation, days(6, 6))]);
    let two = vec![planned(Radiotherapy, "2026-12-10"), planned(Radiotherapy, "2026-12-14")];
    let surgery = operation(Fixation, "2026-12-20");
    assert_eq!(elapsed(two, &surgery), [(to_operation, days(10, 10)), (to_operation, days(6, 6))]);
    // A course that goes on is measured too, from today on.
    let ongoing = procedure(Radiotherapy, ProcedureState::Ongoing, "2026-11-16");
    let both = vec![ongoing, planned(Radiotherapy, "2026-12-10")];
    assert_eq!(elapsed(both, &surgery), [(to_operation, days(0, 28)), (to_operation, days(10, 10))]);
    let done_since = vec![done(Decompression, "2026-11-20"), planned(Fixation, "2026-12-01")];
    let later = operation(Radiotherapy, "2026-12-10");
    let to_radiotherapy = "operation-to-radiotherapy";
    assert_eq!(elapsed(done_since, &later), [(to_radiotherapy, days(9, 9))]);
}

#[test]
fn stereotactic_radiotherapy_after_a_separation_that_lies_ahead_has_its_window() {
    let ssrs = |date: &str| operation(Procedure::StereotacticRadiotherapy, date);
    let after = |date: &str| intervals(vec![planned(SeparationSurgery, "2026-12-01")], &ssrs(date), &[]);
    let window = "separation-to-ssrs";
    assert_eq!(after("2026-12-21"), [format!("{window} too-short|early-but-healed from 2026-12-22")]);
    assert_eq!(after("2026-12-22"), [""; 0]);
    assert_eq!(after("2027-01-05"), [""; 0]);
    assert_eq!(after("2027-01-06"), [format!("{window} too-late from 2026-12-22")]);
    // A separation that is ordered with nothing booked after it is reminded of elsewhere: there is no pair to measure.
    assert_eq!(intervals(vec![], &operation(SeparationSurgery, "2026-12-01"), &[]), [""; 0]);
}

/// Held after an operation too: by its label for so many days, and until the wound has healed.
#[test]
fn a_drug_is_not_begun_again_too_soon_after_an_operation() {
    let restart = |date: &str, wound: Option<Answer>| {
        let wound = wound.map(|answer| patient_answered(Question::WoundHealed, answer));
        let facts = [done(Fixation, "2026-11-10")].into_iter().chain(wound).collect();
        said(facts, &drug(Drug::Bevacizumab, date))
    };
    let early = ["restart-too-early warning CN-1.5-HOLD"];
    assert_eq!(restart("2026-12-07", None), early, "27 days");
    assert_eq!(restart("2026-12-08", None), [""; 0], "28 days");
    assert_eq!(restart("2026-12-08", Some(Answer::Yes)), [""; 0]);
    assert_eq!(restart("2026-12-08", Some(Answer::No)), early, "the wound has not healed");
    assert_eq!(restart("2026-12-07", Some(Answer::Yes)), early, "healed, and the days are not over");
    assert_eq!(restart("", None), early, "begun today");
    assert_eq!(restart("2026-11-10", None), early, "on the day of the operation");
    assert_eq!(restart("2026-11-09", None), [""; 0], "given before the operation");
    let concern = only(
        vec![done(Fixation, "2026-11-10")],
        &drug(Drug::Bevacizumab, "2026-11-20"),
        ConcernKind::RestartTooEarly,
    );
    let restart = concern.restart.unwrap();
    assert_eq!((restart.least_days, restart.most_days, restart.label_days), (10, 10, 28));
    assert_eq!(restart.earliest.unwrap().to_string(), "2026-12-08");
    assert_eq!(concern.evidence.len(), 1, "the operation");
    // A label of two weeks, one without a figure, an operation that is none, and one without a date.
    let after = |facts: Vec<Fact>, ordered: Drug| said(facts, &drug(ordered, "2026-11-24"));
    assert_eq!(after(vec![done(Fixation, "2026-11-10")], Drug::Sunitinib), [""; 0], "14 days");
    assert_eq!(after(vec![done(Fixation, "2026-11-11")], Drug::Sunitinib).len(), 1, "13 days");
    assert_eq!(after(vec![done(Fixation, "2026-11-20")], Drug::Pazopanib), [""; 0]);
    assert_eq!(after(vec![done(Embolisation, "2026-11-20")], Drug::Bevacizumab), [""; 0]);
    assert_eq!(after(vec![done(Fixation, "")], Drug::Bevacizumab), [""; 0]);
}

/// Which drugs make which plan riskier.
#[test]
fn a_drug_that_makes_a_planned_operation_riskier_is_noted() {
    let noted = |ordered: Drug, plan: Procedure| {
        let said = beside(&case(vec![planned(plan, "2027-02-01")]), &drug(ordered, "2026-11-25"), &[]);
        let risk = said.into_iter().find(|concern| concern.kind == ConcernKind::RiskOfOperation);
        risk.map(|concern| {
            assert_eq!((concern.severity, concern.evidence.len()), (Severity::Info, 1), "{ordered:?}");
            concern.rules.iter().map(|rule| rule.id).collect::<Vec<&str>>()
        })
    };
    for plan in Procedure::ALL.iter().copied() {
        let open = plan.is_open_surgery();
        let invasive = !plan.is_radiotherapy() && !plan.is_imaging();
        for ordered in Drug::ALL.iter().copied() {
            let rules: Option<&[&str]> = match ordered {
                Drug::Glucocorticoid if open => Some(&["CN-1.1-RISK7"]),
                Drug::CytotoxicChemotherapy if open => Some(&["CN-3.6-SSI-RISK", "CN-1.1-HEME"]),
                Drug::Anticoagulant | Drug::Antiplatelet if invasive => Some(&["CN-3.6-VTE-PREV"]),
                _ => None,
            };
            assert_eq!(noted(ordered, plan).as_deref(), rules, "{ordered:?} {plan:?}");
        }
    }
    let facts = vec![planned(Fixation, "2026-11-10"), done(Fixation, "2026-11-20")];
    assert_eq!(said(facts, &drug(Drug::Glucocorticoid, "2026-11-25")), [""; 0], "nothing lies ahead");
    let unnamed = order(Ordered::Drug(Drug::Glucocorticoid), "", T10);
    assert_eq!(said(vec![planned(Fixation, "")], &unnamed), ["risk-of-operation info CN-1.1-RISK7"]);
    assert_eq!(unnamed.place, T10, "a drug may name a level; nothing is read from it");
}

/// Treatments of no level, or of another, are measured all the same: they weaken the patient, not the vertebra.
#[test]
fn an_interval_holds_across_levels() {
    let elsewhere =
        dated(Statement::Procedure(Radiotherapy, ProcedureState::Done, Place::Unstated), "2026-11-20");
    assert_eq!(
        intervals(vec![elsewhere], &operation(Fixation, "2026-12-01"), &[]),
        ["radiotherapy-to-operation too-short from 2026-12-05"]
    );
}
