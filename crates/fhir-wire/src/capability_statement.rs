//! Writing a CapabilityStatement: what a running service answers.

use fhirbolt::model::r4::{resources, types};

use crate::{
    CodeableConcept, Extension, Text, WireError, datatype::model, path::Path, primitive, serializer,
};

/// What can be done with the resources of one type.
///
/// Source: <https://hl7.org/fhir/R4/valueset-type-restful-interaction.html>; the same codes in R4B and R5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the FHIR code of its name")]
pub enum TypeInteraction {
    Read,
    Vread,
    Update,
    Delete,
    HistoryInstance,
    HistoryType,
    Create,
    SearchType,
}

impl TypeInteraction {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Vread => "vread",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::HistoryInstance => "history-instance",
            Self::HistoryType => "history-type",
            Self::Create => "create",
            Self::SearchType => "search-type",
        }
    }
}

/// What can be done with all resources together.
///
/// Source: <https://hl7.org/fhir/R4/valueset-system-restful-interaction.html>; the same codes in R4B and R5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each variant is the FHIR code of its name")]
pub enum SystemInteraction {
    Transaction,
    Batch,
    SearchSystem,
    HistorySystem,
}

impl SystemInteraction {
    /// The code in FHIR.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Transaction => "transaction",
            Self::Batch => "batch",
            Self::SearchSystem => "search-system",
            Self::HistorySystem => "history-system",
        }
    }
}

/// A parameter that resources are searched by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilitySearchParameter<'a> {
    /// Its name in the URL.
    pub name: Text<'a>,
    /// The code of its type: `token`, `reference`, `date` and so on.
    pub kind: Text<'a>,
    /// The canonical URL of the SearchParameter that defines it.
    pub definition: Option<Text<'a>>,
    /// What to know when using it here.
    pub documentation: Option<Text<'a>>,
}

/// An operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityOperation<'a> {
    /// Its name, without the dollar sign.
    pub name: Text<'a>,
    /// The canonical URL of the OperationDefinition.
    pub definition: Text<'a>,
    /// What to know when using it here.
    pub documentation: Option<Text<'a>>,
}

/// What is served of one resource type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapabilityResource<'a> {
    /// What FHIR has no element for.
    pub extension: Vec<Extension<'a>>,
    /// The resource type.
    pub resource_type: Text<'a>,
    /// The canonical URLs of the profiles that resources conform to.
    pub supported_profile: Vec<Text<'a>>,
    /// What can be done.
    pub interaction: Vec<TypeInteraction>,
    /// Whether versions are kept: `no-version`, `versioned` or `versioned-update`.
    pub versioning: Option<Text<'a>>,
    /// Whether old versions can be read.
    pub read_history: Option<bool>,
    /// How conditional reads are answered: `not-supported`, `modified-since`, `not-match` or `full-support`.
    pub conditional_read: Option<Text<'a>>,
    /// The values of `_include`.
    pub search_include: Vec<Text<'a>>,
    /// The values of `_revinclude`.
    pub search_rev_include: Vec<Text<'a>>,
    /// The parameters of a search.
    pub search_param: Vec<CapabilitySearchParameter<'a>>,
    /// The operations on the type and its resources.
    pub operation: Vec<CapabilityOperation<'a>>,
}

/// How the service is protected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CapabilitySecurity<'a> {
    /// What FHIR has no element for, such as SMART's addresses.
    pub extension: Vec<Extension<'a>>,
    /// Whether scripts of other origins may call.
    pub cors: Option<bool>,
    /// The schemes, such as SMART-on-FHIR.
    pub service: Vec<CodeableConcept<'a>>,
    /// The same in words.
    pub description: Option<Text<'a>>,
}

