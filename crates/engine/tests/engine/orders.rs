//! What is said of an order before it is signed: the verdicts (table A.4), intervals (D.3, D.4) and emergencies (RUL-10) of
//! the specification, about this very order and nothing else.

mod intervals;
mod verdicts;

use spinemet_engine::clinical::{
    Alignment, Answer, Case, Collapse, Domain, Drug, Escc, Evidence, Fact, Frankel, FreshnessPolicy, Lesion,
    Pain, PartialDate, Place, Posterolateral, PrimarySite, Procedure, Question, Statement, Vertebra,
};
use spinemet_engine::guidance::order::{Beside, Concern, ConcernKind, Order, Ordered, concerns};
use spinemet_engine::guidance::{Hold, Input, Severity, Thresholds, hold};

use crate::properties::wild;
use crate::record::{Sequence, case, done, now, planned};

const T10: Place = Place::At(Vertebra::T10);
const L3: Place = Place::At(Vertebra::L3);

fn order(ordered: Ordered, date: &str, place: Place) -> Order {
    let evidence = Evidence {
        resource: "ServiceRequest/order".to_owned(),
        version: None,
        element: "ServiceRequest.code".to_owned(),
        rule: "test".to_owned(),
        code: None,
        effective: (!date.is_empty()).then(|| PartialDate::parse(date).unwrap()),
        preliminary: false,
    };
    Order { ordered, place, evidence, until: None }
}

fn operation(procedure: Procedure, date: &str) -> Order {
    order(Ordered::Procedure(procedure), date, T10)
}

fn drug(drug: Drug, date: &str) -> Order {
    order(Ordered::Drug(drug), date, Place::Unstated)
}

fn until(date: &str, order: Order) -> Order {
    Order { until: Some(PartialDate::parse(date).unwrap()), ..order }
}

/// An order of another resource.
fn other(order: Order) -> Order {
    let evidence = Evidence { resource: "ServiceRequest/other".to_owned(), ..order.evidence };
    Order { evidence, ..order }
}

fn beside(case: &Case, order: &Order, others: &[Order]) -> Vec<Concern> {
    let (policy, thresholds) = (FreshnessPolicy::default(), Thresholds::default());
    concerns(Beside { case, policy: &policy, thresholds: &thresholds }, order, others)
}

/// Kind, severity and leading rule of everything that is said.
fn said(facts: Vec<Fact>, order: &Order) -> Vec<String> {
    beside(&case(facts), order, &[]).iter().map(line).collect()
}

fn line(concern: &Concern) -> String {
    format!("{} {} {}", concern.kind.key(), concern.severity.key(), concern.rules[0].id)
}

fn only(facts: Vec<Fact>, order: &Order, kind: ConcernKind) -> Concern {
    let said = beside(&case(facts), order, &[]);
    let mut found = said.into_iter().filter(|concern| concern.kind == kind);
    let first = found.next().unwrap();
    assert!(found.next().is_none(), "said once");
    first
}

fn answered(question: Question, place: Place, answer: Answer) -> Fact {
    now(Statement::Answered(question, place, answer))
}

fn patient_answered(question: Question, answer: Answer) -> Fact {
    answered(question, Place::Unstated, answer)
}

/// A level with SINS 2 to 5 and no pain: stable.
fn stable(place: Place) -> Vec<Fact> {
    [
        Statement::SpinalMetastasis(place),
        Statement::Pain(place, Pain::PainFree.into()),
        Statement::Lesion(place, Lesion::Lytic.into()),
        Statement::Alignment(place, Alignment::Normal.into()),
        Statement::Collapse(place, Collapse::NoCollapse.into()),
        Statement::Posterolateral(place, Posterolateral::Uninvolved.into()),
    ]
    .map(now)
    .to_vec()
}

fn with(facts: Vec<Fact>, more: impl IntoIterator<Item = Fact>) -> Vec<Fact> {
    facts.into_iter().chain(more).collect()
}

