//! Reading elements with their place at hand, so that whatever is wrong can be named by FHIRPath.

use std::borrow::Cow;

use super::issue::Issue;
use super::json::{Json, JsonFault, Kind, Object};
use fhir_wire::IssueType;

/// One step of a FHIRPath expression.
#[derive(Debug, Clone, Copy)]
enum Step {
    Field(&'static str),
    Index(usize),
}

/// Opens JSON values and collects what is wrong with them.
///
/// Every method returns what could be read: a wrong type is reported once, with its place, and then counts as absent,
/// so that one bad element never costs the others.
#[derive(Debug, Default)]
pub struct Reader<'p> {
    root: &'p str,
    steps: Vec<Step>,
    issues: Vec<Issue>,
    duplicate_key: bool,
}

impl<'p> Reader<'p> {
    /// A reader whose paths start at `root`, e.g. `Bundle.entry[3].resource`.
    pub fn at(root: &'p str) -> Self {
        Self { root, ..Self::default() }
    }

    /// What was wrong.
    pub fn into_issues(self) -> Vec<Issue> {
        self.issues
    }

    /// Whether a key stood twice somewhere: then the whole body is refused.
    pub fn has_duplicate_key(&self) -> bool {
        self.duplicate_key
    }

    /// Reads a member, with its name as the next step of the path. `null` counts as absent.
    pub fn member<'a, T>(
        &mut self,
        object: &Object<'a>,
        name: &'static str,
        read: impl FnOnce(&mut Self, Json<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = object.get(name).filter(|value| value.kind() != Kind::Null)?;
        self.steps.push(Step::Field(name));
        let result = read(self, value);
        self.steps.pop();
        result
    }

    /// Reads a member that is a list. Elements that cannot be read are left out and reported.
    pub fn list<'a, T>(
        &mut self,
        object: &Object<'a>,
        name: &'static str,
        mut read: impl FnMut(&mut Self, Json<'a>) -> Option<T>,
    ) -> Vec<T> {
        let elements = self.member(object, name, |reader, value| reader.open(value, Json::array, "an array"));
        self.steps.push(Step::Field(name));
        let mut values = Vec::new();
        for (index, element) in elements.unwrap_or_default().into_iter().enumerate() {
            self.steps.push(Step::Index(index));
            values.extend(read(self, element));
            self.steps.pop();
        }
        self.steps.pop();
        values
    }

    /// A member that is a string.
    pub fn string<'a>(&mut self, object: &Object<'a>, name: &'static str) -> Option<Cow<'a, str>> {
        self.member(object, name, |reader, value| reader.open(value, Json::string, "a string"))
    }

    /// A member that is a number, as its text.
    pub fn number<'a>(&mut self, object: &Object<'a>, name: &'static str) -> Option<&'a str> {
        self.member(object, name, |reader, value| reader.open(value, Json::number, "a number"))
    }

    /// A member that is true or false.
    pub fn boolean(&mut self, object: &Object<'_>, name: &'static str) -> Option<bool> {
        self.member(object, name, |reader, value| reader.open(value, Json::boolean, "true or false"))
    }

    /// A value that is an object.
    pub fn object<'a>(&mut self, value: Json<'a>) -> Option<Object<'a>> {
        self.open(value, Json::object, "an object")
    }

    /// Opens a value, reporting what it is instead of what was expected.
    fn open<'a, T>(
        &mut self,
        value: Json<'a>,
        open: impl FnOnce(Json<'a>) -> Result<T, JsonFault>,
        expected: &str,
    ) -> Option<T> {
        match open(value) {
            Ok(value) => Some(value),
            Err(JsonFault::DuplicateKey) => {
                self.duplicate_key = true;
                self.report(Issue::error(
                    IssueType::Structure,
                    "A key stands twice in this object; which of the two is meant cannot be known. Send it once.",
                ));
                None
            }
            Err(JsonFault::Kind(kind)) => {
                let found = describe(kind);
                self.report(Issue::error(
                    IssueType::Structure,
                    format!("Expected {expected}, found {found}; the element was not used."),
                ));
                None
            }
        }
    }

    /// Adds an issue at the present place.
    pub fn report(&mut self, issue: Issue) {
        let place = self.place();
        self.issues.push(issue.at(place));
    }

    /// The present place as a FHIRPath expression.
    pub fn place(&self) -> String {
        let mut place = self.root.to_owned();
        for step in &self.steps {
            match step {
                Step::Field(name) => {
                    place.push('.');
                    place.push_str(name);
                }
                Step::Index(index) => {
                    place.push('[');
                    place.push_str(&index.to_string());
                    place.push(']');
                }
            }
        }
        place
    }
}

/// A kind of JSON value in words.
fn describe(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true or false",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}
