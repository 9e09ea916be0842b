//! Who calls the FHIR API, and what they may do.

use super::scope::{Context, Permission, Scope};
use crate::settings::Tenant;

/// A caller of the FHIR API. Handlers ask it what it may do; the middleware has let in nobody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    client: Option<String>,
    tenant: Tenant,
    rights: Rights,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Rights {
    /// Nobody asks for tokens here.
    Everything,
    /// As far as the token says.
    Scopes {
        scopes: Vec<Scope>,
        /// The id of the patient whom it names.
        patient: Option<String>,
    },
}

impl Caller {
    /// A caller where no tokens are asked for.
    pub fn without_token(tenant: Tenant) -> Self {
        Self { client: None, tenant, rights: Rights::Everything }
    }

    pub(super) fn with_token(
        client: String,
        tenant: Tenant,
        scopes: impl IntoIterator<Item = String>,
        patient: Option<String>,
    ) -> Self {
        let scopes = scopes.into_iter().filter_map(|scope| Scope::read(&scope)).collect();
        let patient = patient.map(|patient| patient.trim_start_matches("Patient/").to_owned());
        Self { client: Some(client), tenant, rights: Rights::Scopes { scopes, patient } }
    }

    /// The client that calls, by the name that its authorization server gave it; `None` where no tokens are asked for.
    pub fn client(&self) -> Option<&str> {
        self.client.as_deref()
    }

    /// Whose data it may see.
    pub fn tenant(&self) -> &str {
        self.tenant.as_str()
    }

    /// Whether it may do this with resources of a type, whoever's they are.
    pub fn may(&self, permission: Permission, kind: &str) -> bool {
        self.has(Context::System, permission, kind)
    }

    /// Whether it may do whatever there is.
    pub fn may_everything(&self) -> bool {
        Permission::all().all(|permission| self.may(permission, "*"))
    }

    /// Whether it may do this with a patient's resources of a type. `patient` is an id, or a reference to a Patient.
    pub fn may_for(&self, permission: Permission, kind: &str, patient: &str) -> bool {
        let asked = patient.strip_prefix("Patient/").unwrap_or(patient);
        let is_own = match &self.rights {
            Rights::Everything => true,
            Rights::Scopes { patient, .. } => patient.as_deref() == Some(asked),
        };
        self.may(permission, kind) || is_own && self.has(Context::Patient, permission, kind)
    }

    /// The id of the patient to whom it is limited in this, where it may do it for nobody else.
    pub fn only_patient(&self, permission: Permission, kind: &str) -> Option<&str> {
        match &self.rights {
            Rights::Scopes { patient: Some(patient), .. }
                if !self.may(permission, kind) && self.has(Context::Patient, permission, kind) =>
            {
                Some(patient)
            }
            _ => None,
        }
    }

    fn has(&self, context: Context, permission: Permission, kind: &str) -> bool {
        match &self.rights {
            Rights::Everything => true,
            Rights::Scopes { scopes, .. } => {
                scopes.iter().any(|scope| scope.context == context && scope.allows(kind, permission))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(scopes: &str, patient: Option<&str>) -> Caller {
        let scopes = scopes.split(' ').map(str::to_owned);
        Caller::with_token("c".to_owned(), Tenant::default(), scopes, patient.map(str::to_owned))
    }

    #[test]
    fn a_token_of_a_patient_opens_that_patient_alone() {
        let own = caller("patient/RiskAssessment.rs", Some("p1"));
        assert!(!own.may(Permission::Read, "RiskAssessment"));
        assert!(own.may_for(Permission::Read, "RiskAssessment", "p1"));
        assert!(own.may_for(Permission::Read, "RiskAssessment", "Patient/p1"));
        assert!(!own.may_for(Permission::Read, "RiskAssessment", "p2"));
        assert!(!own.may_for(Permission::Create, "RiskAssessment", "p1"));
        assert_eq!(own.only_patient(Permission::Read, "RiskAssessment"), Some("p1"));
        let nobodys = caller("patient/RiskAssessment.rs", None);
        assert!(!nobodys.may_for(Permission::Read, "RiskAssessment", ""));
        assert_eq!(nobodys.only_patient(Permission::Read, "RiskAssessment"), None);
    }

    #[test]
    fn a_token_of_a_system_opens_everybody() {
        let system = caller("openid system/RiskAssessment.rs patient/*.rs", Some("p1"));
        assert!(system.may(Permission::Search, "RiskAssessment"));
        assert!(system.may_for(Permission::Read, "RiskAssessment", "p2"));
        assert!(!system.may(Permission::Read, "AuditEvent"));
        assert_eq!(system.only_patient(Permission::Read, "RiskAssessment"), None);
        assert_eq!(system.only_patient(Permission::Read, "AuditEvent"), Some("p1"));
    }

    #[test]
    fn a_token_without_scopes_opens_nothing() {
        let nothing = caller("", None);
        assert!(!nothing.may(Permission::Read, "RiskAssessment"));
        assert!(Caller::without_token(Tenant::default()).may(Permission::Delete, "AuditEvent"));
    }

    #[test]
    fn everything_is_more_than_all_of_one_type() {
        assert!(caller("system/*.cruds", None).may_everything());
        assert!(caller("system/*.*", None).may_everything());
        for less in ["system/*.rs", "system/RiskAssessment.cruds", "patient/*.cruds", ""] {
            assert!(!caller(less, Some("p1")).may_everything(), "{less}");
        }
    }
}
