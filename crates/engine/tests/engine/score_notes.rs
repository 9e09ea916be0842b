//! What a reader must know of a score and of its items: notes, standing, remarks and the records behind them.

use spinemet_engine::assessment::{Assessment, assess};
use spinemet_engine::clinical::{
    Amount, Analyte, Answer, BreastReceptors, Domain, Escc, Fact, Karnofsky, Lesion, Measured, Pain, Place,
    PrimarySite, Question, Remark, Standing, Statement, Vertebra,
};
use spinemet_engine::guidance::Input;
use spinemet_engine::scoring::{HeldBack, Instrument, Item, ScoreNote, ScoredItem};

use crate::noms::stability;
use crate::record::{case, case_now, dated, now};

const T10: Place = Place::At(Vertebra::T10);

fn answered(question: Question, place: Place, answer: Answer) -> Statement {
    Statement::Answered(question, place, answer)
}

fn assessed(statements: impl IntoIterator<Item = Statement>) -> Assessment {
    assess(case_now(statements.into_iter().chain([Statement::SpinalMetastasis(T10)])))
}

fn notes(statements: Vec<Statement>, instrument: Instrument) -> Vec<ScoreNote> {
    let assessment = assessed(statements);
    let score = assessment.scores.iter().find(|score| score.instrument == instrument);
    score.map(|score| score.notes.clone()).unwrap_or_default()
}

#[test]
fn the_tumours_that_a_score_was_not_made_for_are_noted() {
    use Instrument::{Tokuhashi2005, TokuhashiReceptorAdjusted, Tomita2001, TomitaReceptorAdjusted};
    use PrimarySite::{Breast, Leukaemia, Lymphoma, Myeloma, NeuroendocrineCarcinoma, ThyroidAnaplastic};
    for site in PrimarySite::ALL.iter().copied() {
        let (both, tokuhashi_alone) = match site {
            Leukaemia | Lymphoma | Myeloma => (Some(ScoreNote::OutsideSurgicalDerivation), None),
            ThyroidAnaplastic => (Some(ScoreNote::AnaplasticThyroid), None),
            Breast => (Some(ScoreNote::BreastReceptorsNotConsidered), None),
            NeuroendocrineCarcinoma => (None, Some(ScoreNote::NeuroendocrineCarcinomaIsNoCarcinoid)),
            _ => (None, None),
        };
        let found = |instrument| notes(vec![Statement::Primary(site)], instrument);
        assert_eq!(found(Tomita2001), both.into_iter().collect::<Vec<_>>(), "{site:?}");
        let of_tokuhashi: Vec<ScoreNote> = both.into_iter().chain(tokuhashi_alone).collect();
        assert_eq!(found(Tokuhashi2005), of_tokuhashi, "{site:?}");
    }
    // Nothing is noted of tumours that nobody named.
    for instrument in [Tomita2001, Tokuhashi2005, Instrument::Katagiri2014] {
        assert_eq!(notes(vec![], instrument), [], "{instrument:?}");
    }
    // The adjusted scores consider receptors; what else is to be known stays.
    let two = || vec![Statement::Primary(Breast), Statement::Primary(Lymphoma)];
    for instrument in [TomitaReceptorAdjusted, TokuhashiReceptorAdjusted] {
        assert_eq!(notes(two(), instrument), [ScoreNote::OutsideSurgicalDerivation], "{instrument:?}");
    }
}

#[test]
fn how_performance_was_read_is_noted_where_it_is_on_record() {
    use ScoreNote::{
        AnaplasticThyroid, KarnofskyTenUndefined, PerformanceThroughCrosswalk,
        RadiotherapyCohortWithoutCompression,
    };
    let karnofsky = |values: &[Karnofsky]| Statement::Karnofsky(values.iter().copied().collect());
    let linden = |statements| notes(statements, Instrument::VanDerLinden2005);
    assert_eq!(linden(vec![]), [RadiotherapyCohortWithoutCompression]);
    assert_eq!(
        linden(vec![karnofsky(&[Karnofsky::K10, Karnofsky::K20])]),
        [KarnofskyTenUndefined, RadiotherapyCohortWithoutCompression]
    );
    assert_eq!(linden(vec![karnofsky(&[Karnofsky::K20])]), [RadiotherapyCohortWithoutCompression]);
    let katagiri = |statements| notes(statements, Instrument::Katagiri2014);
    assert_eq!(katagiri(vec![karnofsky(&[Karnofsky::K80])]), [PerformanceThroughCrosswalk]);
    assert_eq!(katagiri(vec![Statement::Primary(PrimarySite::ThyroidAnaplastic)]), [AnaplasticThyroid]);
}

