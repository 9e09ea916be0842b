//! `spinemet assess`: scores and guidance for every record of the input.

mod fhir;
mod json;
mod table;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::as_of::AsOf;
use super::console::Console;
use super::documents::Document;
use super::failure::Failure;
use super::page::Look;
use super::records::{Place, each_record};
use super::refusal;
use super::source::Source;
use super::status::Status;
use crate::assess::{Assessor, Evaluation, Rejection};
use crate::fhir::Record;
use crate::language::Language;
use crate::settings::Tenant;

const EXAMPLES: &str = "\
Examples:
  spinemet assess examples/breast-t12.json
  spinemet assess --language zh --as-of 2026-11-22 examples/lung-zh.json
  curl -s https://ehr/fhir/Patient/1/\\$everything | spinemet assess -
  spinemet assess --format json all.ndjson | jq -c '.scores[]?.bands'

The JSON format is one object a line for each record: format, source, patient,
as_of, versions, scope, scores (with items, points, reachable totals, bands and
evidence), verdicts, alerts, missing, conflicts, issues. A record that could not
be assessed has error and issues instead. Keys and codes are stable; the codes
are those published in profiles/.";

/// Assess the record of one patient or of many: scores with their items, ranges and bands, verdicts on the treatment
/// options, and what is missing.
#[derive(Debug, Args)]
#[command(after_help = super::help(EXAMPLES))]
pub(super) struct Arguments {
    /// FHIR Bundles, or Parameters with a bundle part, as JSON or NDJSON (one a line); - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<Source>,
    /// For people, or for machines: one JSON document a line for each record
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// The language of texts: en or zh
    #[arg(long, default_value = "en")]
    language: Language,
    /// The instant at which the patients are looked at, as a FHIR date or dateTime; a date means its last second in UTC
    /// [default: now]
    #[arg(long, value_name = "DATE")]
    as_of: Option<AsOf>,
    /// The site's own mapping files: a directory, a *.toml, or a ConceptMap as *.json; may be given several times
    #[arg(long, value_name = "PATH")]
    mappings: Vec<PathBuf>,
    /// With --format fhir: the address under which the service would give the RiskAssessments
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
}

/// The forms of the answer.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    /// A table for people
    #[default]
    Table,
    /// The Bundle that POST /fhir/R4/$assess would answer, without meta.lastUpdated
    Fhir,
    /// Scores, verdicts and what is missing, in stable keys and codes
    Json,
}

/// Assesses every record of every file.
pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<(), Failure> {
    let assessor = Assessor::new(arguments.mappings.iter().map(PathBuf::as_path))?;
    let task = Task {
        assessor: &assessor,
        format: arguments.format,
        language: arguments.language,
        as_of: arguments.as_of.unwrap_or_else(AsOf::now),
        tenant: Tenant::default(),
        base_url: arguments.base_url.trim_end_matches('/'),
        look: Console::look(),
    };
    each_record(&arguments.files, console, |document, place, console| task.one(document, place, console))
}

/// What is the same for every record.
struct Task<'a> {
    assessor: &'a Assessor,
    format: Format,
    language: Language,
    as_of: AsOf,
    /// Part of the ids: the one of a service without settings.
    tenant: Tenant,
    base_url: &'a str,
    look: Look,
}

impl Task<'_> {
    /// Assesses one record and writes the answer, or why there is none.
    fn one(&self, document: &Document<'_>, place: &Place<'_>, console: &mut Console) -> Result<(), Failure> {
        let rejection = match self.evaluate(document) {
            Ok(evaluation) => match self.answer(&evaluation, place)? {
                Ok(answer) => return console.write(&answer),
                Err(rejection) => rejection,
            },
            Err(rejection) => rejection,
        };
        console.write(&self.refusal(&rejection, place)?)?;
        match self.format {
            Format::Table => console.note(Status::NotAll),
            Format::Fhir | Format::Json => {
                console.complain(&refusal::complaint(&rejection, place), Status::NotAll);
            }
        }
        Ok(())
    }

    fn evaluate<'d>(&self, document: &Document<'d>) -> Result<Evaluation<'d>, Rejection> {
        self.assessor.evaluate(Record::read(document.bytes)?, self.as_of.0)
    }

    fn answer(
        &self,
        evaluation: &Evaluation<'_>,
        place: &Place<'_>,
    ) -> Result<Result<Vec<u8>, Rejection>, Failure> {
        let issues = self.assessor.report(evaluation, self.language);
        let speaker = self.assessor.speaker(self.language);
        Ok(Ok(match self.format {
            Format::Table => table::answer(evaluation, &issues, place, speaker, self.look),
            Format::Json => json::answer(evaluation, &issues, place, self.assessor.mappings().version())?,
            Format::Fhir => match self.assessor.render(evaluation, self.tenant.as_str(), self.language) {
                Ok(resources) => fhir::answer(&resources, &issues, self.base_url)?,
                Err(rejection) => return Ok(Err(rejection)),
            },
        }))
    }

    fn refusal(&self, rejection: &Rejection, place: &Place<'_>) -> Result<Vec<u8>, Failure> {
        Ok(match self.format {
            Format::Table => {
                let title = self.assessor.speaker(self.language).say("cli", "not-assessed");
                refusal::page(title, rejection, place, self.look)
            }
            Format::Fhir => fhir::refusal(rejection)?,
            Format::Json => refusal::json(json::FORMAT, rejection, place)?,
        })
    }
}
