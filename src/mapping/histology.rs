//! Histology makes a primary tumour more exact than its site does, and overrides the site: a carcinoid of the lung is a
//! carcinoid. It stands in an extension of the Condition, or in an Observation of its own.

use spinemet_engine::clinical::{Evidence, Fact, Statement};

use super::decision::{Decision, Ignored, NearMiss, Outcome};
use super::input::{Histology, Input, Reading};
use super::set::MappingSet;
use super::{Found, Mapped};
use crate::fhir::{CodeableConcept, canonical_reference};

/// What an Observation says of the histology of a tumour that stands elsewhere in the record.
pub(super) struct Refinement {
    /// The Conditions that it is about; none where it does not say.
    pub focus: Vec<String>,
    pub histology: Histology,
    pub evidence: Evidence,
}

impl Histology {
    /// A primary tumour of this histology.
    fn refine(self, statement: &Statement) -> Result<Statement, NearMiss> {
        match (self, statement) {
            (Self::Metastatic, Statement::Primary(_)) => Err(NearMiss::HistologyDisagrees),
            (Self::Always(group), Statement::Primary(_)) => Ok(Statement::Primary(group)),
            (Self::Within(site, group), Statement::Primary(known)) if *known == site => {
                Ok(Statement::Primary(group))
            }
            (_, same) => Ok(same.clone()),
        }
    }
}

impl MappingSet {
    /// What a concept says of histology.
    pub(super) fn histology(&self, concept: &CodeableConcept<'_>) -> Option<Histology> {
        let (_, meaning) = self.meaning(concept).ok().flatten()?;
        meaning.of(Input::Histology).find_map(|reading| match reading {
            Reading::Histology(histology) => Some(*histology),
            _ => None,
        })
    }

    /// The facts of a Condition in the light of the histology in its extension.
    pub(super) fn refined(&self, found: Vec<Found>, morphology: &[CodeableConcept<'_>]) -> Vec<Found> {
        let known: Vec<Histology> = morphology.iter().filter_map(|concept| self.histology(concept)).collect();
        let refine = |found: Found| {
            let Found::Fact(fact) = found else { return found };
            let refined = known.iter().try_fold(fact.statement.clone(), |said, next| next.refine(&said));
            match refined {
                Ok(statement) => Found::Fact(Fact { statement, evidence: fact.evidence }),
                Err(reason) => Found::Nothing(Outcome::NearMiss {
                    rule: Some(fact.evidence.rule),
                    element: "Condition.extension".to_owned(),
                    reason,
                }),
            }
        };
        found.into_iter().map(refine).collect()
    }
}

impl Mapped {
    /// Lets an Observation of histology refine the tumour that it is about: the Condition it names, else the only one.
    pub(super) fn refine(&mut self, position: usize, refinement: Refinement) {
        let outcome = self.refined(refinement);
        self.decisions.push(Decision { resource: position, outcome });
    }

    fn refined(&mut self, refinement: Refinement) -> Outcome {
        let Refinement { focus, histology, evidence } = refinement;
        if matches!(histology, Histology::AsSite | Histology::Metastatic) {
            return Outcome::Ignored(Ignored::ByRule);
        }
        let focus: Vec<String> = focus.iter().map(|reference| canonical_reference(reference)).collect();
        let is_about = |fact: &Fact| {
            matches!(fact.statement, Statement::Primary(_))
                && (focus.is_empty() || focus.contains(&fact.evidence.resource))
        };
        let mut tumours: Vec<&mut Fact> = self.facts.iter_mut().filter(|fact| is_about(fact)).collect();
        let is_one = tumours.windows(2).all(|pair| match pair {
            [a, b] => a.evidence.resource == b.evidence.resource,
            _ => true,
        });
        let alone = match histology {
            Histology::Always(group) if tumours.is_empty() => Some(Statement::Primary(group)),
            _ => None,
        };
        let mut said = alone;
        for tumour in tumours.iter_mut().filter(|_| is_one) {
            let Ok(statement) = histology.refine(&tumour.statement) else { continue };
            for decision in &mut self.decisions {
                match &mut decision.outcome {
                    Outcome::Mapped { statement: told, rule }
                        if *told == tumour.statement && *rule == tumour.evidence.rule =>
                    {
                        told.clone_from(&statement);
                    }
                    _ => {}
                }
            }
            tumour.statement.clone_from(&statement);
            said = Some(statement);
        }
        match said {
            Some(statement) => {
                let rule = evidence.rule.clone();
                self.facts.push(Fact { statement: statement.clone(), evidence });
                Outcome::Mapped { statement, rule }
            }
            None => Outcome::NearMiss {
                rule: Some(evidence.rule),
                element: "Observation.focus".to_owned(),
                reason: NearMiss::SiteMissing,
            },
        }
    }
}