/// Katagiri's item of the primary rests on receptors and treatment only where these can mean anything for the tumour.
#[test]
fn katagiris_primary_cites_what_it_was_read_from() {
    use PrimarySite::{Breast, Kidney, Lung, LungNonSmallCell, Prostate};
    let records = |site: Option<PrimarySite>, more: &[Statement]| {
        let statements = site.map(Statement::Primary).into_iter().chain(more.iter().cloned());
        let assessment = assessed(statements);
        let score = assessment.score(Instrument::Katagiri2014, None).unwrap();
        let evidence = &score.item(Item::KatagiriPrimary).unwrap().evidence;
        evidence.len() - usize::from(site.is_some())
    };
    let receptors = |receptors: BreastReceptors| Statement::BreastReceptors(receptors.into());
    let negative = receptors(BreastReceptors::TripleNegative);
    let hormone = answered(Question::HormoneDependent, Place::Unstated, Answer::Yes);
    let targeted = answered(Question::MolecularlyTargetedTherapy, Place::Unstated, Answer::Yes);
    let cases: [(Option<PrimarySite>, &Statement, usize); 12] = [
        (Some(Breast), &negative, 1),
        (Some(Kidney), &negative, 0),
        (None, &negative, 0),
        (Some(Breast), &hormone, 1),
        (Some(Prostate), &hormone, 1),
        (Some(Lung), &hormone, 0),
        (None, &hormone, 0),
        (Some(Lung), &targeted, 1),
        (Some(LungNonSmallCell), &targeted, 1),
        (Some(Breast), &targeted, 0),
        (Some(Kidney), &targeted, 0),
        (None, &targeted, 0),
    ];
    for (site, statement, expected) in cases {
        assert_eq!(records(site, std::slice::from_ref(statement)), expected, "{site:?} {statement}");
    }
    assert_eq!(records(Some(Breast), &[receptors(BreastReceptors::ErPositive)]), 0, "they lower nothing");
}

fn noms_item(assessment: &Assessment, item: Item) -> ScoredItem {
    let noms = assessment.scores.iter().find(|score| score.instrument == Instrument::Noms2013).unwrap();
    noms.item(item).unwrap().clone()
}

#[test]
fn noms_rests_on_a_judgement_only_of_a_tumour_that_is_not_classed() {
    let judged = answered(Question::Radiosensitivity, Place::Unstated, Answer::Yes);
    let records = |site: PrimarySite| {
        let assessment = assessed([Statement::Primary(site), judged.clone()]);
        noms_item(&assessment, Item::NomsOncologic).evidence.len()
    };
    assert_eq!(records(PrimarySite::Bladder), 2);
    assert_eq!(records(PrimarySite::Kidney), 1);
    // That sources disagree on contact is noted of a grade on record, not of one that might come.
    let noms = |statements| notes(statements, Instrument::Noms2013);
    let kidney = || Statement::Primary(PrimarySite::Kidney);
    assert_eq!(noms(vec![kidney()]), []);
    assert_eq!(
        noms(vec![kidney(), Statement::Escc(T10, Escc::Grade1c.into())]),
        [ScoreNote::SourcesDisagreeOnContact]
    );
    assert_eq!(noms(vec![kidney(), Statement::Escc(T10, Escc::Grade2.into())]), []);
}

