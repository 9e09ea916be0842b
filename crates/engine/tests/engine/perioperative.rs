//! What makes an operation riskier, and that no cut-off is invented (CN-1.1-RISK7, RUL-20).

use spinemet_engine::assessment::assess_with;
use spinemet_engine::clinical::{
    Amount, Analyte, Answer, Domain, Drug, DrugUse, Fact, Measured, PartialDate, Place, Question, Statement,
};
use spinemet_engine::guidance::{
    Risk, RiskBasis, RiskFactor, ThresholdKind, Thresholds, TreatmentOption, Truth, VerdictKind, risks,
};

use crate::pictures::T10;
use crate::record::{case, dated, now};

fn answered(question: Question, answer: Answer) -> Fact {
    now(Statement::Answered(question, Place::Unstated, answer))
}

const fn amount(thousandths: i64) -> Amount {
    Amount::from_thousandths(thousandths)
}

fn measured(analyte: Analyte, thousandths: i64) -> Fact {
    now(Statement::Laboratory(analyte, Measured::Exactly(amount(thousandths))))
}

fn of(facts: Vec<Fact>, factor: RiskFactor, thresholds: &Thresholds) -> Risk {
    risks(&case(facts), thresholds).into_iter().find(|risk| risk.factor == factor).unwrap()
}

fn stand(facts: Vec<Fact>, factor: RiskFactor, thresholds: &Thresholds) -> (Truth, RiskBasis) {
    let risk = of(facts, factor, thresholds);
    (risk.truth, risk.basis)
}

const NONE: Thresholds = Thresholds {
    old_age_years: None,
    obesity_body_mass_index: None,
    malnutrition_albumin: None,
    low_bone_density_t_score: None,
    leukopenia: None,
    thrombocytopenia: None,
    coagulopathy_inr: None,
    coagulopathy_aptt: None,
    severe_coagulopathy_inr: None,
    severe_coagulopathy_platelets: None,
};

const SOME: Thresholds = Thresholds {
    old_age_years: Some(70),
    obesity_body_mass_index: Some(amount(30_000)),
    malnutrition_albumin: Some(amount(3_500)),
    low_bone_density_t_score: Some(amount(-2_500)),
    leukopenia: Some(amount(4_000)),
    thrombocytopenia: Some(amount(100_000)),
    coagulopathy_inr: Some(amount(1_300)),
    coagulopathy_aptt: Some(amount(45_000)),
    severe_coagulopathy_inr: Some(amount(1_800)),
    severe_coagulopathy_platelets: Some(amount(50_000)),
};

#[test]
fn nothing_on_record_is_neither_present_nor_absent() {
    for risk in risks(&case([]), &SOME) {
        assert_eq!((risk.truth, risk.basis), (Truth::Unknown, RiskBasis::NotRecorded), "{:?}", risk.factor);
        assert!(!risk.rules.is_empty() && risk.evidence.is_empty());
    }
    let seven: Vec<RiskFactor> =
        RiskFactor::ALL.iter().copied().filter(|factor| factor.rules()[0].id == "CN-1.1-RISK7").collect();
    assert_eq!(seven.len(), 7);
}

#[test]
fn every_factor_is_named_by_its_rules() {
    let rules = |factor: RiskFactor| factor.rules().iter().map(|rule| rule.id).collect::<Vec<_>>();
    assert_eq!(rules(RiskFactor::Malnutrition), ["CN-1.1-RISK7", "CN-1.1-NUTR", "CN-3.6-SSI-RISK"]);
    assert_eq!(rules(RiskFactor::Thrombocytopenia), ["CN-1.1-HEME"]);
    assert_eq!(rules(RiskFactor::DrugDelayingHealing), ["CN-1.1-TARGET-WOUND"]);
    assert_eq!(rules(RiskFactor::PriorRadiotherapy), ["CN-3.6-SSI-RISK", "CN-3.7-RT-WOUND"]);
    assert_eq!(rules(RiskFactor::Smoking), ["CN-3.6-SSI-PREV"]);
    assert_eq!(rules(RiskFactor::BleedingRisk), ["CN-3.6-VTE-PREV"]);
}

