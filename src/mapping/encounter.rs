//! Encounters: being in hospital is something that happened, since which older findings may be others (specification F.2).

use spinemet_engine::clinical::{Evidence, Fact, Statement};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading};
use super::set::MappingSet;
use super::{Found, evidence};
use crate::fhir::{self, CodeableConcept, Reader, Record, Resource};

impl MappingSet {
    #[expect(clippy::needless_pass_by_value, reason = "one signature for every resource that is mapped")]
    pub(super) fn map_encounter<'a>(
        &self,
        reader: &mut Reader,
        _record: &Record<'a>,
        resource: &Resource<'a>,
        class: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let element = "Encounter.class".to_owned();
        let (rule, meaning) = match self.meaning(&class) {
            Ok(Some((rule, meaning))) => (rule, meaning),
            Ok(None) => return Err(Ignored::CodeNotKnown),
            Err(reason) => return Ok(vec![Found::near_miss(None, element, reason)]),
        };
        if rule.input == Input::Ignored {
            return Err(Ignored::ByRule);
        }
        if rule.input != Input::Event {
            return Err(Ignored::CodeNotKnown);
        }
        match reader.string(&resource.object, "status").as_deref() {
            Some(status) if has_begun(status) => {}
            Some(_) => return Err(Ignored::Status),
            None => {
                let element = "Encounter.status".to_owned();
                return Ok(vec![Found::near_miss(Some(rule), element, NearMiss::NoStatus)]);
            }
        }
        if let Some(reason) = self.contradiction_in_words(&class, &meaning) {
            return Ok(vec![Found::near_miss(Some(rule), element, reason)]);
        }
        let evidence = Evidence {
            effective: fhir::encounter_start(reader, &resource.object),
            ..evidence(resource, rule, element, &class)
        };
        let events = meaning.of(Input::Event).filter_map(|reading| match reading {
            Reading::Statement(statement @ Statement::Event(_)) => {
                Some(Found::Fact(Fact { statement: statement.clone(), evidence: evidence.clone() }))
            }
            _ => None,
        });
        Ok(events.collect())
    }
}

/// Whether the patient has come, by the statuses of R4 and of R5.
fn has_begun(status: &str) -> bool {
    [
        "arrived",
        "triaged",
        "in-progress",
        "onleave",
        "finished",
        "on-hold",
        "discharged",
        "completed",
        "discontinued",
    ]
    .contains(&status)
}
