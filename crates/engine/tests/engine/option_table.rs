//! Table A.4 of the specification, criterion by criterion: what every option asks, and by which rule.

use spinemet_engine::clinical::Domain;
use spinemet_engine::guidance::{AlertKind, OptionScope, Role, Rule, Strength, TreatmentOption, Truth};

use Role::{Contraindication, Qualification, Required, Reservation, Strengthening, Waiver};
use TreatmentOption::{
    Biopsy, Embolisation, LaminectomyFixation, MicrowaveAblation, RadiofrequencyAblation, RadiotherapyAlone,
    SeparationSurgerySsrs, SsrsFirst, Stabilisation, SupportiveCare, TotalEnBlocSpondylectomy,
    VertebralAugmentation,
};

/// Option, part, predicate, rule: every row, in the order in which a verdict gives its reasons.
const ASKED: &[(TreatmentOption, Role, &str, &str)] = &[
    (SupportiveCare, Required, "tomita-8-10", "CN-2.1-8-10"),
    (SupportiveCare, Strengthening, "tokuhashi-0-8", "CN-2.2-0-8"),
    (RadiotherapyAlone, Required, "escc-0", "CN-2.4-0-RT"),
    (RadiotherapyAlone, Required, "sins-0-6", "CN-2.3-LOW"),
    (RadiotherapyAlone, Required, "no-mechanical-pain", "CN-1.2-MECH-STAB"),
    (RadiotherapyAlone, Required, "no-fracture-awaiting-surgery", "CN-3.7-NO-PREOP-RT"),
    (RadiotherapyAlone, Strengthening, "local-pain", "CN-1.2-LOCAL-RT"),
    (RadiotherapyAlone, Strengthening, "radiosensitive", "CN-1.3-RS-SENS"),
    (SsrsFirst, Required, "sins-0-6", "CN-3.7-SSRS-1ST"),
    (SsrsFirst, Required, "no-mechanical-pain", "CN-1.2-MECH-STAB"),
    (SsrsFirst, Required, "neurologically-intact", "CN-3.7-SSRS-1ST"),
    (SsrsFirst, Required, "escc-at-most-1c", "CN-1.3-SEP-PREREQ"),
    (SsrsFirst, Reservation, "escc-1c", "CN-2.4-GAP"),
    (SsrsFirst, Strengthening, "radioresistant", "CN-1.3-SSRS-ANY"),
    (SeparationSurgerySsrs, Required, "epidural-disease", "CN-3.2-SEP-IND"),
    (SeparationSurgerySsrs, Required, "ssrs-within-35-days", "CN-3.2-SEP-RT"),
    (SeparationSurgerySsrs, Required, "tolerates-surgery", "CN-3.3-LAM-CI"),
    (SeparationSurgerySsrs, Contraindication, "escc-low-grade", "CN-3.2-SEP-CI3"),
    (SeparationSurgerySsrs, Contraindication, "radiosensitive-without-urgency", "CN-3.2-SEP-CI2"),
    (SeparationSurgerySsrs, Contraindication, "hypervascular-not-embolised", "CN-3.2-SEP-CI1"),
    (SeparationSurgerySsrs, Reservation, "hypervascular", "CN-3.2-SEP-CI1"),
    (SeparationSurgerySsrs, Reservation, "radiosensitive", "CN-3.2-SEP-CI2"),
    (SeparationSurgerySsrs, Strengthening, "neurological-emergency", "CN-1.4-NEURO-EMERG"),
    (SeparationSurgerySsrs, Strengthening, "escc-high-grade", "CN-2.4-23-SEP"),
    (SeparationSurgerySsrs, Strengthening, "radioresistant", "CN-3.2-SEP-IND"),
    (TotalEnBlocSpondylectomy, Required, "good-condition", "CN-3.1-TES-IND"),
    (TotalEnBlocSpondylectomy, Required, "survival-over-six-months", "CN-3.1-TES-IND"),
    (TotalEnBlocSpondylectomy, Required, "tomita-type-1-6", "CN-3.1-TYPE25"),
    (TotalEnBlocSpondylectomy, Required, "solitary", "CN-3.1-TES-IND"),
    (TotalEnBlocSpondylectomy, Required, "primary-controlled", "CN-3.1-TES-IND"),
    (TotalEnBlocSpondylectomy, Contraindication, "tomita-type-7", "CN-3.1-TYPE7"),
    (TotalEnBlocSpondylectomy, Reservation, "tomita-type-1-or-6", "CN-3.1-TYPE16"),
    (TotalEnBlocSpondylectomy, Strengthening, "tomita-2-3", "CN-2.1-2-3"),
    (TotalEnBlocSpondylectomy, Strengthening, "tokuhashi-12-15", "CN-2.2-12-15"),
    (TotalEnBlocSpondylectomy, Strengthening, "solitary-low-grade-good-prognosis", "CN-2.2-ACTIVE"),
    (TotalEnBlocSpondylectomy, Qualification, "tomita-type-1-3", "CN-3.1-INTRA"),
    (TotalEnBlocSpondylectomy, Qualification, "tomita-type-4-6-without-fibrous-zone", "CN-3.1-EXTRA"),
    (TotalEnBlocSpondylectomy, Qualification, "wbb-one-pedicle-free", "CN-3.1-WBB-ONC"),
    (TotalEnBlocSpondylectomy, Qualification, "wbb-both-pedicles", "CN-3.1-WBB-ANAT"),
    (LaminectomyFixation, Required, "posterior-elements-or-palliative-decompression", "CN-3.3-LAM-IND"),
    (LaminectomyFixation, Contraindication, "cannot-tolerate-surgery", "CN-3.3-LAM-CI"),
    (LaminectomyFixation, Strengthening, "neurological-emergency", "CN-1.4-NEURO-EMERG"),
    (Stabilisation, Required, "stability-in-question", "CN-2.3-MID"),
    (Stabilisation, Contraindication, "cannot-tolerate-surgery", "CN-3.3-LAM-CI"),
    (Stabilisation, Reservation, "stability-for-discussion", "CN-2.3-MID"),
    (Stabilisation, Strengthening, "sins-13-18", "CN-2.3-HIGH"),
    (Stabilisation, Strengthening, "sins-13-18", "CN-2.3-INDEP"),
    (Stabilisation, Strengthening, "mechanical-pain", "CN-1.2-MECH-STAB"),
    (VertebralAugmentation, Required, "painful-lytic-or-fracture", "CN-3.4-VP-IND"),
    (VertebralAugmentation, Required, "no-neural-compression", "CN-3.4-VP-IND"),
    (VertebralAugmentation, Required, "posterior-wall-intact", "CN-3.4-VP-IND"),
    (VertebralAugmentation, Required, "pedicles-free", "CN-3.4-VP-IND"),
    (VertebralAugmentation, Required, "no-severe-collapse", "CN-3.4-VP-IND"),
    (VertebralAugmentation, Contraindication, "infection", "CN-3.4-VP-CI1"),
    (VertebralAugmentation, Contraindication, "compression-with-incomplete-paralysis", "CN-3.4-VP-CI2"),
    (VertebralAugmentation, Contraindication, "severe-coagulopathy", "CN-3.4-VP-CI3"),
    (VertebralAugmentation, Contraindication, "pmma-allergy", "CN-3.4-VP-CI4"),
    (VertebralAugmentation, Contraindication, "pregnancy", "CN-3.4-VP-CI5"),
    (VertebralAugmentation, Strengthening, "mechanical-pain", "CN-1.2-MECH-STAB"),
    (RadiofrequencyAblation, Required, "pain-palliation-intended", "CN-3.5-RFA-IND"),
    (RadiofrequencyAblation, Contraindication, "within-1-cm-of-cord", "CN-3.5-RFA-1CM"),
    (RadiofrequencyAblation, Contraindication, "severe-coagulopathy", "CN-3.5-RFA-CI1"),
    (RadiofrequencyAblation, Contraindication, "infection", "CN-3.5-RFA-CI2"),
    (RadiofrequencyAblation, Contraindication, "severe-organ-failure", "CN-3.5-RFA-CI3"),
    (RadiofrequencyAblation, Contraindication, "destruction-with-paraplegia-risk", "CN-3.5-RFA-CI4"),
    (MicrowaveAblation, Required, "tomita-type-1-3", "CN-3.5-MW-IND"),
    (MicrowaveAblation, Contraindication, "severe-coagulopathy", "CN-3.5-MW-CI1"),
    (MicrowaveAblation, Contraindication, "cardiopulmonary-disease", "CN-3.5-MW-CI2"),
    (Embolisation, Required, "surgery-planned", "CN-1.6-HYPER"),
    (Embolisation, Required, "hypervascular", "CN-1.6-HYPER"),
    (Embolisation, Contraindication, "hairpin-artery", "CN-1.6-ASA"),
    (Embolisation, Strengthening, "hypervascular-on-imaging", "CN-1.6-IMG"),
    (Biopsy, Required, "biopsy-indicated", "CN-1.4-BX-REC"),
    (Biopsy, Required, "no-neurological-emergency", "CN-1.4-NEURO-EMERG"),
    (Biopsy, Waiver, "biopsy-may-be-omitted", "CN-1.4-BX-SKIP"),
    (Biopsy, Strengthening, "new-lesion-beside-metastases", "CN-1.4-BX-MULTI"),
];

