//! How old a statement may be, and what its age does to others.

use spinemet_engine::clinical::{
    Answer, BoneSite, Collapse, Count, Domain, Ecog, Escc, Event, Fact, Frankel, Involvement, Karnofsky,
    Lesion, Organ, Pain, Place, PrimarySite, Procedure, ProcedureState, Question, Remark, Standing,
    Statement, TomitaType, Vertebra, VisceralState,
};

use crate::record::{ago, assert_finding, at, case, dated, days, karnofsky, now, set};

/// Every window to the second: fresh up to its first age, usable with a warning up to its second.
#[test]
fn every_window_ends_to_the_second() {
    let t10 = at(Vertebra::T10);
    let answered = |question, answer| Statement::Answered(question, Place::Unstated, answer);
    let windows: [(Statement, i64, i64); 15] = [
        (karnofsky(Karnofsky::K80), days(14), days(30)),
        (Statement::Ecog(Ecog::E1.into()), days(14), days(30)),
        (Statement::Frankel(Frankel::E.into()), days(7), days(14)),
        (Statement::Frankel(Frankel::D.into()), days(1), days(3)),
        (Statement::AsiaImpairment(Frankel::A.into()), days(1), days(3)),
        (Statement::Pain(t10, Pain::Occasional.into()), days(14), days(30)),
        (Statement::Escc(t10, Escc::Grade1b.into()), days(28), days(56)),
        (Statement::Escc(t10, Escc::Grade1c.into()), days(7), days(28)),
        (Statement::Lesion(t10, Lesion::Lytic.into()), days(28), days(56)),
        (Statement::Collapse(t10, Collapse::UnderHalf.into()), days(28), days(56)),
        (Statement::VertebralCount(Count::Exactly(1)), days(60), days(90)),
        (Statement::VisceralStatus(VisceralState::Absent.into()), days(60), days(90)),
        (answered(Question::Pregnancy, Answer::No), days(14), days(30)),
        (answered(Question::Pregnancy, Answer::Yes), days(14), days(42 * 7)),
        (answered(Question::Infection, Answer::No), days(14), days(30)),
    ];
    for (statement, fresh, usable) in windows {
        let key = |seconds: i64| case([dated(statement.clone(), &ago(seconds))]).facts[0].1.key();
        assert_eq!(key(fresh), "fresh", "{statement}");
        assert_eq!(key(fresh + 1), "ageing", "{statement}");
        assert_eq!(key(usable), "ageing", "{statement}");
        assert_eq!(key(usable + 1), "stale", "{statement}");
        assert_eq!(key(0), "fresh", "{statement}");
        assert_eq!(key(-300), "fresh", "{statement}: clocks differ by minutes");
        assert_eq!(key(-301), "not-yet", "{statement}");
    }
}

#[test]
fn a_date_without_time_counts_as_its_whole_day() {
    // Karnofsky of 8 November: fourteen days on the 22nd, all day long.
    let on = |date: &str| case([dated(karnofsky(Karnofsky::K80), date)]).facts[0].1.key();
    assert_eq!(on("2026-11-08"), "fresh");
    assert_eq!(on("2026-11-07"), "ageing");
    assert_eq!(on("2026-10-23"), "ageing");
    assert_eq!(on("2026-10-22"), "stale");
    assert_eq!(on("2026"), "stale", "the older end of an interval decides");
    assert_eq!(on("2026-11-23"), "fresh", "it may be tomorrow already, where the patient is");
    assert_eq!(on("2026-11-24"), "not-yet");
}

#[test]
fn stale_is_as_if_not_recorded_but_says_so() {
    let old = case([dated(karnofsky(Karnofsky::K80), &ago(days(31)))]);
    assert_finding(&old.karnofsky, Standing::Stale, Karnofsky::ALL);
    assert_eq!(old.karnofsky.evidence().len(), 1);
}

#[test]
fn ageing_undated_and_preliminary_are_remarked_upon() {
    let remarks = |fact: Fact| case([fact]).karnofsky.remarks().to_vec();
    assert_eq!(remarks(now(karnofsky(Karnofsky::K80))), []);
    assert_eq!(remarks(dated(karnofsky(Karnofsky::K80), &ago(days(20)))), [Remark::Ageing]);
    assert_eq!(remarks(dated(karnofsky(Karnofsky::K80), "")), [Remark::Undated]);
    let mut preliminary = now(karnofsky(Karnofsky::K80));
    preliminary.evidence.preliminary = true;
    assert_eq!(remarks(preliminary), [Remark::Preliminary]);
}

