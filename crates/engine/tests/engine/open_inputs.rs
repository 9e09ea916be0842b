//! Which inputs are asked for, and which answers are tried of them.

use spinemet_engine::clinical::{
    Alignment, BoneExtent, BreastReceptors, Collapse, Count, Domain, Escc, Frankel, Lesion, Pain, Place,
    Posterolateral, PrimarySite, Radiosensitivity, Statement, ValueSet, radiosensitivity,
};
use spinemet_engine::guidance::{Input, LevelPicture, PatientPicture, Truth};

use crate::pictures::{T10, picture, stable_with};

/// Every set of values of a domain that is not empty.
fn subsets<T: Domain>() -> impl Iterator<Item = ValueSet<T>> {
    (1..1_usize << T::ALL.len()).map(|number| {
        let kept = T::ALL.iter().copied().enumerate();
        kept.filter(|(position, _)| number >> position & 1 == 1).map(|(_, value)| value).collect()
    })
}

fn level(statement: Statement) -> LevelPicture {
    picture(vec![Statement::SpinalMetastasis(T10), statement]).levels[0]
}

/// A judgement is asked for exactly as long as one value of the finding beside it leaves it room.
#[test]
fn a_judgement_is_asked_for_only_where_it_could_tell_something() {
    for grades in subsets::<Escc>() {
        let at = level(Statement::Escc(T10, grades));
        // Grade 0 touches nothing, 2 and 3 compress: only in between somebody has to say.
        let between = [Escc::Grade1a, Escc::Grade1b, Escc::Grade1c].iter().any(|g| grades.contains(*g));
        assert_eq!(at.is_open(Input::NeuralCompression), between, "{grades:?}");
        // Tumour in the epidural space is within a centimetre of the cord.
        let outside = grades.contains(Escc::Grade0);
        assert_eq!(at.is_open(Input::WithinOneCentimetreOfCord), outside, "{grades:?}");
    }
    for collapse in subsets::<Collapse>() {
        let some = collapse.contains(Collapse::UnderHalf) || collapse.contains(Collapse::OverHalf);
        let at = level(Statement::Collapse(T10, collapse));
        assert_eq!(at.is_open(Input::SevereCollapse), some, "{collapse:?}");
    }
    for side in subsets::<Posterolateral>() {
        let free = side == Posterolateral::Uninvolved.into();
        let at = level(Statement::Posterolateral(T10, side));
        assert_eq!(at.is_open(Input::PedicleInvolvement), !free, "{side:?}");
    }
    for grades in subsets::<Frankel>() {
        let intact = grades == Frankel::E.into();
        let patient = picture(vec![Statement::Frankel(grades)]).patient;
        assert_eq!(patient.is_open(Input::NeurologicalProgression), !intact, "{grades:?}");
    }
    for site in PrimarySite::ALL.iter().copied() {
        let patient = picture(vec![Statement::Primary(site)]).patient;
        let unclassified = radiosensitivity(site) == Radiosensitivity::Unclassified;
        assert_eq!(patient.is_open(Input::Radiosensitivity), unclassified, "{site:?}");
    }
    // Mechanical pain and SINS 7 or more together are a matter of opinion (RUL-5).
    for pain in subsets::<Pain>() {
        let stable = stable_with([]).levels[0];
        assert!(!stable.is_open(Input::UnstableInSurgicalOpinion), "SINS 1");
        let open = level(Statement::Pain(T10, pain)).is_open(Input::UnstableInSurgicalOpinion);
        assert_eq!(open, pain.contains(Pain::Mechanical), "{pain:?}");
    }
}

/// A surgeon's opinion is asked for from SINS 7 on, where mechanical pain is possible (RUL-5, specification D.1).
#[test]
fn an_opinion_on_stability_is_asked_for_from_seven_on() {
    let asks = |collapse: Collapse, pain: Pain| {
        let level = picture(vec![
            Statement::Pain(T10, pain.into()),
            Statement::Lesion(T10, Lesion::Lytic.into()),
            Statement::Alignment(T10, Alignment::Normal.into()),
            Statement::Collapse(T10, collapse.into()),
            Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
        ])
        .levels[0];
        (level.sins.max(), level.is_open(Input::UnstableInSurgicalOpinion))
    };
    assert_eq!(asks(Collapse::NoCollapse, Pain::Mechanical), (Some(6), false));
    assert_eq!(asks(Collapse::NoneBodyInvolved, Pain::Mechanical), (Some(7), true));
    assert_eq!(asks(Collapse::OverHalf, Pain::Occasional), (Some(7), false));
}