/// What each outcome of an assessment would leave of the table, and whether it matters.
#[test]
fn every_outcome_of_a_noms_assessment_leaves_its_rows() {
    let kidney = || Statement::Primary(PrimarySite::Kidney);
    let escc = |grade: Escc| Statement::Escc(T10, grade.into());
    let tolerates = || answered(Question::SurgicalTolerance, Place::Unstated, Answer::Yes);
    let outcomes = |statements: Vec<Statement>, input: Input| {
        let assessment = assessed(statements);
        let missing = assessment.missing.into_iter().find(|missing| missing.input == input).unwrap();
        let effect =
            missing.effects.into_iter().find(|effect| effect.instrument == Instrument::Noms2013).unwrap();
        let bands = |outcome: &spinemet_engine::assessment::Outcome| {
            let bands: Vec<&str> = outcome.bands.iter().map(Domain::key).collect();
            format!("{}: {}", outcome.value, bands.join("|"))
        };
        (effect.outcomes.iter().map(bands).collect::<Vec<String>>(), effect.can_change_band)
    };
    let with_stability = |statements: Vec<Statement>| [statements, stability(false)].concat();
    let (rows, matters) = outcomes(with_stability(vec![kidney(), tolerates()]), Input::Escc);
    assert_eq!(
        rows,
        ["low: noms-radiosurgery", "contact: noms-unsettled", "high: noms-separation-radiosurgery",]
    );
    assert!(matters);
    let (rows, matters) = outcomes(vec![kidney(), tolerates(), escc(Escc::Grade0)], Input::SinsPain);
    assert_eq!(rows, ["stable: noms-radiosurgery", "unstable: noms-stabilise-radiosurgery"]);
    assert!(matters);
    let (rows, matters) =
        outcomes(with_stability(vec![kidney(), escc(Escc::Grade3)]), Input::SurgicalTolerance);
    assert_eq!(rows, ["tolerates: noms-separation-radiosurgery", "cannot-tolerate: noms-radiotherapy"]);
    assert!(matters);
    // A low grade of a stable spine is irradiated whatever the patient could stand.
    let (rows, matters) =
        outcomes(with_stability(vec![kidney(), escc(Escc::Grade0)]), Input::SurgicalTolerance);
    assert_eq!(rows, ["tolerates: noms-radiosurgery", "cannot-tolerate: noms-radiosurgery"]);
    assert!(!matters);
}

#[test]
fn a_tumour_matters_to_noms_by_its_class_or_its_judgement() {
    use PrimarySite::{Bladder, Kidney, Lymphoma};
    let matters = |sites: [PrimarySite; 2], judged: Answer| {
        let known = [
            answered(Question::LevelIrradiated, T10, Answer::No),
            answered(Question::Radiosensitivity, Place::Unstated, judged),
            Statement::Escc(T10, Escc::Grade0.into()),
        ];
        let assessment =
            assessed(sites.map(Statement::Primary).into_iter().chain(known).chain(stability(false)));
        let missing = assessment.missing.iter().find(|missing| missing.input == Input::Primary).unwrap();
        missing
            .effects
            .iter()
            .any(|effect| effect.instrument == Instrument::Noms2013 && effect.can_change_band)
    };
    assert!(matters([Lymphoma, Kidney], Answer::Yes));
    assert!(matters([Bladder, Kidney], Answer::Yes) && !matters([Bladder, Kidney], Answer::No));
    assert!(matters([Bladder, Lymphoma], Answer::No) && !matters([Bladder, Lymphoma], Answer::Yes));
}

/// An item that rests on several findings stands as well as they do together.
#[test]
fn an_item_that_rests_on_several_findings_has_their_standing() {
    let standing = |facts: Vec<Fact>| {
        let assessment = assess(case(facts.into_iter().chain([now(Statement::BoneMetastasis)])));
        let item = noms_item(&assessment, Item::NomsMechanical);
        (item.standing, item.remarks)
    };
    let at = |place: Place| now(Statement::SpinalMetastasis(place));
    let pain = |date: &str| dated(Statement::Pain(Place::Unstated, Pain::Occasional.into()), date);
    let lesion = |lesion: Lesion, date: &str| dated(Statement::Lesion(Place::Unstated, lesion.into()), date);
    let stable = stability(false).into_iter().map(now).collect::<Vec<Fact>>();
    assert_eq!(standing([vec![at(T10)], stable].concat()).0, Standing::Known);
    assert_eq!(standing(vec![at(Place::Unstated)]).0, Standing::NotRecorded);
    assert_eq!(
        standing(vec![at(Place::Unstated), pain("2026-01-10")]).0,
        Standing::NotRecorded,
        "the rest is"
    );
    assert_eq!(standing(vec![at(Place::Unstated), pain("2026-11-20")]).0, Standing::Narrowed);
    assert_eq!(standing(vec![at(T10)]).0, Standing::Narrowed, "the location is known");
    let contradicting =
        vec![at(T10), lesion(Lesion::Lytic, "2026-11-20"), lesion(Lesion::Blastic, "2026-11-20")];
    assert_eq!(standing(contradicting).0, Standing::Conflicting);
    // A remark of two findings is made once.
    let old = vec![at(Place::Unstated), pain("2026-11-01"), lesion(Lesion::Lytic, "2026-10-10")];
    assert_eq!(standing(old).1, [Remark::Ageing]);
}

