//! Codes and words that are themselves a statement, or several: "prostate cancer metastatic to bone" says two things.

use super::decision::NearMiss;
use super::input::{Input, Reading, is_about_level};
use super::rule::Rule;
use super::set::MappingSet;
use super::site::SentSite;
use super::words::run_together;
use crate::fhir::{CodeableConcept, Resource};
use spinemet_engine::clinical::Statement;

/// What a code or words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The position of the rule.
    pub rule: usize,
    /// What is said, and of which inputs.
    pub said: Vec<(Input, Reading)>,
    /// Whether it is said only of the spine: for codes of what is done elsewhere too.
    pub only_in_spine: bool,
}

impl Meaning {
    /// What is said of an input.
    pub fn of(&self, input: Input) -> impl Iterator<Item = &Reading> {
        self.said.iter().filter(move |(said, _)| *said == input).map(|(_, reading)| reading)
    }

    /// Whether this says nothing but metastases, and the other nothing but a primary tumour: they may be its metastases.
    fn is_spread_of(&self, other: &Self) -> bool {
        let is_metastasis = |(_, reading): &(Input, Reading)| {
            matches!(reading, Reading::Metastasis(_) | Reading::MetastasisAtBodySite)
        };
        self.said.iter().all(is_metastasis) && other.said.iter().all(|(input, _)| *input == Input::Primary)
    }

    /// Both meanings as one, where they say the same, or one the same more exactly; `None` where they disagree.
    fn joined(mut self, other: &Self) -> Option<Self> {
        let mut is_related = false;
        for (input, reading) in &other.said {
            let is_same = |own: &Reading| is_as_exact(reading, own) || is_as_exact(own, reading);
            let speaks = self.of(*input).next().is_some();
            let own = self.said.iter_mut().find(|(said, own)| said == input && is_same(own));
            match own {
                Some((_, own)) if own != reading && is_as_exact(reading, own) => {
                    own.clone_from(reading);
                    self.rule = other.rule;
                    is_related = true;
                }
                Some(_) => is_related = true,
                // An operation may have several parts.
                None if speaks && *input != Input::Procedure => return None,
                None => self.said.push((*input, reading.clone())),
            }
        }
        self.only_in_spine &= other.only_in_spine;
        is_related.then_some(self)
    }
}

/// No name of an operation or a metastasis is longer, in bytes.
const LONGEST_NAME: usize = 96;

impl MappingSet {
    /// Whether a code is one that we know, under systems that we do not know, or under none: for a site to add the system.
    pub(super) fn is_of_unknown_system(&self, code: &CodeableConcept<'_>) -> bool {
        let is_unknown =
            |system: &str| !self.meanings.knows_system(system) && !self.questions.knows_system(system);
        code.coding.iter().any(|coding| {
            is_unknown(&coding.system)
                && (coding.code.len() >= 5 && self.meanings.knows_code_elsewhere(&coding.code)
                    || self.meanings.knows_start_elsewhere(&coding.code))
        })
    }

    /// The rule that would understand the words, where codes of a known system are none of those listed. Words are not used
    /// then: the code says something more exact that nobody has listed, such as albumin in urine.
    pub(super) fn rule_of_words(&self, code: &CodeableConcept<'_>) -> Option<&Rule> {
        let named = code.words().find_map(|words| self.meaning_words.get(&run_together(words)));
        named.and_then(|meaning| self.rules.get(meaning.rule))
    }

    /// Why the words beside codes speak against what the codes say, where they do: understood, they say something else, or they
    /// deny it or leave it in doubt.
    pub(super) fn contradiction_in_words(
        &self,
        code: &CodeableConcept<'_>,
        meaning: &Meaning,
    ) -> Option<NearMiss> {
        code.words().find_map(|words| match self.meaning_words.get(&run_together(words)) {
            Some(said) if meaning.is_spread_of(said) && tells_of_metastasis(words) => None,
            Some(said) => meaning.clone().joined(said).is_none().then_some(NearMiss::LabelDisagrees),
            None => self.doubts.are_in(words).then_some(NearMiss::LabelInDoubt),
        })
    }

