//! What is wrong with a mapping file.

/// A mapping file that cannot be used: where and why. A service does not start with one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {reason}")]
pub struct MappingError {
    /// The file.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
    /// What is wrong and what to do.
    pub reason: String,
}

impl MappingError {
    pub(super) fn new(file: &str, line: usize, reason: String) -> Self {
        Self { file: file.to_owned(), line, reason }
    }
}
