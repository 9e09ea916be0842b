//! That the kinds which a verdict can still take, and the inputs which it hinges on, are exactly what trying every answer to
//! everything that is open gives, for any record.

use spinemet_engine::clinical::{
    BoneExtent, Collapse, Count, Domain, Escc, ExtraspinalCount, Frankel, Karnofsky, Lesion, Pain,
    Posterolateral, PrimarySite, Statement, TomitaType, ValueSet, VertebralCount, VisceralState,
};
use spinemet_engine::guidance::{
    Input, LevelPicture, OptionScope, PatientPicture, Picture, Predicate, TreatmentOption, Truth,
    VerdictKind, judge,
};

use crate::pictures::{T10, answering, picture, stable_with};
use crate::properties::patient;
use crate::record::Sequence;

/// The open inputs that bear on an option as it stands: those of its undecided criteria, with those that settle them. Counts
/// settle the extent, grade and extent narrow the type, and a grade overrules what was stated of compression and distance.
fn open_inputs(
    option: TreatmentOption,
    patient: &PatientPicture,
    level: Option<&LevelPicture>,
) -> Vec<Input> {
    let is_open = |input: &Input| patient.is_open(*input) || level.is_some_and(|level| level.is_open(*input));
    let yields = |predicate| {
        matches!(predicate, Predicate::NoNeuralCompression | Predicate::WithinOneCentimetreOfCord)
    };
    let criteria = option.table().criteria().filter(|(role, _)| role.is_decisive());
    let undecided = criteria.map(|(_, criterion)| criterion.predicate).filter(|predicate| {
        predicate.truth(patient, level) == Truth::Unknown || yields(*predicate) && is_open(&Input::Escc)
    });
    let mut inputs: ValueSet<Input> =
        undecided.flat_map(|predicate| predicate.inputs().iter().copied()).collect();
    if inputs.contains(Input::TomitaType) {
        inputs = inputs.union([Input::Escc, Input::BoneExtent].into_iter().collect());
    }
    if inputs.contains(Input::BoneExtent) {
        inputs = inputs.union([Input::VertebralCount, Input::ExtraspinalCount].into_iter().collect());
    }
    inputs.iter().filter(is_open).collect()
}

/// A judgement that goes before other findings may also stay away.
const OVERRIDES: [Input; 7] = [
    Input::GoodGeneralCondition,
    Input::SurvivalOverSixMonths,
    Input::HypervascularOnImaging,
    Input::PosteriorElementsOnly,
    Input::PedicleInvolvement,
    Input::NeuralCompression,
    Input::WithinOneCentimetreOfCord,
];

/// Inputs of which one answer can make answers to another impossible.
const BOUND: [Input; 5] =
    [Input::VertebralCount, Input::ExtraspinalCount, Input::BoneExtent, Input::Escc, Input::TomitaType];

type Subject = (PatientPicture, Option<LevelPicture>);

/// The subject under every answer to an input; just itself where none is open.
fn answers((patient, level): Subject, input: Input) -> Vec<Subject> {
    if patient.is_open(input) {
        let answered = patient.variants(input).into_iter();
        answered.map(|patient| (patient, level.map(|level| level.inferring(&patient)))).collect()
    } else if let Some(open) = level.filter(|level| level.is_open(input)) {
        open.variants(input, &patient).into_iter().map(|level| (patient, Some(level))).collect()
    } else {
        vec![(patient, level)]
    }
}

/// An option whose verdict is open, and the surgical types that the record leaves.
struct Trial {
    option: TreatmentOption,
    types: ValueSet<TomitaType>,
}