/// What is known of the level and of the patient, and what an order at that level is asked for then.
#[test]
fn what_must_be_known_is_asked_of_the_level_of_the_order() {
    let both = || with(stable(T10), [now(Statement::SpinalMetastasis(L3))]);
    let ablation = operation(Procedure::MicrowaveAblation, "2026-12-20");
    let need = only(both(), &ablation, ConcernKind::MustBeKnown);
    assert_eq!(need.place, Some(T10));
    assert_eq!(
        need.needs,
        [
            Input::TomitaType,
            Input::SevereCoagulopathy,
            Input::CardiovascularDisease,
            Input::PulmonaryDysfunction
        ]
    );
    // The same at the level of which nothing is known, and at one that the record does not know.
    for place in [L3, Place::At(Vertebra::C4)] {
        let radiotherapy = order(Ordered::Procedure(Procedure::Radiotherapy), "2026-12-20", place);
        let need = only(both(), &radiotherapy, ConcernKind::MustBeKnown);
        assert_eq!(need.place, Some(place));
        assert!(need.needs.contains(&Input::SinsPain) && !need.needs.contains(&Input::SinsLocation));
    }
    let at_stable = order(Ordered::Procedure(Procedure::Radiotherapy), "2026-12-20", T10);
    assert_eq!(said(both(), &at_stable), [""; 0]);
}

/// Of several levels, the order names none: that it is for the one where it is forbidden is not certain.
#[test]
fn an_order_that_names_no_level_is_judged_at_the_worst() {
    let resistant = || {
        let separation =
            [Question::SsrsWithin35Days, Question::SurgicalTolerance].map(|question| (question, Answer::Yes));
        let facts = separation.map(|(question, answer)| patient_answered(question, answer));
        with(facts.to_vec(), [now(Statement::Primary(PrimarySite::LungNonSmallCell))])
    };
    let graded = |place: Place, grade: Escc| now(Statement::Escc(place, grade.into()));
    let unnamed = || order(Ordered::Procedure(Procedure::SeparationSurgery), "2026-12-20", Place::Unstated);
    let one = with(resistant(), [graded(T10, Escc::Grade3), graded(L3, Escc::Grade0)]);
    let forbidden = only(one.clone(), &unnamed(), ConcernKind::Contraindicated);
    assert_eq!((forbidden.place, forbidden.severity), (Some(L3), Severity::Warning));
    let named = order(Ordered::Procedure(Procedure::SeparationSurgery), "2026-12-20", L3);
    assert_eq!(only(one, &named, ConcernKind::Contraindicated).severity, Severity::Critical);
    let both = with(resistant(), [graded(T10, Escc::Grade1a), graded(L3, Escc::Grade0)]);
    assert_eq!(only(both, &unnamed(), ConcernKind::Contraindicated).severity, Severity::Critical);
}

/// What is not known at one level comes before a reservation at another, whichever of them is the higher.
#[test]
fn what_must_be_known_comes_before_a_reservation() {
    // SINS 9 without mechanical pain is for discussion.
    let for_discussion = |place: Place| {
        [
            Statement::SpinalMetastasis(place),
            Statement::Pain(place, Pain::Occasional.into()),
            Statement::Lesion(place, Lesion::Lytic.into()),
            Statement::Alignment(place, Alignment::Deformity.into()),
            Statement::Collapse(place, Collapse::UnderHalf.into()),
            Statement::Posterolateral(place, Posterolateral::Unilateral.into()),
        ]
        .map(now)
        .to_vec()
    };
    let fixation = order(Ordered::Procedure(Procedure::Fixation), "2026-12-20", Place::Unstated);
    let tolerates = || patient_answered(Question::SurgicalTolerance, Answer::Yes);
    let reserved = only(with(for_discussion(T10), [tolerates()]), &fixation, ConcernKind::Reservation);
    assert_eq!(reserved.place, Some(T10));
    for unknown in [Place::At(Vertebra::C4), L3] {
        let facts = with(for_discussion(T10), [tolerates(), now(Statement::SpinalMetastasis(unknown))]);
        assert_eq!(only(facts, &fixation, ConcernKind::MustBeKnown).place, Some(unknown));
    }
}

