//! Criteria that speak for an option without deciding on it: when they hold.

use spinemet_engine::clinical::{
    BoneExtent, Domain, Pain, PrimarySite, Radiosensitivity, Statement, VisceralState, radiosensitivity,
};
use spinemet_engine::guidance::{Input, Picture, Predicate, Truth};

use crate::pictures::{T10, answering, picture};

fn holds(predicate: Predicate, picture: &Picture) -> Truth {
    predicate.truth(&picture.patient, picture.levels.first())
}

/// Of a total that is open between two neighbours only what holds of both is said.
#[test]
fn a_band_holds_where_every_total_lies_in_it() {
    use Truth::{False, True, Unknown};
    let mut level = picture(vec![Statement::SpinalMetastasis(T10)]);
    let mut of = |predicate: Predicate, totals: &[u8]| {
        let totals = totals.iter().copied().collect();
        level.patient.tomita = totals;
        level.patient.tokuhashi = totals;
        level.levels[0].sins = totals;
        holds(predicate, &level)
    };
    let bands = [
        (Predicate::Tomita2To3, [(3, True), (4, False)]),
        (Predicate::Tomita8To10, [(7, False), (8, True)]),
        (Predicate::Tokuhashi0To8, [(8, True), (9, False)]),
        (Predicate::Tokuhashi12To15, [(11, False), (12, True)]),
        (Predicate::SinsStable, [(6, True), (7, False)]),
        (Predicate::SinsUnstable, [(12, False), (13, True)]),
    ];
    for (predicate, sides) in bands {
        for (total, truth) in sides {
            assert_eq!(of(predicate, &[total]), truth, "{predicate:?} {total}");
        }
        assert_eq!(of(predicate, &sides.map(|(total, _)| total)), Unknown, "{predicate:?}");
    }
}

#[test]
fn a_tumour_is_resistant_where_it_is_not_sensitive() {
    for site in PrimarySite::ALL.iter().copied() {
        let tumour = picture(vec![Statement::Primary(site)]);
        let (sensitive, resistant) = match radiosensitivity(site) {
            Radiosensitivity::Sensitive => (Truth::True, Truth::False),
            Radiosensitivity::Resistant => (Truth::False, Truth::True),
            Radiosensitivity::Unclassified => (Truth::Unknown, Truth::Unknown),
        };
        assert_eq!(holds(Predicate::Radiosensitive, &tumour), sensitive, "{site:?}");
        assert_eq!(holds(Predicate::Radioresistant, &tumour), resistant, "{site:?}");
    }
}

#[test]
fn local_pain_is_pain_that_is_not_mechanical() {
    let of = |pain: Pain| holds(Predicate::LocalPain, &picture(vec![Statement::Pain(T10, pain.into())]));
    assert_eq!(of(Pain::Occasional), Truth::True);
    assert_eq!((of(Pain::Mechanical), of(Pain::PainFree)), (Truth::False, Truth::False));
}

#[test]
fn what_was_answered_holds_as_answered() {
    let base = || picture(vec![Statement::SpinalMetastasis(T10)]);
    for (predicate, input) in [
        (Predicate::NeurologicalEmergency, Input::NeurologicalProgression),
        (Predicate::HypervascularOnImaging, Input::HypervascularOnImaging),
    ] {
        assert_eq!(holds(predicate, &base()), Truth::Unknown);
        assert_eq!(holds(predicate, &answering(base(), &[(input, true)])), Truth::True);
        assert_eq!(holds(predicate, &answering(base(), &[(input, false)])), Truth::False);
    }
}

#[test]
fn a_lesion_is_new_beside_others_where_there_are_others() {
    let of = |others: &[Statement], new: bool| {
        let known = [Statement::SpinalMetastasis(T10)];
        let picture = picture(known.into_iter().chain(others.iter().cloned()).collect());
        holds(Predicate::NewLesionBesideMetastases, &answering(picture, &[(Input::NewSpinalLesion, new)]))
    };
    let bones = [Statement::BoneExtent(BoneExtent::Multiple)];
    let organs = [Statement::VisceralStatus(VisceralState::Untreatable.into())];
    let alone = [
        Statement::BoneExtent(BoneExtent::Solitary),
        Statement::VisceralStatus(VisceralState::Absent.into()),
    ];
    for others in [&bones, &organs] {
        assert_eq!((of(others, true), of(others, false)), (Truth::True, Truth::False));
    }
    assert_eq!(of(&alone, true), Truth::False);
    assert_eq!((of(&alone[..1], true), of(&[], true)), (Truth::Unknown, Truth::Unknown));
}