impl Trial {
    /// What is said once everything is known; nothing where the answers cannot all be true, or still leave it open. A type that
    /// contradicts the record as it stands contradicts every completion, and excludes none.
    fn decided(&self, (patient, level): Subject) -> Option<VerdictKind> {
        let solitary = patient.bone.single() == Some(BoneExtent::Solitary);
        let counts = patient.vertebral.single().zip(patient.extraspinal.single());
        let one = (VertebralCount::One, ExtraspinalCount::Zero);
        let is_consistent =
            patient.bone.single().is_none() || counts.is_none_or(|counts| (counts == one) == solitary);
        let fits = level.is_none_or(|level| {
            let epidural = level.escc.single().is_some_and(|grade| grade != Escc::Grade0);
            let excluded =
                |kind| epidural && kind < TomitaType::Type4 || solitary && kind == TomitaType::Type7;
            self.types.iter().all(excluded) || !level.tomita_type.iter().all(excluded)
        });
        let kind = judge(self.option, &patient, level.as_ref()).kind;
        (is_consistent && fits && kind != VerdictKind::InsufficientData).then_some(kind)
    }

    /// The kinds that are reached by answering everything that is open.
    fn reached(&self, subject: Subject, inputs: &[Input]) -> ValueSet<VerdictKind> {
        let Some((input, rest)) = inputs.split_first() else {
            return self.decided(subject).into_iter().collect();
        };
        let stays_away = OVERRIDES.contains(input).then_some(subject);
        let all = answers(subject, *input).into_iter().chain(stays_away);
        all.fold(ValueSet::EMPTY, |kinds, subject| kinds.union(self.reached(subject, rest)))
    }

    /// Whether two answers to an input lead to other kinds, for some answers to the others.
    fn hinges(&self, subject: Subject, input: Input, inputs: &[Input]) -> bool {
        let others: Vec<Input> = inputs.iter().copied().filter(|other| *other != input).collect();
        let may_stay_open: &[Input] = if BOUND.contains(&input) { &BOUND } else { &[] };
        let subjects: Vec<Option<Subject>> = answers(subject, input).into_iter().map(Some).collect();
        self.differ(&subjects, may_stay_open, &others, &mut Vec::new())
    }

    /// Whether two of these subjects reach other kinds, the others of these inputs answered alike; of inputs that are bound to
    /// the one in question each may also stay open.
    fn differ(
        &self,
        subjects: &[Option<Subject>],
        may_stay_open: &[Input],
        inputs: &[Input],
        open: &mut Vec<Input>,
    ) -> bool {
        let Some((input, rest)) = inputs.split_first() else {
            let reached = subjects.iter().flatten().map(|subject| self.reached(*subject, open));
            let reached: Vec<ValueSet<VerdictKind>> = reached.filter(|kinds| !kinds.is_empty()).collect();
            return reached.iter().any(|kinds| *kinds != reached[0]);
        };
        let stays_open = |open: &mut Vec<Input>| self.differ(subjects, may_stay_open, rest, open);
        if may_stay_open.contains(input) {
            open.push(*input);
            let differs = stays_open(open);
            open.pop();
            if differs {
                return true;
            }
        } else if OVERRIDES.contains(input) && stays_open(open) {
            return true;
        }
        let answered: Vec<Vec<(String, Subject)>> = subjects
            .iter()
            .flatten()
            .map(|subject| {
                let each = answers(*subject, *input).into_iter();
                each.map(|answered| (value(&answered, *input), answered)).collect()
            })
            .collect();
        let mut values: Vec<&String> = answered.iter().flatten().map(|(value, _)| value).collect();
        values.sort();
        values.dedup();
        values.into_iter().any(|value| {
            // A judgement that what was answered before leaves nothing to say is alike whatever it says.
            let with = |answered: &Vec<(String, Subject)>| match answered.as_slice() {
                [(_, subject)] if !BOUND.contains(input) => Some(*subject),
                all => all.iter().find(|(other, _)| other == value).map(|(_, subject)| *subject),
            };
            let subjects: Vec<Option<Subject>> = answered.iter().map(with).collect();
            self.differ(&subjects, may_stay_open, rest, open)
        })
    }
}

