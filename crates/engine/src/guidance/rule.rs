//! Every rule of the consensus, in its order, and what becomes of it here.
//!
//! 脊柱转移性肿瘤手术治疗专家共识, 中国脊柱脊髓杂志 2023;33(4). The text has no grades of evidence; the strength is read from
//! its modal verbs (specification A.1) and must be shown as expert consensus.

mod preoperative;
mod scores;
mod surgery;

use std::fmt;

use crate::clinical::domain;

/// The consensus that the rules are taken from.
pub const CONSENSUS: &str = "脊柱转移性肿瘤手术治疗专家共识, 中国脊柱脊髓杂志 2023;33(4)";

domain! {
    /// How strongly the consensus puts a rule, from its modal verb.
    Strength, "strength" {
        /// Contraindication (禁忌).
        Contraindication = "ci",
        /// Relative indication (相对适应证).
        Relative = "rel",
        /// Must (必须, 一定, 应).
        Must = "must",
        /// Should (建议, 应尽量).
        Should = "should",
        /// May (可, 可考虑, 适用于).
        May = "may",
        /// Figures, definitions and evidence.
        Info = "info",
    }
}

domain! {
    /// What sort of statement a rule is.
    RuleKind, "rule-kind" {
        /// What a word, item or band means.
        Definition = "definition",
        /// What speaks for a treatment or examination.
        Indication = "indication",
        /// What speaks for a treatment with reservation.
        Relative = "relative",
        /// What forbids a treatment.
        Contraindication = "contraindication",
        /// What is to be kept in mind when using a score or treatment.
        Caution = "caution",
        /// An interval between two treatments.
        Timing = "timing",
        /// How a treatment is done.
        Procedure = "procedure",
        /// A change to the points of a score.
        Adjustment = "adjustment",
        /// What raises the risk of an operation.
        Risk = "risk",
        /// What holds of all treatment.
        Principle = "principle",
        /// What a study found.
        Evidence = "evidence",
        /// A number from a study.
        Figure = "figure",
        /// What the consensus leaves open.
        Gap = "gap",
        /// What the consensus does not speak of by its own word.
        Scope = "scope",
        /// A misprint.
        Error = "error",
    }
}

domain! {
    /// Why a rule is left out.
    Omission, "omission" {
        /// It is about the practice of many hospitals and changes nothing for any one patient.
        SaysNothingOfThePatient = "says-nothing-of-the-patient",
        /// It is misprinted; the paper's own points are used (RUL-1).
        Misprint = "misprint",
        /// The consensus itself leaves the treatment out.
        OutOfScope = "out-of-scope",
        /// The text refers to a figure that is not part of it.
        NotInTheText = "not-in-the-text",
    }
}

/// What becomes of a rule in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Application {
    /// It decides something: points, bands, verdicts, alerts, intervals.
    Executable,
    /// It is shown for the reader to judge by; nothing is computed from it.
    Shown,
    /// It is neither applied nor shown with answers.
    LeftOut(Omission),
}

impl Application {
    /// The slug of each standing, without the reasons.
    pub const KEYS: [&'static str; 3] = ["executable", "shown", "left-out"];

    /// A stable slug.
    pub const fn key(self) -> &'static str {
        let [executable, shown, left_out] = Self::KEYS;
        match self {
            Self::Executable => executable,
            Self::Shown => shown,
            Self::LeftOut(_) => left_out,
        }
    }
}

/// One rule of the consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Its id in the specification, e.g. `CN-2.4-23-SEP`.
    pub id: &'static str,
    /// Section of the consensus.
    pub section: &'static str,
    /// Lines of the text that the specification was made from, e.g. `135-136` or `117,122`.
    pub lines: &'static str,
    /// What sort of statement it is.
    pub kind: RuleKind,
    /// How strongly it is put.
    pub strength: Strength,
    /// What becomes of it in the program.
    pub application: Application,
}

impl Rule {
    /// Where it stands.
    pub const fn citation(self) -> Citation {
        Citation { source: CONSENSUS, section: self.section, lines: self.lines }
    }

    /// The rule with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        RULES.iter().copied().find(|rule| rule.id == id)
    }
}

/// A place in the consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation {
    /// The consensus.
    pub source: &'static str,
    /// Its section.
    pub section: &'static str,
    /// Lines of the text that the specification was made from.
    pub lines: &'static str,
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, § {} ({})", self.source, self.section, self.lines)
    }
}

/// The rules of a chapter: name, id, section, lines, kind, strength, and what becomes of them.
macro_rules! chapter {
    ($(
        $name:ident = $id:literal, $section:literal, $lines:literal, $kind:ident, $strength:ident,
        $application:ident $($omission:ident)?;
    )+) => {
        #[allow(missing_docs, reason = "the ids are the documentation: specification A.2")]
        pub mod rules {
            use $crate::guidance::{Application, Rule, RuleKind, Strength};
            $( pub const $name: Rule = Rule {
                id: $id,
                section: $section,
                lines: $lines,
                kind: RuleKind::$kind,
                strength: Strength::$strength,
                application: Application::$application $( ($crate::guidance::Omission::$omission) )?,
            }; )+
        }

        /// In the order of the consensus.
        pub(super) const CHAPTER: &[$crate::guidance::Rule] = &[ $( rules::$name, )+ ];
    };
}
use chapter;

/// The rules by name.
pub mod rules {
    pub use super::preoperative::rules::*;
    pub use super::scores::rules::*;
    pub use super::surgery::rules::*;
}

/// How many rules the consensus holds.
const COUNT: usize = preoperative::CHAPTER.len() + scores::CHAPTER.len() + surgery::CHAPTER.len();

/// Every rule, in the order of the consensus.
pub const RULES: &[Rule] = &in_order();

const fn in_order() -> [Rule; COUNT] {
    let mut all = [rules::SURVIVAL; COUNT];
    let rest = put(&mut all, preoperative::CHAPTER);
    let rest = put(rest, scores::CHAPTER);
    put(rest, surgery::CHAPTER);
    all
}

/// Puts a chapter in the first free places, and returns those that are left.
const fn put<'all>(mut free: &'all mut [Rule], mut chapter: &[Rule]) -> &'all mut [Rule] {
    loop {
        let [rule, later @ ..] = chapter else { return free };
        let [place, others @ ..] = free else { return &mut [] };
        *place = *rule;
        free = others;
        chapter = later;
    }
}
