//! Answers to our own Questionnaire, whose links are the codes of our questions, or those of others with the short name of
//! their code system.

use std::borrow::Cow;

use super::Found;
use super::decision::{Ignored, NearMiss};
use super::observation::{Asked, Context, is_recognised};
use super::set::MappingSet;
use super::unread;
use super::variant;
use crate::fhir::{self, CodeableConcept, Coding, QuestionnaireResponse, Reader, Record, Resource};

/// Where our Questionnaires stand, and the code system of the links that name none.
const QUESTIONNAIRES: &str = "https://spinemet.org/fhir/Questionnaire/";
const FINDINGS: &str = "https://spinemet.org/fhir/CodeSystem/finding";

impl MappingSet {
    /// The question behind a link: `escc-grade` is a code of ours, `loinc|89243-0` one of LOINC.
    fn asked_by<'a>(&self, link: Cow<'a, str>) -> Coding<'a> {
        let of_others = self.systems.resolve(&link).ok().and_then(|(uris, code)| {
            let system = uris.first()?.clone();
            Some(Coding { system: system.into(), code: code.to_owned().into(), display: None })
        });
        of_others.unwrap_or(Coding { system: FINDINGS.into(), code: link, display: None })
    }

    pub(super) fn map_questionnaire_response<'a>(
        &self,
        reader: &mut Reader,
        _record: &Record<'a>,
        resource: &Resource<'a>,
        _code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let is_ours = fhir::questionnaire(reader, &resource.object)
            .is_some_and(|questionnaire| questionnaire.starts_with(QUESTIONNAIRES));
        if !is_ours {
            return Err(Ignored::CodeNotKnown);
        }
        let response = QuestionnaireResponse::read(reader, &resource.object, &|link| self.asked_by(link));
        let preliminary = match response.status.as_deref() {
            Some("completed" | "amended") => false,
            Some("in-progress") => true,
            Some(_) => return Err(Ignored::Status),
            None => {
                let element = "QuestionnaireResponse.status".to_owned();
                return Ok(vec![Found::near_miss(None, element, NearMiss::NoStatus)]);
            }
        };
        let mut found = Vec::new();
        let mut unread = Vec::new();
        for group in &response.groups {
            let asked = group
                .iter()
                .map(|(place, question)| (place.clone(), question, self.recognise(&question.code)));
            let (questions, others): (Vec<Asked<'_, '_, 'a>>, Vec<_>) = asked.partition(is_recognised);
            unread.extend(others);
            let context = Context {
                resource,
                effective: response.authored.clone(),
                preliminary,
                level: self.level(None, &questions),
                body_site: None,
                studied: variant::studied(&questions),
                focus: Vec::new(),
            };
            found.extend(self.answers(&context, &questions));
        }
        if found.is_empty() {
            return Err(Ignored::CodeNotKnown);
        }
        // The link stands beside the answers.
        let link = |place: &str| place.rsplit_once(".answer").map_or(place, |(item, _)| item).to_owned();
        let unread = unread.iter().map(|(place, question, _)| (format!("{}.linkId", link(place)), *question));
        unread::add(&mut found, unread);
        Ok(found)
    }
}
