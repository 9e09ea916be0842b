//! FHIR ConceptMaps of a site: local codes that mean what codes known here mean.
//!
//! Only what is said to be the same is used: `equal` and `equivalent` in R4, `equivalent` in R5. A wider or narrower
//! target would say more or less of the patient than was recorded, so that it is left aside and named.

use serde::Deserialize;
use serde_json::value::RawValue;
use spinemet_engine::clinical::CodeAsSent;

use super::error::{MappingError, MappingRemark};
use super::source::{Lines, MappingSource};

/// A code that means what another one means.
#[derive(Debug)]
pub(super) struct Translation {
    pub from: CodeAsSent,
    pub to: CodeAsSent,
    pub file: String,
    pub line: usize,
}

impl Translation {
    /// That the site says something else of the code elsewhere.
    pub fn clash(&self) -> MappingError {
        let reason = format!(
            "the code {} of {} already means something else in the site's own files: keep one of the two",
            self.from.code, self.from.system
        );
        MappingError::new(&self.file, self.line, reason)
    }

    /// That no rule knows the target.
    pub fn is_unknown(&self) -> MappingRemark {
        let reason = format!("not used: no rule knows the code {} of {}", self.to.code, self.to.system);
        MappingRemark { file: self.file.clone(), line: self.line, reason }
    }
}

#[derive(Deserialize)]
struct ConceptMap<'a> {
    #[serde(rename = "resourceType")]
    resource_type: String,
    status: Option<String>,
    #[serde(borrow, default)]
    group: Vec<Group<'a>>,
}

#[derive(Deserialize)]
struct Group<'a> {
    source: Option<String>,
    target: Option<String>,
    #[serde(borrow, default)]
    element: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Element {
    code: Option<String>,
    #[serde(default)]
    target: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    code: Option<String>,
    /// R4 and R4B.
    equivalence: Option<String>,
    /// R5.
    relationship: Option<String>,
    #[serde(rename = "dependsOn", default)]
    depends_on: Vec<Box<RawValue>>,
    #[serde(default)]
    product: Vec<Box<RawValue>>,
}

/// Reads a ConceptMap, and says what of it is not used.
pub(super) fn read(
    source: &MappingSource,
    translations: &mut Vec<Translation>,
    remarks: &mut Vec<MappingRemark>,
) -> Result<(), MappingError> {
    let file = source.name.as_str();
    let error = |line: usize, reason: &str| MappingError::new(file, line, reason.to_owned());
    let illegible = |line: usize, found: &serde_json::Error| {
        MappingError::new(file, line, format!("no ConceptMap: {found}"))
    };
    let map: ConceptMap<'_> =
        serde_json::from_str(&source.text).map_err(|found| illegible(found.line().max(1), &found))?;
    if map.resource_type != "ConceptMap" {
        return Err(error(1, "the resource is no ConceptMap, which is all that is read from *.json here"));
    }
    if map.status.as_deref() == Some("retired") {
        return Err(error(1, "the ConceptMap is retired: take it out of the site's files"));
    }
    let lines = Lines::of(&source.text);
    for (index, group) in map.group.iter().enumerate() {
        let (Some(from), Some(to)) = (&group.source, &group.target) else {
            let reason = format!("group[{index}] needs a source and a target system");
            return Err(MappingError::new(file, 1, reason));
        };
        for element in &group.element {
            let line = lines.at(offset(&source.text, element.get()));
            let element: Element =
                serde_json::from_str(element.get()).map_err(|found| illegible(line, &found))?;
            let Some(code) = element.code else {
                return Err(error(line, "an element needs a code"));
            };
            for target in element.target {
                match target.same_code() {
                    Ok(target) => translations.push(Translation {
                        from: CodeAsSent { system: without_version(from), code: code.clone() },
                        to: CodeAsSent { system: without_version(to), code: target },
                        file: file.to_owned(),
                        line,
                    }),
                    Err(reason) => remarks.push(MappingRemark {
                        file: file.to_owned(),
                        line,
                        reason: format!("not used: the code {code}: {reason}"),
                    }),
                }
            }
        }
    }
    Ok(())
}

impl Target {
    /// The target's code where it means the same without condition; else why it is not used.
    fn same_code(self) -> Result<String, String> {
        let Some(code) = self.code else { return Err("it has no target code".to_owned()) };
        let relation = self.relationship.as_deref().or(self.equivalence.as_deref());
        let is_same = match (self.relationship.as_deref(), self.equivalence.as_deref()) {
            (Some(relationship), _) => relationship == "equivalent",
            (None, Some(equivalence)) => matches!(equivalence, "equal" | "equivalent"),
            (None, None) => false,
        };
        if !is_same {
            return Err(match relation {
                Some(relation) => {
                    format!("its relation to {code} is \"{relation}\", not equal or equivalent")
                }
                None => format!("its relation to {code} is not said; it must be equal or equivalent"),
            });
        }
        if self.depends_on.is_empty() && self.product.is_empty() {
            Ok(code)
        } else {
            Err(format!("it is {code} on a condition only (dependsOn, product)"))
        }
    }
}

/// A system without the version that R5 may put behind it.
fn without_version(system: &str) -> String {
    system.split('|').next().unwrap_or(system).to_owned()
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}