#[test]
fn a_deficit_goes_stale_sooner_and_an_older_normal_finding_does_not_stand_in() {
    let case = case([
        dated(Statement::Frankel(Frankel::E.into()), &ago(days(6))),
        dated(Statement::Frankel(Frankel::D.into()), &ago(days(4))),
    ]);
    assert_finding(&case.frankel, Standing::Stale, Frankel::ALL);
}

#[test]
fn an_older_low_grade_does_not_stand_in_for_a_stale_high_grade() {
    let place = at(Vertebra::T10);
    let case = case([
        dated(Statement::Escc(place, Escc::Grade0.into()), &ago(days(40))),
        dated(Statement::Escc(place, Escc::Grade3.into()), &ago(days(30))),
    ]);
    assert_finding(&case.levels[0].escc, Standing::Stale, Escc::ALL);
}

#[test]
fn a_newer_statement_supersedes_a_stale_one() {
    let case = case([
        dated(Statement::Frankel(Frankel::D.into()), &ago(days(10))),
        dated(Statement::Frankel(Frankel::E.into()), &ago(days(2))),
    ]);
    assert_finding(&case.frankel, Standing::Known, &[Frankel::E]);
}

#[test]
fn compression_tightens_the_window_of_the_neurological_examination() {
    let examined = dated(Statement::Frankel(Frankel::E.into()), &ago(days(5)));
    let grade = |grade: Escc| now(Statement::Escc(at(Vertebra::T10), grade.into()));
    let standing = |facts: Vec<Fact>| case(facts).frankel.standing();
    assert_eq!(standing(vec![examined.clone()]), Standing::Known);
    assert_eq!(standing(vec![examined.clone(), grade(Escc::Grade1b)]), Standing::Known);
    assert_eq!(standing(vec![examined, grade(Escc::Grade1c)]), Standing::Stale);
}

/// That nobody looked again does not make the cord safe: only a newer, usable grade below 1c of the same level does.
#[test]
fn a_stale_grade_of_1c_or_worse_keeps_the_tighter_window() {
    let t10 = at(Vertebra::T10);
    let examined = || dated(Statement::Frankel(Frankel::E.into()), &ago(days(5)));
    let graded =
        |place: Place, grades: &[Escc], age: i64| dated(Statement::Escc(place, set(grades)), &ago(days(age)));
    let standing = |facts: Vec<Fact>| case([examined()].into_iter().chain(facts)).frankel.standing();
    let old = || graded(t10, &[Escc::Grade3], 100);
    assert_eq!(case([old()]).levels[0].escc.standing(), Standing::Stale);
    assert_eq!(standing(vec![old()]), Standing::Stale);
    assert_eq!(standing(vec![graded(t10, &[Escc::Grade1b], 100)]), Standing::Known, "below 1c");
    let ambiguous = [Escc::Grade1a, Escc::Grade1b, Escc::Grade1c];
    assert_eq!(standing(vec![graded(t10, &ambiguous, 3)]), Standing::Stale, "it may be 1c");
    assert_eq!(standing(vec![dated(Statement::Escc(t10, Escc::Grade2.into()), "")]), Standing::Stale);
    assert_eq!(standing(vec![graded(t10, &[Escc::Grade3], -9)]), Standing::Known, "not yet true");
    // What ends it, and what does not.
    assert_eq!(standing(vec![old(), graded(t10, &[Escc::Grade0], 4)]), Standing::Known);
    assert_eq!(standing(vec![old(), graded(t10, &[Escc::Grade0], 100)]), Standing::Stale, "of the same day");
    assert_eq!(standing(vec![old(), graded(t10, &[Escc::Grade0], 60)]), Standing::Stale, "stale itself");
    assert_eq!(
        standing(vec![old(), graded(at(Vertebra::L2), &[Escc::Grade0], 4)]),
        Standing::Stale,
        "elsewhere"
    );
    assert_eq!(standing(vec![old(), graded(t10, &[Escc::Grade1c], 4)]), Standing::Stale);
}

#[test]
fn what_is_dated_in_the_future_says_nothing_yet() {
    let tomorrow = ago(-days(2));
    let place = at(Vertebra::T10);
    let case = case([
        dated(Statement::Primary(PrimarySite::Breast), &tomorrow),
        dated(Statement::VisceralMetastasis(Organ::Liver), &tomorrow),
        dated(Statement::SpinalMetastasis(place), &tomorrow),
        dated(Statement::ExtraspinalBoneMetastasis(BoneSite::Rib), &tomorrow),
        dated(Statement::Lesion(place, Lesion::Lytic.into()), &tomorrow),
        dated(karnofsky(Karnofsky::K80), &tomorrow),
    ]);
    assert_eq!(case.primary.standing(), Standing::NotRecorded);
    assert_eq!(case.visceral.standing(), Standing::NotRecorded);
    assert_eq!(case.extraspinal_count.standing(), Standing::NotRecorded);
    assert_eq!(case.karnofsky.standing(), Standing::NotRecorded);
    assert_eq!(case.involvement, Involvement::NotRecorded);
    assert_eq!(case.levels.iter().map(|level| level.place).collect::<Vec<_>>(), [Place::Unstated]);
}

