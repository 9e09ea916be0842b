//! What must hold of every record. Records are drawn from a fixed pseudo-random sequence, so that a failure repeats.
//!
//! Three of the laws are about records that agree with themselves: statements of one patient who is completely known, all
//! of the same instant. Where statements contradict each other, or one supersedes another, taking one away can of course
//! tell more.

use spinemet_engine::assessment::{Assessment, assess};
use spinemet_engine::clinical::{
    Alignment, Amount, Analyte, Answer, BoneExtent, BreastReceptors, Case, Collapse, Count, Domain, Ecog,
    Escc, ExtraspinalCount, Fact, Frankel, FreshnessPolicy, Karnofsky, Lesion, Measured, Organ, Pain,
    PartialDate, Place, Posterolateral, Question, QuestionScope, Statement, TomitaType, ValueSet, Vertebra,
    VertebralCount, VisceralPattern, VisceralState, WbbSectors,
};
use spinemet_engine::guidance::{AlertKind, Input, Truth, Verdict, VerdictKind};
use spinemet_engine::scoring::{Band, Item, Reachable, Score, ScoredItem, score_all};

use crate::record::{Sequence, as_of, dated, now};

fn any<T: Domain>(sequence: &mut Sequence) -> T {
    T::ALL[sequence.below(T::ALL.len())]
}

/// A set of values that holds the true one: sharp, vague, or in between.
fn vague<T: Domain>(sequence: &mut Sequence, truth: T) -> ValueSet<T> {
    let others: Vec<T> = T::ALL.iter().copied().filter(|_| sequence.below(4) == 0).collect();
    if sequence.below(2) == 0 { truth.into() } else { others.into_iter().chain([truth]).collect() }
}

/// All statements about a patient who is completely known.
pub fn patient(sequence: &mut Sequence) -> Vec<Statement> {
    let vertebrae: Vec<Vertebra> = {
        let mut all = Vertebra::ALL.to_vec();
        sequence.shuffle(&mut all);
        all.truncate(1 + sequence.below(3));
        all
    };
    let count = u32::try_from(vertebrae.len()).unwrap();
    let extraspinal = u32::try_from(sequence.below(4)).unwrap();
    let solitary = count == 1 && extraspinal == 0;
    let karnofsky: Karnofsky = any(sequence);
    let ecog: Ecog = Ecog::ALL.iter().copied().find(|grade| grade.karnofsky().contains(karnofsky)).unwrap();
    let visceral: VisceralState = any(sequence);
    let frankel = any::<Frankel>(sequence);
    let pattern = if visceral == VisceralState::Absent {
        VisceralPattern::Absent
    } else {
        [VisceralPattern::NodularOrCerebral, VisceralPattern::Disseminated][sequence.below(2)]
    };
    let receptors: BreastReceptors = any(sequence);
    let mut statements = vec![
        Statement::Karnofsky(vague(sequence, karnofsky)),
        Statement::Ecog(vague(sequence, ecog)),
        Statement::Primary(any(sequence)),
        Statement::VertebralCount(Count::Exactly(count)),
        Statement::ExtraspinalCount(Count::Exactly(extraspinal)),
        Statement::BoneExtent(if solitary { BoneExtent::Solitary } else { BoneExtent::Multiple }),
        Statement::VisceralStatus(vague(sequence, visceral)),
        Statement::Frankel(vague(sequence, frankel)),
        Statement::VisceralPattern(vague(sequence, pattern)),
        Statement::BreastReceptors(receptors.into()),
    ];
    statements.extend(answers(sequence, Place::Unstated, QuestionScope::Patient, frankel).into_iter().map(
        |statement| match statement {
            // Without hormone receptors no breast cancer depends on hormones.
            Statement::Answered(Question::HormoneDependent, place, _)
                if receptors != BreastReceptors::ErPositive =>
            {
                Statement::Answered(Question::HormoneDependent, place, Answer::No)
            }
            other => other,
        },
    ));
    statements.extend(measurements(sequence));
    if visceral != VisceralState::Absent {
        statements.push(Statement::VisceralMetastasis(any::<Organ>(sequence)));
    }
    for vertebra in vertebrae {
        let place = Place::At(vertebra);
        let pain = any::<Pain>(sequence);
        let lesion = any::<Lesion>(sequence);
        let alignment = any::<Alignment>(sequence);
        let collapse = any::<Collapse>(sequence);
        let side = any::<Posterolateral>(sequence);
        let grade = any::<Escc>(sequence);
        statements.extend([
            Statement::SpinalMetastasis(place),
            Statement::Pain(place, vague(sequence, pain)),
            Statement::Lesion(place, vague(sequence, lesion)),
            Statement::Alignment(place, vague(sequence, alignment)),
            Statement::Collapse(place, vague(sequence, collapse)),
            Statement::Posterolateral(place, vague(sequence, side)),
            Statement::Escc(place, vague(sequence, grade)),
            Statement::TomitaType(place, tomita_type(sequence, grade, solitary).into()),
        ]);
        statements.extend(answers(sequence, place, QuestionScope::Level, frankel));
    }
    let never = Statement::Answered(Question::PriorRadiotherapy, Place::Unstated, Answer::No);
    if statements.contains(&never) {
        // Who never had radiotherapy had none at any level.
        for statement in &mut statements {
            if let Statement::Answered(Question::LevelIrradiated, _, answer) = statement {
                *answer = Answer::No;
            }
        }
    }
    statements
}