/// What a subject says of an input.
fn value((patient, level): &Subject, input: Input) -> String {
    let of_level = |read: fn(&LevelPicture) -> String| level.as_ref().map(read).unwrap_or_default();
    match input {
        Input::Karnofsky => format!("{:?}", patient.karnofsky),
        Input::Primary => format!("{:?}", patient.primary),
        Input::VertebralCount => format!("{:?}", patient.vertebral),
        Input::ExtraspinalCount => format!("{:?}", patient.extraspinal),
        Input::BoneExtent => format!("{:?}", patient.bone),
        Input::Visceral => format!("{:?}", patient.visceral),
        Input::Frankel => format!("{:?}", patient.frankel),
        Input::BreastReceptors => format!("{:?}", patient.receptors),
        Input::SinsLocation => of_level(|level| format!("{:?}", level.location)),
        Input::SinsPain => of_level(|level| format!("{:?}", level.pain)),
        Input::SinsLesion => of_level(|level| format!("{:?}", level.lesion)),
        Input::SinsAlignment => of_level(|level| format!("{:?}", level.alignment)),
        Input::SinsCollapse => of_level(|level| format!("{:?}", level.collapse)),
        Input::SinsPosterolateral => of_level(|level| format!("{:?}", level.posterolateral)),
        Input::Escc => of_level(|level| format!("{:?}", level.escc)),
        Input::TomitaType => of_level(|level| format!("{:?}", level.tomita_type)),
        flag => format!("{:?} {:?}", patient.flag(flag), level.map(|level| level.flag(flag))),
    }
}

/// How many combinations of answers there are.
fn combinations((patient, level): Subject, inputs: &[Input]) -> usize {
    let answers = |input: &Input| {
        let own = patient.variants(*input).len();
        let level = level.map_or(0, |level| level.variants(*input, &patient).len());
        own.max(level) + usize::from(OVERRIDES.contains(input))
    };
    inputs.iter().map(answers).product()
}

/// A drawn patient of whom some is not on record, foci, grade and type most often.
fn gappy(sequence: &mut Sequence, round: usize) -> Vec<Statement> {
    let is_forgotten = |statement: &Statement| match statement {
        Statement::BoneExtent(_) | Statement::ExtraspinalCount(_) => !round.is_multiple_of(3),
        Statement::VertebralCount(_) => round % 3 == 2,
        Statement::TomitaType(..) | Statement::Escc(..) => round.is_multiple_of(5),
        _ => false,
    };
    let full = patient(sequence);
    full.into_iter().filter(|statement| !is_forgotten(statement) && sequence.below(12) > 0).collect()
}

/// Asserts that a verdict is what trying every answer gives, and tells the inputs that it hinges on.
fn assert_exact(option: TreatmentOption, subject: Subject) -> ValueSet<Input> {
    let (patient, level) = subject;
    let verdict = judge(option, &patient, level.as_ref());
    let inputs = open_inputs(option, &patient, level.as_ref());
    let trial = Trial { option, types: level.map_or(ValueSet::EMPTY, |level| level.tomita_type) };
    let hinges = inputs.iter().copied().filter(|input| trial.hinges(subject, *input, &inputs)).collect();
    let tried = (trial.reached(subject, &inputs), hinges, true);
    let what = (option, inputs, subject);
    assert_eq!((verdict.reachable, verdict.hinges_on, verdict.is_exact), tried, "{what:?}");
    hinges
}

/// Values that no criterion tells apart are tried once; that must not show.
#[test]
fn values_are_tried_by_class_and_nothing_is_lost() {
    let metastasis = || Statement::SpinalMetastasis(T10);
    let one = Statement::VertebralCount(Count::Exactly(1));
    let breast = Statement::Primary(PrimarySite::Breast);
    let cases = [
        (TreatmentOption::SupportiveCare, picture(vec![metastasis(), one])),
        (TreatmentOption::SupportiveCare, picture(vec![metastasis(), breast])),
        (TreatmentOption::VertebralAugmentation, augmentation_by_cord()),
        (TreatmentOption::RadiofrequencyAblation, ablation_by_cord()),
        (
            TreatmentOption::MicrowaveAblation,
            answering(
                picture(vec![metastasis()]),
                &[
                    (Input::SevereCoagulopathy, false),
                    (Input::CardiovascularDisease, false),
                    (Input::PulmonaryDysfunction, false),
                ],
            ),
        ),
        (TreatmentOption::TotalEnBlocSpondylectomy, spondylectomy_by_type()),
        (TreatmentOption::SsrsFirst, stable_with([])),
        (
            TreatmentOption::SeparationSurgerySsrs,
            answering(
                stable_with([]),
                &[
                    (Input::SurgicalTolerance, true),
                    (Input::SsrsWithin35Days, true),
                    (Input::Radiosensitivity, true),
                    (Input::PreoperativeEmbolisation, false),
                    (Input::HypervascularOnImaging, false),
                    (Input::NeurologicalProgression, true),
                ],
            ),
        ),
        (
            TreatmentOption::Biopsy,
            answering(
                picture(vec![metastasis()]),
                &[
                    (Input::NoCancerHistory, false),
                    (Input::PrimaryLongInactive, false),
                    (Input::NewSpinalLesion, false),
                    (Input::NeurologicalProgression, true),
                ],
            ),
        ),
    ];
    for (option, picture) in cases {
        let subject: Subject = (picture.patient, picture.levels.first().copied());
        assert_exact(option, subject);
    }
}