#[test]
fn a_future_organ_does_not_weigh_against_todays_status() {
    let case = case([
        dated(Statement::VisceralMetastasis(Organ::Liver), &ago(-days(2))),
        dated(Statement::VisceralStatus(VisceralState::Removable.into()), &ago(days(40))),
        now(Statement::VisceralStatus(VisceralState::Absent.into())),
    ]);
    assert_finding(&case.visceral, Standing::Known, &[VisceralState::Absent]);
}

/// Specification F.2: a newer admission, fracture or deficit ends the freshness of performance status at once.
#[test]
fn an_event_overtakes_performance_status() {
    let karnofsky = || dated(Statement::Karnofsky(Karnofsky::K80.into()), "2026-11-15");
    let with = |fact: Fact| case([karnofsky(), fact]).karnofsky.remarks().contains(&Remark::Overtaken);
    let cases = [
        (Statement::Event(Event::Hospitalisation), "2026-11-18", true),
        (Statement::Event(Event::Fracture), "2026-11-18", true),
        (Statement::Frankel(Frankel::D.into()), "2026-11-21", true),
        (Statement::Frankel(Frankel::E.into()), "2026-11-21", false),
        (Statement::Event(Event::Fall), "2026-11-18", false),
        (Statement::Event(Event::Hospitalisation), "2026-11-10", false),
        (Statement::Event(Event::Hospitalisation), "2026-11-15", false),
        (Statement::Event(Event::Hospitalisation), "2026-11-30", false),
        (Statement::Event(Event::Hospitalisation), "", false),
    ];
    for (statement, date, expected) in cases {
        assert_eq!(with(dated(statement.clone(), date)), expected, "{statement} of {date}");
    }
    let old_deficit = [Frankel::D, Frankel::D].map(|grade| Statement::Frankel(grade.into()));
    let [before, after] = old_deficit;
    let known = case([karnofsky(), dated(before, "2026-11-14"), dated(after, "2026-11-21")]);
    assert!(!known.karnofsky.remarks().contains(&Remark::Overtaken), "the deficit was there already");
}

/// Specification F.2: a new fall, a change of pain or an operation voids imaging of the level.
#[test]
fn a_fall_a_fracture_an_operation_or_another_pain_voids_imaging() {
    let (t10, l2) = (at(Vertebra::T10), at(Vertebra::L2));
    let lesion = || dated(Statement::Lesion(t10, Lesion::Lytic.into()), "2026-11-10");
    let standing = |facts: Vec<Fact>| case(facts.into_iter().chain([lesion()])).levels[0].lesion.standing();
    let fixation = |place| Statement::Procedure(Procedure::Fixation, ProcedureState::Done, place);
    let pain = |pain: Pain, date| dated(Statement::Pain(t10, pain.into()), date);
    let cases = [
        ("nothing", vec![], Standing::Known),
        ("a fall", vec![dated(Statement::Event(Event::Fall), "2026-11-15")], Standing::Stale),
        ("a fracture", vec![dated(Statement::Event(Event::Fracture), "2026-11-15")], Standing::Stale),
        (
            "an admission",
            vec![dated(Statement::Event(Event::Hospitalisation), "2026-11-15")],
            Standing::Known,
        ),
        ("an older fall", vec![dated(Statement::Event(Event::Fall), "2026-11-05")], Standing::Known),
        ("an operation there", vec![dated(fixation(t10), "2026-11-15")], Standing::Stale),
        (
            "an operation, not said where",
            vec![dated(fixation(Place::Unstated), "2026-11-15")],
            Standing::Stale,
        ),
        ("an operation elsewhere", vec![dated(fixation(l2), "2026-11-15")], Standing::Known),
        (
            "radiotherapy",
            vec![dated(
                Statement::Procedure(Procedure::Radiotherapy, ProcedureState::Done, t10),
                "2026-11-15",
            )],
            Standing::Known,
        ),
        (
            "pain that became mechanical",
            vec![pain(Pain::Occasional, "2026-11-09"), pain(Pain::Mechanical, "2026-11-18")],
            Standing::Stale,
        ),
        (
            "pain as before",
            vec![pain(Pain::Occasional, "2026-11-09"), pain(Pain::Occasional, "2026-11-18")],
            Standing::Known,
        ),
    ];
    for (what, facts, expected) in cases {
        assert_eq!(standing(facts), expected, "{what}");
    }
}

