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

/// Something in a mapping file that is not used, though nothing is wrong with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappingRemark {
    /// The file.
    pub file: String,
    /// The line, counted from one.
    pub line: usize,
    /// What is not used, and why.
    pub reason: String,
}

impl std::fmt::Display for MappingRemark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}