#[test]
fn a_diagnosis_or_its_exclusion_decides() {
    let cases = [
        (RiskFactor::Obesity, Question::Obesity),
        (RiskFactor::Diabetes, Question::Diabetes),
        (RiskFactor::LowBoneDensity, Question::LowBoneDensity),
        (RiskFactor::Malnutrition, Question::Malnutrition),
        (RiskFactor::Glucocorticoids, Question::Glucocorticoids),
        (RiskFactor::MarrowSuppression, Question::MarrowSuppression),
        (RiskFactor::Leukopenia, Question::Leukopenia),
        (RiskFactor::Thrombocytopenia, Question::Thrombocytopenia),
        (RiskFactor::Coagulopathy, Question::Coagulopathy),
        (RiskFactor::PriorChemotherapy, Question::PriorChemotherapy),
        (RiskFactor::PriorRadiotherapy, Question::PriorRadiotherapy),
        (RiskFactor::Smoking, Question::Smoking),
        (RiskFactor::BleedingRisk, Question::BleedingRisk),
        (RiskFactor::VenousThromboembolism, Question::VenousThromboembolism),
    ];
    for (factor, question) in cases {
        for (answer, truth) in [(Answer::Yes, Truth::True), (Answer::No, Truth::False)] {
            let risk = of(vec![answered(question, answer)], factor, &NONE);
            assert_eq!(
                (risk.truth, risk.basis, risk.evidence.len()),
                (truth, RiskBasis::Stated, 1),
                "{factor:?}"
            );
        }
        let both = vec![answered(question, Answer::Yes), answered(question, Answer::No)];
        assert_eq!(stand(both, factor, &NONE), (Truth::Unknown, RiskBasis::Contradiction), "{factor:?}");
    }
    let heart = |answer| answered(Question::CardiovascularDisease, answer);
    assert_eq!(stand(vec![heart(Answer::Yes)], RiskFactor::Comorbidity, &NONE).0, Truth::True);
    assert_eq!(
        stand(vec![heart(Answer::No)], RiskFactor::Comorbidity, &NONE).0,
        Truth::Unknown,
        "the lungs are open"
    );
}

/// Analyte, factor, a value beyond the threshold and one at its harmless side, in thousandths.
const MEASURED: [(Analyte, RiskFactor, i64, i64); 7] = [
    (Analyte::BodyMassIndex, RiskFactor::Obesity, 30_000, 29_900),
    (Analyte::Albumin, RiskFactor::Malnutrition, 3_400, 3_500),
    (Analyte::BoneDensityTScore, RiskFactor::LowBoneDensity, -2_500, -2_400),
    (Analyte::Leukocytes, RiskFactor::Leukopenia, 3_900, 4_000),
    (Analyte::Platelets, RiskFactor::Thrombocytopenia, 99_000, 100_000),
    (Analyte::Inr, RiskFactor::Coagulopathy, 1_300, 1_200),
    (Analyte::Aptt, RiskFactor::Coagulopathy, 45_000, 40_000),
];

#[test]
fn a_measurement_decides_only_by_a_threshold_that_the_hospital_set() {
    for (analyte, factor, beyond, within) in MEASURED {
        for value in [beyond, within] {
            let risk = of(vec![measured(analyte, value)], factor, &NONE);
            assert_eq!((risk.truth, risk.basis), (Truth::Unknown, RiskBasis::NoThreshold), "{analyte:?}");
            assert_eq!(risk.measurements.len(), 1, "{analyte:?}: shown all the same");
        }
        let stands = |value| stand(vec![measured(analyte, value)], factor, &SOME);
        assert_eq!(stands(beyond), (Truth::True, RiskBasis::Measured), "{analyte:?}");
        assert_eq!(stands(within), (Truth::False, RiskBasis::Measured), "{analyte:?}");
    }
}

#[test]
fn what_is_stated_and_what_is_measured_are_held_against_each_other() {
    let albumin = |value| measured(Analyte::Albumin, value);
    let no = || answered(Question::Malnutrition, Answer::No);
    let yes = || answered(Question::Malnutrition, Answer::Yes);
    let factor = RiskFactor::Malnutrition;
    assert_eq!(stand(vec![no(), albumin(3_000)], factor, &SOME), (Truth::Unknown, RiskBasis::Contradiction));
    assert_eq!(stand(vec![yes(), albumin(4_500)], factor, &SOME), (Truth::True, RiskBasis::Stated));
    assert_eq!(stand(vec![no(), albumin(3_000)], factor, &NONE), (Truth::False, RiskBasis::Stated));
}

/// Specification F.2: before an operation a laboratory value is usable for 14 days.
#[test]
fn an_old_laboratory_value_does_not_count() {
    let platelets = |date: &str| {
        vec![dated(Statement::Laboratory(Analyte::Platelets, Measured::Exactly(amount(50_000))), date)]
    };
    assert_eq!(stand(platelets("2026-11-10"), RiskFactor::Thrombocytopenia, &SOME).0, Truth::True);
    let old = of(platelets("2026-11-01"), RiskFactor::Thrombocytopenia, &SOME);
    assert_eq!((old.truth, old.measurements.len()), (Truth::Unknown, 0));
}

