//! Slugs: unique inside their domain, well formed, and those that other rooms rely on spelled just so.

use std::collections::BTreeSet;

use spinemet_engine::assessment::Scope;
use spinemet_engine::clinical::TomitaType;
use spinemet_engine::clinical::{
    Alignment, BoneExtent, BoneSite, Collapse, Domain, Ecog, Escc, ExtraspinalCount, Frankel, Karnofsky,
    Lesion, Organ, Pain, Posterolateral, PrimarySite, Question, QuestionScope, SinsLocation, Vertebra,
    VertebralCount, VisceralState,
};
use spinemet_engine::guidance::{
    AlertKind, Input, InputScope, Predicate, Radiosensitivity, Role, Severity, Strength, TreatmentOption,
    Truth, VerdictKind,
};
use spinemet_engine::scoring::{AssignmentStatus, Band, Instrument, Item, ScoreNote, tokuhashi, tomita};
use spinemet_engine::vocabulary::vocabularies;

fn check<T: Domain>() {
    let keys: BTreeSet<&str> = T::ALL.iter().map(|value| value.key()).collect();
    assert_eq!(keys.len(), T::ALL.len(), "{}: keys are unique", T::NAME);
    assert!(T::ALL.len() <= 64, "{}: fits a set", T::NAME);
    for value in T::ALL {
        assert_eq!(T::from_key(value.key()), Some(*value), "{}: {}", T::NAME, value.key());
        let is_slug = |key: &str| key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        assert!(!value.key().is_empty() && is_slug(value.key()), "{}: {}", T::NAME, value.key());
    }
}

#[test]
fn every_domain_has_unique_slugs() {
    macro_rules! check_all {
        ($($domain:ty),+ $(,)?) => { $( check::<$domain>(); )+ };
    }
    check_all!(
        Alignment,
        BoneExtent,
        BoneSite,
        Collapse,
        Ecog,
        Escc,
        ExtraspinalCount,
        Frankel,
        Karnofsky,
        Lesion,
        Organ,
        Pain,
        Posterolateral,
        PrimarySite,
        SinsLocation,
        Vertebra,
        VertebralCount,
        VisceralState,
        AlertKind,
        Input,
        Predicate,
        Radiosensitivity,
        Role,
        Severity,
        Strength,
        TomitaType,
        TreatmentOption,
        Truth,
        VerdictKind,
        AssignmentStatus,
        Band,
        Instrument,
        Item,
        ScoreNote,
        Scope,
        tokuhashi::General,
        tokuhashi::Organs,
        tokuhashi::Palsy,
        tokuhashi::PrimaryGroup,
        tomita::Growth,
        tomita::Visceral,
    );
}

#[test]
fn every_vocabulary_has_a_name_of_its_own() {
    let vocabularies = vocabularies();
    let names: BTreeSet<&str> = vocabularies.iter().map(|vocabulary| vocabulary.name).collect();
    assert_eq!(names.len(), vocabularies.len());
    assert!(vocabularies.iter().all(|vocabulary| !vocabulary.keys.is_empty()));
}