/// A CapabilityStatement of a running service (`kind` is `instance`), with the elements that are the same in R4, R4B
/// and R5.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapabilityStatement<'a> {
    /// The canonical URL of the statement.
    pub url: Text<'a>,
    /// A name for programs.
    pub name: Text<'a>,
    /// A name for people.
    pub title: Text<'a>,
    /// When what it says last changed, a `dateTime`.
    pub date: Text<'a>,
    /// Who publishes it.
    pub publisher: Text<'a>,
    /// What the service is for.
    pub description: Text<'a>,
    /// The name of the program.
    pub software_name: Text<'a>,
    /// The version of the program.
    pub software_version: Text<'a>,
    /// What this installation is.
    pub implementation_description: Text<'a>,
    /// The base URL of this installation.
    pub implementation_url: Text<'a>,
    /// The FHIR release, such as `4.0.1`.
    pub fhir_version: Text<'a>,
    /// The formats that are read and written.
    pub format: Vec<Text<'a>>,
    /// How the service is protected.
    pub security: Option<CapabilitySecurity<'a>>,
    /// What is served, by resource type.
    pub resource: Vec<CapabilityResource<'a>>,
    /// What can be done with all resources together.
    pub interaction: Vec<SystemInteraction>,
    /// The operations of the whole service.
    pub operation: Vec<CapabilityOperation<'a>>,
}

/// Writes a CapabilityStatement as JSON.
///
/// # Errors
///
/// When a text does not have the form of its data type, no format is named, or a type, an interaction of a type, a
/// search parameter or an operation stands twice in its list (FHIR's cpb-9, cpb-12 and plain sense).
pub fn capability_statement(value: &CapabilityStatement<'_>) -> Result<Vec<u8>, WireError> {
    let path = &Path::resource("CapabilityStatement");
    if value.format.is_empty() {
        return Err(path.child("format").missing());
    }
    let software = &path.child("software");
    let implementation = &path.child("implementation");
    serializer::to_json(&resources::CapabilityStatement {
        url: Some(primitive::uri(&value.url, &path.child("url"))?.into()),
        name: model::optional_text(Some(&value.name), path, "name")?,
        title: model::optional_text(Some(&value.title), path, "title")?,
        status: "active".into(),
        date: primitive::date_time(&value.date, &path.child("date"))?.into(),
        publisher: model::optional_text(Some(&value.publisher), path, "publisher")?,
        description: model::optional_text(Some(&value.description), path, "description")?,
        kind: "instance".into(),
        software: Some(resources::CapabilityStatementSoftware {
            name: primitive::text(&value.software_name, &software.child("name"))?.into(),
            version: model::optional_text(Some(&value.software_version), software, "version")?,
            ..Default::default()
        }),
        implementation: Some(resources::CapabilityStatementImplementation {
            description: primitive::text(
                &value.implementation_description,
                &implementation.child("description"),
            )?
            .into(),
            url: Some(primitive::uri(&value.implementation_url, &implementation.child("url"))?.into()),
            ..Default::default()
        }),
        fhir_version: primitive::code(&value.fhir_version, &path.child("fhirVersion"))?.into(),
        format: model::list(&value.format, path, "format", code)?,
        rest: vec![rest(value, &path.item("rest", 0))?],
        ..Default::default()
    })
}

fn rest(
    value: &CapabilityStatement<'_>,
    path: &Path<'_>,
) -> Result<resources::CapabilityStatementRest, WireError> {
    distinct(
        value.resource.iter().map(|resource| resource.resource_type.as_ref()),
        &path.child("resource"),
        "cpb-9: a resource type stands once",
    )?;
    let interaction = |code: &SystemInteraction| resources::CapabilityStatementRestInteraction {
        code: code.code().into(),
        ..Default::default()
    };
    Ok(resources::CapabilityStatementRest {
        mode: "server".into(),
        security: value
            .security
            .as_ref()
            .map(|value| security(value, &path.child("security")))
            .transpose()?,
        resource: model::list(&value.resource, path, "resource", resource)?,
        interaction: value.interaction.iter().map(interaction).collect(),
        operation: operations(&value.operation, path)?,
        ..Default::default()
    })
}

fn security(
    value: &CapabilitySecurity<'_>,
    path: &Path<'_>,
) -> Result<resources::CapabilityStatementRestSecurity, WireError> {
    Ok(resources::CapabilityStatementRestSecurity {
        extension: model::list(&value.extension, path, "extension", model::extension)?,
        cors: value.cors.map(types::Boolean::from),
        service: model::list(&value.service, path, "service", model::codeable_concept)?,
        description: model::optional_text(value.description.as_ref(), path, "description")?,
        ..Default::default()
    })
}