/// Epidural tumour is of type 4 or more, a solitary focus never of type 7 (specification A.4).
#[test]
fn grade_and_extent_narrow_the_surgical_type() {
    let types = |grade: Option<Escc>, extent: BoneExtent| {
        let grade = grade.map(|grade| Statement::Escc(T10, grade.into()));
        let known = [Statement::SpinalMetastasis(T10), Statement::BoneExtent(extent)];
        let level = picture(known.into_iter().chain(grade).collect()).levels[0];
        level.tomita_type.iter().map(Domain::key).collect::<Vec<&str>>()
    };
    let (solitary, multiple) = (BoneExtent::Solitary, BoneExtent::Multiple);
    assert_eq!(types(None, multiple), ["1", "2", "3", "4", "5", "6", "7"]);
    assert_eq!(types(Some(Escc::Grade0), solitary), ["1", "2", "3", "4", "5", "6"]);
    for grade in [Escc::Grade1a, Escc::Grade3] {
        assert_eq!(types(Some(grade), multiple), ["4", "5", "6", "7"], "{grade:?}");
        assert_eq!(types(Some(grade), solitary), ["4", "5", "6"], "{grade:?}");
    }
}

/// Counts, extent, primary, receptors and location, of which a record cannot hold every set of values.
#[test]
fn what_is_settled_is_not_tried_and_what_is_open_is_tried_whole() {
    fn tried<T: Domain>(
        patient: PatientPicture,
        input: Input,
        read: fn(&PatientPicture) -> ValueSet<T>,
    ) -> Vec<&'static str> {
        let variants = patient.variants(input);
        assert_eq!(variants.is_empty(), !patient.is_open(input), "{input:?}");
        variants.iter().map(|one| read(one).single().map_or("", Domain::key)).collect()
    }
    let patient = |statements: Vec<Statement>| picture(statements).patient;
    let vertebrae = |statements| tried(patient(statements), Input::VertebralCount, |one| one.vertebral);
    let elsewhere = |statements| tried(patient(statements), Input::ExtraspinalCount, |one| one.extraspinal);
    let extent = |statements| tried(patient(statements), Input::BoneExtent, |one| one.bone);
    let primary = |statements| tried(patient(statements), Input::Primary, |one| one.primary);
    let receptors = |statements| tried(patient(statements), Input::BreastReceptors, |one| one.receptors);
    let spinal = |count: Count| Statement::VertebralCount(count);
    let other = |count: Count| Statement::ExtraspinalCount(count);
    let keys = |all: &[&'static str]| all.to_vec();
    assert_eq!(vertebrae(vec![]), keys(&["1", "2", "3-or-more"]));
    assert_eq!(vertebrae(vec![spinal(Count::AtLeast(2))]), keys(&["2", "3-or-more"]));
    assert_eq!(vertebrae(vec![spinal(Count::Exactly(2))]), keys(&[]));
    assert_eq!(elsewhere(vec![]), keys(&["0", "1-2", "3-or-more"]));
    assert_eq!(elsewhere(vec![other(Count::AtLeast(1))]), keys(&["1-2", "3-or-more"]));
    assert_eq!(elsewhere(vec![other(Count::Exactly(0))]), keys(&[]));
    assert_eq!(extent(vec![spinal(Count::Exactly(1))]), keys(&["solitary", "multiple"]));
    assert_eq!(extent(vec![spinal(Count::Exactly(2))]), keys(&[]));
    let two = vec![Statement::Primary(PrimarySite::Breast), Statement::Primary(PrimarySite::Kidney)];
    assert_eq!(primary(two), keys(&["kidney", "breast"]));
    assert_eq!(primary(vec![]).len(), PrimarySite::ALL.len());
    assert_eq!(primary(vec![Statement::Primary(PrimarySite::Breast)]), keys(&[]));
    let breast = |known: Option<BreastReceptors>| {
        let known = known.map(|known| Statement::BreastReceptors(known.into()));
        receptors(known.into_iter().chain([Statement::Primary(PrimarySite::Breast)]).collect())
    };
    assert_eq!(breast(None).len(), BreastReceptors::ALL.len());
    assert_eq!(breast(Some(BreastReceptors::ErPositive)), keys(&[]));
    assert_eq!(receptors(vec![Statement::Primary(PrimarySite::Kidney)]), keys(&[]), "of breast cancer alone");
    let location = |place: Place| {
        let picture = picture(vec![Statement::SpinalMetastasis(place)]);
        let tried = picture.levels[0].variants(Input::SinsLocation, &picture.patient);
        tried.iter().map(|one| one.location.single().map_or("", Domain::key)).collect::<Vec<&str>>()
    };
    assert_eq!(location(T10), keys(&[]));
    assert_eq!(location(Place::Unstated), keys(&["junctional", "mobile", "semirigid", "rigid"]));
    let answers = patient(vec![]).variants(Input::Infection);
    let answers: Vec<Truth> = answers.iter().map(|one| one.flag(Input::Infection)).collect();
    assert_eq!(answers, [Truth::False, Truth::True]);
    let picture = picture(vec![Statement::SpinalMetastasis(T10)]);
    let answers = picture.levels[0].variants(Input::PosteriorWallIntact, &picture.patient);
    let answers: Vec<Truth> = answers.iter().map(|one| one.flag(Input::PosteriorWallIntact)).collect();
    assert_eq!(answers, [Truth::False, Truth::True]);
}