    /// What words say that name a site and something there: "L1椎体成形术", "胸12转移瘤". Both halves must be known, and nothing
    /// else may be left. Returns the meaning and the words of the site.
    pub(super) fn meaning_at_site(&self, code: &CodeableConcept<'_>) -> Option<(&Rule, Meaning, String)> {
        if code.coding.iter().any(|coding| self.meanings.knows_system(&coding.system)) {
            return None;
        }
        let known = |site: &str, rest: &str| {
            let meaning = self.meaning_words.get(rest)?;
            let is_placed = |(_, reading): &(Input, Reading)| match reading {
                Reading::Statement(statement) => {
                    is_about_level(statement) || matches!(statement, Statement::Procedure(..))
                }
                Reading::Metastasis(_) | Reading::MetastasisAtBodySite | Reading::BenignSpinalTumour => true,
                _ => false,
            };
            let fits = self.site_words.contains_key(site) && meaning.said.iter().any(is_placed);
            fits.then(|| Some((self.rules.get(meaning.rule)?, meaning.clone(), site.to_owned()))).flatten()
        };
        code.words().map(run_together).find_map(|words| {
            let mut splits = words.char_indices().skip(1).filter(|_| words.len() < LONGEST_NAME);
            splits.find_map(|(at, _)| {
                let (start, end) = words.split_at(at);
                known(start, end).or_else(|| known(end, start))
            })
        })
    }

    /// Adds the site in a name ("L1椎体成形术") to the body sites, or puts it in the place of vaguer ones. False where it cannot be
    /// any of them.
    pub(super) fn add_named_site(
        &self,
        resource: &Resource<'_>,
        sites: &mut Vec<SentSite<'_>>,
        named: Option<String>,
    ) -> bool {
        let Some(named) = named.map(CodeableConcept::worded) else { return true };
        let Some(place) = self.site_of(&named).map(|found| found.site) else { return true };
        let mut known = sites.iter().filter_map(|site| self.site_of(&site.concept)).map(|found| found.site);
        let (mut is_said, mut is_possible, mut is_vague) = (false, true, false);
        if let Some(first) = known.next() {
            let all: Vec<_> = std::iter::once(first).chain(known).collect();
            is_said = all.contains(&place);
            is_possible = !all.iter().all(|site| place.excludes(*site));
            is_vague = all.iter().any(|site| site.is_refined_by(place));
        }
        if is_possible && !is_said {
            if is_vague {
                sites.retain(|site| self.site_of(&site.concept).is_none());
            }
            sites.push(SentSite { element: format!("{}.code", resource.kind), concept: named });
        }
        is_possible
    }

    /// What a code says. Several codes must say the same, or one the same more exactly.
    pub(super) fn meaning(&self, code: &CodeableConcept<'_>) -> Result<Option<(&Rule, Meaning)>, NearMiss> {
        let by_code = code.coding.iter().filter_map(|coding| self.meanings.get(&coding.system, &coding.code));
        let mut found: Option<Meaning> = None;
        for meaning in by_code {
            found = Some(match found {
                None => meaning.clone(),
                Some(other) => other.joined(meaning).ok_or(NearMiss::CodesDisagree)?,
            });
        }
        let knows_a_system = code.coding.iter().any(|coding| self.meanings.knows_system(&coding.system));
        if found.is_none() && !knows_a_system {
            found = code.words().find_map(|words| self.meaning_words.get(&run_together(words))).cloned();
        }
        Ok(found.and_then(|meaning| Some((self.rules.get(meaning.rule)?, meaning))))
    }
}

/// Whether words that name a primary tumour say that it has spread: "metastatic renal cell carcinoma" beside a code of bone
/// metastasis is no contradiction, where "breast cancer" may be a slip.
fn tells_of_metastasis(words: &str) -> bool {
    ["metasta", "转移"].iter().any(|part| words.to_lowercase().contains(part))
}

/// Whether one reading says all that the other says.
fn is_as_exact(reading: &Reading, other: &Reading) -> bool {
    use Reading::{Metastasis, MetastasisAtBodySite, PrimaryAtBodySite, Statement as Says};
    match (reading, other) {
        (Metastasis(site), Metastasis(general)) => site == general || general.is_refined_by(*site),
        (Metastasis(_), MetastasisAtBodySite) | (Says(Statement::Primary(_)), PrimaryAtBodySite) => true,
        (Says(Statement::Primary(site)), Says(Statement::Primary(general))) => {
            site == general || site.refines(*general)
        }
        (reading, other) => reading == other,
    }
}
