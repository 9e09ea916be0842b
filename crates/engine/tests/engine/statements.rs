//! A statement is read back from what it is written as, and from nothing else.

use spinemet_engine::clinical::{
    Amount, Analyte, Answer, BoneExtent, BoneSite, Count, Domain, Driver, Drug, DrugUse, Event,
    IllegibleStatement, Measured, Organ, PartialDate, Place, PrimarySite, Procedure, ProcedureState,
    Question, Statement, ValueSet, Vertebra, WbbSectors,
};

use crate::record::Sequence;

/// Every set of a small domain, and of a larger one the empty set, each single value, the rest of it, and some drawn.
fn sets<T: Domain>() -> Vec<ValueSet<T>> {
    let values = T::ALL.len();
    if values <= 8 {
        let subset = |bits: u32| T::ALL.iter().copied().filter(move |value| bits >> value.index() & 1 == 1);
        return (0..1u32 << values).map(|bits| subset(bits).collect()).collect();
    }
    let mut sequence = Sequence::new(41);
    let mut drawn = || -> ValueSet<T> { T::ALL.iter().copied().filter(|_| sequence.below(2) == 0).collect() };
    let single = T::ALL.iter().copied().map(ValueSet::only);
    let rest = T::ALL.iter().map(|left| T::ALL.iter().copied().filter(|value| value != left).collect());
    let mut sets: Vec<ValueSet<T>> = vec![ValueSet::EMPTY, ValueSet::all()];
    sets.extend(single.chain(rest));
    sets.extend((0..50).map(|_| drawn()));
    sets
}

fn places() -> Vec<Place> {
    Vertebra::ALL.iter().copied().map(Place::At).chain([Place::Unstated]).collect()
}

fn each<T: Domain>(statement: impl Fn(T) -> Statement) -> Vec<Statement> {
    T::ALL.iter().copied().map(statement).collect()
}

fn each_set<T: Domain>(statement: impl Fn(ValueSet<T>) -> Statement) -> Vec<Statement> {
    sets().into_iter().map(statement).collect()
}

fn each_place_and_set<T: Domain>(statement: impl Fn(Place, ValueSet<T>) -> Statement) -> Vec<Statement> {
    let places = places();
    sets()
        .into_iter()
        .flat_map(|set| places.iter().map(|place| statement(*place, set)).collect::<Vec<_>>())
        .collect()
}

fn counts() -> Vec<Count> {
    [0, 1, 2, 3, 17, u32::MAX].into_iter().flat_map(|n| [Count::Exactly(n), Count::AtLeast(n)]).collect()
}

fn amounts() -> Vec<Amount> {
    let drawn = [0, 1, 10, 100, 999, 1000, 1010, 3500, 12_345_678, -1, -2500, i64::MAX, -i64::MAX];
    drawn.into_iter().map(Amount::from_thousandths).collect()
}

fn dates() -> Vec<PartialDate> {
    let texts = ["1960", "1960-02", "1960-02-03", "2026-11-22T08:00:00+08:00", "2026-11-22T08:00:00.5Z"];
    let single: Vec<PartialDate> = texts.iter().map(|text| PartialDate::parse(text).unwrap()).collect();
    let pair = PartialDate::spanning(&single[2], &single[3]);
    let mut dates =
        vec![PartialDate::spanning(&single[3], &single[0]), PartialDate::spanning(&pair, &single[1]), pair];
    dates.extend(single);
    dates
}

fn sectors() -> Vec<WbbSectors> {
    (1..1u16 << 12)
        .filter_map(|bits| WbbSectors::new((1..=12).filter(|sector| bits >> (sector - 1) & 1 == 1)))
        .collect()
}

/// Every statement of the variant of the one given. A new variant does not compile until it is here.
fn all_like(variant: &Statement) -> Vec<Statement> {
    match variant {
        Statement::BirthDate(_) => dates().into_iter().map(Statement::BirthDate).collect(),
        Statement::Karnofsky(_) => each_set(Statement::Karnofsky),
        Statement::Ecog(_) => each_set(Statement::Ecog),
        Statement::Primary(_) => each(Statement::Primary),
        Statement::PrimarySpinalTumour | Statement::BoneMetastasis => vec![variant.clone()],
        Statement::SpinalMetastasis(_) => places().into_iter().map(Statement::SpinalMetastasis).collect(),
        Statement::VertebralCount(_) => counts().into_iter().map(Statement::VertebralCount).collect(),
        Statement::ExtraspinalBoneMetastasis(_) => each(Statement::ExtraspinalBoneMetastasis),
        Statement::ExtraspinalCount(_) => counts().into_iter().map(Statement::ExtraspinalCount).collect(),
        Statement::BoneExtent(_) => each(Statement::BoneExtent),
        Statement::VisceralMetastasis(_) => each(Statement::VisceralMetastasis),
        Statement::VisceralStatus(_) => each_set(Statement::VisceralStatus),
        Statement::Frankel(_) => each_set(Statement::Frankel),
        Statement::AsiaImpairment(_) => each_set(Statement::AsiaImpairment),
        Statement::Escc(..) => each_place_and_set(Statement::Escc),
        Statement::Pain(..) => each_place_and_set(Statement::Pain),
        Statement::Lesion(..) => each_place_and_set(Statement::Lesion),
        Statement::Alignment(..) => each_place_and_set(Statement::Alignment),
        Statement::Collapse(..) => each_place_and_set(Statement::Collapse),
        Statement::Posterolateral(..) => each_place_and_set(Statement::Posterolateral),
        Statement::TomitaType(..) => each_place_and_set(Statement::TomitaType),
        Statement::WbbSectors(..) => {
            let at = |place: Place| {
                sectors().into_iter().map(move |sectors| Statement::WbbSectors(place, sectors))
            };
            places().into_iter().flat_map(at).collect()
        }
        Statement::Answered(..) => {
            let asked = |question| {
                let answers = move |place| each(move |answer| Statement::Answered(question, place, answer));
                places().into_iter().flat_map(answers)
            };
            Question::ALL.iter().copied().flat_map(asked).collect()
        }
        Statement::BreastReceptors(_) => each_set(Statement::BreastReceptors),
        Statement::Driver(..) => {
            Driver::ALL.iter().flat_map(|driver| each(|answer| Statement::Driver(*driver, answer))).collect()
        }
        Statement::VisceralPattern(_) => each_set(Statement::VisceralPattern),
        Statement::Laboratory(..) => Analyte::ALL.iter().flat_map(|analyte| measurements(*analyte)).collect(),
        Statement::Drug(..) => {
            Drug::ALL.iter().flat_map(|drug| each(|taken| Statement::Drug(*drug, taken))).collect()
        }
        Statement::Procedure(..) => {
            let done = |procedure| {
                let states = move |place| each(move |state| Statement::Procedure(procedure, state, place));
                places().into_iter().flat_map(states)
            };
            Procedure::ALL.iter().copied().flat_map(done).collect()
        }
        Statement::Event(_) => each(Statement::Event),
    }
}

