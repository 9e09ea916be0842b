//! Where each primary tumour falls.

use serde::Serialize;
use spinemet_engine::clinical::{Domain, PrimarySite, ValueSet};
use spinemet_engine::guidance::{Truth, definition, hypervascular, radiosensitivity};
use spinemet_engine::scoring::katagiri::{self, Treatability};
use spinemet_engine::scoring::{AssignmentStatus, Graded, bauer, tokuhashi, tomita, van_der_linden};

use super::Named;
use crate::texts::Speaker;

/// A primary tumour with its places in the scores and its biology.
#[derive(Debug, Serialize)]
pub(super) struct Tumour<'t> {
    #[serde(rename = "tumour")]
    pub(super) name: Named<'t>,
    pub(super) tomita: Assignment<'t>,
    pub(super) tokuhashi: Assignment<'t>,
    pub(super) modified_bauer: Assignment<'t>,
    /// Before anything is known of hormones and targeted drugs, on which some groups depend.
    pub(super) katagiri: Assignment<'t>,
    pub(super) van_der_linden: Assignment<'t>,
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
    /// Null where the score has a group for every tumour.
    pub(super) ground: Option<Named<'t>>,
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
        modified_bauer: group_of(speaker, bauer::primary(site)),
        katagiri: assignment(speaker, katagiri::growth(site, &nothing_known())),
        van_der_linden: group_of(speaker, van_der_linden::primary(site)),
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
    Assignment {
        groups: groups.iter().map(|group| self::group(speaker, group)).collect(),
        ground: Some(Named::of(speaker, "assignment", ground.key())),
    }
}

fn group_of<G: Graded>(speaker: Speaker<'_>, group: G) -> Assignment<'_> {
    Assignment { groups: vec![self::group(speaker, group)], ground: None }
}

fn group<G: Graded>(speaker: Speaker<'_>, group: G) -> Group<'_> {
    let section = format!("value.{}", G::NAME);
    Group { name: Named::of(speaker, &section, group.key()), points: group.points() }
}

fn nothing_known() -> Treatability {
    Treatability { hormone_dependent: ValueSet::all(), targeted: ValueSet::all() }
}
