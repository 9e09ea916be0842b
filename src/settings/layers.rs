//! Defaults, then the file, then the environment.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::Settings;

const PREFIX: &str = "SPINEMET_";
const FILE_VARIABLE: &str = "SPINEMET_CONFIG";

impl Settings {
    /// Reads the settings of this process.
    ///
    /// The file is `file`, else the one that the environment variable `SPINEMET_CONFIG` names, else none.
    pub fn load(file: Option<&Path>) -> Result<Self, SettingsError> {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
        });
        Self::from_layers(file, environment)
    }

    /// Reads the settings from a file and from variables that need not be this process's own.
    pub fn from_layers(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        let mut variables: Vec<(String, String)> =
            environment.into_iter().filter(|(name, _)| name.starts_with(PREFIX)).collect();
        variables.sort();
        let named =
            variables.iter().find(|(name, _)| name == FILE_VARIABLE).map(|(_, path)| PathBuf::from(path));
        let settings = match file.map(Path::to_path_buf).or(named) {
            Some(path) => from_file(&path)?,
            None => Self::default(),
        };
        let settings = variables
            .into_iter()
            .filter(|(name, _)| name != FILE_VARIABLE)
            .try_fold(settings, |settings, (name, value)| with_variable(&settings, name, &value))?;
        settings.check()
    }

    /// What no single key can say about itself.
    fn check(self) -> Result<Self, SettingsError> {
        if self.body_read_deadline_milliseconds >= self.request_deadline_milliseconds {
            return Err(SettingsError::Inconsistent(
                "body_read_deadline_milliseconds must be less than request_deadline_milliseconds",
            ));
        }
        let reversed = |(_, hours): &(&str, super::Hours)| hours.fresh > hours.usable;
        if let Some((key, _)) = self.clinical.freshness.windows().into_iter().find(reversed) {
            return Err(SettingsError::WindowReversed(key));
        }
        Ok(self)
    }
}

fn from_file(path: &Path) -> Result<Settings, SettingsError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| SettingsError::Unreadable { path: path.to_path_buf(), source })?;
    toml::from_str(&text).map_err(|source| SettingsError::File { path: path.to_path_buf(), source })
}

fn with_variable(settings: &Settings, name: String, value: &str) -> Result<Settings, SettingsError> {
    let key = name.trim_start_matches(PREFIX).to_ascii_lowercase();
    let mut outcome = with_value(settings, &key, Value::String(value.to_owned()));
    // A variable is text: it becomes a number only for a key that takes one, so that a tenant may be called 42.
    if outcome.is_err()
        && let Ok(number) = value.parse()
    {
        outcome = with_value(settings, &key, Value::Integer(number));
    }
    outcome.map_err(|source| SettingsError::Variable { name, source })
}

fn with_value(settings: &Settings, key: &str, value: Value) -> Result<Settings, toml::de::Error> {
    let mut table = Table::try_from(settings).map_err(serde::de::Error::custom)?;
    table.insert(key.to_owned(), value);
    table.try_into()
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file could not be read.
    #[error("cannot read the settings file {path}: {source}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML, or has a key or a value that is not known.
    #[error("in the settings file {path}: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What and where.
        source: toml::de::Error,
    },
    /// An environment variable names no key, or has a value that the key does not take.
    #[error("in the environment variable {name}: {source}")]
    Variable {
        /// The variable.
        name: String,
        /// What is wrong with it.
        source: toml::de::Error,
    },
    /// Two settings do not fit together.
    #[error("{0}")]
    Inconsistent(&'static str),
    /// A finding would be fresh for longer than it may be used.
    #[error("clinical.freshness.{0}: fresh must not be more than usable")]
    WindowReversed(&'static str),
}
