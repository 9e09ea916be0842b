//! How long drugs are held before an operation, against the table of specification D.3 typed anew.

use spinemet_engine::clinical::{
    Answer, Domain, Drug, DrugUse, Fact, Place, Procedure, ProcedureState, Question, Statement,
};
use spinemet_engine::guidance::{
    DrugClass, Hold, Severity, Timer, TimerKind, TimerNeed, TimerState, delays_healing, drug_class, hold,
    timers,
};

use crate::record::{case, dated, now};

fn drug(drug: Drug, taken: DrugUse, date: &str) -> Fact {
    dated(Statement::Drug(drug, taken), date)
}

fn operation(date: &str) -> Fact {
    dated(Statement::Procedure(Procedure::Fixation, ProcedureState::Planned, Place::Unstated), date)
}

fn timer(facts: Vec<Fact>) -> Option<Timer> {
    timers(&case(facts)).into_iter().find(|timer| timer.kind == TimerKind::DrugToOperation)
}

fn states(facts: Vec<Fact>) -> Vec<&'static str> {
    timer(facts).map_or_else(Vec::new, |timer| timer.states.iter().map(Domain::key).collect())
}

/// A drug, and its shortest and longest confirmed figure in days, or why there is none.
type Row = (&'static str, Result<(u16, u16), &'static str>);

const TABLE: [Row; 53] = [
    ("bevacizumab", Ok((28, 28))),
    ("ramucirumab", Ok((28, 28))),
    ("aflibercept", Ok((28, 28))),
    ("sunitinib", Ok((21, 21))),
    ("sorafenib", Err("unconfirmed")),
    ("pazopanib", Ok((7, 7))),
    ("axitinib", Ok((1, 2))),
    ("cabozantinib", Ok((21, 28))),
    ("lenvatinib", Err("unconfirmed")),
    ("regorafenib", Ok((14, 14))),
    ("vandetanib", Err("unconfirmed")),
    ("tivozanib", Err("unconfirmed")),
    ("fruquintinib", Err("unconfirmed")),
    ("apatinib", Ok((30, 30))),
    ("anlotinib", Ok((28, 28))),
    ("nintedanib", Err("no rule")),
    ("ponatinib", Ok((7, 7))),
    ("gefitinib", Ok((14, 14))),
    ("erlotinib", Ok((14, 14))),
    ("icotinib", Ok((14, 14))),
    ("afatinib", Ok((14, 14))),
    ("dacomitinib", Ok((14, 14))),
    ("osimertinib", Ok((14, 14))),
    ("almonertinib", Ok((14, 14))),
    ("furmonertinib", Ok((14, 14))),
    ("cetuximab", Err("no rule")),
    ("panitumumab", Err("no rule")),
    ("necitumumab", Err("no rule")),
    ("amivantamab", Err("no rule")),
    ("everolimus", Err("unconfirmed")),
    ("temsirolimus", Err("unconfirmed")),
    ("btk-inhibitor", Err("unconfirmed")),
    ("egfr-inhibitor", Ok((14, 14))),
    ("egfr-antibody", Err("no rule")),
    ("vegfr-inhibitor", Err("no rule")),
    ("braf-mek-inhibitor", Err("no rule")),
    ("other-targeted", Err("no rule")),
    ("alk-ros1-inhibitor", Err("no rule")),
    ("ret-inhibitor", Err("no rule")),
    ("met-inhibitor", Err("no rule")),
    ("kras-inhibitor", Err("no rule")),
    ("cdk4-6-inhibitor", Err("no rule")),
    ("parp-inhibitor", Err("no rule")),
    ("her2-agent", Err("no rule")),
    ("checkpoint-inhibitor", Err("no rule")),
    ("denosumab", Err("not held")),
    ("zoledronic-acid", Err("not held")),
    ("bisphosphonate", Err("not held")),
    ("anticoagulant", Err("not held")),
    ("antiplatelet", Err("not held")),
    ("nsaid", Err("not held")),
    ("glucocorticoid", Err("not held")),
    ("cytotoxic-chemotherapy", Err("not held")),
];

#[test]
fn every_drug_has_the_figures_of_the_table_or_none() {
    assert_eq!(TABLE.len(), Drug::ALL.len());
    for (key, expected) in TABLE {
        let found = match hold(Drug::from_key(key).unwrap()) {
            Hold::Figures { figures, is_disputed, .. } => {
                let days: Vec<u16> = figures.iter().map(|figure| figure.days).collect();
                let (least, most) = (*days.iter().min().unwrap(), *days.iter().max().unwrap());
                assert_eq!(is_disputed, least != most, "{key}");
                Ok((least, most))
            }
            Hold::Unconfirmed => Err("unconfirmed"),
            Hold::NoRule => Err("no rule"),
            Hold::NotHeld => Err("not held"),
        };
        assert_eq!(found, expected, "{key}");
    }
}