/// What of cement is open is the cord alone.
fn augmentation_by_cord() -> Picture {
    let level = picture(vec![
        Statement::SpinalMetastasis(T10),
        Statement::Pain(T10, Pain::Occasional.into()),
        Statement::Lesion(T10, Lesion::Lytic.into()),
        Statement::Collapse(T10, Collapse::UnderHalf.into()),
        Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
    ]);
    answering(
        level,
        &[
            (Input::PosteriorWallIntact, true),
            (Input::SevereCollapse, false),
            (Input::Infection, false),
            (Input::SevereCoagulopathy, false),
            (Input::PmmaAllergy, false),
            (Input::Pregnancy, false),
            (Input::NeuralCompression, false),
        ],
    )
}

/// What of a spondylectomy is open is the surgical type, which the grade narrows.
fn spondylectomy_by_type() -> Picture {
    let known = picture(vec![
        Statement::SpinalMetastasis(T10),
        Statement::Primary(PrimarySite::Kidney),
        Statement::Karnofsky(Karnofsky::K90.into()),
        Statement::VertebralCount(Count::Exactly(1)),
        Statement::ExtraspinalCount(Count::Exactly(0)),
        Statement::VisceralStatus(VisceralState::Absent.into()),
        Statement::Frankel(Frankel::E.into()),
    ]);
    answering(known, &[(Input::PrimaryControlled, true)])
}

/// What of ablation is open is the grade alone: it overrules the distance that was stated.
fn ablation_by_cord() -> Picture {
    let level =
        picture(vec![Statement::SpinalMetastasis(T10), Statement::Pain(T10, Pain::Occasional.into())]);
    answering(
        level,
        &[
            (Input::PainPalliation, true),
            (Input::WithinOneCentimetreOfCord, false),
            (Input::SevereCoagulopathy, false),
            (Input::Infection, false),
            (Input::SevereOrganFailure, false),
            (Input::DestructionWithParaplegiaRisk, false),
        ],
    )
}

/// For every option whose verdict is open, as far as there are few enough combinations to try.
#[test]
fn reach_and_hinges_are_what_trying_every_answer_gives() {
    let mut sequence = Sequence::new(71);
    let mut decisive: ValueSet<Input> = ValueSet::EMPTY;
    for round in 0..400 {
        let picture = picture(gappy(&mut sequence, round));
        for option in TreatmentOption::ALL.iter().copied() {
            let level = picture.levels.first().copied();
            let level = level.filter(|_| option.table().scope == OptionScope::Level);
            let subject: Subject = (picture.patient, level);
            let verdict = judge(option, &picture.patient, level.as_ref());
            let inputs = open_inputs(option, &picture.patient, level.as_ref());
            let is_open = verdict.kind == VerdictKind::InsufficientData;
            if is_open && verdict.is_exact && combinations(subject, &inputs) <= 150 {
                decisive = decisive.union(assert_exact(option, subject));
            }
        }
    }
    assert!(BOUND.iter().all(|input| decisive.contains(*input)), "{decisive:?}");
    assert!(decisive.len() > 30, "{decisive:?}");
}
