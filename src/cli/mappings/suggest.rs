//! `spinemet mappings suggest`: what records hold that no rule knows, and the beginning of a mapping file for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::super::console::Console;
use super::super::failure::Failure;
use super::super::records::each_record;
use super::super::refusal;
use super::super::source::Source;
use super::super::status::Status;
use super::sources;
use crate::fhir::Record;
use crate::mapping::{
    AnswerShape, Catalogue, MappingSet, Neighbourhood, Sighting, Unmapped, UnmappedPlace, unmapped,
};

const EXAMPLES: &str = "\
Examples:
  spinemet mappings suggest export/*.ndjson > mappings/local.toml
  spinemet mappings suggest --mappings mappings --at-least 5 bundle.json

What is written is a mapping file with a rule for each unknown code, the most
frequent first. Fill in each FILL-IN, delete the rules that you do not need, and
try it: spinemet mappings check --mappings mappings/local.toml
Displays and answer codes are taken from the records, numbers and texts are not.";

/// How many of the nearest inputs are named.
const NEAREST: usize = 3;

/// List the codes that no rule knows, by frequency and with the nearest inputs, as a mapping file to fill in.
#[derive(Debug, Args)]
#[command(after_help = super::super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// FHIR Bundles, or Parameters with a bundle part, as JSON or NDJSON (one a line); - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<Source>,
    /// The site's own mapping files so far: a directory, a *.toml, or a ConceptMap as *.json; may be given several times
    #[arg(long, value_name = "PATH")]
    mappings: Vec<PathBuf>,
    /// Leave out what was seen less often
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    at_least: usize,
}

/// An unknown code, and what was seen of it.
#[derive(Default)]
struct Seen {
    times: usize,
    display: Option<String>,
    answers: BTreeSet<AnswerShape>,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    let paths = arguments.mappings.iter().map(PathBuf::as_path);
    let set = MappingSet::load(paths.collect::<Vec<&Path>>()).map_err(Failure::MappingFiles)?;
    let catalogue = Catalogue::of(&sources(&arguments.mappings)?).map_err(Failure::MappingFiles)?;
    let mut seen: BTreeMap<Unmapped, Seen> = BTreeMap::new();
    each_record(&arguments.files, console, |document, place, console| {
        match Record::read(document.bytes) {
            Ok(record) => {
                let mapped = set.map(&record);
                for sighting in unmapped(&set, &record, &mapped) {
                    count(&mut seen, sighting);
                }
            }
            Err(rejection) => console.complain(&refusal::complaint(&rejection, place), Status::NotAll),
        }
        Ok(())
    })?;
    let mut found: Vec<(Unmapped, Seen)> =
        seen.into_iter().filter(|(_, seen)| seen.times >= arguments.at_least).collect();
    found.sort_by(|(one, a), (other, b)| b.times.cmp(&a.times).then_with(|| one.cmp(other)));
    console.write(stub(&found, &catalogue).as_bytes())
}

fn count(seen: &mut BTreeMap<Unmapped, Seen>, sighting: Sighting) {
    let entry = seen.entry(sighting.unmapped).or_default();
    entry.times += 1;
    entry.display = entry.display.take().or(sighting.display);
    entry.answers.extend(sighting.answer);
}

/// The mapping file to fill in.
fn stub(found: &[(Unmapped, Seen)], catalogue: &Catalogue) -> String {
    let mut text = String::from(
        "# What no mapping rule knows yet, the most frequent first. Fill in each FILL-IN, delete what you do not need.\n\
         # `spinemet mappings list` shows the inputs with their values; mappings/README.md describes the form.\n\
         # Known, and deliberately not used: input = \"ignored\" (with value = \"yes\" for a meaning).\n\n\
         topic = \"site-FILL-IN\"\n",
    );
    let systems = Systems::of(found, catalogue);
    systems.write(&mut text);
    let neighbourhood = Neighbourhood::of(catalogue);
    for (number, (unmapped, seen)) in found.iter().enumerate() {
        let sighting = Sighting { unmapped: unmapped.clone(), display: seen.display.clone(), answer: None };
        let nearest: Vec<String> = neighbourhood
            .nearest(&sighting, NEAREST)
            .into_iter()
            .map(|entry| match &entry.value {
                Some(value) if unmapped.place != UnmappedPlace::Question => {
                    format!("{} = {value}", entry.input)
                }
                _ => entry.input.clone(),
            })
            .collect();
        let code = if unmapped.code.is_empty() { "an answer in words" } else { &unmapped.code };
        let display = seen.display.as_deref().map(|words| format!(", \"{}\"", in_line(words)));
        let _ = write!(
            text,
            "\n# Seen {} times in {}: {}{}\n# Nearest: {}\n",
            seen.times,
            unmapped.kind,
            in_line(code),
            display.unwrap_or_default(),
            if nearest.is_empty() { "nothing".to_owned() } else { nearest.join("; ") },
        );
        entry(&mut text, number + 1, unmapped, seen, &systems);
    }
    if found.is_empty() {
        text.push_str("\n# Nothing: every code of these records is known.\n");
    }
    text
}

/// The rule, or the part of one.
fn entry(text: &mut String, number: usize, unmapped: &Unmapped, seen: &Seen, systems: &Systems) {
    let sent = systems.sent(&unmapped.system, &unmapped.code);
    // Writing to a String cannot fail.
    let _ = match unmapped.place {
        UnmappedPlace::Question => {
            let key = if unmapped.system.is_empty() { "question_text" } else { "question" };
            write!(text, "[[rule]]\nid = \"unmapped-{number}\"\ninput = \"FILL-IN\"\n{key} = [{sent}]\n")
                .and_then(|()| answers(text, &seen.answers, systems))
        }
        UnmappedPlace::Meaning => {
            let key = if unmapped.system.is_empty() { "text" } else { "code" };
            write!(
                text,
                "[[rule]]\nid = \"unmapped-{number}\"\ninput = \"FILL-IN\"\n\
                 meaning = [{{ value = \"FILL-IN\", {key} = [{sent}] }}]\n"
            )
        }
        UnmappedPlace::Answer if unmapped.code.is_empty() => {
            let rule = unmapped.rule.as_deref().unwrap_or_default();
            write!(
                text,
                "# Answers in words to the question of {rule} were not understood. Words of records are not repeated here:\n\
                 # `spinemet explain` says where they stand. To add them, write that rule again in a file of yours with\n\
                 # the same topic and id, and this among its answers.\n\
                 #   {{ value = \"FILL-IN\", text = [\"FILL-IN\"] }},\n",
            )
        }
        UnmappedPlace::Answer => {
            let key = if unmapped.system.is_empty() { "text" } else { "code" };
            let rule = unmapped.rule.as_deref().unwrap_or_default();
            write!(
                text,
                "# An answer to the question of {rule}. To add it, write that rule again in a file of yours with the\n\
                 # same topic and id, and this among its answers; or translate the code in a ConceptMap.\n\
                 #   {{ value = \"FILL-IN\", {key} = [{}] }},\n",
                in_line(&sent)
            )
        }
        UnmappedPlace::Site => {
            let key = if unmapped.system.is_empty() { "text" } else { "code" };
            write!(text, "[[site]]\nvalue = \"FILL-IN\"\n{key} = [{sent}]\n")
        }
    };
}

/// How the answers looked that were seen.
fn answers(text: &mut String, answers: &BTreeSet<AnswerShape>, systems: &Systems) -> std::fmt::Result {
    let units: Vec<String> = answers
        .iter()
        .filter_map(|answer| match answer {
            AnswerShape::Number(unit) => Some(quoted(unit)),
            _ => None,
        })
        .collect();
    if !units.is_empty() {
        let units = units.join(", ");
        writeln!(text, "number = {{ unit = [{units}] }}")?;
        writeln!(
            text,
            "# A measurement (haemoglobin, crp ...) wants the factor to the unit of its input instead:\n\
             # number = {{ convert = [{{ unit = [{units}], factor = \"1\" }}] }}"
        )?;
    }
    let coded: Vec<(String, &str)> = answers
        .iter()
        .filter_map(|answer| match answer {
            AnswerShape::Code(system, code, words) => Some((systems.sent(system, code), words.as_str())),
            _ => None,
        })
        .collect();
    if !coded.is_empty() {
        text.push_str("answer = [\n");
        for (code, words) in coded {
            writeln!(text, "  {{ value = \"FILL-IN\", code = [{code}] }}, # {}", in_line(words))?;
        }
        text.push_str("]\n");
    }
    if answers.contains(&AnswerShape::Text) {
        text.push_str(
            "# Answers in words were seen: add them as answer = [{ value = \"...\", text = [\"...\"] }].\n",
        );
    }
    Ok(())
}

/// The code systems that the file needs: known ones by their names, others under names of its own.
struct Systems {
    names: BTreeMap<String, String>,
    own: BTreeSet<String>,
}

impl Systems {
    fn of(found: &[(Unmapped, Seen)], catalogue: &Catalogue) -> Self {
        let mut uris: BTreeSet<&str> = BTreeSet::new();
        for (unmapped, seen) in found {
            uris.insert(&unmapped.system);
            uris.extend(seen.answers.iter().filter_map(|answer| match answer {
                AnswerShape::Code(system, ..) => Some(system.as_str()),
                _ => None,
            }));
        }
        uris.remove("");
        let mut names = BTreeMap::new();
        let mut own = BTreeSet::new();
        for uri in uris {
            let known = catalogue.systems.iter().find(|(_, uris)| uris.iter().any(|known| known == uri));
            let name = known.map_or_else(
                || {
                    let name = format!("local{}", own.len() + 1);
                    own.insert(uri.to_owned());
                    name
                },
                |(name, _)| name.clone(),
            );
            names.insert(uri.to_owned(), name);
        }
        Self { names, own }
    }

    fn write(&self, text: &mut String) {
        if !self.own.is_empty() {
            text.push_str("\n[system]\n");
        }
        for uri in &self.own {
            if let Some(name) = self.names.get(uri) {
                let _ = writeln!(text, "{name} = [{}]", quoted(uri));
            }
        }
    }

    /// A code as mapping files write it, else the words.
    fn sent(&self, system: &str, code: &str) -> String {
        match self.names.get(system) {
            Some(name) => quoted(&format!("{name}|{code}")),
            None => quoted(code),
        }
    }
}

/// A TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// What a sender wrote, for a comment.
fn in_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