/// Every figure at its boundary: the day before it is too short, the day itself is kept; between two figures the sources
/// disagree.
#[test]
fn each_figure_is_kept_to_the_day() {
    let given_on: jiff::civil::Date = "2026-11-20".parse().unwrap();
    for (key, figures) in TABLE {
        let Ok((least, most)) = figures else { continue };
        let after = |days: u16| {
            let incision = given_on.checked_add(jiff::Span::new().days(i64::from(days))).unwrap();
            let given = drug(Drug::from_key(key).unwrap(), DrugUse::Given, &given_on.to_string());
            // A plan whose day has passed is none; the shortest figures end before the day of the assessment.
            (incision.to_string().as_str() >= "2026-11-22")
                .then(|| states(vec![given, operation(&incision.to_string())]))
        };
        let expect = |days: u16, state: &str| {
            if let Some(found) = after(days) {
                assert_eq!(found, [state], "{key}: {days} days");
            }
        };
        expect(most, "kept");
        expect(most + 30, "kept");
        expect(least - 1, "too-short");
        if least < most {
            expect(least, "sources-disagree");
            expect(most - 1, "sources-disagree");
        }
    }
}

#[test]
fn a_drug_without_a_confirmed_figure_says_so() {
    for key in ["lenvatinib", "vandetanib", "cetuximab", "checkpoint-inhibitor"] {
        let facts =
            vec![drug(Drug::from_key(key).unwrap(), DrugUse::Given, "2026-11-20"), operation("2026-12-01")];
        assert_eq!(states(facts), ["no-figure"], "{key}");
    }
    for key in ["denosumab", "zoledronic-acid", "anticoagulant"] {
        let facts =
            vec![drug(Drug::from_key(key).unwrap(), DrugUse::Given, "2026-11-20"), operation("2026-12-01")];
        assert!(timer(facts).is_none(), "{key}");
    }
}

/// Specification D.3, rule 2: an order that was stopped, or that goes on, has no last dose.
#[test]
fn an_unknown_last_dose_is_unknown() {
    let bevacizumab = |taken, since: &str| drug(Drug::Bevacizumab, taken, since);
    let ordered =
        timer(vec![bevacizumab(DrugUse::Prescribed, "2026-08-01"), operation("2026-12-20")]).unwrap();
    assert_eq!(ordered.states.iter().map(Domain::key).collect::<Vec<_>>(), ["kept", "too-short", "unknown"]);
    assert_eq!(ordered.needs, [TimerNeed::LastDose]);
    assert_eq!(ordered.earliest, None);
    // Ordered so late that no possible last dose is early enough.
    let late = states(vec![bevacizumab(DrugUse::Prescribed, "2026-11-18"), operation("2026-12-01")]);
    assert_eq!(late, ["too-short"]);
    // Stopped by today: at least what lies between today and the operation.
    let stopped = states(vec![bevacizumab(DrugUse::Stopped, "2026-08-01"), operation("2026-12-20")]);
    assert_eq!(stopped, ["kept"], "28 days from today at least");
    let stopped = states(vec![bevacizumab(DrugUse::Stopped, "2026-08-01"), operation("2026-12-01")]);
    assert_eq!(stopped, ["kept", "too-short", "unknown"]);
    assert!(timer(vec![bevacizumab(DrugUse::NotTaken, "2026-11-01"), operation("2026-12-01")]).is_none());
    assert!(timer(vec![bevacizumab(DrugUse::Given, "2026-07-01")]).is_none(), "long past");
}

