//! The mapping room: from the resources of a record to the facts that the engine understands.
//!
//! Driven by the files in `mappings/`, compiled into look-ups at start. A record is mapped resource by resource; each
//! becomes facts, or is ignored, or is a near miss, and every such [`Decision`] is kept with its reason. Nothing is
//! guessed: what cannot be read as exactly one meaning becomes no fact.

mod catalogue;
mod code_index;
mod concept_map;
mod condition;
mod decision;
mod doubt;
mod encounter;
mod error;
mod file;
mod histology;
mod input;
mod meaning;
mod measurement;
mod medication;
mod nearest;
mod observation;
mod order;
mod procedure;
mod products;
mod questionnaire;
mod rule;
mod sample;
mod schema;
mod set;
mod site;
mod source;
mod unmapped;
mod unread;
mod variant;
mod vocabulary;
mod word_index;
mod words;

use spinemet_engine::clinical::{Answer, CodeAsSent, Evidence, Fact, Place, Question, Statement};

use histology::Refinement;

use crate::fhir::{self, CodeableConcept, Demographics, Issue, Reader, Record, Resource};

pub use catalogue::{Catalogue, CatalogueEntry, EntryKind};
pub use decision::{Decision, Ignored, NearMiss, Outcome};
pub use error::{MappingError, MappingRemark};
pub use nearest::Neighbourhood;
pub use sample::{SampleFailure, check_samples};
pub use schema::schema;
pub use set::{MappingSet, RuleSource};
pub use source::{Form, Layer, MappingSource};
pub use unmapped::{AnswerShape, Sighting, Unmapped, UnmappedPlace, unmapped};
pub use vocabulary::{MappedCode, Topic, vocabulary};

/// What a record became.
#[derive(Debug, Default)]
pub struct Mapped {
    /// The facts.
    pub facts: Vec<Fact>,
    /// What became of each resource, in the order of the record.
    pub decisions: Vec<Decision>,
    /// What was wrong with the resources that were read.
    pub issues: Vec<Issue>,
    /// SINS totals as sent, each with the position of its resource: to be compared with what the items come to.
    pub sins_totals: Vec<(usize, SinsTotal)>,
    /// Whether a key stood twice in what was read: then nothing of this may be used.
    pub has_duplicate_key: bool,
}

/// A SINS total that somebody else has added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SinsTotal {
    /// The level.
    pub place: Place,
    /// The total.
    pub total: u8,
    /// Where it stands in its resource.
    pub element: String,
}

/// The facts of a Patient resource. The consensus asks of women alone whether they are pregnant (CN-3.4-VP-CI5).
fn demographic_facts(demographics: &Demographics, patient: &str) -> impl Iterator<Item = Fact> {
    let fact = |element: &str, rule: &str, statement: Statement| {
        let evidence = Evidence {
            resource: patient.to_owned(),
            version: None,
            element: element.to_owned(),
            rule: rule.to_owned(),
            code: None,
            effective: None,
            preliminary: false,
        };
        Fact { statement, evidence }
    };
    let born = demographics.birth_date.clone().map(Statement::BirthDate);
    let not_pregnant = Statement::Answered(Question::Pregnancy, Place::Unstated, Answer::No);
    let not_pregnant = demographics.is_male.then_some(not_pregnant);
    let born = born.map(|born| fact("Patient.birthDate", "patient/birth-date", born));
    born.into_iter().chain(not_pregnant.map(|answer| fact("Patient.gender", "patient/gender", answer)))
}

impl MappingSet {
    /// Maps every resource of a record.
    pub fn map(&self, record: &Record<'_>) -> Mapped {
        let mut mapped = Mapped::default();
        if let Some((demographics, patient)) = &record.demographics {
            mapped.facts.extend(demographic_facts(demographics, patient));
        }
        let (mut refinements, mut benign) = (Vec::new(), Vec::new());
        for (position, resource) in record.resources.iter().enumerate() {
            let mut reader = Reader::at(&resource.place);
            let mut decide = |outcome| mapped.decisions.push(Decision { resource: position, outcome });
            match self.map_resource(&mut reader, record, resource) {
                Ok(found) => {
                    for found in found {
                        match found {
                            Found::Fact(fact) => {
                                decide(mapped_to(&fact));
                                mapped.facts.push(fact);
                            }
                            Found::Nothing(outcome) => decide(outcome),
                            Found::SinsTotal(total) => {
                                decide(Outcome::Ignored(Ignored::ComparedOnly));
                                mapped.sins_totals.push((position, total));
                            }
                            Found::Benign(fact) => benign.push((position, fact)),
                            Found::Refinement(refinement) => refinements.push((position, *refinement)),
                        }
                    }
                }
                Err(reason) => decide(Outcome::Ignored(reason)),
            }
            mapped.has_duplicate_key |= reader.has_duplicate_key();
            mapped.issues.extend(reader.into_issues());
        }
        // Only now is every metastasis and every tumour of the record known.
        mapped.settle_benign(benign);
        for (position, refinement) in refinements {
            mapped.refine(position, refinement);
        }
        mapped
    }