/// How strongly the consensus puts an option, and whether it is judged for the patient.
const PUT: [(TreatmentOption, OptionScope, Strength); 12] = [
    (SupportiveCare, OptionScope::Patient, Strength::Should),
    (RadiotherapyAlone, OptionScope::Level, Strength::May),
    (SsrsFirst, OptionScope::Level, Strength::May),
    (SeparationSurgerySsrs, OptionScope::Level, Strength::Should),
    (TotalEnBlocSpondylectomy, OptionScope::Level, Strength::May),
    (LaminectomyFixation, OptionScope::Level, Strength::May),
    (Stabilisation, OptionScope::Level, Strength::Should),
    (VertebralAugmentation, OptionScope::Level, Strength::May),
    (RadiofrequencyAblation, OptionScope::Level, Strength::May),
    (MicrowaveAblation, OptionScope::Level, Strength::May),
    (Embolisation, OptionScope::Patient, Strength::Should),
    (Biopsy, OptionScope::Patient, Strength::Should),
];

/// What must follow an option.
const AFTERWARDS: &[(TreatmentOption, &[&str])] = &[
    (SeparationSurgerySsrs, &["CN-3.2-SEP-RT", "CN-3.7-SEP-35"]),
    (TotalEnBlocSpondylectomy, &["CN-3.1-TES-CAUTION"]),
    (VertebralAugmentation, &["CN-3.4-VP-RT"]),
    (RadiofrequencyAblation, &["CN-3.5-RFA-WALL", "CN-3.5-RFA-CEM"]),
    (Embolisation, &["CN-1.6-24H", "CN-1.6-48H"]),
];

