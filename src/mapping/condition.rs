//! Conditions: a code that is itself the statement, made more exact by the body site.

use spinemet_engine::clinical::{Evidence, Fact, Place, Statement};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading, at, is_about_level};
use super::meaning::Meaning;
use super::procedure::Where;
use super::rule::Rule;
use super::set::MappingSet;
use super::site::{BodySite, SentSite, Site};
use super::words::run_together;
use super::{Found, evidence};
use crate::fhir::{CodeableConcept, Condition, Reader, Record, Resource, Status};

impl MappingSet {
    pub(super) fn map_condition<'a>(
        &self,
        reader: &mut Reader,
        record: &Record<'a>,
        resource: &Resource<'a>,
        code: CodeableConcept<'a>,
    ) -> Result<Vec<Found>, Ignored> {
        let near_miss = |reason| Ok(vec![Found::near_miss(None, format!("{}.code", resource.kind), reason)]);
        let (rule, meaning, site) = match (self.meaning(&code), self.meaning_at_site(&code)) {
            (Ok(Some((rule, meaning))), _) => (rule, meaning, None),
            (Ok(None), Some((rule, meaning, site))) => (rule, meaning, Some(site)),
            (Ok(None), None) if self.is_of_unknown_system(&code) => {
                return near_miss(NearMiss::UnknownSystem);
            }
            (Ok(None), None) => match self.rule_of_words(&code) {
                Some(rule) if is_of_diagnoses(rule) => return near_miss(NearMiss::WordsOfUnknownCode),
                _ => return Err(Ignored::CodeNotKnown),
            },
            (Err(reason), _) => return near_miss(reason),
        };
        if rule.input == Input::Ignored {
            return Err(Ignored::ByRule);
        }
        if !is_of_diagnoses(rule) {
            return Err(Ignored::CodeNotKnown);
        }
        let mut condition = Condition::read(reader, record, &resource.object, code);
        let verification = condition.verification_status.take();
        condition.verification_status = verification.and_then(|status| status.without(&self.no_statuses));
        let mut sites = SentSite::of(resource, std::mem::take(&mut condition.body_site));
        if !self.add_named_site(resource, &mut sites, site) {
            let element = format!("{}.bodySite", resource.kind);
            return Ok(vec![Found::near_miss(Some(rule), element, NearMiss::SiteContradictsCode)]);
        }
        if let Some(elsewhere) = self.elsewhere(rule, &meaning, &sites) {
            return Ok(elsewhere);
        }
        let mut found = Vec::new();
        for (input, reading) in &meaning.said {
            // A primary tumour that was removed or is in remission is still the origin of the metastases; a benign one is of none.
            let may_be_over = matches!(input, Input::Primary | Input::PrimarySpinalTumour | Input::Event)
                && *reading != Reading::BenignSpinalTumour;
            match standing(&condition, may_be_over) {
                Standing::Counts { preliminary } => {
                    let said = self.said(resource, &condition, &sites, rule, reading.clone(), preliminary);
                    found.extend(self.refined(said, &condition.morphology));
                }
                Standing::Ignored(reason) => found.push(Found::ignored(reason)),
                Standing::NotKnown(element) => {
                    let element = format!("{}.{element}", resource.kind);
                    found.push(Found::near_miss(Some(rule), element, NearMiss::StatusNotKnown));
                }
            }
        }
        let says_something = found.iter().any(|found| matches!(found, Found::Fact(_) | Found::Benign(_)));
        if !says_something {
            return Ok(found);
        }
        let is_doubted =
            |category: &CodeableConcept<'_>| category.words().any(|words| self.doubts.are_in(words));
        let contradiction = match self.contradiction_in_words(&condition.code, &meaning) {
            Some(reason) => Some(("code", reason)),
            None if condition.category.iter().any(is_doubted) => Some(("category", NearMiss::LabelInDoubt)),
            None => None,
        };
        Ok(match contradiction {
            Some((element, reason)) => {
                vec![Found::near_miss(Some(rule), format!("{}.{element}", resource.kind), reason)]
            }
            None => found,
        })
    }

    /// What becomes of a diagnosis that counts in the spine only, where it is not known to be there.
    fn elsewhere(&self, rule: &Rule, meaning: &Meaning, sites: &[SentSite<'_>]) -> Option<Vec<Found>> {
        if !meaning.only_in_spine {
            return None;
        }
        let unknown = sites.iter().filter(|site| self.site_of(&site.concept).is_none());
        match self.site_in_spine(sites.iter().map(|site| &site.concept)) {
            Where::Spine(_) if !sites.is_empty() => None,
            Where::Unknown if unknown.clone().next().is_some() => Some(
                unknown
                    .map(|site| Found::near_miss(Some(rule), site.element.clone(), NearMiss::SiteNotKnown))
                    .collect(),
            ),
            _ => Some(vec![Found::ignored(Ignored::NotTheSpine)]),
        }
    }

    /// The facts of one thing that a Condition says.
    fn said(
        &self,
        resource: &Resource<'_>,
        condition: &Condition<'_>,
        sites: &[SentSite<'_>],
        rule: &Rule,
        reading: Reading,
        preliminary: bool,
    ) -> Vec<Found> {
        let fact = |statement, element| Fact {
            statement,
            evidence: Evidence {
                effective: condition.since.clone(),
                preliminary,
                ..evidence(resource, rule, element, &condition.code)
            },
        };
        match reading {
            Reading::Statement(statement) if is_about_level(&statement) => {
                self.at_levels(rule, &statement, sites, &resource.kind, fact)
            }
            Reading::Statement(statement) => {
                vec![Found::Fact(fact(statement, format!("{}.code", resource.kind)))]
            }
            Reading::BenignSpinalTumour => {
                vec![Found::Benign(fact(Statement::PrimarySpinalTumour, format!("{}.code", resource.kind)))]
            }
            located => self.located(rule, &located, sites, &resource.kind, fact),
        }
    }

    /// The facts of a finding that a code names, at each vertebra that the body sites name. Without one it may be of any
    /// bone.
    fn at_levels(
        &self,
        rule: &Rule,
        statement: &Statement,
        sites: &[SentSite<'_>],
        resource: &str,
        fact: impl Fn(Statement, String) -> Fact,
    ) -> Vec<Found> {
        let at_site = format!("{resource}.bodySite");
        if sites.is_empty() {
            return vec![Found::near_miss(Some(rule), at_site, NearMiss::SiteMissing)];
        }
        let near_miss =
            |site: &SentSite<'_>, reason| Found::near_miss(Some(rule), site.element.clone(), reason);
        let found = sites.iter().map(|site| match self.site_of(&site.concept).map(|found| found.site) {
            Some(Site::Vertebra(vertebra)) => {
                Found::Fact(fact(at(statement.clone(), Place::At(vertebra)), at_site.clone()))
            }
            Some(Site::Spine | Site::SpineRegion) => near_miss(site, NearMiss::SiteIsRegion),
            Some(Site::Bone) | None => near_miss(site, NearMiss::SiteNotKnown),
            Some(_) => Found::ignored(Ignored::SiteNotScored),
        });
        found.collect()
    }

    /// The facts of a reading that depends on body sites: a metastasis, or a tumour that arose where the site says. A site that
    /// is not known, or not possible, takes nothing from those beside it and is named.
    pub(super) fn located(
        &self,
        rule: &Rule,
        reading: &Reading,
        sites: &[SentSite<'_>],
        resource: &str,
        fact: impl Fn(Statement, String) -> Fact,
    ) -> Vec<Found> {
        let placed: Vec<(&SentSite<'_>, Option<BodySite>)> =
            sites.iter().map(|sent| (sent, self.site_of(&sent.concept))).collect();
        let known = || placed.iter().filter_map(|(_, found)| *found);
        let at_code = format!("{resource}.code");
        let at_site = format!("{resource}.bodySite");
        let (statements, may_say_more): (Vec<(Option<Statement>, &String)>, bool) = match reading {
            Reading::Metastasis(site) => {
                if known().next().is_some() && known().all(|found| site.excludes(found.site)) {
                    return vec![Found::near_miss(Some(rule), at_site, NearMiss::SiteContradictsCode)];
                }
                let exact: Vec<Site> =
                    known().map(|found| found.site).filter(|at| site.is_refined_by(*at)).collect();
                let statements = match exact.as_slice() {
                    [] => vec![(site.metastasis(), &at_code)],
                    exact => exact.iter().map(|site| (site.metastasis(), &at_site)).collect(),
                };
                (statements, site.may_be_a_vertebra())
            }
            Reading::MetastasisAtBodySite => {
                (known().map(|found| (found.site.metastasis(), &at_site)).collect(), true)
            }
            Reading::PrimaryAtBodySite => {
                let groups = known().filter_map(|found| found.primary);
                (groups.map(|group| (Some(Statement::Primary(group)), &at_site)).collect(), true)
            }
            Reading::Statement(_)
            | Reading::Level(_)
            | Reading::Variant(_)
            | Reading::Gene(_)
            | Reading::Histology(_)
            | Reading::SinsTotal(_)
            | Reading::BenignSpinalTumour
            | Reading::Ignored => (Vec::new(), true),
        };
        let is_excluded =
            |found: BodySite| matches!(reading, Reading::Metastasis(site) if site.excludes(found.site));
        let unread = placed.iter().filter_map(|(sent, found)| {
            let reason = match found {
                None if may_say_more => NearMiss::SiteNotKnown,
                Some(found) if is_excluded(*found) => NearMiss::SiteContradictsCode,
                _ => return None,
            };
            Some(Found::near_miss(Some(rule), sent.element.clone(), reason))
        });
        let is_silent = statements.is_empty();
        let facts = statements.into_iter().map(|(statement, element)| match statement {
            Some(statement) => Found::Fact(fact(statement, element.clone())),
            None => Found::ignored(Ignored::SiteNotScored),
        });
        let mut found: Vec<Found> = facts.chain(unread).collect();
        if is_silent && found.is_empty() {
            let missing = if sites.is_empty() { NearMiss::SiteMissing } else { NearMiss::SiteNotKnown };
            found.push(Found::near_miss(Some(rule), at_site, missing));
        }
        found
    }

    /// The body site of a concept, by its codes and its words; the most exact of them. `None` where none is known, or two cannot
    /// be the same place: a code for one vertebra with the name of another.
    pub(super) fn site_of(&self, concept: &CodeableConcept<'_>) -> Option<BodySite> {
        let more_exact = |best: BodySite, next: BodySite| {
            if best.site == next.site || next.site.is_refined_by(best.site) {
                Some(best)
            } else {
                best.site.is_refined_by(next.site).then_some(next)
            }
        };
        let by_code = concept.coding.iter().filter_map(|coding| self.sites.get(&coding.system, &coding.code));
        let mut by_code = by_code.copied();
        let mut found = by_code.next();
        for next in by_code {
            found = Some(more_exact(found?, next)?);
        }
        let in_words = concept.words().filter_map(|words| self.site_words.get(&run_together(words))).copied();
        for next in in_words {
            found = match found {
                Some(best) if best.site.excludes(next.site) => return None,
                Some(best) => Some(more_exact(best, next).unwrap_or(best)),
                None => Some(next),
            };
        }
        found
    }
}

/// Whether a rule's codes and words are of diagnoses.
fn is_of_diagnoses(rule: &Rule) -> bool {
    !matches!(rule.input, Input::Drug | Input::Procedure | Input::Histology | Input::Ignored)
}

/// How much a diagnosis stands.
enum Standing {
    /// It counts; whether only provisionally.
    Counts { preliminary: bool },
    /// It does not.
    Ignored(Ignored),
    /// The status in this element is none that FHIR has.
    NotKnown(&'static str),
}

/// Whether a diagnosis counts, for what may be over or must be true still. Both statuses can turn its meaning round: one that is not understood leaves that
/// open.
fn standing(condition: &Condition<'_>, may_be_over: bool) -> Standing {
    let (verification, clinical) = (&condition.verification_status, &condition.clinical_status);
    let has = |status: &Option<Status>, codes: &[&str]| {
        status.as_ref().is_some_and(|status| status.is_one_of(codes))
    };
    let certainty = |code: &str| condition.certainty.iter().any(|certainty| certainty == code);
    if has(verification, &["entered-in-error", "refuted"]) || certainty("A") {
        return Standing::Ignored(Ignored::Refuted);
    }
    // German "V" is "suspected, or to be ruled out".
    if has(verification, &["differential"]) || certainty("V") {
        return Standing::Ignored(Ignored::NotEstablished);
    }
    // "Unknown" is of older releases; so are bare codes.
    let preliminary = ["provisional", "unconfirmed", "presumed", "unknown"];
    let is_preliminary = has(verification, &preliminary);
    if verification.is_some() && !is_preliminary && !has(verification, &["confirmed"]) {
        return Standing::NotKnown("verificationStatus");
    }
    let over = ["inactive", "remission", "resolved"];
    if (condition.is_abated || has(clinical, &over) || certainty("Z")) && !may_be_over {
        return Standing::Ignored(Ignored::Resolved);
    }
    let current = ["active", "recurrence", "relapse", "unknown"];
    if clinical.is_some() && !has(clinical, &current) && !has(clinical, &over) {
        return Standing::NotKnown("clinicalStatus");
    }
    if condition.certainty.iter().any(|certainty| !["A", "G", "V", "Z"].contains(&certainty.as_ref())) {
        return Standing::NotKnown("code.coding.extension");
    }
    Standing::Counts { preliminary: is_preliminary }
}