#[test]
fn an_emergency_comes_before_everything_but_what_relieves_the_cord() {
    use Procedure::{Decompression, Fixation, SeparationSurgery, SpinalCt, SpinalMri, SpinalSurgery};
    let worse = || patient_answered(Question::NeurologicalProgression, Answer::Yes);
    for procedure in Procedure::ALL.iter().copied() {
        let order = operation(procedure, "2026-12-20");
        let said = beside(&case(with(stable(T10), [worse()])), &order, &[]);
        let relieves = [SpinalSurgery, SeparationSurgery, Decompression, Fixation].contains(&procedure);
        let is_imaging = [SpinalMri, SpinalCt].contains(&procedure);
        if relieves || is_imaging {
            assert!(said.iter().all(|concern| concern.kind != ConcernKind::EmergencyFirst), "{procedure:?}");
        } else {
            let first = &said[0];
            assert_eq!(line(first), "emergency-first critical CN-1.4-NEURO-EMERG", "{procedure:?}");
            assert_eq!(first.evidence.len(), 1, "the record of the progression");
        }
        // Nobody waits for criteria and attestations.
        let waits = [ConcernKind::CriteriaNotMet, ConcernKind::MustBeKnown, ConcernKind::Reservation];
        assert!(said.iter().all(|concern| !waits.contains(&concern.kind)), "{procedure:?}: {said:?}");
    }
    // What is forbidden stays forbidden.
    let facts = with(stable(T10), [worse(), patient_answered(Question::Infection, Answer::Yes)]);
    let augmentation = operation(Procedure::VertebralAugmentation, "2026-12-20");
    assert_eq!(
        said(facts, &augmentation)[..2],
        ["emergency-first critical CN-1.4-NEURO-EMERG", "contraindicated critical CN-3.4-VP-CI1"]
    );
    // A deficit that does not get worse is no emergency.
    let facts = with(stable(T10), [patient_answered(Question::NeurologicalProgression, Answer::No)]);
    assert_eq!(said(facts, &operation(Procedure::Radiotherapy, "2026-12-20")), [""; 0]);
}

#[test]
fn radiotherapy_beside_an_operation_is_not_asked_for_stability() {
    let unstable = || with(stable(T10), [now(Statement::Pain(T10, Pain::Mechanical.into()))]);
    let unstable = || unstable().into_iter().filter(|fact| !is_painless(fact)).collect::<Vec<Fact>>();
    for procedure in [Procedure::Radiotherapy, Procedure::StereotacticRadiotherapy] {
        let order = operation(procedure, "2026-12-20");
        let kinds = |facts: Vec<Fact>| {
            let said = beside(&case(facts), &order, &[]);
            said.into_iter().map(|concern| concern.kind).collect::<Vec<ConcernKind>>()
        };
        assert_eq!(kinds(unstable()), [ConcernKind::CriteriaNotMet], "{procedure:?}");
        assert_eq!(kinds(with(unstable(), [done(Procedure::Fixation, "2026-11-01")])), [], "{procedure:?}");
        // An embolisation takes no load.
        let embolised = with(unstable(), [done(Procedure::Embolisation, "2026-11-01")]);
        assert_eq!(kinds(embolised), [ConcernKind::CriteriaNotMet], "{procedure:?}");
    }
    // An operation is judged beside another operation all the same.
    let fixation = operation(Procedure::Fixation, "2026-12-20");
    let facts = with(stable(T10), [done(Procedure::Decompression, "2026-10-01")]);
    let kind = beside(&case(facts), &fixation, &[])[0].kind;
    assert_eq!(kind, ConcernKind::CriteriaNotMet, "SINS 4 without pain");
}

fn is_painless(fact: &Fact) -> bool {
    fact.statement == Statement::Pain(T10, Pain::PainFree.into())
}

#[test]
fn radiotherapy_before_the_operation_of_a_fracture_is_advised_against() {
    let facts = |place: Place, fractured: Answer| {
        let fracture = answered(Question::ImpendingFracture, place, fractured);
        with(stable(T10), [fracture, planned(Procedure::Fixation, "2027-01-20")])
    };
    let kind = ConcernKind::RadiotherapyBeforeFractureSurgery;
    for procedure in Procedure::ALL.iter().copied() {
        let said = beside(&case(facts(T10, Answer::Yes)), &operation(procedure, "2026-12-01"), &[]);
        let found = said.iter().find(|concern| concern.kind == kind);
        assert_eq!(found.is_some(), procedure.is_radiotherapy(), "{procedure:?}");
        if let Some(found) = found {
            assert_eq!(line(found), "radiotherapy-before-fracture-surgery warning CN-3.7-NO-PREOP-RT");
            assert_eq!(found.place, Some(T10));
        }
    }
    let speaks = |facts: Vec<Fact>, place: Place| {
        let order = order(Ordered::Procedure(Procedure::Radiotherapy), "2026-12-01", place);
        beside(&case(facts), &order, &[]).iter().any(|concern| concern.kind == kind)
    };
    assert!(!speaks(facts(T10, Answer::No), T10));
    assert!(!speaks(facts(L3, Answer::Yes), T10), "another level is broken");
    assert!(speaks(facts(L3, Answer::Yes), L3));
    assert!(speaks(facts(L3, Answer::Yes), Place::Unstated), "it may be for the broken one");
}