#[test]
fn a_limit_of_the_laboratory_decides_as_far_as_it_reaches() {
    let below = |limit: i64| now(Statement::Laboratory(Analyte::Platelets, Measured::Below(amount(limit))));
    assert_eq!(stand(vec![below(100_000)], RiskFactor::Thrombocytopenia, &SOME).0, Truth::True);
    assert_eq!(stand(vec![below(120_000)], RiskFactor::Thrombocytopenia, &SOME).0, Truth::Unknown);
}

#[test]
fn age_counts_from_the_birthday_and_only_by_a_threshold() {
    let born = |date: &str| vec![dated(Statement::BirthDate(PartialDate::parse(date).unwrap()), "")];
    let age = |date: &str| stand(born(date), RiskFactor::OldAge, &SOME);
    assert_eq!(age("1956-11-21"), (Truth::True, RiskBasis::Age));
    assert_eq!(age("1956-11-24"), (Truth::False, RiskBasis::Age));
    assert_eq!(age("1956").0, Truth::Unknown, "some day in 1956");
    assert_eq!(
        stand(born("1930-01-01"), RiskFactor::OldAge, &NONE),
        (Truth::Unknown, RiskBasis::NoThreshold)
    );
}

/// A list of drugs is never complete: one on record tells, none on record does not.
#[test]
fn a_drug_that_delays_healing_is_present_or_unknown() {
    let with =
        |drug, taken| stand(vec![now(Statement::Drug(drug, taken))], RiskFactor::DrugDelayingHealing, &NONE);
    assert_eq!(with(Drug::Bevacizumab, DrugUse::Given), (Truth::True, RiskBasis::Drug));
    assert_eq!(with(Drug::Osimertinib, DrugUse::Prescribed), (Truth::True, RiskBasis::Drug));
    assert_eq!(with(Drug::Bevacizumab, DrugUse::NotTaken).0, Truth::Unknown);
    assert_eq!(with(Drug::ParpInhibitor, DrugUse::Given).0, Truth::Unknown);
}

/// It is a risk for as long as it would have to be held (specification D.3), and where no figure is confirmed for 90 days.
/// The test patients are looked at on 22 November 2026.
#[test]
fn a_drug_of_long_ago_delays_nothing_any_more() {
    use DrugUse::{Given, LastTaken, Prescribed, Stopped};
    type Records = &'static [(DrugUse, &'static str)];
    let rows: [(Drug, Records, Truth); 14] = [
        (Drug::Bevacizumab, &[(Given, "2026-10-26")], Truth::True),
        (Drug::Bevacizumab, &[(Given, "2026-10-25")], Truth::Unknown),
        (Drug::Osimertinib, &[(LastTaken, "2026-11-09")], Truth::True),
        (Drug::Osimertinib, &[(LastTaken, "2026-11-08")], Truth::Unknown),
        (Drug::Cetuximab, &[(Given, "2026-08-25")], Truth::True),
        (Drug::Cetuximab, &[(Given, "2026-08-24")], Truth::Unknown),
        (Drug::Cabozantinib, &[(Given, "2026-10-26")], Truth::True),
        (Drug::Cabozantinib, &[(Given, "2026-10-25")], Truth::Unknown),
        (Drug::Bevacizumab, &[(Given, "2019-03-01")], Truth::Unknown),
        (Drug::Bevacizumab, &[(Given, "2026-10")], Truth::Unknown),
        (Drug::Bevacizumab, &[(Prescribed, "2019-03-01")], Truth::True),
        (Drug::Bevacizumab, &[(Stopped, "2019-03-01")], Truth::Unknown),
        (Drug::Bevacizumab, &[(Stopped, "2019-03-01"), (Given, "2026-11-01")], Truth::True),
        (Drug::Bevacizumab, &[(LastTaken, "2026-12-24")], Truth::True),
    ];
    for (drug, records, expected) in rows {
        let facts = records.iter().map(|(taken, date)| dated(Statement::Drug(drug, *taken), date)).collect();
        let (truth, basis) = stand(facts, RiskFactor::DrugDelayingHealing, &NONE);
        assert_eq!(truth, expected, "{drug:?} {records:?}");
        let may_act = records.iter().any(|(taken, date)| *taken == Stopped || *date == "2026-10");
        let is_named = truth == Truth::True || may_act;
        assert_eq!(basis == RiskBasis::Drug, is_named, "{drug:?} {records:?}");
    }
}