/// An answer to every question of a scope. Judgements that go before what other findings say are left out: they may well
/// take back what those had settled.
fn answers(sequence: &mut Sequence, place: Place, scope: QuestionScope, frankel: Frankel) -> Vec<Statement> {
    use Question::{
        GoodGeneralCondition, HypervascularOnImaging, ImagingDiagnosisClear, ImpendingFracture,
        NeuralCompression, NeurologicalProgression, PedicleInvolvement, PosteriorElementsOnly,
        SurvivalOverSixMonths, WithinOneCentimetreOfCord,
    };
    let overriding = [
        GoodGeneralCondition,
        HypervascularOnImaging,
        ImagingDiagnosisClear,
        ImpendingFracture,
        NeuralCompression,
        PedicleInvolvement,
        PosteriorElementsOnly,
        SurvivalOverSixMonths,
        WithinOneCentimetreOfCord,
    ];
    let asked = Question::ALL.iter().filter(|question| question.scope() == scope);
    asked
        .filter(|question| !overriding.contains(question))
        .map(|question| {
            let intact = *question == NeurologicalProgression && frankel == Frankel::E;
            Statement::Answered(*question, place, if intact { Answer::No } else { any(sequence) })
        })
        .collect()
}

fn measurements(sequence: &mut Sequence) -> Vec<Statement> {
    let amount = |sequence: &mut Sequence| {
        let thousandths = [100, 1_500, 3_500, 9_000, 11_000, 90_000, 260_000][sequence.below(7)];
        Measured::Exactly(Amount::from_thousandths(thousandths))
    };
    Analyte::ALL.iter().map(|analyte| Statement::Laboratory(*analyte, amount(sequence))).collect()
}

/// A type that agrees with grade and extent (specification A.4).
fn tomita_type(sequence: &mut Sequence, grade: Escc, solitary: bool) -> TomitaType {
    let fits = |kind: &TomitaType| {
        (grade == Escc::Grade0 || *kind >= TomitaType::Type4) && !(solitary && *kind == TomitaType::Type7)
    };
    let types: Vec<TomitaType> = TomitaType::ALL.iter().copied().filter(fits).collect();
    types[sequence.below(types.len())]
}

fn assessed(statements: &[Statement]) -> Assessment {
    assess(Case::from_facts(
        statements.iter().cloned().map(now).collect(),
        as_of(),
        &FreshnessPolicy::default(),
    ))
}

fn scores(statements: &[Statement]) -> Vec<Score> {
    let facts = statements.iter().cloned().map(now).collect();
    score_all(&Case::from_facts(facts, as_of(), &FreshnessPolicy::default()))
}

fn inside(narrow: &Score, wide: &Score) -> bool {
    match (narrow.reachable, wide.reachable) {
        (Reachable::Totals(narrow), Reachable::Totals(wide)) => narrow.is_subset(wide),
        (Reachable::Grades(narrow), Reachable::Grades(wide)) => narrow.is_subset(wide),
        (Reachable::Decisions(narrow), Reachable::Decisions(wide)) => narrow.is_subset(wide),
        _ => false,
    }
}

/// Every score that two records both have, the fuller record's first.
fn assert_narrower(full: &[Score], partial: &[Score], what: &str) {
    for wide in partial {
        let same = |narrow: &&Score| narrow.instrument == wide.instrument && narrow.place == wide.place;
        if let Some(narrow) = full.iter().find(same) {
            assert!(inside(narrow, wide), "{what}\n{narrow:?}\n{wide:?}");
            assert!(narrow.bands.iter().all(|band| wide.bands.contains(band)), "{what}");
        }
    }
}