#[test]
fn ct_is_spoken_of_only_where_a_deficit_waits_for_a_grade() {
    let deficit = || now(Statement::Frankel(Frankel::C.into()));
    let grade = now(Statement::Escc(T10, Escc::Grade2.into()));
    let ct = operation(Procedure::SpinalCt, "2026-11-23");
    let mri = operation(Procedure::SpinalMri, "2026-11-23");
    let asked = only(vec![deficit()], &ct, ConcernKind::CompressionNotGraded);
    assert_eq!(line(&asked), "compression-not-graded warning CN-2.4-HOW");
    assert_eq!((asked.needs.as_slice(), asked.evidence.len()), ([Input::Escc].as_slice(), 1));
    assert_eq!(said(vec![deficit()], &mri), [""; 0]);
    assert_eq!(said(vec![deficit(), grade], &ct), [""; 0]);
    assert_eq!(said(vec![now(Statement::Frankel(Frankel::E.into()))], &ct), [""; 0]);
    assert_eq!(said(stable(T10), &ct), [""; 0], "no deficit is on record");
}

/// Drugs of which no rule speaks are never looked at.
#[test]
fn an_order_may_concern_exactly_where_a_rule_could_speak() {
    const RISKS: [Drug; 4] =
        [Drug::Anticoagulant, Drug::Antiplatelet, Drug::Glucocorticoid, Drug::CytotoxicChemotherapy];
    let mut sequence = Sequence::new(62);
    let all = Drug::ALL.iter().copied().map(Ordered::Drug);
    for ordered in all.chain(Procedure::ALL.iter().copied().map(Ordered::Procedure)) {
        let may = match ordered {
            Ordered::Drug(drug) => RISKS.contains(&drug) || hold(drug) != Hold::NotHeld,
            Ordered::Procedure(procedure) => procedure != Procedure::SpinalMri,
        };
        assert_eq!(ordered.may_concern(), may, "{ordered:?}");
        let key = match ordered {
            Ordered::Drug(drug) => drug.key(),
            Ordered::Procedure(procedure) => procedure.key(),
        };
        assert_eq!(ordered.key(), key);
        if !may {
            for _ in 0..40 {
                let order = order(ordered, "2026-11-30", Place::Unstated);
                assert_eq!(beside(&case(wild(&mut sequence)), &order, &[]), [], "{ordered:?}");
            }
        }
    }
}

/// Whatever the record: the most urgent first, every concern with a rule, and the order never its own evidence.
#[test]
fn concerns_of_any_record_keep_to_their_form() {
    let mut sequence = Sequence::new(63);
    for _ in 0..400 {
        let ordered = if sequence.below(2) == 0 {
            Ordered::Procedure(Procedure::ALL[sequence.below(Procedure::ALL.len())])
        } else {
            Ordered::Drug(Drug::ALL[sequence.below(Drug::ALL.len())])
        };
        let date = ["", "2026-11-25", "2026-12", "2026-11-01"][sequence.below(4)];
        let order = order(ordered, date, [T10, L3, Place::Unstated][sequence.below(3)]);
        let said = beside(&case(wild(&mut sequence)), &order, &[]);
        assert!(said.is_sorted_by_key(|concern| (concern.severity, concern.kind)), "{said:?}");
        for concern in &said {
            assert!(!concern.rules.is_empty(), "{concern:?}");
            let itself = |evidence: &Evidence| evidence.resource == order.evidence.resource;
            assert!(!concern.evidence.iter().any(itself), "{concern:?}");
        }
    }
}
