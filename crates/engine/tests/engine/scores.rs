//! Every combination of item values, each item also missing, against sums over explicit completions. The tables are
//! typed anew from the papers, as plain numbers, and share nothing with the engine.

use std::collections::BTreeSet;

use spinemet_engine::clinical::{
    BoneExtent, Domain, Escc, ExtraspinalCount, Finding, Frankel, Karnofsky, Level, Place, PrimarySite,
    SinsLocation, Standing, ValueSet, Vertebra, VertebralCount, VisceralState,
};
use spinemet_engine::scoring::{Band, Reachable, Score, ScoreNote, escc, sins, tokuhashi, tomita};

use crate::record::Sequence;

type Totals = BTreeSet<u8>;

/// The totals of all completions: every choice of one number from each list, added up one by one.
fn completions(items: &[Vec<u8>]) -> Totals {
    fn complete(items: &[Vec<u8>], sum: u8, totals: &mut Totals) {
        match items {
            [] => {
                totals.insert(sum);
            }
            [item, rest @ ..] => item.iter().for_each(|points| complete(rest, sum + points, totals)),
        }
    }
    let mut totals = Totals::new();
    complete(items, 0, &mut totals);
    totals
}

fn bands_of(totals: &Totals, cuts: &[(u8, u8, &'static str)]) -> Vec<&'static str> {
    cuts.iter()
        .filter(|(least, greatest, _)| totals.iter().any(|total| (least..=greatest).contains(&total)))
        .map(|(_, _, band)| *band)
        .collect()
}

const TOMITA_BANDS: [(u8, u8, &str); 4] =
    [(2, 3, "tomita-2-3"), (4, 5, "tomita-4-5"), (6, 7, "tomita-6-7"), (8, 10, "tomita-8-10")];
const TOKUHASHI_BANDS: [(u8, u8, &str); 3] =
    [(0, 8, "tokuhashi-0-8"), (9, 11, "tokuhashi-9-11"), (12, 15, "tokuhashi-12-15")];
const SINS_BANDS: [(u8, u8, &str); 3] =
    [(0, 6, "sins-stable"), (7, 12, "sins-potentially-unstable"), (13, 18, "sins-unstable")];

fn assert_score(score: &Score, expected: &Totals, cuts: &[(u8, u8, &'static str)], what: &str) {
    let totals: Totals = score.totals().unwrap().iter().collect();
    assert_eq!(&totals, expected, "{what}");
    let bands: Vec<&str> = score.bands.iter().map(|band| band.key()).collect();
    assert_eq!(bands, bands_of(expected, cuts), "{what}");
    assert_eq!(score.is_settled(), expected.len() == 1, "{what}");
    assert_eq!(score.band().is_some(), bands.len() == 1, "{what}");
}

fn finding<T: Domain>(values: ValueSet<T>) -> Finding<T> {
    if values == ValueSet::all() { Finding::not_recorded() } else { Finding::recorded(values, Vec::new()) }
}

/// Every non-empty set of values.
fn subsets<T: Domain>() -> Vec<ValueSet<T>> {
    (1_u32..1 << T::ALL.len())
        .map(|bits| {
            T::ALL.iter().enumerate().filter(|(index, _)| bits >> index & 1 == 1).map(|(_, v)| *v).collect()
        })
        .collect()
}

/// Every single value, and none recorded.
fn single_or_missing<T: Domain>() -> Vec<ValueSet<T>> {
    T::ALL.iter().map(|value| ValueSet::only(*value)).chain([ValueSet::all()]).collect()
}

fn points<T: Domain>(values: ValueSet<T>, table: &[(&str, &[u8])]) -> Vec<u8> {
    let of = |value: T| {
        table.iter().find(|(key, _)| *key == value.key()).unwrap_or_else(|| panic!("{}", value.key())).1
    };
    values.iter().flat_map(|value| of(value).to_vec()).collect()
}

/// Tomita 2001: slow 1, moderate 2, rapid 4. Specification B.1 and B.9, site by site.
const TOMITA_PRIMARY: [(&str, &[u8]); 32] = [
    ("breast", &[1]),
    ("thyroid", &[1]),
    ("prostate", &[1]),
    ("kidney", &[2]),
    ("uterus", &[2]),
    ("lung", &[4]),
    ("lung-non-small-cell", &[4]),
    ("lung-small-cell", &[4]),
    ("stomach", &[4]),
    ("unidentified", &[4]),
    ("liver", &[4]),
    ("lymphoma", &[1]),
    ("myeloma", &[1]),
    ("osteosarcoma", &[2]),
    ("sarcoma", &[2]),
    ("esophagus", &[4]),
    ("pancreas", &[4]),
    ("rectum", &[4]),
    ("rectosigmoid", &[4]),
    ("colon", &[4]),
    ("melanoma", &[4]),
    ("head-and-neck", &[4]),
    ("bladder", &[1, 2, 4]),
    ("biliary", &[1, 2, 4]),
    ("ovary", &[1, 2, 4]),
    ("carcinoid", &[1, 2, 4]),
    ("neuroendocrine-carcinoma", &[1, 2, 4]),
    ("germ-cell", &[1, 2, 4]),
    ("leukaemia", &[1, 2, 4]),
    ("other", &[1, 2, 4]),
    ("cervix", &[2, 4]),
    ("thyroid-anaplastic", &[1, 4]),
];
const TOMITA_VISCERAL: [(&str, &[u8]); 4] =
    [("none", &[0]), ("removable", &[2]), ("unremovable-treatable", &[2]), ("untreatable", &[4])];
const TOMITA_BONE: [(&str, &[u8]); 2] = [("solitary", &[1]), ("multiple", &[2])];

#[test]
fn tomita_for_every_site_and_every_set_of_the_other_values() {
    let mut checked = 0;
    for primary in single_or_missing::<PrimarySite>() {
        for visceral in subsets::<VisceralState>() {
            for bone in subsets::<BoneExtent>() {
                let inputs = tomita::Inputs {
                    primary: &finding(primary),
                    visceral: &finding(visceral),
                    bone: &finding(bone),
                };
                let expected = completions(&[
                    points(primary, &TOMITA_PRIMARY),
                    points(visceral, &TOMITA_VISCERAL),
                    points(bone, &TOMITA_BONE),
                ]);
                let score = tomita::score(&inputs);
                assert_score(&score, &expected, &TOMITA_BANDS, &format!("{inputs:?}"));
                assert_eq!(score.totals(), Some(tomita::totals(primary, visceral, bone)));
                checked += 1;
            }
        }
    }
    assert_eq!(checked, 33 * 15 * 3);
}

#[test]
fn tomita_of_an_empty_record_reaches_every_total() {
    let score = tomita::score(&tomita::Inputs {
        primary: &Finding::not_recorded(),
        visceral: &Finding::not_recorded(),
        bone: &Finding::not_recorded(),
    });
    assert_eq!(score.totals(), Some((2..=10).collect()));
    assert!(score.items.iter().all(|item| item.standing == Standing::NotRecorded));
    assert!(score.notes.is_empty() && score.items.iter().all(|item| item.assignments.is_empty()));
}

/// Tokuhashi 2005, primary site, 0 to 5.
const TOKUHASHI_PRIMARY: [(&str, &[u8]); 32] = [
    ("lung", &[0]),
    ("lung-non-small-cell", &[0]),
    ("lung-small-cell", &[0]),
    ("osteosarcoma", &[0]),
    ("stomach", &[0]),
    ("bladder", &[0]),
    ("esophagus", &[0]),
    ("pancreas", &[0]),
    ("liver", &[1]),
    ("biliary", &[1]),
    ("unidentified", &[1]),
    ("colon", &[2]),
    ("neuroendocrine-carcinoma", &[2]),
    ("ovary", &[2]),
    ("melanoma", &[2]),
    ("lymphoma", &[2]),
    ("myeloma", &[2]),
    ("leukaemia", &[2]),
    ("sarcoma", &[2]),
    ("head-and-neck", &[2]),
    ("germ-cell", &[2]),
    ("other", &[2]),
    ("cervix", &[2, 3]),
    ("rectosigmoid", &[2, 4]),
    ("kidney", &[3]),
    ("uterus", &[3]),
    ("rectum", &[4]),
    ("thyroid", &[5]),
    ("thyroid-anaplastic", &[5]),
    ("breast", &[5]),
    ("prostate", &[5]),
    ("carcinoid", &[5]),
];
const TOKUHASHI_GENERAL: [(&str, &[u8]); 10] = [
    ("10", &[0]),
    ("20", &[0]),
    ("30", &[0]),
    ("40", &[0]),
    ("50", &[1]),
    ("60", &[1]),
    ("70", &[1]),
    ("80", &[2]),
    ("90", &[2]),
    ("100", &[2]),
];
const TOKUHASHI_EXTRASPINAL: [(&str, &[u8]); 3] = [("3-or-more", &[0]), ("1-2", &[1]), ("0", &[2])];
const TOKUHASHI_VERTEBRAL: [(&str, &[u8]); 3] = [("3-or-more", &[0]), ("2", &[1]), ("1", &[2])];
const TOKUHASHI_ORGANS: [(&str, &[u8]); 4] =
    [("untreatable", &[0]), ("unremovable-treatable", &[0]), ("removable", &[1]), ("none", &[2])];
const TOKUHASHI_PALSY: [(&str, &[u8]); 5] = [("A", &[0]), ("B", &[0]), ("C", &[1]), ("D", &[1]), ("E", &[2])];

fn assert_tokuhashi(values: &tokuhashi::Values) {
    let score = tokuhashi::score(&tokuhashi::Inputs {
        karnofsky: &finding(values.karnofsky),
        extraspinal: &finding(values.extraspinal),
        vertebral: &finding(values.vertebral),
        visceral: &finding(values.visceral),
        primary: &finding(values.primary),
        frankel: &finding(values.frankel),
    });
    let expected = completions(&[
        points(values.karnofsky, &TOKUHASHI_GENERAL),
        points(values.extraspinal, &TOKUHASHI_EXTRASPINAL),
        points(values.vertebral, &TOKUHASHI_VERTEBRAL),
        points(values.visceral, &TOKUHASHI_ORGANS),
        points(values.primary, &TOKUHASHI_PRIMARY),
        points(values.frankel, &TOKUHASHI_PALSY),
    ]);
    assert_score(&score, &expected, &TOKUHASHI_BANDS, &format!("{values:?}"));
    assert_eq!(score.totals(), Some(tokuhashi::totals(values)));
}

/// One value for each number of points, and none recorded: what the score can tell apart.
fn one_a_point<T: Domain>(table: &[(&str, &[u8])]) -> Vec<ValueSet<T>> {
    let mut seen: Vec<&[u8]> = Vec::new();
    let distinct = T::ALL.iter().filter(|value| {
        let points = table.iter().find(|(key, _)| *key == value.key()).unwrap().1;
        let new = !seen.contains(&points);
        seen.push(points);
        new
    });
    distinct.map(|value| ValueSet::only(*value)).chain([ValueSet::all()]).collect()
}

#[test]
fn tokuhashi_for_every_combination_that_it_tells_apart() {
    let mut checked = 0;
    for primary in one_a_point::<PrimarySite>(&TOKUHASHI_PRIMARY) {
        for karnofsky in one_a_point::<Karnofsky>(&TOKUHASHI_GENERAL) {
            for extraspinal in single_or_missing::<ExtraspinalCount>() {
                for vertebral in single_or_missing::<VertebralCount>() {
                    for visceral in one_a_point::<VisceralState>(&TOKUHASHI_ORGANS) {
                        for frankel in one_a_point::<Frankel>(&TOKUHASHI_PALSY) {
                            assert_tokuhashi(&tokuhashi::Values {
                                karnofsky,
                                extraspinal,
                                vertebral,
                                visceral,
                                primary,
                                frankel,
                            });
                            checked += 1;
                        }
                    }
                }
            }
        }
    }
    // Six groups, cervix and rectosigmoid between groups, and none recorded.
    assert_eq!(checked, 9 * 4 * 4 * 4 * 4 * 4);
}

#[test]
fn tokuhashi_for_every_value_of_every_item_alone() {
    let nothing = tokuhashi::Values {
        karnofsky: ValueSet::all(),
        extraspinal: ValueSet::all(),
        vertebral: ValueSet::all(),
        visceral: ValueSet::all(),
        primary: ValueSet::all(),
        frankel: ValueSet::all(),
    };
    assert_eq!(tokuhashi::totals(&nothing), (0..=15).collect());
    for karnofsky in subsets() {
        assert_tokuhashi(&tokuhashi::Values { karnofsky, ..nothing });
    }
    for primary in single_or_missing() {
        assert_tokuhashi(&tokuhashi::Values { primary, ..nothing });
    }
    for visceral in subsets() {
        assert_tokuhashi(&tokuhashi::Values { visceral, ..nothing });
    }
    for frankel in subsets() {
        assert_tokuhashi(&tokuhashi::Values { frankel, ..nothing });
    }
}

const SINS_LOCATION: [(&str, &[u8]); 4] =
    [("junctional", &[3]), ("mobile", &[2]), ("semirigid", &[1]), ("rigid", &[0])];
const SINS_PAIN: [(&str, &[u8]); 3] = [("mechanical", &[3]), ("occasional", &[1]), ("none", &[0])];
const SINS_LESION: [(&str, &[u8]); 3] = [("lytic", &[2]), ("mixed", &[1]), ("blastic", &[0])];
const SINS_ALIGNMENT: [(&str, &[u8]); 3] = [("subluxation", &[4]), ("deformity", &[2]), ("normal", &[0])];
const SINS_COLLAPSE: [(&str, &[u8]); 4] =
    [("over-50", &[3]), ("under-50", &[2]), ("none-over-50-involved", &[1]), ("none", &[0])];
const SINS_POSTEROLATERAL: [(&str, &[u8]); 3] = [("bilateral", &[3]), ("unilateral", &[1]), ("none", &[0])];

fn level(values: &sins::Values, escc: ValueSet<Escc>) -> Level {
    Level {
        place: Place::Unstated,
        location: finding(values.location),
        pain: finding(values.pain),
        lesion: finding(values.lesion),
        alignment: finding(values.alignment),
        collapse: finding(values.collapse),
        posterolateral: finding(values.posterolateral),
        escc: finding(escc),
        tomita_type: Finding::not_recorded(),
        wbb_sectors: None,
        treated: Vec::new(),
    }
}

fn assert_sins(values: &sins::Values) {
    let score = sins::score(&level(values, ValueSet::all()));
    let expected = completions(&[
        points(values.location, &SINS_LOCATION),
        points(values.pain, &SINS_PAIN),
        points(values.lesion, &SINS_LESION),
        points(values.alignment, &SINS_ALIGNMENT),
        points(values.collapse, &SINS_COLLAPSE),
        points(values.posterolateral, &SINS_POSTEROLATERAL),
    ]);
    assert_score(&score, &expected, &SINS_BANDS, &format!("{values:?}"));
    assert_eq!(score.totals(), Some(sins::totals(values)));
}

#[test]
fn sins_for_every_combination_with_every_set_of_items_missing() {
    let mut checked = 0;
    for location in single_or_missing() {
        for pain in single_or_missing() {
            for lesion in single_or_missing() {
                for alignment in single_or_missing() {
                    for collapse in single_or_missing() {
                        for posterolateral in single_or_missing() {
                            assert_sins(&sins::Values {
                                location,
                                pain,
                                lesion,
                                alignment,
                                collapse,
                                posterolateral,
                            });
                            checked += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(checked, 5 * 4 * 4 * 4 * 5 * 4);
}

#[test]
fn sins_for_items_that_are_narrowed() {
    fn any<T: Domain>(sequence: &mut Sequence) -> ValueSet<T> {
        let all = subsets::<T>();
        all[sequence.below(all.len())]
    }
    let mut sequence = Sequence::new(0x5145);
    for _ in 0..1_500 {
        assert_sins(&sins::Values {
            location: any(&mut sequence),
            pain: any(&mut sequence),
            lesion: any(&mut sequence),
            alignment: any(&mut sequence),
            collapse: any(&mut sequence),
            posterolateral: any(&mut sequence),
        });
    }
}

#[test]
fn sins_location_of_every_vertebra() {
    let regions = [
        ("junctional", "C0 C1 C2 C7 T1 T2 T11 T12 L1 L5 S1"),
        ("mobile", "C3 C4 C5 C6 L2 L3 L4"),
        ("semirigid", "T3 T4 T5 T6 T7 T8 T9 T10"),
        ("rigid", "S2 S3 S4 S5"),
    ];
    let mut checked = 0;
    for (region, vertebrae) in regions {
        for vertebra in vertebrae.split(' ') {
            let vertebra = Vertebra::from_key(vertebra).unwrap();
            assert_eq!(SinsLocation::from(vertebra).key(), region, "{vertebra:?}");
            checked += 1;
        }
    }
    assert_eq!(checked, Vertebra::ALL.len());
}

#[test]
fn escc_for_every_set_of_grades() {
    let nothing = sins::Values {
        location: ValueSet::all(),
        pain: ValueSet::all(),
        lesion: ValueSet::all(),
        alignment: ValueSet::all(),
        collapse: ValueSet::all(),
        posterolateral: ValueSet::all(),
    };
    for grades in subsets::<Escc>() {
        let score = escc::score(&level(&nothing, grades));
        assert_eq!(score.reachable, Reachable::Grades(grades));
        let mut expected = Vec::new();
        if grades.iter().any(|grade| ["0", "1a", "1b", "1c"].contains(&grade.key())) {
            expected.push(Band::EsccLowGrade);
        }
        if grades.iter().any(|grade| ["2", "3"].contains(&grade.key())) {
            expected.push(Band::EsccHighGrade);
        }
        assert_eq!(score.bands, expected);
        assert_eq!(score.totals(), None);
        assert!(score.items.iter().all(|item| item.points.is_empty()));
    }
}

#[test]
fn escc_below_the_conus_says_so() {
    let named = |vertebra| Level {
        place: Place::At(vertebra),
        location: Finding::not_recorded(),
        pain: Finding::not_recorded(),
        lesion: Finding::not_recorded(),
        alignment: Finding::not_recorded(),
        collapse: Finding::not_recorded(),
        posterolateral: Finding::not_recorded(),
        escc: Finding::recorded(Escc::Grade2.into(), Vec::new()),
        tomita_type: Finding::not_recorded(),
        wbb_sectors: None,
        treated: Vec::new(),
    };
    assert!(escc::score(&named(Vertebra::L1)).notes.is_empty());
    assert_eq!(escc::score(&named(Vertebra::L2)).notes, [ScoreNote::BelowConus]);
}