#[test]
fn removing_a_statement_never_narrows_a_score() {
    let mut sequence = Sequence::new(11);
    for _ in 0..150 {
        let full = patient(&mut sequence);
        let all = scores(&full);
        for index in 0..full.len() {
            let mut partial = full.clone();
            let removed = partial.remove(index);
            assert_narrower(&all, &scores(&partial), &format!("without {removed}"));
        }
    }
}

#[test]
fn the_full_record_lies_inside_the_range_of_any_part_of_it() {
    let mut sequence = Sequence::new(12);
    for _ in 0..1_500 {
        let full = patient(&mut sequence);
        let partial: Vec<Statement> = full.iter().filter(|_| sequence.below(2) == 0).cloned().collect();
        assert_narrower(&scores(&full), &scores(&partial), &format!("{partial:?}"));
    }
}

/// A verdict that is certain stays what it is when more becomes known: only insufficient data is decided later, and what
/// is not indicated may turn out to be contraindicated besides.
#[test]
fn more_knowledge_never_takes_a_contraindication_away() {
    let mut sequence = Sequence::new(13);
    for _ in 0..400 {
        let full = patient(&mut sequence);
        let partial: Vec<Statement> = full.iter().filter(|_| sequence.below(2) == 0).cloned().collect();
        let (full, partial) = (assessed(&full), assessed(&partial));
        for before in &partial.verdicts {
            let same = |after: &&Verdict| after.option == before.option && after.place == before.place;
            let Some(after) = full.verdicts.iter().find(same) else {
                continue;
            };
            let allowed = match before.kind {
                VerdictKind::InsufficientData => true,
                VerdictKind::NotIndicated => {
                    matches!(after.kind, VerdictKind::NotIndicated | VerdictKind::Contraindicated)
                }
                certain => after.kind == certain,
            };
            assert!(allowed, "{before:?}\n{after:?}");
            let reached = before.reachable.contains(after.kind);
            assert!(reached || after.kind == VerdictKind::InsufficientData, "{before:?}\n{after:?}");
            for (before, after) in
                [(before.required, after.required), (before.contraindicated, after.contraindicated)]
            {
                assert!(before == Truth::Unknown || before == after);
            }
        }
    }
}

/// Two patients who differ in one finding, and a record that lacks it along with others: where the two get different
/// verdicts, the record must not say that the finding could not matter.
#[test]
fn what_makes_a_difference_is_never_said_to_make_none() {
    let mut sequence = Sequence::new(18);
    let mut differences = 0;
    for _ in 0..600 {
        let one = patient(&mut sequence);
        let position = sequence.below(one.len());
        let Some((input, changed)) = otherwise(&mut sequence, &one[position]) else { continue };
        let mut other = one.clone();
        other[position] = changed;
        let partial: Vec<Statement> = (0..one.len())
            .filter(|index| *index != position && sequence.below(3) > 0)
            .map(|index| one[index].clone())
            .collect();
        let (one, other, partial) = (assessed(&one), assessed(&other), assessed(&partial));
        if contradicts_itself(&other) {
            continue;
        }
        for before in &partial.verdicts {
            let kind = |assessment: &Assessment| {
                let same =
                    |verdict: &&Verdict| (verdict.option, verdict.place) == (before.option, before.place);
                assessment.verdicts.iter().find(same).map(|verdict| verdict.kind)
            };
            let (Some(one), Some(other)) = (kind(&one), kind(&other)) else { continue };
            let decided = |kind: VerdictKind| kind != VerdictKind::InsufficientData;
            if one != other && decided(one) && decided(other) {
                differences += 1;
                assert!(before.hinges_on.contains(input), "{input:?}: {one:?} or {other:?}\n{before:?}");
            }
        }
    }
    assert!(differences > 30, "{differences}");
}

fn contradicts_itself(assessment: &Assessment) -> bool {
    assessment
        .alerts
        .iter()
        .any(|alert| matches!(alert.kind, AlertKind::GradeAgainstType | AlertKind::Type7AgainstSolitary))
}