    /// Maps one resource: what its questions gave, or why it was left aside as a whole. Its code is read first, and the
    /// rest only where a rule knows the code.
    fn map_resource(
        &self,
        reader: &mut Reader,
        record: &Record<'_>,
        resource: &Resource<'_>,
    ) -> Result<Vec<Found>, Ignored> {
        let map = match resource.kind.as_ref() {
            "Observation" => Self::map_observation,
            // An allergy is a disease on record: a code that answers a question with "yes".
            "Condition" | "AllergyIntolerance" => Self::map_condition,
            "QuestionnaireResponse" => Self::map_questionnaire_response,
            "Encounter" => Self::map_encounter,
            "Procedure" | "ServiceRequest" | "Appointment" => Self::map_procedure,
            "MedicationRequest"
            | "MedicationStatement"
            | "MedicationUsage"
            | "MedicationAdministration"
            | "MedicationDispense" => Self::map_medication,
            _ => return Err(Ignored::TypeNotRead),
        };
        let code = code_of(reader, record, resource).ok_or(Ignored::NoCode)?;
        let found = map(self, reader, record, resource, code)?;
        if found.iter().all(|found| matches!(found, Found::Nothing(Outcome::Ignored(_)))) {
            return Ok(found);
        }
        if resource.object.get("modifierExtension").is_some() {
            return Err(Ignored::ModifierExtension);
        }
        let own = fhir::subject(reader, &resource.object);
        let of_container = resource.container.as_ref().and_then(|container| container.subject.as_deref());
        let subject = own.as_deref().or(of_container);
        if !record.is_about_patient(subject) {
            reader.report(Issue::warning(
                fhir_wire::IssueType::Invalid,
                "The resource is about another subject than the patient of this record; it was not used.",
            ));
            return Err(Ignored::OtherSubject);
        }
        Ok(found)
    }
}

impl Mapped {
    /// A benign tumour of the spine says what the lesion is, where no metastasis of it is on record. Beside one it is another
    /// lesion, such as one of the many haemangiomas, and takes nobody out of what is for metastases.
    fn settle_benign(&mut self, benign: Vec<(usize, Fact)>) {
        let is_metastasis = |fact: &Fact| {
            matches!(fact.statement, Statement::SpinalMetastasis(_) | Statement::BoneMetastasis)
        };
        let is_beside_metastasis = self.facts.iter().any(is_metastasis);
        for (resource, fact) in benign {
            let outcome = if is_beside_metastasis {
                Outcome::Ignored(Ignored::BesideMetastasis)
            } else {
                mapped_to(&fact)
            };
            self.decisions.push(Decision { resource, outcome });
            self.facts.extend((!is_beside_metastasis).then_some(fact));
        }
    }
}

/// The code by which a resource is mapped.
pub fn code_of<'a>(
    reader: &mut Reader,
    record: &Record<'a>,
    resource: &Resource<'a>,
) -> Option<CodeableConcept<'a>> {
    match resource.kind.as_ref() {
        // Its questions have the codes.
        "QuestionnaireResponse" => Some(CodeableConcept::default()),
        "Appointment" => fhir::appointment(reader, record, &resource.object),
        "Encounter" => fhir::encounter_class(reader, &resource.object),
        kind if kind.starts_with("Medication") => fhir::medication(reader, record, &resource.object),
        _ => fhir::code(reader, &resource.object),
    }
}

/// The evidence of a fact that a rule read from an element of a resource: without a date, and final, unless more is known.
fn evidence(
    resource: &Resource<'_>,
    rule: &rule::Rule,
    element: String,
    code: &CodeableConcept<'_>,
) -> Evidence {
    Evidence {
        resource: resource.reference.clone(),
        version: resource.version(),
        element,
        rule: rule.id.clone(),
        code: code_as_sent(code),
        effective: None,
        preliminary: false,
    }
}

/// The first code of a concept as sent, else its text.
fn code_as_sent(concept: &CodeableConcept<'_>) -> Option<CodeAsSent> {
    let coding = concept.coding.first();
    let by_code = coding.map(|coding| CodeAsSent {
        system: coding.system.clone().into_owned(),
        code: coding.code.clone().into_owned(),
    });
    by_code.or_else(|| {
        let text = concept.text.as_ref()?;
        Some(CodeAsSent { system: String::new(), code: text.clone().into_owned() })
    })
}

/// What one question or code of a resource gave.
enum Found {
    /// A fact.
    Fact(Fact),
    /// None, and why.
    Nothing(Outcome),
    /// A SINS total, to be compared with the items.
    SinsTotal(SinsTotal),
    /// A benign tumour of the spine, which counts unless a metastasis is on record.
    Benign(Fact),
    /// Something about a tumour that stands elsewhere in the record.
    Refinement(Box<Refinement>),
}

/// What became of a question whose answer is a fact.
fn mapped_to(fact: &Fact) -> Outcome {
    Outcome::Mapped { statement: fact.statement.clone(), rule: fact.evidence.rule.clone() }
}

impl Found {
    fn ignored(reason: Ignored) -> Self {
        Self::Nothing(Outcome::Ignored(reason))
    }

    fn near_miss(rule: Option<&rule::Rule>, element: String, reason: NearMiss) -> Self {
        Self::Nothing(Outcome::NearMiss { rule: rule.map(|rule| rule.id.clone()), element, reason })
    }
}