#[test]
fn a_score_is_settled_where_one_result_is_left() {
    let known = [
        Statement::Primary(PrimarySite::Kidney),
        answered(Question::SurgicalTolerance, Place::Unstated, Answer::Yes),
    ];
    let is_settled = |grades: &[Escc]| {
        let grade = Statement::Escc(T10, grades.iter().copied().collect());
        let assessment = assessed(known.iter().cloned().chain([grade]).chain(stability(false)));
        [Instrument::Escc2010, Instrument::Noms2013]
            .map(|instrument| assessment.score(instrument, Some(T10)).unwrap().is_settled())
    };
    assert_eq!(is_settled(&[Escc::Grade2]), [true, true]);
    assert_eq!(is_settled(&[Escc::Grade2, Escc::Grade3]), [false, true]);
    assert_eq!(is_settled(&[Escc::Grade0, Escc::Grade3]), [false, false]);
}

/// Scores that are not computed, with their papers where one is known well enough to cite (specification C).
#[test]
fn a_score_that_is_held_back_cites_its_paper() {
    let cited: Vec<(&str, Option<&str>)> = HeldBack::ALL
        .iter()
        .map(|held_back| (held_back.key(), held_back.citation().and_then(|paper| paper.split(' ').next())))
        .collect();
    assert_eq!(
        cited,
        [
            ("nesms", Some("Schoenfeld")),
            ("rades-two-months", None),
            ("rades-survival", Some("Rades")),
            ("hcc-sm-gpa", Some("Rim")),
            ("osri", Some("Balain")),
            ("bollen", Some("Bollen")),
            ("mstfi", Some("De")),
            ("sioutos", None),
            ("sorg", Some("Paulino")),
            ("pathfx", None),
            ("spring13", None),
            ("tokuhashi-1990", None),
            ("bauer-1995", Some("Bauer")),
        ]
    );
}

/// Katagiri's laboratory rests on six analytes and no other; two measurements of equal standing must agree.
#[test]
fn katagiris_laboratory_rests_on_its_six_analytes() {
    let measured = |analyte: Analyte, thousandths: i64| {
        now(Statement::Laboratory(analyte, Measured::Exactly(Amount::from_thousandths(thousandths))))
    };
    let item = |facts: Vec<Fact>| {
        let assessment = assess(case(facts.into_iter().chain([now(Statement::SpinalMetastasis(T10))])));
        let score = assessment.score(Instrument::Katagiri2014, None).unwrap();
        score.item(Item::KatagiriLaboratory).unwrap().clone()
    };
    let clotting = item(vec![measured(Analyte::Inr, 1_100)]);
    assert_eq!((clotting.standing, clotting.evidence.len()), (Standing::NotRecorded, 0));
    let normal = || {
        vec![
            measured(Analyte::Crp, 100),
            measured(Analyte::Ldh, 200_000),
            measured(Analyte::Albumin, 4_000),
            measured(Analyte::Calcium, 9_000),
            measured(Analyte::Bilirubin, 500),
        ]
    };
    let platelets = |each: &[i64]| {
        let counts = each.iter().map(|thousandths| measured(Analyte::Platelets, *thousandths));
        item(normal().into_iter().chain(counts).collect()).values
    };
    assert_eq!(platelets(&[200_000, 210_000]), ["normal"]);
    assert_eq!(platelets(&[90_000, 80_000]), ["critical"]);
    assert_eq!(platelets(&[90_000, 200_000]), ["normal", "critical"]);
    assert_eq!(platelets(&[]), ["normal", "critical"]);
}