/// The same finding with another value, and the input that it feeds.
fn otherwise(sequence: &mut Sequence, statement: &Statement) -> Option<(Input, Statement)> {
    let changed = match statement {
        Statement::Answered(question, place, answer) => {
            let flipped = if *answer == Answer::Yes { Answer::No } else { Answer::Yes };
            (Input::from_key(question.key())?, Statement::Answered(*question, *place, flipped))
        }
        Statement::Primary(_) => (Input::Primary, Statement::Primary(any(sequence))),
        Statement::Karnofsky(_) => {
            (Input::Karnofsky, Statement::Karnofsky(any::<Karnofsky>(sequence).into()))
        }
        Statement::TomitaType(place, _) => {
            (Input::TomitaType, Statement::TomitaType(*place, any::<TomitaType>(sequence).into()))
        }
        Statement::Escc(place, _) => (Input::Escc, Statement::Escc(*place, any::<Escc>(sequence).into())),
        Statement::Pain(place, _) => (Input::SinsPain, Statement::Pain(*place, any::<Pain>(sequence).into())),
        Statement::Lesion(place, _) => {
            (Input::SinsLesion, Statement::Lesion(*place, any::<Lesion>(sequence).into()))
        }
        Statement::BreastReceptors(_) => {
            (Input::BreastReceptors, Statement::BreastReceptors(any::<BreastReceptors>(sequence).into()))
        }
        _ => return None,
    };
    Some(changed)
}

/// Any facts at all: contradicting, of any age, with or without a level.
pub fn wild(sequence: &mut Sequence) -> Vec<Fact> {
    let dates =
        ["", "2026-11-22", "2026-11-21T08:00:00Z", "2026-11-10", "2026-10", "2026-09-01", "2026-11-30"];
    (0..4 + sequence.below(20))
        .map(|_| {
            let place = if sequence.below(3) == 0 { Place::Unstated } else { Place::At(any(sequence)) };
            let count = u32::try_from(sequence.below(5)).unwrap();
            let count = if sequence.below(2) == 0 { Count::Exactly(count) } else { Count::AtLeast(count) };
            let statement = match sequence.below(30) {
                0 => Statement::BirthDate(PartialDate::parse("1950").unwrap()),
                1 => Statement::Karnofsky(any::<Karnofsky>(sequence).into()),
                2 => Statement::Ecog(any::<Ecog>(sequence).into()),
                3 => Statement::Primary(any(sequence)),
                4 => Statement::SpinalMetastasis(place),
                5 => Statement::VertebralCount(count),
                6 => Statement::BoneMetastasis,
                7 => Statement::ExtraspinalBoneMetastasis(any(sequence)),
                8 => Statement::ExtraspinalCount(count),
                9 => Statement::BoneExtent(any(sequence)),
                10 => Statement::VisceralMetastasis(any(sequence)),
                11 => Statement::VisceralStatus(any::<VisceralState>(sequence).into()),
                12 => Statement::Frankel(any::<Frankel>(sequence).into()),
                13 => Statement::AsiaImpairment(any::<Frankel>(sequence).into()),
                14 => Statement::Escc(place, any::<Escc>(sequence).into()),
                15 => Statement::Pain(place, any::<Pain>(sequence).into()),
                16 => Statement::Lesion(place, any::<Lesion>(sequence).into()),
                17 => Statement::Alignment(place, any::<Alignment>(sequence).into()),
                18 => Statement::Collapse(place, any::<Collapse>(sequence).into()),
                19 => Statement::TomitaType(place, any::<TomitaType>(sequence).into()),
                20 => Statement::WbbSectors(
                    place,
                    WbbSectors::new([1 + u8::try_from(sequence.below(12)).unwrap()]).unwrap(),
                ),
                21 | 22 => Statement::Answered(any(sequence), place, any(sequence)),
                23 => Statement::BreastReceptors(any::<BreastReceptors>(sequence).into()),
                24 => Statement::Driver(any(sequence), any(sequence)),
                25 => Statement::VisceralPattern(any::<VisceralPattern>(sequence).into()),
                26 => Statement::Laboratory(any(sequence), Measured::Below(Amount::from_thousandths(5_000))),
                27 => Statement::Drug(any(sequence), any(sequence)),
                28 => Statement::Procedure(any(sequence), any(sequence), place),
                29 if sequence.below(2) == 0 => Statement::Event(any(sequence)),
                _ => Statement::Posterolateral(place, any::<Posterolateral>(sequence).into()),
            };
            dated(statement, dates[sequence.below(dates.len())])
        })
        .collect()
}

#[test]
fn the_order_of_facts_never_matters() {
    let mut sequence = Sequence::new(14);
    let assessed =
        |facts: &[Fact]| assess(Case::from_facts(facts.to_vec(), as_of(), &FreshnessPolicy::default()));
    for _ in 0..120 {
        let mut facts = wild(&mut sequence);
        let before = assessed(&facts);
        sequence.shuffle(&mut facts);
        assert_eq!(assessed(&facts), before);
        facts.extend_from_within(..facts.len() / 2);
        assert_eq!(assessed(&facts), before, "a fact said twice is said once");
    }
}

