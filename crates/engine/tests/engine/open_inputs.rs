//! Which inputs are asked for, and which answers are tried of them.

use spinemet_engine::clinical::{
    Collapse, Domain, Escc, Frankel, Pain, Posterolateral, PrimarySite, Radiosensitivity, Statement,
    ValueSet, radiosensitivity,
};
use spinemet_engine::guidance::{Input, LevelPicture, PatientPicture};

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