fn measurements(analyte: Analyte) -> Vec<Statement> {
    let kinds = [Measured::Exactly, Measured::Below, Measured::AtMost, Measured::Above, Measured::AtLeast];
    let measured = |amount| kinds.map(|kind| Statement::Laboratory(analyte, kind(amount)));
    amounts().into_iter().flat_map(measured).collect()
}

/// One statement of each variant.
fn variants() -> Vec<Statement> {
    let at = Place::Unstated;
    vec![
        Statement::BirthDate(PartialDate::parse("1960").unwrap()),
        Statement::Karnofsky(ValueSet::EMPTY),
        Statement::Ecog(ValueSet::EMPTY),
        Statement::Primary(PrimarySite::ALL[0]),
        Statement::PrimarySpinalTumour,
        Statement::SpinalMetastasis(at),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::BoneMetastasis,
        Statement::ExtraspinalBoneMetastasis(BoneSite::Rib),
        Statement::ExtraspinalCount(Count::Exactly(1)),
        Statement::BoneExtent(BoneExtent::Solitary),
        Statement::VisceralMetastasis(Organ::Liver),
        Statement::VisceralStatus(ValueSet::EMPTY),
        Statement::Frankel(ValueSet::EMPTY),
        Statement::AsiaImpairment(ValueSet::EMPTY),
        Statement::Escc(at, ValueSet::EMPTY),
        Statement::Pain(at, ValueSet::EMPTY),
        Statement::Lesion(at, ValueSet::EMPTY),
        Statement::Alignment(at, ValueSet::EMPTY),
        Statement::Collapse(at, ValueSet::EMPTY),
        Statement::Posterolateral(at, ValueSet::EMPTY),
        Statement::TomitaType(at, ValueSet::EMPTY),
        Statement::WbbSectors(at, WbbSectors::new([4]).unwrap()),
        Statement::Answered(Question::ALL[0], at, Answer::Yes),
        Statement::BreastReceptors(ValueSet::EMPTY),
        Statement::Driver(Driver::Egfr, Answer::No),
        Statement::VisceralPattern(ValueSet::EMPTY),
        Statement::Laboratory(Analyte::Crp, Measured::Exactly(Amount::from_thousandths(1))),
        Statement::Drug(Drug::ALL[0], DrugUse::Given),
        Statement::Procedure(Procedure::Biopsy, ProcedureState::Done, at),
        Statement::Event(Event::Fall),
    ]
}

#[test]
fn every_statement_is_read_back_from_its_text() {
    let mut read = 0;
    for variant in variants() {
        for statement in all_like(&variant) {
            let text = statement.to_string();
            assert_eq!(text.parse::<Statement>().as_ref(), Ok(&statement), "{text}");
            read += 1;
        }
    }
    assert!(read > 100_000, "{read}");
}

#[test]
fn other_text_is_no_statement() {
    let texts = [
        "",
        " ",
        "=",
        "karnofsky = 75",
        "karnofsky = 80|70",
        "karnofsky =  80",
        "karnofsky = 80 ",
        "karnofsky = 80|80",
        "karnofsky at T12 = 80",
        " karnofsky = 80",
        "Karnofsky = 80",
        "escc at T13 = 1a",
        "escc at  = 1a",
        "vertebral-count = +1",
        "vertebral-count = 01",
        "vertebral-count <= 1",
        "vertebral-count = 4294967296",
        "birth-date = 1960-02-30",
        "birth-date = ",
        "birth-date > 1960",
        "albumin = 3.50 g/dL",
        "albumin = 3.5",
        "albumin = 3.5 mg/dL",
        "albumin = 3.5e1 g/dL",
        "albumin = .5 g/dL",
        "albumin = -0 g/dL",
        "albumin = 99999999999999999999 g/dL",
        "wbb-sectors at T12 = 5,4",
        "wbb-sectors at T12 = 13",
        "wbb-sectors at T12 = 0",
        "wbb-sectors at T12",
        "driver egfr",
        "driver = yes",
        "driver xyz = yes",
        "primary-spinal-tumour = yes",
        "bone-metastasis at T12",
        "procedure fixation = done at T12",
        "event = fell",
        "unknown-thing = yes",
        "spinal-metastasis at T12 at T12",
    ];
    for text in texts {
        assert_eq!(text.parse::<Statement>(), Err(IllegibleStatement), "{text}");
    }
}
