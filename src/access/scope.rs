//! SMART scopes: what an access token is for. Of version 2 (`system/RiskAssessment.rs`) and of version 1
//! (`system/RiskAssessment.read`).

use std::fmt;

/// What can be done with resources of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Make new ones.
    Create,
    /// Read one that is known by its id.
    Read,
    /// Change one.
    Update,
    /// Delete one.
    Delete,
    /// Search for them.
    Search,
}

impl Permission {
    const ALL: [(char, Self); 5] = [
        ('c', Self::Create),
        ('r', Self::Read),
        ('u', Self::Update),
        ('d', Self::Delete),
        ('s', Self::Search),
    ];

    /// Every one.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().map(|(_, permission)| permission)
    }

    const fn bit(self) -> u8 {
        match self {
            Self::Create => 1,
            Self::Read => 2,
            Self::Update => 4,
            Self::Delete => 8,
            Self::Search => 16,
        }
    }
}

/// Whose data a scope opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Everybody's.
    System,
    /// That of the patient whom the token names.
    Patient,
}

/// A scope that opens resources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Whose data.
    pub context: Context,
    kind: Kind,
    permissions: u8,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Every,
    One(String),
}

impl Scope {
    /// Reads a scope. `None` for what opens nothing here: scopes of another sort (`openid`), of a user, whose rights are
    /// not known here, and those with a search behind them (`?category=x`), which open less than the type and more than is
    /// told apart here.
    pub fn read(text: &str) -> Option<Self> {
        let (context, rest) = text.split_once('/')?;
        let context = match context {
            "system" => Context::System,
            "patient" => Context::Patient,
            _ => return None,
        };
        let (kind, permissions) = rest.split_once('.')?;
        let kind = match kind {
            "*" => Kind::Every,
            _ if is_type(kind) => Kind::One(kind.to_owned()),
            _ => return None,
        };
        Some(Self { context, kind, permissions: permissions_of(permissions)? })
    }

    /// Whether it opens this.
    pub fn allows(&self, kind: &str, permission: Permission) -> bool {
        let is_of_kind = match &self.kind {
            Kind::Every => true,
            Kind::One(own) => own == kind,
        };
        is_of_kind && self.permissions & permission.bit() != 0
    }
}

fn is_type(kind: &str) -> bool {
    kind.bytes().all(|byte| byte.is_ascii_alphabetic())
        && kind.starts_with(|first: char| first.is_ascii_uppercase())
}

/// `cruds`, in this order and without some of them; or the words of version 1.
fn permissions_of(text: &str) -> Option<u8> {
    let (read, write) = (0b1_0010, 0b0_1101);
    match text {
        "read" => return Some(read),
        "write" => return Some(write),
        "*" => return Some(read | write),
        _ => {}
    }
    let mut left = Permission::ALL.into_iter();
    let mut permissions = 0;
    for letter in text.chars() {
        let (_, permission) = left.find(|(own, _)| *own == letter)?;
        permissions |= permission.bit();
    }
    (permissions != 0).then_some(permissions)
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Search => "search",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_opens_what_it_says_and_nothing_else() {
        use Permission::{Create, Delete, Read, Search, Update};
        for (text, kind, allowed) in [
            ("system/RiskAssessment.rs", "RiskAssessment", vec![Read, Search]),
            ("system/RiskAssessment.rs", "AuditEvent", vec![]),
            ("system/RiskAssessment.r", "RiskAssessment", vec![Read]),
            ("system/*.cruds", "AuditEvent", vec![Create, Read, Update, Delete, Search]),
            ("system/*.cud", "RiskAssessment", vec![Create, Update, Delete]),
            ("system/RiskAssessment.read", "RiskAssessment", vec![Read, Search]),
            ("system/RiskAssessment.write", "RiskAssessment", vec![Create, Update, Delete]),
            ("system/*.*", "RiskAssessment", vec![Create, Read, Update, Delete, Search]),
            ("patient/RiskAssessment.rs", "RiskAssessment", vec![Read, Search]),
        ] {
            let scope = Scope::read(text).unwrap();
            for (_, permission) in Permission::ALL {
                assert_eq!(
                    scope.allows(kind, permission),
                    allowed.contains(&permission),
                    "{text} {kind} {permission}"
                );
            }
        }
    }

    #[test]
    fn what_is_no_scope_opens_nothing() {
        for text in [
            "openid",
            "launch/patient",
            "user/RiskAssessment.rs",
            "system/RiskAssessment",
            "system/RiskAssessment.",
            "system/RiskAssessment.sr",
            "system/RiskAssessment.rr",
            "system/RiskAssessment.rx",
            "system/.rs",
            "system/riskassessment.rs",
            "system/Risk*.rs",
            "system/RiskAssessment.rs?subject=Patient/1",
            "system/*",
            "",
            "System/RiskAssessment.rs",
            "system/RiskAssessment.READ",
        ] {
            assert_eq!(Scope::read(text), None, "{text}");
        }
    }
}
