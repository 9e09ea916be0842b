//! Pictures for tests of the guidance: a record with some inputs answered that no record carries yet.

use spinemet_engine::clinical::TomitaType;
use spinemet_engine::clinical::{
    Alignment, Collapse, Escc, Lesion, Pain, Place, Posterolateral, Statement, Vertebra,
};
use spinemet_engine::guidance::{Input, Picture, TreatmentOption, Verdict, VerdictKind, judge, judge_all};

use crate::record::case_now;

pub const T10: Place = Place::At(Vertebra::T10);

/// A level that SINS calls stable, T10: 1 + 0 + 0 + 0 + 0 + 0.
pub fn stable_level() -> Vec<Statement> {
    vec![
        Statement::SpinalMetastasis(T10),
        Statement::Pain(T10, Pain::PainFree.into()),
        Statement::Lesion(T10, Lesion::Blastic.into()),
        Statement::Alignment(T10, Alignment::Normal.into()),
        Statement::Collapse(T10, Collapse::NoCollapse.into()),
        Statement::Posterolateral(T10, Posterolateral::Uninvolved.into()),
    ]
}

pub fn picture(statements: Vec<Statement>) -> Picture {
    Picture::from(&case_now(statements))
}

/// A picture of the stable level with more statements.
pub fn stable_with(more: impl IntoIterator<Item = Statement>) -> Picture {
    picture(stable_level().into_iter().chain(more).collect())
}

pub fn first(option: TreatmentOption, picture: &Picture) -> Verdict {
    let level = picture.levels.first();
    let per_level =
        judge_all(picture).iter().any(|verdict| verdict.option == option && verdict.place.is_some());
    judge(option, &picture.patient, level.filter(|_| per_level))
}

pub fn kind(option: TreatmentOption, picture: &Picture) -> VerdictKind {
    first(option, picture).kind
}

pub fn answering(mut picture: Picture, answers: &[(Input, bool)]) -> Picture {
    for (input, answer) in answers {
        picture.patient = picture.patient.answering(*input, *answer);
        for level in &mut picture.levels {
            *level = level.answering(*input, *answer);
        }
    }
    picture
}

pub fn of_type(mut picture: Picture, tomita_type: TomitaType) -> Picture {
    for level in &mut picture.levels {
        *level = level.of_type(tomita_type);
    }
    picture
}

pub fn escc(grade: Escc) -> Statement {
    Statement::Escc(T10, grade.into())
}
