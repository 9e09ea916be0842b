//! What became of each resource, and why: the mapping explains every decision it takes.

use std::fmt;

use spinemet_engine::clinical::Statement;

/// What became of one resource, or of one question in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Position of the resource in the record.
    pub resource: usize,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a resource or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It became this statement.
    Mapped {
        /// The statement.
        statement: Statement,
        /// The rule, as `topic/id`.
        rule: String,
    },
    /// It was rightly left aside.
    Ignored(Ignored),
    /// It was meant for an input but could not be used: someone should look.
    NearMiss {
        /// The rule, as `topic/id`, where one was found.
        rule: Option<String>,
        /// The element that could not be used.
        element: String,
        /// Why not.
        reason: NearMiss,
    },
}

impl NearMiss {
    /// Whether the record contradicts itself here, rather than saying something that is not understood.
    pub const fn is_contradiction(self) -> bool {
        matches!(
            self,
            Self::CodesDisagree
                | Self::InterpretationDisagrees
                | Self::LabelDisagrees
                | Self::OtherScale
                | Self::MisusedCode
                | Self::UnitContradictsCode
                | Self::HistologyDisagrees
                | Self::LabelInDoubt
                | Self::SeveralValues
                | Self::UnitsDisagree
                | Self::Implausible
                | Self::SiteContradictsCode
        )
    }
}

/// Declares reasons, each with the slug by which the texts of `locales/` and the answers for machines know it.
macro_rules! reasons {
    ($(
        $(#[$meta:meta])*
        $name:ident { $( $(#[$reason_meta:meta])* $reason:ident = $key:literal, )+ }
    )+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $( $(#[$reason_meta])* $reason, )+
        }

        impl $name {
            /// Every reason.
            pub const ALL: &[Self] = &[ $( Self::$reason, )+ ];

            /// The stable slug.
            pub const fn key(self) -> &'static str {
                match self {
                    $( Self::$reason => $key, )+
                }
            }
        }

        impl fmt::Display for $name {
            /// The slug: the words for people are in `locales/`.
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.key())
            }
        }
    )+ };
}

reasons! {
    /// Why a resource was rightly left aside.
    Ignored {
        /// No input comes from this type of resource.
        TypeNotRead = "type-not-read",
        /// No rule knows its code.
        CodeNotKnown = "code-not-known",
        /// It has no code.
        NoCode = "no-code",
        /// It is about somebody else.
        OtherSubject = "other-subject",
        /// Entered in error, cancelled, or not yet done.
        Status = "status",
        /// Refuted, or entered in error.
        Refuted = "refuted",
        /// Only considered, not established.
        NotEstablished = "not-established",
        /// Resolved, in remission or inactive.
        Resolved = "resolved",
        /// The sender says that the value is not known.
        DataAbsent = "data-absent",
        /// A modifier extension may change its meaning in a way that is not known here.
        ModifierExtension = "modifier-extension",
        /// A mapping file says that it is known and not used.
        ByRule = "by-rule",
        /// Compared with what is computed from the items, and never used instead of them.
        ComparedOnly = "compared-only",
        /// A benign tumour of the spine, beside a metastasis of it.
        BesideMetastasis = "beside-metastasis",
        /// A procedure or a diagnosis elsewhere in the body.
        NotTheSpine = "not-the-spine",
        /// A site that enters no score.
        SiteNotScored = "site-not-scored",
    }

    /// Why something that was meant for an input could not be used.
    NearMiss {
        /// The code is one we know, under a system we do not know.
        UnknownSystem = "unknown-system",
        /// A code that no rule knows, in a resource of which other parts are read.
        UnknownCode = "unknown-code",
        /// Words without a code that no rule knows, in a resource of which other parts are read.
        UnknownWords = "unknown-words",
        /// Neither a code nor words, in a resource of which other parts are read.
        NoCode = "no-code",
        /// The words are known; the code is none of those listed of its system.
        WordsOfUnknownCode = "words-of-unknown-code",
        /// Several codes that mean different things.
        CodesDisagree = "codes-disagree",
        /// The value and its interpretation mean different things.
        InterpretationDisagrees = "interpretation-disagrees",
        /// The words beside a code name something else than the code.
        LabelDisagrees = "label-disagrees",
        /// The words beside a code deny what it says, or leave it in doubt.
        LabelInDoubt = "label-in-doubt",
        /// The histology is that of a metastasis, the code that of a primary tumour.
        HistologyDisagrees = "histology-disagrees",
        /// The number is none of the input's values.
        OutOfRange = "out-of-range",
        /// The number belongs to another scale.
        OtherScale = "other-scale",
        /// The code is an answer list's, or that of something else which is sometimes taken for the question.
        MisusedCode = "misused-code",
        /// The unit is of another kind than the code asks for.
        UnitContradictsCode = "unit-contradicts-code",
        /// The code and the words of the unit are two units.
        UnitsDisagree = "units-disagree",
        /// So much is not measured in a person: the unit or the number is wrong.
        Implausible = "implausible",
        /// The unit is not one of the input's.
        Unit = "unit",
        /// A comparator that leaves no value.
        Comparator = "comparator",
        /// The coded answer is not known.
        UnknownAnswer = "unknown-answer",
        /// The words were not understood whole.
        Illegible = "illegible",
        /// There are several values, of which FHIR allows one.
        SeveralValues = "several-values",
        /// There is no value.
        NoValue = "no-value",
        /// The value is of a type that is not read for this input.
        ValueType = "value-type",
        /// The body site is not known, so that the level is not.
        SiteNotKnown = "site-not-known",
        /// The body site is a region, not a vertebra.
        SiteIsRegion = "site-is-region",
        /// The body site is not in the spine.
        SiteNotSpine = "site-not-spine",
        /// The body site is another one than that of the code.
        SiteContradictsCode = "site-contradicts-code",
        /// A metastasis without a site.
        SiteMissing = "site-missing",
        /// The status is missing, so that an error cannot be told from a result.
        NoStatus = "no-status",
        /// A clinical or verification status that is none of FHIR's, so that a diagnosis cannot be told from its denial.
        StatusNotKnown = "status-not-known",
    }
}
