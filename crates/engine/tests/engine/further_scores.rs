//! Modified Bauer, Katagiri 2014, van der Linden 2005, the receptor-adjusted scores: every combination, each item
//! also missing, against tables typed anew from the papers.

use spinemet_engine::clinical::{
    Amount, Analyte, Answer, BoneExtent, BreastReceptors, Domain, Driver, Karnofsky, Measured, Place,
    PrimarySite, Procedure, ProcedureState, Question, Statement, ValueSet, Vertebra, VisceralPattern,
    VisceralState,
};
use spinemet_engine::guidance::definition;
use spinemet_engine::scoring::{Band, Instrument, Item, Score, ScoreNote, score_all};

use crate::record::{case, case_now, dated};

const T10: Place = Place::At(Vertebra::T10);

fn score(statements: Vec<Statement>, instrument: Instrument) -> Option<Score> {
    score_all(&case_now(statements)).into_iter().find(|score| score.instrument == instrument)
}

fn totals(score: &Score) -> Vec<u8> {
    score.totals().unwrap().iter().collect()
}

/// Every sum of one choice of each.
fn sums(items: &[Vec<u8>]) -> Vec<u8> {
    let mut all = vec![0];
    for item in items {
        all = all.iter().flat_map(|sum| item.iter().map(move |points| sum + points)).collect();
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn answered(question: Question, answer: Answer) -> Statement {
    Statement::Answered(question, Place::Unstated, answer)
}

fn band_of(total: u8, bands: &[(u8, u8, Band)]) -> Band {
    bands.iter().find(|(low, high, _)| (*low..=*high).contains(&total)).unwrap().2
}

fn assert_score(score: &Score, expected: &[Vec<u8>], bands: &[(u8, u8, Band)]) {
    let reachable = sums(expected);
    assert_eq!(totals(score), reachable, "{score:?}");
    let expected: ValueSet<Band> = reachable.iter().map(|total| band_of(*total, bands)).collect();
    assert_eq!(score.bands.iter().copied().collect::<ValueSet<Band>>(), expected, "{score:?}");
}

const BAUER: [(u8, u8, Band); 3] = [(0, 1, Band::Bauer0To1), (2, 2, Band::Bauer2), (3, 4, Band::Bauer3To4)];

#[test]
fn bauer_in_every_combination() {
    use PrimarySite::{Breast, Kidney, Lung, LungNonSmallCell, LungSmallCell, Lymphoma, Myeloma};
    let primaries = PrimarySite::ALL.iter().copied().map(Some).chain([None]);
    for primary in primaries {
        let not_lung = !matches!(primary, Some(Lung | LungNonSmallCell | LungSmallCell));
        let favourable = matches!(primary, Some(Breast | Kidney | Lymphoma | Myeloma));
        let of_primary = primary.map_or(vec![0, 1, 2], |_| vec![u8::from(not_lung) + u8::from(favourable)]);
        for visceral in VisceralState::ALL.iter().copied().map(Some).chain([None]) {
            let of_visceral =
                visceral.map_or(vec![0, 1], |state| vec![u8::from(state == VisceralState::Absent)]);
            for bone in BoneExtent::ALL.iter().copied().map(Some).chain([None]) {
                let of_bone =
                    bone.map_or(vec![0, 1], |extent| vec![u8::from(extent == BoneExtent::Solitary)]);
                let statements = [
                    primary.map(Statement::Primary),
                    visceral.map(|state| Statement::VisceralStatus(state.into())),
                    bone.map(Statement::BoneExtent),
                ];
                let found = score(statements.into_iter().flatten().collect(), Instrument::ModifiedBauer2008);
                assert_score(&found.unwrap(), &[of_primary.clone(), of_visceral.clone(), of_bone], &BAUER);
            }
        }
    }
}

/// The paper's two criteria of the primary are one tumour: lung or breast is 0 or 2 points, never 1.
#[test]
fn two_primaries_leave_only_what_one_of_them_gives() {
    let two = vec![Statement::Primary(PrimarySite::Lung), Statement::Primary(PrimarySite::Breast)];
    let bauer = score(two, Instrument::ModifiedBauer2008).unwrap();
    assert_eq!(bauer.item(Item::BauerPrimary).unwrap().points.iter().collect::<Vec<_>>(), [0, 2]);
}

const LINDEN: [(u8, u8, Band); 3] =
    [(0, 3, Band::VanDerLinden0To3), (4, 5, Band::VanDerLinden4To5), (6, 6, Band::VanDerLinden6)];

#[test]
fn van_der_linden_in_every_combination() {
    for karnofsky in Karnofsky::ALL.iter().copied().map(Some).chain([None]) {
        let of_karnofsky = match karnofsky.map(Domain::key) {
            Some("10") => vec![],
            Some("20" | "30" | "40") => vec![0],
            Some("50" | "60" | "70") => vec![1],
            Some(_) => vec![2],
            None => vec![0, 1, 2],
        };
        for primary in PrimarySite::ALL.iter().copied().map(Some).chain([None]) {
            let of_primary = match primary.map(Domain::key) {
                Some("breast") => vec![3],
                Some("prostate") => vec![2],
                Some("lung" | "lung-non-small-cell" | "lung-small-cell") => vec![1],
                Some(_) => vec![0],
                None => vec![0, 1, 2, 3],
            };
            for visceral in [None, Some(VisceralState::Absent), Some(VisceralState::Untreatable)] {
                let of_visceral =
                    visceral.map_or(vec![0, 1], |state| vec![u8::from(state == VisceralState::Absent)]);
                let statements = [
                    karnofsky.map(|value| Statement::Karnofsky(value.into())),
                    primary.map(Statement::Primary),
                    visceral.map(|state| Statement::VisceralStatus(state.into())),
                ];
                let found = score(statements.into_iter().flatten().collect(), Instrument::VanDerLinden2005);
                match found {
                    None => assert_eq!(karnofsky, Some(Karnofsky::K10), "no points are invented"),
                    Some(found) => {
                        assert_score(
                            &found,
                            &[of_karnofsky.clone(), of_primary.clone(), of_visceral],
                            &LINDEN,
                        );
                    }
                }
            }
        }
    }
    let vague: ValueSet<Karnofsky> = [Karnofsky::K10, Karnofsky::K20].into_iter().collect();
    let found = score(vec![Statement::Karnofsky(vague)], Instrument::VanDerLinden2005).unwrap();
    assert!(found.notes.contains(&ScoreNote::KarnofskyTenUndefined));
}

const KATAGIRI: [(u8, u8, Band); 3] =
    [(0, 3, Band::Katagiri0To3), (4, 6, Band::Katagiri4To6), (7, 10, Band::Katagiri7To10)];

/// Growth points of each primary as the paper names them; `None` where it does not, or where that was not confirmed.
fn katagiri_growth(site: PrimarySite, hormone: Option<bool>, targeted: Option<bool>) -> Vec<u8> {
    let either = |answer: Option<bool>, yes: u8, no: u8| {
        answer.map_or(vec![yes, no], |answer| vec![if answer { yes } else { no }])
    };
    match site.key() {
        "breast" | "prostate" => either(hormone, 0, 2),
        "lung" | "lung-non-small-cell" => either(targeted, 2, 3),
        "thyroid" | "thyroid-anaplastic" | "myeloma" | "lymphoma" => vec![0],
        "kidney" | "sarcoma" | "osteosarcoma" => vec![2],
        "lung-small-cell" | "colon" | "rectum" | "rectosigmoid" | "stomach" | "pancreas"
        | "head-and-neck" | "esophagus" | "liver" | "melanoma" | "unidentified" => vec![3],
        _ => vec![0, 2, 3],
    }
}

#[test]
fn katagiri_primary_in_every_combination() {
    let answers = [None, Some(true), Some(false)];
    for site in PrimarySite::ALL.iter().copied() {
        for hormone in answers {
            for targeted in answers {
                let say = |question, answer: Option<bool>| {
                    answer.map(|yes| answered(question, if yes { Answer::Yes } else { Answer::No }))
                };
                let statements = [
                    Some(Statement::Primary(site)),
                    say(Question::HormoneDependent, hormone),
                    say(Question::MolecularlyTargetedTherapy, targeted),
                ];
                let found =
                    score(statements.into_iter().flatten().collect(), Instrument::Katagiri2014).unwrap();
                let points: Vec<u8> = found.item(Item::KatagiriPrimary).unwrap().points.iter().collect();
                assert_eq!(
                    points,
                    katagiri_growth(site, hormone, targeted),
                    "{site:?} {hormone:?} {targeted:?}"
                );
            }
        }
    }
    let negative = vec![
        Statement::Primary(PrimarySite::Breast),
        Statement::BreastReceptors(BreastReceptors::TripleNegative.into()),
    ];
    let found = score(negative, Instrument::Katagiri2014).unwrap();
    assert_eq!(found.item(Item::KatagiriPrimary).unwrap().values, ["moderate"]);
    // A stated dependence contradicts such receptors where the breast is the only primary; beside another it may be about that.
    let stated = |others: &[PrimarySite]| {
        let primaries = others.iter().chain([&PrimarySite::Breast]).map(|site| Statement::Primary(*site));
        let more = [
            Statement::BreastReceptors(BreastReceptors::TripleNegative.into()),
            answered(Question::HormoneDependent, Answer::Yes),
        ];
        let found = score(primaries.chain(more).collect(), Instrument::Katagiri2014).unwrap();
        found.item(Item::KatagiriPrimary).unwrap().values.clone()
    };
    assert_eq!(stated(&[]), ["slow", "moderate"]);
    assert_eq!(stated(&[PrimarySite::Kidney]), ["moderate"]);
    assert_eq!(stated(&[PrimarySite::Prostate]), ["slow", "moderate"]);
}

#[test]
fn every_instrument_names_its_paper_with_its_year() {
    for instrument in Instrument::ALL {
        let year = instrument.key().split('-').find(|part| part.len() == 4 && part.starts_with('2')).unwrap();
        let citation = instrument.citation();
        assert!(citation.contains(&format!(" {year};")), "{citation}");
        assert!(citation.contains(" et al. "), "{citation}");
    }
}

#[test]
fn katagiri_in_every_combination_of_its_other_items() {
    let patterns = [
        (None, vec![0, 1, 2]),
        (Some(VisceralPattern::Absent), vec![0]),
        (Some(VisceralPattern::NodularOrCerebral), vec![1]),
        (Some(VisceralPattern::Disseminated), vec![2]),
    ];
    let chemotherapies = [(None, vec![0, 1]), (Some(Answer::Yes), vec![1]), (Some(Answer::No), vec![0])];
    for (pattern, of_pattern) in &patterns {
        for (chemotherapy, of_chemotherapy) in &chemotherapies {
            for karnofsky in Karnofsky::ALL.iter().copied().map(Some).chain([None]) {
                let of_karnofsky =
                    karnofsky.map_or(vec![0, 1], |value| vec![u8::from(value <= Karnofsky::K40)]);
                for bone in BoneExtent::ALL.iter().copied().map(Some).chain([None]) {
                    let of_bone =
                        bone.map_or(vec![0, 1], |extent| vec![u8::from(extent == BoneExtent::Multiple)]);
                    let statements = [
                        Some(Statement::Primary(PrimarySite::Kidney)),
                        pattern.map(|pattern| Statement::VisceralPattern(pattern.into())),
                        chemotherapy.map(|answer| answered(Question::PriorChemotherapy, answer)),
                        karnofsky.map(|value| Statement::Karnofsky(value.into())),
                        bone.map(Statement::BoneExtent),
                    ];
                    let found = score(statements.into_iter().flatten().collect(), Instrument::Katagiri2014);
                    let laboratory = vec![0, 1, 2];
                    let items = [
                        vec![2],
                        of_pattern.clone(),
                        laboratory,
                        of_karnofsky.clone(),
                        of_chemotherapy.clone(),
                        of_bone,
                    ];
                    assert_score(&found.unwrap(), &items, &KATAGIRI);
                }
            }
        }
    }
}

/// The thresholds of the paper, in thousandths: a value within and one beyond, and whether beyond is critical.
const ANALYTES: [(Analyte, i64, i64, bool); 6] = [
    (Analyte::Crp, 399, 400, false),
    (Analyte::Ldh, 249_000, 250_000, false),
    (Analyte::Albumin, 3_700, 3_699, false),
    (Analyte::Platelets, 100_000, 99_000, true),
    (Analyte::Calcium, 10_299, 10_300, true),
    (Analyte::Bilirubin, 1_399, 1_400, true),
];

/// Each analyte missing, within or beyond: 3 to the 6th.
#[test]
fn katagiri_laboratory_in_every_combination() {
    for number in 0..729_u32 {
        let states: Vec<u32> = (0..6).map(|digit| number / 3_u32.pow(digit) % 3).collect();
        let statements = states.iter().zip(ANALYTES).filter_map(|(state, (analyte, within, beyond, _))| {
            let thousandths = match state {
                0 => return None,
                1 => within,
                _ => beyond,
            };
            Some(Statement::Laboratory(analyte, Measured::Exactly(Amount::from_thousandths(thousandths))))
        });
        let found = score(statements.collect(), Instrument::Katagiri2014).unwrap();
        let of = |critical: bool| {
            states
                .iter()
                .zip(ANALYTES)
                .filter(move |(_, analyte)| analyte.3 == critical)
                .map(|(state, _)| *state)
        };
        let (any_critical, open_critical) =
            (of(true).any(|state| state == 2), of(true).any(|state| state == 0));
        let (any_abnormal, open_abnormal) =
            (of(false).any(|state| state == 2), of(false).any(|state| state == 0));
        let mut expected = Vec::new();
        if !any_critical && !any_abnormal {
            expected.push(0);
        }
        if !any_critical && (any_abnormal || open_abnormal) {
            expected.push(1);
        }
        if any_critical || open_critical {
            expected.push(2);
        }
        let points: Vec<u8> = found.item(Item::KatagiriLaboratory).unwrap().points.iter().collect();
        assert_eq!(points, expected, "{states:?}");
    }
}

/// In a prognostic score a laboratory value is usable for 60 days (F.2), and limits decide as far as they reach.
#[test]
fn katagiri_laboratory_by_age_and_limit() {
    let points = |measured: Measured, date: &str| {
        let facts = [dated(Statement::Laboratory(Analyte::Platelets, measured), date)];
        let scores = score_all(&case(facts));
        let found = scores.iter().find(|score| score.instrument == Instrument::Katagiri2014).unwrap();
        found.item(Item::KatagiriLaboratory).unwrap().points.iter().collect::<Vec<_>>()
    };
    let low = Measured::Exactly(Amount::from_thousandths(50_000));
    assert_eq!(points(low, "2026-10-01"), [2]);
    assert_eq!(points(low, "2026-09-01"), [0, 1, 2], "too old");
    assert_eq!(points(Measured::Below(Amount::from_thousandths(80_000)), "2026-11-20"), [2]);
    assert_eq!(points(Measured::Below(Amount::from_thousandths(120_000)), "2026-11-20"), [0, 1, 2]);
}

/// CN-2.2-TNBC, RUL-4: raw and adjusted side by side, each set of receptors, breast alone and beside another primary.
#[test]
fn receptors_adjust_breast_cancer_and_nothing_else() {
    use BreastReceptors::{ErNegativePrPositive, ErPositive, HormoneNegativeHer2Positive, TripleNegative};
    let cases: [(Option<BreastReceptors>, &[u8], &[u8]); 5] = [
        (Some(ErPositive), &[5], &[1]),
        (Some(ErNegativePrPositive), &[3, 5], &[1, 2]),
        (Some(HormoneNegativeHer2Positive), &[3], &[2]),
        (Some(TripleNegative), &[3], &[2]),
        (None, &[3, 5], &[1, 2]),
    ];
    for (receptors, tokuhashi, tomita) in cases {
        let statements = || {
            let receptors = receptors.map(|receptors| Statement::BreastReceptors(receptors.into()));
            [Statement::Primary(PrimarySite::Breast)].into_iter().chain(receptors).collect::<Vec<_>>()
        };
        let points = |instrument, item: Item| {
            score(statements(), instrument).unwrap().item(item).unwrap().points.iter().collect::<Vec<_>>()
        };
        assert_eq!(points(Instrument::TokuhashiReceptorAdjusted, Item::TokuhashiPrimaryAdjusted), tokuhashi);
        assert_eq!(points(Instrument::TomitaReceptorAdjusted, Item::TomitaPrimaryAdjusted), tomita);
        assert_eq!(points(Instrument::Tokuhashi2005, Item::TokuhashiPrimary), [5], "the raw score stays");
        assert_eq!(points(Instrument::Tomita2001, Item::TomitaPrimary), [1], "the raw score stays");
    }
    for site in PrimarySite::ALL.iter().copied().filter(|site| *site != PrimarySite::Breast) {
        assert!(
            score(vec![Statement::Primary(site)], Instrument::TomitaReceptorAdjusted).is_none(),
            "{site:?}"
        );
    }
    assert!(score(vec![], Instrument::TokuhashiReceptorAdjusted).is_none());
    let adjusted = definition::of_instrument(Instrument::TokuhashiReceptorAdjusted);
    assert_eq!(adjusted[0].id, "CN-2.2-TNBC");
}

#[test]
fn a_driver_variant_is_noted_and_adjusts_nothing() {
    let with = |statements: Vec<Statement>| score(statements, Instrument::Tokuhashi2005).unwrap();
    let lung = || Statement::Primary(PrimarySite::LungNonSmallCell);
    let egfr = |answer| Statement::Driver(Driver::Egfr, answer);
    let noted = with(vec![lung(), egfr(Answer::Yes)]);
    assert!(noted.notes.contains(&ScoreNote::DriverVariantUnderestimated));
    assert_eq!(totals(&noted), totals(&with(vec![lung()])));
    assert!(!with(vec![lung(), egfr(Answer::No)]).notes.contains(&ScoreNote::DriverVariantUnderestimated));
    let breast = with(vec![Statement::Primary(PrimarySite::Breast), egfr(Answer::Yes)]);
    assert!(!breast.notes.contains(&ScoreNote::DriverVariantUnderestimated));
    let rules = definition::of_note(ScoreNote::DriverVariantUnderestimated);
    assert!(rules.iter().any(|rule| rule.id == "CN-1.5-MUT"));
}

/// CN-2.3-NA, RUL-6: SINS was not validated where the level was operated or irradiated; chemotherapy is no such thing.
#[test]
fn sins_of_a_treated_level_is_marked() {
    let noted = |statement: Statement| {
        let statements = vec![Statement::SpinalMetastasis(T10), statement];
        score(statements, Instrument::Sins2010).unwrap().notes == [ScoreNote::NotValidatedAtTreatedLevel]
    };
    let done = |procedure, place| Statement::Procedure(procedure, ProcedureState::Done, place);
    assert!(noted(done(Procedure::Radiotherapy, T10)));
    assert!(noted(done(Procedure::Fixation, T10)));
    assert!(noted(done(Procedure::SpinalSurgery, Place::Unstated)), "the only level on record");
    let irradiated = |answer| Statement::Answered(Question::LevelIrradiated, T10, answer);
    assert!(noted(irradiated(Answer::Yes)) && !noted(irradiated(Answer::No)));
    assert!(!noted(done(Procedure::Radiotherapy, Place::Unstated)), "radiotherapy of anything");
    assert!(!noted(done(Procedure::Radiotherapy, Place::At(Vertebra::L3))));
    assert!(!noted(done(Procedure::Biopsy, T10)));
    assert!(!noted(Statement::Procedure(Procedure::Fixation, ProcedureState::Planned, T10)));
    assert!(!noted(answered(Question::PriorChemotherapy, Answer::Yes)));
    assert_eq!(definition::of_note(ScoreNote::NotValidatedAtTreatedLevel)[0].id, "CN-2.3-NA");
}