/// Counts and extent settle each other, unless the record contradicts itself already.
#[test]
fn an_answer_settles_what_follows_from_it() {
    let one = picture(vec![Statement::VertebralCount(Count::Exactly(1))]).patient;
    let extents = |patient: PatientPicture| {
        let tried = patient.variants(Input::ExtraspinalCount);
        tried.iter().map(|one| one.bone.iter().map(Domain::key).collect()).collect::<Vec<Vec<&str>>>()
    };
    assert_eq!(extents(one), [["solitary"], ["multiple"], ["multiple"]]);
    let counts: Vec<(u32, u32)> = one
        .variants(Input::BoneExtent)
        .iter()
        .map(|one| (one.vertebral.len(), one.extraspinal.len()))
        .collect();
    assert_eq!(counts, [(1, 1), (1, 2)], "none elsewhere, or some");
    let against = picture(vec![
        Statement::VertebralCount(Count::Exactly(2)),
        Statement::BoneExtent(BoneExtent::Solitary),
    ])
    .patient;
    assert_eq!(extents(against), [["solitary", "multiple"]; 3], "which of them is wrong is not known");
}

/// Of every input each answer that is left is tried, and no other.
#[test]
fn every_answer_that_is_left_is_tried() {
    fn of_level<T: Domain>(
        input: Input,
        statement: fn(ValueSet<T>) -> Statement,
        read: fn(&LevelPicture) -> ValueSet<T>,
    ) {
        for left in subsets::<T>() {
            let picture = picture(vec![Statement::SpinalMetastasis(T10), statement(left)]);
            let tried = picture.levels[0].variants(input, &picture.patient);
            let tried: Vec<ValueSet<T>> = tried.iter().map(read).collect();
            assert_eq!(tried, singles(left), "{input:?}");
        }
    }
    fn of_patient<T: Domain>(
        input: Input,
        statement: fn(ValueSet<T>) -> Statement,
        read: fn(&PatientPicture) -> ValueSet<T>,
    ) {
        for left in subsets::<T>() {
            let tried = picture(vec![statement(left)]).patient.variants(input);
            let tried: Vec<ValueSet<T>> = tried.iter().map(read).collect();
            assert_eq!(tried, singles(left), "{input:?}");
        }
    }
    fn singles<T: Domain>(left: ValueSet<T>) -> Vec<ValueSet<T>> {
        if left.len() == 1 { Vec::new() } else { left.iter().map(ValueSet::only).collect() }
    }
    of_level(Input::SinsPain, |left| Statement::Pain(T10, left), |level| level.pain);
    of_level(Input::SinsLesion, |left| Statement::Lesion(T10, left), |level| level.lesion);
    of_level(Input::SinsAlignment, |left| Statement::Alignment(T10, left), |level| level.alignment);
    of_level(Input::SinsCollapse, |left| Statement::Collapse(T10, left), |level| level.collapse);
    of_level(
        Input::SinsPosterolateral,
        |left| Statement::Posterolateral(T10, left),
        |level| level.posterolateral,
    );
    of_level(Input::Escc, |left| Statement::Escc(T10, left), |level| level.escc);
    of_level(Input::TomitaType, |left| Statement::TomitaType(T10, left), |level| level.tomita_type);
    of_patient(Input::Karnofsky, Statement::Karnofsky, |patient| patient.karnofsky);
    of_patient(Input::Frankel, Statement::Frankel, |patient| patient.frankel);
    of_patient(Input::Visceral, Statement::VisceralStatus, |patient| patient.visceral);
}