fn resource(
    value: &CapabilityResource<'_>,
    path: &Path<'_>,
) -> Result<resources::CapabilityStatementRestResource, WireError> {
    distinct(
        value.search_param.iter().map(|parameter| parameter.name.as_ref()),
        &path.child("searchParam"),
        "cpb-12: a search parameter stands once",
    )?;
    distinct(
        value.interaction.iter().map(|interaction| interaction.code()),
        &path.child("interaction"),
        "an interaction stands once",
    )?;
    let interaction = |code: &TypeInteraction| resources::CapabilityStatementRestResourceInteraction {
        code: code.code().into(),
        ..Default::default()
    };
    Ok(resources::CapabilityStatementRestResource {
        extension: model::list(&value.extension, path, "extension", model::extension)?,
        r#type: primitive::code(&value.resource_type, &path.child("type"))?.into(),
        supported_profile: model::list(&value.supported_profile, path, "supportedProfile", canonical)?,
        interaction: value.interaction.iter().map(interaction).collect(),
        versioning: optional_code(value.versioning.as_ref(), &path.child("versioning"))?,
        read_history: value.read_history.map(types::Boolean::from),
        conditional_read: optional_code(value.conditional_read.as_ref(), &path.child("conditionalRead"))?,
        search_include: model::list(&value.search_include, path, "searchInclude", text)?,
        search_rev_include: model::list(&value.search_rev_include, path, "searchRevInclude", text)?,
        search_param: model::list(&value.search_param, path, "searchParam", search_parameter)?,
        operation: operations(&value.operation, path)?,
        ..Default::default()
    })
}

fn search_parameter(
    value: &CapabilitySearchParameter<'_>,
    path: &Path<'_>,
) -> Result<resources::CapabilityStatementRestResourceSearchParam, WireError> {
    let definition = value.definition.as_ref().map(|url| canonical(url, &path.child("definition")));
    Ok(resources::CapabilityStatementRestResourceSearchParam {
        name: text(&value.name, &path.child("name"))?,
        definition: definition.transpose()?,
        r#type: code(&value.kind, &path.child("type"))?,
        documentation: model::optional_text(value.documentation.as_ref(), path, "documentation")?,
        ..Default::default()
    })
}

fn operations(
    values: &[CapabilityOperation<'_>],
    path: &Path<'_>,
) -> Result<Vec<resources::CapabilityStatementRestResourceOperation>, WireError> {
    distinct(
        values.iter().map(|operation| operation.name.as_ref()),
        &path.child("operation"),
        "an operation stands once",
    )?;
    model::list(values, path, "operation", |value, path| {
        Ok(resources::CapabilityStatementRestResourceOperation {
            name: text(&value.name, &path.child("name"))?,
            definition: canonical(&value.definition, &path.child("definition"))?,
            documentation: model::optional_text(value.documentation.as_ref(), path, "documentation")?,
            ..Default::default()
        })
    })
}

fn distinct<'a>(
    names: impl Iterator<Item = &'a str>,
    path: &Path<'_>,
    rule: &'static str,
) -> Result<(), WireError> {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if !seen.insert(name) {
            return Err(path.inconsistent(rule));
        }
    }
    Ok(())
}

fn text(value: &Text<'_>, path: &Path<'_>) -> Result<types::String, WireError> {
    primitive::text(value, path).map(types::String::from)
}

fn code(value: &Text<'_>, path: &Path<'_>) -> Result<types::Code, WireError> {
    primitive::code(value, path).map(types::Code::from)
}

fn optional_code(value: Option<&Text<'_>>, path: &Path<'_>) -> Result<Option<types::Code>, WireError> {
    value.map(|value| code(value, path)).transpose()
}

fn canonical(value: &Text<'_>, path: &Path<'_>) -> Result<types::Canonical, WireError> {
    primitive::uri(value, path).map(types::Canonical::from)
}