/// Specification F.2: where symptoms have changed since, MRI for ESCC is as short-lived as a grade that threatens the cord.
#[test]
fn worse_neurology_shortens_the_life_of_a_low_grade() {
    let t10 = at(Vertebra::T10);
    let escc = |facts: Vec<Fact>| {
        let low = dated(Statement::Escc(t10, Escc::Grade1a.into()), "2026-11-08");
        case(facts.into_iter().chain([low])).levels[0].escc.remarks().contains(&Remark::Ageing)
    };
    let grade = |grade: Frankel, date| dated(Statement::Frankel(grade.into()), date);
    assert!(!escc(vec![grade(Frankel::E, "2026-11-07"), grade(Frankel::E, "2026-11-21")]));
    assert!(escc(vec![grade(Frankel::E, "2026-11-07"), grade(Frankel::D, "2026-11-21")]));
    assert!(
        !escc(vec![grade(Frankel::E, "2026-11-01"), grade(Frankel::D, "2026-11-05")]),
        "before the images"
    );
}

/// An operation leaves another tumour behind than was graded; a fall or an operation another bone than was imaged.
#[test]
fn an_operation_ends_what_was_graded_before_it() {
    let t10 = at(Vertebra::T10);
    let standing = |statement: &Statement, happened: Fact| {
        case([dated(statement.clone(), &ago(days(5))), happened])
            .facts
            .iter()
            .any(|(fact, freshness)| fact.statement == *statement && freshness.is_usable())
    };
    let done = |procedure, place, age| {
        dated(Statement::Procedure(procedure, ProcedureState::Done, place), &ago(days(age)))
    };
    let graded = Statement::Escc(t10, Escc::Grade2.into());
    let wall = Statement::Answered(Question::PosteriorWallIntact, t10, Answer::Yes);
    let distance = Statement::Answered(Question::WithinOneCentimetreOfCord, t10, Answer::No);
    let fell = || dated(Statement::Event(Event::Fall), &ago(days(1)));
    let operated = || done(Procedure::SeparationSurgery, t10, 1);
    assert!(!standing(&graded, operated()));
    assert!(!standing(&Statement::TomitaType(t10, TomitaType::Type4.into()), operated()));
    assert!(standing(&graded, done(Procedure::SeparationSurgery, at(Vertebra::L3), 1)), "another level");
    assert!(standing(&graded, done(Procedure::SeparationSurgery, t10, 9)), "before the images");
    assert!(standing(&graded, done(Procedure::VertebralAugmentation, t10, 1)), "cement leaves the tumour");
    assert!(standing(&graded, fell()));
    assert!(!standing(&wall, operated()) && !standing(&wall, fell()));
    assert!(standing(&distance, fell()), "a fall does not move the tumour");
}

/// F.2: "or symptoms changed": said to be getting worse, or no longer walking.
#[test]
fn symptoms_that_got_worse_tighten_the_window_of_the_images() {
    let graded = || dated(Statement::Escc(at(Vertebra::T10), Escc::Grade1a.into()), &ago(days(29)));
    let said = |question, answer, age| {
        dated(Statement::Answered(question, Place::Unstated, answer), &ago(days(age)))
    };
    let key = |facts: Vec<Fact>| {
        let case = case([graded()].into_iter().chain(facts));
        let grade = case.facts.iter().find(|(fact, _)| matches!(fact.statement, Statement::Escc(..)));
        grade.map(|(_, freshness)| freshness.key())
    };
    let (progression, walks) = (Question::NeurologicalProgression, Question::Ambulatory);
    assert_eq!(key(vec![]), Some("ageing"));
    assert_eq!(key(vec![said(progression, Answer::Yes, 1)]), Some("stale"));
    assert_eq!(key(vec![said(progression, Answer::No, 1)]), Some("ageing"));
    assert_eq!(key(vec![said(progression, Answer::Yes, 40)]), Some("ageing"), "before the images");
    assert_eq!(key(vec![said(walks, Answer::Yes, 9), said(walks, Answer::No, 1)]), Some("stale"));
    assert_eq!(
        key(vec![said(walks, Answer::No, 1)]),
        Some("ageing"),
        "nobody said that the patient walked before"
    );
}