/// Whatever the record, a score reaches something, and never what its table cannot give.
#[test]
fn no_record_is_ever_without_an_answer() {
    let mut sequence = Sequence::new(15);
    for _ in 0..250 {
        let case = Case::from_facts(wild(&mut sequence), as_of(), &FreshnessPolicy::default());
        assert!(!case.levels.is_empty());
        for score in assess(case).scores {
            let (least, greatest) = score.instrument.range().unwrap_or((0, 0));
            if let Some(totals) = score.totals() {
                assert!(!totals.is_empty());
                assert!(totals.iter().all(|total| (least..=greatest).contains(&total)), "{score:?}");
            }
            assert!(!score.bands.is_empty() && score.bands.is_sorted(), "{score:?}");
            assert!(score.items.iter().all(|item| !item.values.is_empty()), "{score:?}");
        }
    }
}

/// A fact about something else changes no verdict and no score of what it is not about.
#[test]
fn an_unrelated_fact_takes_no_contraindication_away() {
    let mut sequence = Sequence::new(16);
    for _ in 0..100 {
        let facts: Vec<Fact> = wild(&mut sequence)
            .into_iter()
            .filter(|fact| !matches!(fact.statement, Statement::BirthDate(_)))
            .collect();
        let more = Statement::BirthDate(PartialDate::parse("1950").unwrap());
        let with: Vec<Fact> = facts.iter().cloned().chain([dated(more, "")]).collect();
        let assessed =
            |facts: Vec<Fact>| assess(Case::from_facts(facts, as_of(), &FreshnessPolicy::default()));
        let (before, after) = (assessed(facts), assessed(with));
        assert_eq!(before.verdicts, after.verdicts);
        assert_eq!(before.scores, after.scores);
    }
}

/// The bins of the counts cover every number, so that the drawn patients agree with themselves.
#[test]
fn the_drawn_patients_agree_with_themselves() {
    let mut sequence = Sequence::new(17);
    for _ in 0..200 {
        let assessment = assessed(&patient(&mut sequence));
        assert!(assessment.conflicts.is_empty(), "{:?}", assessment.conflicts);
        assert_ne!(assessment.case.vertebral_count.possible(), ValueSet::<VertebralCount>::all());
        assert_ne!(assessment.case.extraspinal_count.possible(), ValueSet::<ExtraspinalCount>::all());
    }
}

/// What the other items can come to, completion by completion.
fn completions(items: &[&ScoredItem]) -> Vec<u8> {
    items.iter().fold(vec![0], |sums, item| {
        sums.iter().flat_map(|sum| item.points.iter().map(move |points| sum + points)).collect()
    })
}

/// Whether a missing item matters, against every completion of the others one by one.
#[test]
fn what_a_missing_item_can_change_is_exact() {
    let mut sequence = Sequence::new(18);
    let mut checked = 0;
    for _ in 0..60 {
        let full = patient(&mut sequence);
        let partial: Vec<Statement> = full.iter().filter(|_| sequence.below(3) > 0).cloned().collect();
        let assessment = assessed(&partial);
        for missing in &assessment.missing {
            for effect in &missing.effects {
                let score = assessment.score(effect.instrument, effect.place).unwrap();
                let Some(totals) = score.totals() else {
                    continue;
                };
                let others: Vec<&ScoredItem> =
                    score.items.iter().filter(|item| item.item != effect.item).collect();
                let open: Vec<u8> = score.item(effect.item).unwrap().points.iter().collect();
                let band = |rest: u8, points: u8| Band::of_total(effect.instrument, rest + points).unwrap();
                let rests = completions(&others);
                let matters = rests
                    .iter()
                    .any(|rest| open.iter().any(|points| band(*rest, *points) != band(*rest, open[0])));
                // What rests on several inputs hangs on each of them at most as much as on all (shared_items.rs).
                let is_shared = matches!(
                    effect.item,
                    Item::KatagiriPrimary | Item::TomitaPrimaryAdjusted | Item::TokuhashiPrimaryAdjusted
                );
                let is_as_claimed = effect.can_change_band == matters || (is_shared && matters);
                assert!(is_as_claimed, "{:?} of {:?} in {score:?}", missing.input, effect.item);
                for outcome in &effect.outcomes {
                    let points = effect.item.points_of(outcome.value).unwrap();
                    let reached: ValueSet<Band> = rests.iter().map(|rest| band(*rest, points)).collect();
                    assert_eq!(outcome.bands, reached);
                    assert!(rests.iter().all(|rest| totals.contains(rest + points)));
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 200, "{checked}");
}
