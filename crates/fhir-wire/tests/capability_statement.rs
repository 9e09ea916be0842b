//! What a CapabilityStatement looks like when it leaves.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use fhir_wire::{
    CapabilityOperation, CapabilityResource, CapabilitySearchParameter, CapabilitySecurity,
    CapabilityStatement, CodeableConcept, SystemInteraction, TypeInteraction, WireError,
    capability_statement,
};

fn statement() -> CapabilityStatement<'static> {
    CapabilityStatement {
        url: "https://example.org/fhir/R4/metadata".into(),
        name: "Example".into(),
        title: "An example".into(),
        date: "2026-01-01".into(),
        publisher: "Somebody".into(),
        description: "What it is for.".into(),
        software_name: "example".into(),
        software_version: "1.0".into(),
        implementation_description: "Here".into(),
        implementation_url: "https://example.org/fhir/R4".into(),
        fhir_version: "4.0.1".into(),
        format: vec!["json".into()],
        security: None,
        resource: Vec::new(),
        interaction: Vec::new(),
        operation: Vec::new(),
    }
}

fn operation() -> CapabilityOperation<'static> {
    CapabilityOperation {
        name: "assess".into(),
        definition: "https://example.org/assess".into(),
        documentation: Some("Say when.".into()),
    }
}

fn resource() -> CapabilityResource<'static> {
    CapabilityResource {
        resource_type: "RiskAssessment".into(),
        supported_profile: vec!["https://example.org/profile".into()],
        interaction: vec![TypeInteraction::Read, TypeInteraction::SearchType],
        versioning: Some("versioned".into()),
        read_history: Some(true),
        conditional_read: Some("full-support".into()),
        search_include: vec!["RiskAssessment:subject".into()],
        search_param: vec![CapabilitySearchParameter {
            name: "subject".into(),
            kind: "reference".into(),
            definition: Some("http://hl7.org/fhir/SearchParameter/RiskAssessment-subject".into()),
            documentation: None,
        }],
        operation: vec![operation()],
        ..CapabilityResource::default()
    }
}

#[test]
fn every_element_reaches_its_place() {
    let statement = CapabilityStatement {
        security: Some(CapabilitySecurity {
            cors: Some(true),
            service: vec![CodeableConcept::text("SMART")],
            ..CapabilitySecurity::default()
        }),
        resource: vec![resource()],
        interaction: vec![SystemInteraction::HistorySystem],
        operation: vec![operation()],
        ..statement()
    };
    let operation =
        r#"[{"name":"assess","definition":"https://example.org/assess","documentation":"Say when."}]"#;
    let expected = [
        r#"{"resourceType":"CapabilityStatement","url":"https://example.org/fhir/R4/metadata","name":"Example","#,
        r#""title":"An example","status":"active","date":"2026-01-01","publisher":"Somebody","#,
        r#""description":"What it is for.","kind":"instance","software":{"name":"example","version":"1.0"},"#,
        r#""implementation":{"description":"Here","url":"https://example.org/fhir/R4"},"fhirVersion":"4.0.1","#,
        r#""format":["json"],"rest":[{"mode":"server","security":{"cors":true,"service":[{"text":"SMART"}]},"#,
        r#""resource":[{"type":"RiskAssessment","supportedProfile":["https://example.org/profile"],"#,
        r#""interaction":[{"code":"read"},{"code":"search-type"}],"versioning":"versioned","readHistory":true,"#,
        r#""conditionalRead":"full-support","searchInclude":["RiskAssessment:subject"],"searchParam":["#,
        r#"{"name":"subject","definition":"http://hl7.org/fhir/SearchParameter/RiskAssessment-subject","#,
        r#""type":"reference"}],"operation":"#,
        operation,
        r#"}],"interaction":[{"code":"history-system"}],"operation":"#,
        operation,
        r"}]}",
    ]
    .concat();
    assert_eq!(String::from_utf8(capability_statement(&statement).unwrap()).unwrap(), expected);
}

#[test]
fn what_stands_twice_is_refused() {
    let twice = |resource| CapabilityStatement { resource, ..statement() };
    let mut searched = resource();
    searched.search_param.extend(resource().search_param);
    let mut interacting = resource();
    interacting.interaction.push(TypeInteraction::Read);
    let mut operating = resource();
    operating.operation.push(operation());
    let cases = [
        (twice(vec![resource(), resource()]), "CapabilityStatement.rest[0].resource"),
        (twice(vec![searched]), "CapabilityStatement.rest[0].resource[0].searchParam"),
        (twice(vec![interacting]), "CapabilityStatement.rest[0].resource[0].interaction"),
        (twice(vec![operating]), "CapabilityStatement.rest[0].resource[0].operation"),
        (
            CapabilityStatement { operation: vec![operation(), operation()], ..statement() },
            "CapabilityStatement.rest[0].operation",
        ),
    ];
    for (statement, place) in cases {
        match capability_statement(&statement) {
            Err(WireError::Inconsistent { element, .. }) => assert_eq!(element, place),
            other => assert!(other.is_err(), "{place} was written"),
        }
    }
}

#[test]
fn a_statement_without_a_format_is_refused() {
    let element = "CapabilityStatement.format".to_owned();
    let statement = CapabilityStatement { format: Vec::new(), ..statement() };
    assert_eq!(capability_statement(&statement), Err(WireError::Missing { element }));
}