fn keys<T: Domain>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.key()).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one list")]
fn the_slugs_that_others_rely_on_are_spelled_so() {
    assert_eq!(
        keys::<Instrument>(),
        [
            "tomita-2001",
            "tomita-2001-receptors",
            "tokuhashi-2005",
            "tokuhashi-2005-receptors",
            "modified-bauer-2008",
            "katagiri-2014",
            "van-der-linden-2005",
            "sins-2010",
            "escc-2010",
            "noms-2013",
        ]
    );
    assert_eq!(
        keys::<Item>(),
        [
            "tomita-primary",
            "tomita-visceral",
            "tomita-bone",
            "tokuhashi-general",
            "tokuhashi-extraspinal-bone",
            "tokuhashi-vertebral",
            "tokuhashi-organs",
            "tokuhashi-primary",
            "tokuhashi-palsy",
            "sins-location",
            "sins-pain",
            "sins-lesion",
            "sins-alignment",
            "sins-collapse",
            "sins-posterolateral",
            "escc-grade",
            "tomita-primary-adjusted",
            "tokuhashi-primary-adjusted",
            "bauer-visceral",
            "bauer-skeletal",
            "bauer-primary",
            "katagiri-primary",
            "katagiri-visceral",
            "katagiri-laboratory",
            "katagiri-performance",
            "katagiri-chemotherapy",
            "katagiri-skeletal",
            "van-der-linden-performance",
            "van-der-linden-primary",
            "van-der-linden-visceral",
            "noms-neurologic",
            "noms-oncologic",
            "noms-mechanical",
            "noms-systemic",
        ]
    );
    assert_eq!(
        keys::<Band>(),
        [
            "tomita-2-3",
            "tomita-4-5",
            "tomita-6-7",
            "tomita-8-10",
            "tokuhashi-0-8",
            "tokuhashi-9-11",
            "tokuhashi-12-15",
            "sins-stable",
            "sins-potentially-unstable",
            "sins-unstable",
            "escc-low-grade",
            "escc-high-grade",
            "modified-bauer-0-1",
            "modified-bauer-2",
            "modified-bauer-3-4",
            "katagiri-0-3",
            "katagiri-4-6",
            "katagiri-7-10",
            "van-der-linden-0-3",
            "van-der-linden-4-5",
            "van-der-linden-6",
            "noms-radiotherapy",
            "noms-stabilise-radiotherapy",
            "noms-radiosurgery",
            "noms-stabilise-radiosurgery",
            "noms-separation-radiosurgery",
            "noms-percutaneous-radiotherapy",
            "noms-unsettled",
        ]
    );
    assert_eq!(
        keys::<TreatmentOption>(),
        [
            "supportive-care",
            "radiotherapy-alone",
            "ssrs-first",
            "separation-surgery-ssrs",
            "total-en-bloc-spondylectomy",
            "laminectomy-fixation",
            "stabilisation",
            "vertebral-augmentation",
            "radiofrequency-ablation",
            "microwave-ablation",
            "embolisation",
            "biopsy",
        ]
    );
    assert_eq!(
        keys::<VerdictKind>(),
        ["contraindicated", "not-indicated", "insufficient-data", "relative", "option"]
    );
}

#[test]
fn every_item_belongs_to_its_instrument_and_has_a_table() {
    for instrument in Instrument::ALL.iter().copied() {
        let key = instrument.key();
        let prefix = key.strip_prefix("modified-").unwrap_or(key).split('-').next().unwrap();
        assert!(!instrument.items().is_empty());
        for item in instrument.items() {
            assert!(item.key().starts_with(prefix), "{}", item.key());
            assert!(!item.choices().is_empty());
            assert!(Input::ALL.iter().any(|input| input.items().contains(item)), "{}", item.key());
            for choice in item.choices() {
                assert_eq!(item.points_of(choice.key), choice.points);
            }
        }
        let extremes = instrument.items().iter().map(|item| {
            let points: Vec<u8> = item.choices().iter().filter_map(|choice| choice.points).collect();
            (points.iter().min().copied().unwrap_or(0), points.iter().max().copied().unwrap_or(0))
        });
        let (least, greatest) = extremes.fold((0, 0), |sum, item| (sum.0 + item.0, sum.1 + item.1));
        assert_eq!((least, greatest), instrument.range().unwrap_or((0, 0)), "{}", instrument.key());
    }
}

/// An input that is answered with yes or no mirrors a question: the two lists must not drift apart.
#[test]
fn every_flag_is_a_question_about_the_same() {
    for flag in Input::ALL.iter().filter(|input| input.is_flag()) {
        let question =
            Question::from_key(flag.key()).unwrap_or_else(|| panic!("{} is no question", flag.key()));
        let is_about_level = question.scope() == QuestionScope::Level;
        assert_eq!(flag.scope() == InputScope::Level, is_about_level, "{}", flag.key());
    }
}
