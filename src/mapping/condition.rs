//! Conditions: a code that is itself the statement, made more exact by the body site.

use spinemet_engine::clinical::{Evidence, Fact, Place, Statement};

use super::decision::{Ignored, NearMiss};
use super::input::{Input, Reading, at, is_about_level};
use super::rule::Rule;
use super::set::MappingSet;
use super::site::{BodySite, Site};
use super::words::run_together;
use super::{Found, evidence};
use crate::fhir::{CodeableConcept, Condition, Reader, Record, Resource};

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
            (Ok(None), None) => return Err(Ignored::CodeNotKnown),
            (Err(reason), _) => return near_miss(reason),
        };
        if rule.input == Input::Ignored {
            return Err(Ignored::ByRule);
        }
        if matches!(rule.input, Input::Drug | Input::Procedure | Input::Histology) {
            return Err(Ignored::CodeNotKnown);
        }
        let mut condition = Condition::read(reader, record, &resource.object, code);
        condition.body_site.extend(site.map(CodeableConcept::worded));
        let mut found = Vec::new();
        for (input, reading) in meaning.said {
            match standing(&condition, input) {
                Ok(preliminary) => {
                    let said = self.said(resource, &condition, rule, reading, preliminary);
                    found.extend(self.refined(said, &condition.morphology));
                }
                Err(reason) => found.push(Found::ignored(reason)),
            }
        }
        Ok(found)
    }

    /// The facts of one thing that a Condition says.
    fn said(
        &self,
        resource: &Resource<'_>,
        condition: &Condition<'_>,
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
                self.at_levels(rule, &statement, &condition.body_site, &resource.kind, fact)
            }
            Reading::Statement(statement) => {
                vec![Found::Fact(fact(statement, format!("{}.code", resource.kind)))]
            }
            located => self.located(rule, &located, &condition.body_site, &resource.kind, fact),
        }
    }

    /// The facts of a finding that a code names, at each vertebra that the body sites name. Without one it may be of any
    /// bone.
    fn at_levels(
        &self,
        rule: &Rule,
        statement: &Statement,
        body_sites: &[CodeableConcept<'_>],
        resource: &str,
        fact: impl Fn(Statement, String) -> Fact,
    ) -> Vec<Found> {
        let at_site = format!("{resource}.bodySite");
        if body_sites.is_empty() {
            return vec![Found::near_miss(Some(rule), at_site, NearMiss::SiteMissing)];
        }
        let found = body_sites.iter().map(|site| match self.site_of(site).map(|found| found.site) {
            Some(Site::Vertebra(vertebra)) => {
                Found::Fact(fact(at(statement.clone(), Place::At(vertebra)), at_site.clone()))
            }
            Some(Site::Spine | Site::SpineRegion) => {
                Found::near_miss(Some(rule), at_site.clone(), NearMiss::SiteIsRegion)
            }
            Some(Site::Bone) | None => Found::near_miss(Some(rule), at_site.clone(), NearMiss::SiteNotKnown),
            Some(_) => Found::ignored(Ignored::SiteNotScored),
        });
        found.collect()
    }

    /// The facts of a reading that depends on body sites: a metastasis, or a tumour that arose where the site says.
    pub(super) fn located(
        &self,
        rule: &Rule,
        reading: &Reading,
        body_sites: &[CodeableConcept<'_>],
        resource: &str,
        fact: impl Fn(Statement, String) -> Fact,
    ) -> Vec<Found> {
        let sites: Vec<BodySite> = body_sites.iter().filter_map(|site| self.site_of(site)).collect();
        let at_code = format!("{resource}.code");
        let at_site = format!("{resource}.bodySite");
        let missing = if body_sites.is_empty() { NearMiss::SiteMissing } else { NearMiss::SiteNotKnown };
        let statements: Vec<(Option<Statement>, &String)> = match reading {
            Reading::Metastasis(site) => {
                let exact: Vec<Site> =
                    sites.iter().map(|found| found.site).filter(|at| site.is_refined_by(*at)).collect();
                match exact.as_slice() {
                    [] => vec![(site.metastasis(), &at_code)],
                    exact => exact.iter().map(|site| (site.metastasis(), &at_site)).collect(),
                }
            }
            Reading::MetastasisAtBodySite => {
                sites.iter().map(|found| (found.site.metastasis(), &at_site)).collect()
            }
            Reading::PrimaryAtBodySite => {
                let groups = sites.iter().filter_map(|found| found.primary);
                groups.map(|group| (Some(Statement::Primary(group)), &at_site)).collect()
            }
            Reading::Statement(_)
            | Reading::Level(_)
            | Reading::Variant(_)
            | Reading::Gene(_)
            | Reading::Histology(_)
            | Reading::SinsTotal(_)
            | Reading::Ignored => Vec::new(),
        };
        if statements.is_empty() {
            return vec![Found::near_miss(Some(rule), at_site, missing)];
        }
        statements
            .into_iter()
            .map(|(statement, element)| match statement {
                Some(statement) => Found::Fact(fact(statement, element.clone())),
                None => Found::ignored(Ignored::SiteNotScored),
            })
            .collect()
    }

    /// The body site of a concept: by code, else in words.
    pub(super) fn site_of(&self, concept: &CodeableConcept<'_>) -> Option<BodySite> {
        let by_code = concept.coding.iter().filter_map(|coding| self.sites.get(&coding.system, &coding.code));
        let mut found = by_code.copied();
        let Some(first) = found.next() else {
            return concept.words().find_map(|words| self.site_words.get(&run_together(words))).copied();
        };
        found.try_fold(first, |best, next| match (best, next) {
            (best, next) if best.site == next.site || next.site.is_refined_by(best.site) => Some(best),
            (best, next) if best.site.is_refined_by(next.site) => Some(next),
            _ => None,
        })
    }
}

/// Whether the Condition counts for the input, and whether it is only provisional.
fn standing(condition: &Condition<'_>, input: Input) -> Result<bool, Ignored> {
    let has = |status: &Option<CodeableConcept<'_>>, codes: &[&str]| {
        status.as_ref().is_some_and(|status| codes.iter().any(|code| status.has_code(code)))
    };
    if has(&condition.verification_status, &["entered-in-error", "refuted"]) {
        return Err(Ignored::Refuted);
    }
    if has(&condition.verification_status, &["differential"]) {
        return Err(Ignored::NotEstablished);
    }
    // A primary tumour that was removed or is in remission is still the origin of the metastases.
    let may_be_over = matches!(input, Input::Primary | Input::PrimarySpinalTumour | Input::Event);
    let is_over =
        condition.is_abated || has(&condition.clinical_status, &["inactive", "remission", "resolved"]);
    if is_over && !may_be_over {
        return Err(Ignored::Resolved);
    }
    Ok(has(&condition.verification_status, &["provisional", "unconfirmed"]))
}