/// CN-3.4-VP-CI3: severe by the hospital's own threshold contraindicates cement; within it nothing is excluded.
#[test]
fn severe_coagulopathy_by_measurement_contraindicates_cement() {
    let augmentation = |facts: Vec<Fact>, thresholds: &Thresholds| {
        let level = now(Statement::SpinalMetastasis(T10));
        let assessment = assess_with(case(facts.into_iter().chain([level])), thresholds);
        let verdict = assessment.verdicts_on(TreatmentOption::VertebralAugmentation).next().unwrap();
        verdict.kind
    };
    for (analyte, value) in [(Analyte::Inr, 1_800), (Analyte::Platelets, 49_000)] {
        assert_eq!(augmentation(vec![measured(analyte, value)], &SOME), VerdictKind::Contraindicated);
        assert_eq!(augmentation(vec![measured(analyte, value)], &NONE), VerdictKind::InsufficientData);
    }
    assert_eq!(augmentation(vec![measured(Analyte::Inr, 1_000)], &SOME), VerdictKind::InsufficientData);
    let denied = vec![measured(Analyte::Inr, 2_000), answered(Question::SevereCoagulopathy, Answer::No)];
    assert_eq!(augmentation(denied, &SOME), VerdictKind::InsufficientData, "a contradiction is unknown");
}

/// Every statement about a risk carries the records that it rests on, and no other.
#[test]
fn a_risk_cites_just_the_records_behind_it() {
    let records = |facts: Vec<Fact>, factor: RiskFactor| -> Vec<String> {
        of(facts, factor, &SOME).evidence.into_iter().map(|evidence| evidence.resource).collect()
    };
    let drug = |drug: Drug, taken: DrugUse| dated(Statement::Drug(drug, taken), "2026-11-15");
    let drugs = vec![
        drug(Drug::Bevacizumab, DrugUse::Given),
        drug(Drug::Osimertinib, DrugUse::NotTaken),
        drug(Drug::Denosumab, DrugUse::Given),
    ];
    let given = "Observation/drug bevacizumab = given of 2026-11-15";
    assert_eq!(records(drugs, RiskFactor::DrugDelayingHealing), [given]);
    let refused = vec![drug(Drug::Bevacizumab, DrugUse::Given), drug(Drug::Bevacizumab, DrugUse::NotTaken)];
    assert_eq!(records(refused, RiskFactor::DrugDelayingHealing), [given]);
    // A statement stands by itself; a measurement is cited where it decides, or is all there is.
    let stated = || answered(Question::Malnutrition, Answer::Yes);
    let albumin = |thousandths: i64| measured(Analyte::Albumin, thousandths);
    let cites = |facts: Vec<Fact>| records(facts, RiskFactor::Malnutrition).len();
    assert_eq!(cites(vec![stated(), albumin(4_000)]), 1);
    assert_eq!(cites(vec![albumin(3_000)]), 1);
    assert_eq!(
        cites(vec![answered(Question::Malnutrition, Answer::No), albumin(3_000)]),
        2,
        "they contradict"
    );
    assert_eq!(cites(vec![albumin(3_000), measured(Analyte::Platelets, 90_000)]), 1);
}

/// Every number that a hospital may set is read back as it was set, in the unit of its analyte.
#[test]
fn every_threshold_is_read_back() {
    let expected = [
        (ThresholdKind::OldAge, "70"),
        (ThresholdKind::Obesity, "30"),
        (ThresholdKind::Malnutrition, "3.5"),
        (ThresholdKind::LowBoneDensity, "-2.5"),
        (ThresholdKind::Leukopenia, "4"),
        (ThresholdKind::Thrombocytopenia, "100"),
        (ThresholdKind::CoagulopathyInr, "1.3"),
        (ThresholdKind::CoagulopathyAptt, "45"),
        (ThresholdKind::SevereCoagulopathyInr, "1.8"),
        (ThresholdKind::SevereCoagulopathyPlatelets, "50"),
    ];
    assert_eq!(expected.len(), ThresholdKind::ALL.len());
    for (kind, number) in expected {
        assert_eq!(SOME.of(kind).map(|amount| amount.to_string()).as_deref(), Some(number), "{kind:?}");
        assert_eq!(NONE.of(kind), None, "{kind:?}");
    }
}

/// Body mass and bone density change slowly (F.2: the window of prognosis), blood before an operation does not.
#[test]
fn a_measurement_counts_as_long_as_what_it_measures() {
    let old = |analyte: Analyte, thousandths: i64| {
        dated(Statement::Laboratory(analyte, Measured::Exactly(amount(thousandths))), "2026-10-10")
    };
    let stand_old = |analyte, thousandths, factor| stand(vec![old(analyte, thousandths)], factor, &SOME);
    let measured = (Truth::True, RiskBasis::Measured);
    assert_eq!(stand_old(Analyte::BodyMassIndex, 31_000, RiskFactor::Obesity), measured);
    assert_eq!(stand_old(Analyte::BoneDensityTScore, -3_000, RiskFactor::LowBoneDensity), measured);
    let unknown = (Truth::Unknown, RiskBasis::NotRecorded);
    assert_eq!(stand_old(Analyte::Leukocytes, 2_000, RiskFactor::Leukopenia), unknown);
    assert_eq!(stand_old(Analyte::Albumin, 2_000, RiskFactor::Malnutrition), unknown);
}