/// A dose on record says that the drug was taken that day. Whether it was the last one, an order that was stopped later, an
/// order that goes on or a record without a date leave open, until somebody says so.
#[test]
fn a_dose_is_the_last_one_only_where_nothing_may_be_later() {
    type Records = &'static [(DrugUse, &'static str)];
    use DrugUse::{Given, LastTaken, Prescribed, Stopped};
    let rows: [(&str, Records, &[&str]); 14] = [
        ("given", &[(Given, "2026-10-30")], &["kept"]),
        ("given twice", &[(Given, "2026-10-30"), (Given, "2026-11-20")], &["too-short"]),
        (
            "given, and once without a date",
            &[(Given, "2026-10-30"), (Given, "")],
            &["kept", "too-short", "unknown"],
        ),
        ("given without a date", &[(Given, "")], &["kept", "too-short", "unknown"]),
        ("stopped", &[(Stopped, "2026-08-01")], &["kept", "too-short", "unknown"]),
        ("stopped, no date at all", &[(Stopped, "")], &["kept", "too-short", "unknown"]),
        (
            "given under an order that was stopped, nobody knows when",
            &[(Stopped, "2026-08-01"), (Given, "2026-10-30")],
            &["kept", "too-short", "unknown"],
        ),
        (
            "given so late under a stopped order that no later dose changes anything",
            &[(Stopped, "2026-08-01"), (Given, "2026-11-10")],
            &["too-short"],
        ),
        (
            "stopped, and said to be taken last on a day",
            &[(Stopped, "2026-08-01"), (LastTaken, "2026-10-30")],
            &["kept"],
        ),
        (
            "said to be taken last before the order that was stopped",
            &[(LastTaken, "2026-07-30"), (Stopped, "2026-08-01")],
            &["kept", "too-short", "unknown"],
        ),
        (
            "given after the day that was said to be the last, and stopped",
            &[(Stopped, "2026-08-01"), (LastTaken, "2026-10-20"), (Given, "2026-10-30")],
            &["kept", "too-short", "unknown"],
        ),
        (
            "given after the day that was said to be the last",
            &[(LastTaken, "2026-10-20"), (Given, "2026-11-20")],
            &["too-short"],
        ),
        (
            "ordered on",
            &[(LastTaken, "2026-10-20"), (Prescribed, "2026-10-01")],
            &["kept", "too-short", "unknown"],
        ),
        ("to be taken until a day to come", &[(LastTaken, "2026-11-28")], &["too-short"]),
    ];
    for (what, records, expected) in rows {
        let facts = records.iter().map(|(taken, date)| drug(Drug::Bevacizumab, *taken, date));
        let found = timer(facts.chain([operation("2026-12-01")]).collect()).unwrap();
        assert_eq!(found.states.iter().map(Domain::key).collect::<Vec<_>>(), expected, "{what}");
        let is_known = !expected.contains(&"unknown");
        assert!(is_known || found.needs == [TimerNeed::LastDose], "{what}");
    }
    let until =
        timer(vec![drug(Drug::Bevacizumab, LastTaken, "2026-11-28"), operation("2027-01-10")]).unwrap();
    assert_eq!(
        (until.states, until.earliest.unwrap().to_string()),
        (TimerState::Kept.into(), "2026-12-26".into())
    );
}

#[test]
fn without_an_operation_the_earliest_day_is_said() {
    let timer = timer(vec![drug(Drug::Bevacizumab, DrugUse::Given, "2026-11-20")]).unwrap();
    assert_eq!(timer.states, TimerState::NoOperationDate.into());
    assert_eq!(timer.earliest.unwrap().to_string(), "2026-12-18");
    assert_eq!((timer.needs, timer.drug), (vec![TimerNeed::OperationDate], Some(Drug::Bevacizumab)));
}

#[test]
fn every_hold_is_advisory_and_an_emergency_suspends_it() {
    let facts = vec![drug(Drug::Bevacizumab, DrugUse::Given, "2026-11-20"), operation("2026-11-24")];
    assert_eq!(timer(facts.clone()).unwrap().severity(), Severity::Warning);
    let emergency = now(Statement::Answered(Question::NeurologicalProgression, Place::Unstated, Answer::Yes));
    let suspended = timer(facts.into_iter().chain([emergency]).collect()).unwrap();
    assert_eq!((suspended.is_suspended, suspended.severity()), (true, Severity::Info));
    assert_eq!(suspended.states, TimerState::TooShort.into(), "what is so stays said");
}

#[test]
fn class_rules_are_never_stretched() {
    assert_eq!(
        drug_class(Drug::Vandetanib),
        DrugClass::VegfrInhibitor,
        "not the EGFR class with its two weeks"
    );
    let ids = |drug: Drug| {
        spinemet_engine::guidance::hold_rules(drug).iter().map(|rule| rule.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(Drug::Bevacizumab), ["CN-1.5-HOLD", "CN-1.5-VEGF-HOLD"]);
    assert_eq!(ids(Drug::Osimertinib), ["CN-1.5-HOLD", "CN-1.5-EGFR-HOLD"]);
    assert_eq!(ids(Drug::Sunitinib), ["CN-1.5-HOLD", "CN-1.5-GAP"]);
    assert_eq!(ids(Drug::Cetuximab), ["CN-1.5-HOLD", "CN-1.5-GAP"]);
    assert!(delays_healing(Drug::Vandetanib) && delays_healing(Drug::Cetuximab));
    assert!(!delays_healing(Drug::ParpInhibitor));
}

#[test]
fn what_is_known_of_a_hold_has_a_slug() {
    let key = |drug: Drug| hold(drug).key();
    let keys = [Drug::Bevacizumab, Drug::Sorafenib, Drug::Cetuximab, Drug::Denosumab].map(key);
    assert_eq!(keys, ["figures", "unconfirmed", "no-rule", "not-held"]);
    assert_eq!(keys, Hold::KEYS);
}
