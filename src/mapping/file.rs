//! The shape of a mapping file, as `mappings/README.md` documents it. Unknown keys are errors.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::schema;

/// One mapping file.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MappingFile {
    /// Names the file in rule ids. Absent only in a file that holds nothing but systems.
    pub topic: Option<String>,
    /// For people.
    #[serde(default, rename = "about")]
    pub _about: Option<String>,
    /// Short names of code systems with their URIs.
    #[serde(default)]
    pub system: BTreeMap<String, Vec<String>>,
    /// Words that deny, or leave in doubt, what the code says beside which they stand.
    #[serde(default)]
    pub doubt: Vec<String>,
    /// Words that hold some of those and leave no doubt: "no known allergy".
    #[serde(default)]
    pub no_doubt: Vec<String>,
    /// URIs of code systems whose codes stand in the verification status of diagnoses and say something else there, such as on
    /// what a diagnosis rests.
    #[serde(default)]
    pub no_status: Vec<String>,
    /// Rules.
    #[serde(default)]
    #[schemars(with = "Vec<RuleEntry>")]
    pub rule: Vec<Spanned<RuleEntry>>,
    /// Body sites.
    #[serde(default)]
    #[schemars(with = "Vec<SiteEntry>")]
    pub site: Vec<Spanned<SiteEntry>>,
    /// Samples with what they must become.
    #[serde(default)]
    #[schemars(with = "Vec<Sample>")]
    pub sample: Vec<Spanned<Sample>>,
}

/// A rule: a question with answers, or meanings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    /// Unique in the topic.
    pub id: String,
    /// The input of the engine.
    #[schemars(schema_with = "schema::input")]
    pub input: String,
    /// For people.
    #[serde(default, rename = "about")]
    pub _about: Option<String>,
    /// Codes that ask the question.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub question: Vec<String>,
    /// Words that ask the question.
    #[serde(default)]
    pub question_text: Vec<String>,
    /// Codes that some senders take for the question though they mean something else: reported, never read.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub misused: Vec<String>,
    /// Words, one of which must be among those sent beside a code of the question, where there are any.
    #[serde(default)]
    pub label: Vec<String>,
    /// How a number is read.
    pub number: Option<NumberEntry>,
    /// Numbers to values, the first that fits.
    #[serde(default)]
    pub bins: Vec<BinEntry>,
    /// Coded or worded answers.
    #[serde(default)]
    pub answer: Vec<MeaningEntry>,
    /// Words that may stand beside a worded value.
    #[serde(default)]
    pub noise: Vec<String>,
    /// Words that make a product something else than its ingredient: eye drops, creams.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Codes that are themselves the statement.
    #[serde(default)]
    pub meaning: Vec<MeaningEntry>,
}

/// Which units a number may carry.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberEntry {
    /// UCUM units or sender's unit words; the empty one stands for no unit at all.
    #[serde(default)]
    pub unit: Vec<String>,
    /// For a measurement: units with what turns them into the input's own.
    #[serde(default)]
    pub convert: Vec<ConversionEntry>,
    /// For a measurement: from how much to how much it is measured in persons, in the input's own unit. Beyond, the number, its
    /// unit or the code is wrong: reported, never read.
    pub plausible: Option<PlausibleEntry>,
    /// Numbers that belong to another scale which some senders put under this question: reported, never read.
    pub other_scale: Option<RangeEntry>,
}

/// Whole numbers from one to another, both included.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RangeEntry {
    /// The first.
    pub from: u32,
    /// The last.
    pub to: u32,
}

/// Decimals from one to another, both included.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PlausibleEntry {
    /// The least, e.g. `"0.5"`.
    pub from: String,
    /// The most.
    pub to: String,
}

/// Units of a measurement with the number by which they become the input's own unit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConversionEntry {
    /// UCUM units or sender's unit words; the empty one stands for no unit at all.
    pub unit: Vec<String>,
    /// The factor as a decimal, e.g. `"0.1"`.
    pub factor: String,
    /// The codes of the question that ask for this kind of unit, where others ask for another: mass or substance.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub question: Vec<String>,
}

/// A number up to here has this value.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BinEntry {
    /// Exclusive upper bound.
    pub below: Option<u32>,
    /// Inclusive upper bound.
    pub up_to: Option<u32>,
    /// The value.
    pub value: String,
}

/// A value and what is sent for it.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MeaningEntry {
    /// The value, or several separated by `|` where the code leaves a choice open.
    pub value: String,
    /// Codes, as `system|code`.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub code: Vec<String>,
    /// Starts of codes, as `system|start`.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub prefix: Vec<String>,
    /// Words.
    #[serde(default)]
    pub text: Vec<String>,
    /// What a meaning says besides, each as `input = value`.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whether a meaning needs a body site in the spine.
    #[serde(default)]
    pub only_in_spine: bool,
}

/// A body site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SiteEntry {
    /// Which site.
    pub value: String,
    /// The primary tumour group of a tumour that arose there.
    pub primary: Option<String>,
    /// Codes, as `system|code`.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub code: Vec<String>,
    /// Starts of codes, as `system|start`.
    #[serde(default)]
    #[schemars(schema_with = "schema::codes")]
    pub prefix: Vec<String>,
    /// Words.
    #[serde(default)]
    pub text: Vec<String>,
}

/// A resource and the statements that it must become.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    /// What the sample shows.
    pub name: String,
    /// A FHIR resource as JSON.
    pub resource: String,
    /// The statements, in any order.
    pub expect: Vec<String>,
}
