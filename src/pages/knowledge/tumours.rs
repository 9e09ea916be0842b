//! Where each primary tumour falls.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, PrimarySite, ValueSet};
use spinemet_engine::guidance::{Truth, definition, hypervascular, radiosensitivity};
use spinemet_engine::scoring::{AssignmentStatus, Graded, tokuhashi, tomita};

use super::Named;
use crate::texts::Speaker;

/// A primary tumour with its places in the scores and its biology.
#[derive(Debug, Serialize)]
pub(super) struct Tumour<'t> {
    #[serde(rename = "tumour")]
    pub(super) name: Named<'t>,
    pub(super) tomita: Assignment<'t>,
    pub(super) tokuhashi: Assignment<'t>,
    pub(super) radiotherapy: Named<'t>,
    /// The rules that speak of the class.
    pub(super) radiotherapy_rules: Vec<&'static str>,
    /// Whether deposits are rich in vessels; null where imaging decides.
    pub(super) hypervascular: Option<bool>,
}

/// The groups of a score that a tumour may fall into, and on what ground.
#[derive(Debug, Serialize)]
pub(super) struct Assignment<'t> {
    pub(super) groups: Vec<Group<'t>>,
    pub(super) ground: Named<'t>,
}

/// A group of a score's item for the primary tumour, with its points.
#[derive(Debug, Serialize)]
pub(super) struct Group<'t> {
    #[serde(rename = "group")]
    pub(super) name: Named<'t>,
    pub(super) points: u8,
}

pub(super) fn all(speaker: Speaker<'_>) -> Vec<Tumour<'_>> {
    PrimarySite::ALL.iter().map(|site| of(speaker, *site)).collect()
}

fn of(speaker: Speaker<'_>, site: PrimarySite) -> Tumour<'_> {
    let class = radiosensitivity(site);
    Tumour {
        name: Named::of(speaker, "primary-site", site.key()),
        tomita: assignment(speaker, tomita::growth(site)),
        tokuhashi: assignment(speaker, tokuhashi::primary_group(site)),
        radiotherapy: Named::of(speaker, "radiosensitivity", class.key()),
        radiotherapy_rules: definition::of_radiosensitivity(class).iter().map(|rule| rule.id).collect(),
        hypervascular: match hypervascular(site) {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        },
    }
}

fn assignment<G: Graded>(
    speaker: Speaker<'_>,
    (groups, ground): (ValueSet<G>, AssignmentStatus),
) -> Assignment<'_> {
    let section = format!("value.{}", G::NAME);
    Assignment {
        groups: groups
            .iter()
            .map(|group| Group { name: Named::of(speaker, &section, group.key()), points: group.points() })
            .collect(),
        ground: Named::of(speaker, "assignment", ground.key()),
    }
}