#[test]
fn every_option_asks_just_what_the_table_asks_by_the_same_rule() {
    let found: Vec<(TreatmentOption, Role, &str, &str)> = TreatmentOption::ALL
        .iter()
        .flat_map(|option| {
            let criteria = option.table().criteria();
            criteria.map(|(part, criterion)| (*option, part, criterion.predicate.key(), criterion.rule.id))
        })
        .collect();
    assert_eq!(found, ASKED);
    // The rule that speaks where a criterion does not hold is another one only of vessels.
    for (option, _, predicate, rule) in ASKED {
        let mut criteria = option.table().criteria().map(|(_, criterion)| criterion);
        let criterion = criteria.find(|asked| asked.predicate.key() == *predicate && asked.rule.id == *rule);
        let unmet = criterion.unwrap().rule_for(Truth::False).id;
        let is_vascular = (*option, *predicate) == (Embolisation, "hypervascular");
        assert_eq!(unmet, if is_vascular { "CN-1.6-HYPO" } else { rule }, "{option:?} {predicate}");
    }
}

#[test]
fn every_option_is_put_as_strongly_as_the_consensus_puts_it() {
    let found: Vec<(TreatmentOption, OptionScope, Strength)> = TreatmentOption::ALL
        .iter()
        .map(|option| (*option, option.table().scope, option.table().strength))
        .collect();
    assert_eq!(found, PUT);
}

#[test]
fn what_must_follow_an_option_is_said_with_it() {
    for option in TreatmentOption::ALL {
        let said: Vec<&str> = option.table().afterwards.iter().map(|rule| rule.id).collect();
        let expected = AFTERWARDS.iter().find(|(of, _)| of == option).map(|(_, rules)| *rules);
        assert_eq!(said, expected.unwrap_or_default(), "{}", option.key());
    }
}

#[test]
fn every_alert_names_the_rule_that_it_rests_on() {
    let cases = [
        (AlertKind::EmergencyDecompression, "CN-1.4-NEURO-EMERG"),
        (AlertKind::DeficitWithHighGradeCompression, "CN-1.4-NEURO-EMERG"),
        (AlertKind::SurgicalConsultation, "CN-2.3-MID"),
        (AlertKind::RadiosensitiveHighGrade, "CN-3.2-SEP-CI2"),
        (AlertKind::ConsensusSilentOnGrade, "CN-2.4-GAP"),
        (AlertKind::PoorPrognosisHidesNothing, "CN-2.1-8-10"),
        (AlertKind::ScoresDisagree, "CN-2.2-DISAGREE"),
        (AlertKind::WorstLevelsDiffer, "CN-2.4-HOW"),
    ];
    for (kind, rule) in cases {
        let found: Rule = kind.rule();
        assert_eq!(found.id, rule, "{}", kind.key());
    }
}
