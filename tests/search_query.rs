//! What the parameters of a search mean: what must hold, what is taken as it was meant, what is left out and what is
//! refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

use spinemet::fhir::search::{
    Condition, Context, Controls, Include, Key, Order, Query, Refusal, Shape, Term,
};

const BASE: &str = "http://here/fhir/R4";

fn parse(text: &str, is_strict: bool) -> Result<Query, Refusal> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let context = Context {
        resource_type: "RiskAssessment",
        base: BASE,
        profiles: &["http://profile"],
        now: 2_000_000,
        is_strict,
    };
    Query::parse(&pairs, &context)
}

fn any(terms: &[Term]) -> Vec<Condition> {
    vec![Condition::AnyOf(terms.to_vec())]
}

fn subject(reference: &str) -> Term {
    Term::reference("subject", reference)
}

#[test]
fn each_parameter_means_one_condition() {
    let method = |code: &str| Term::code("method", code);
    let cases = [
        ("patient=1", any(&[subject("Patient/1")])),
        ("patient=Patient/1", any(&[subject("Patient/1")])),
        ("patient=http://here/fhir/R4/Patient/1", any(&[subject("Patient/1")])),
        ("patient=http://there/fhir/Patient/1", any(&[subject("http://there/fhir/Patient/1")])),
        ("subject=1", any(&[subject("Patient/1"), subject("Group/1")])),
        ("subject:Patient=1,2", any(&[subject("Patient/1"), subject("Patient/2")])),
        ("subject:identifier=s|v", any(&[Term::system_and_code("subject:identifier", "s", "v")])),
        ("patient.identifier=v", any(&[Term::code("subject:identifier", "v")])),
        ("subject:Patient.identifier=v", any(&[Term::code("subject:identifier", "v")])),
        ("performer:identifier=v", any(&[Term::code("performer:identifier", "v")])),
        ("condition=c", any(&[Term::reference("condition", "Condition/c")])),
        ("encounter=Encounter/e", any(&[Term::reference("encounter", "Encounter/e")])),
        ("method=a,b", any(&[method("a"), method("b")])),
        (r"method=a\,b", any(&[method("a,b")])),
        ("method=s|a", any(&[Term::system_and_code("method", "s", "a")])),
        ("method=s|", any(&[Term::system("method", "s")])),
        ("method=|a", any(&[Term::system_and_code("method", "", "a")])),
        ("method:not=a", vec![Condition::NoneOf(vec![method("a")])]),
        ("method=a&method=b", vec![any(&[method("a")]).remove(0), any(&[method("b")]).remove(0)]),
        ("risk:missing=true", vec![Condition::NoneOf(vec![Term::present("risk")])]),
        ("patient:missing=false", any(&[Term::present("subject")])),
        ("date:missing=true", vec![Condition::HasDate(false)]),
        (
            "probability=gt0.5",
            vec![Condition::Number(Term::present("probability"), vec![(0.5, f64::INFINITY)])],
        ),
        ("_id=a,b", vec![Condition::Ids(vec!["a".to_owned(), "b".to_owned()])]),
        ("_lastUpdated=sa1970-01-01T00:00:01Z", vec![Condition::Updated(vec![(2_000_000, i64::MAX / 4)])]),
        ("_lastUpdated=gt1970-01-01T00:00:01Z", vec![Condition::Updated(vec![(1_000_001, i64::MAX / 4)])]),
        ("_lastUpdated=1970-01-01T02:00:00+02:00", vec![Condition::Updated(vec![(0, 999_999)])]),
        ("_profile=http://profile", vec![]),
        ("_profile=http://other", vec![Condition::Nothing]),
        ("_profile:missing=true", vec![Condition::Nothing]),
        ("_tag=t", any(&[Term::code("_tag", "t")])),
        ("_security:not=s|c", vec![Condition::NoneOf(vec![Term::system_and_code("_security", "s", "c")])]),
        ("_source=urn:x", any(&[Term::uri("_source", "urn:x")])),
        ("", vec![]),
    ];
    for (text, expected) in cases {
        let query = parse(text, true).unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"));
        assert_eq!(query.conditions, expected, "{text}");
        let used: Vec<String> = query.used.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(used.join("&"), text.replace("+02:00", " 02:00"), "the self link says it again");
        assert_eq!(query.controls, Controls::default(), "{text}");
    }
}

#[test]
fn what_says_how_to_answer_is_no_condition() {
    let order = |by, is_descending| Some(Order { by, is_descending });
    let with = |change: fn(&mut Controls)| {
        let mut controls = Controls::default();
        change(&mut controls);
        controls
    };
    let sorted = |order| Controls { order, ..Controls::default() };
    let including = |include| Controls { includes: vec![include], ..Controls::default() };
    let provenance = Include::Referring { resource_type: "Provenance".to_owned(), parameter: "target" };
    let cases = [
        ("_count=7", with(|controls| controls.count = 7)),
        ("_count=1000000", with(|controls| controls.count = 1000)),
        ("_count=0", with(|controls| controls.shape = Shape::Count)),
        ("_total=none", with(|controls| controls.is_counted = false)),
        ("_total=accurate", Controls::default()),
        ("_summary=true", with(|controls| controls.shape = Shape::Summary)),
        ("_summary=text", with(|controls| controls.shape = Shape::Text)),
        ("_summary=data", with(|controls| controls.shape = Shape::Data)),
        ("_summary=false", Controls::default()),
        (
            "_elements=id,status",
            with(|controls| {
                controls.shape = Shape::Elements(vec!["id".to_owned(), "status".to_owned()]);
            }),
        ),
        ("_sort=_lastUpdated", sorted(order(Key::Updated, false))),
        ("_sort=-_lastUpdated,status", sorted(order(Key::Updated, true))),
        ("_sort=_id", sorted(order(Key::Id, false))),
        ("_sort=-date", sorted(order(Key::Date, true))),
        ("_sort=date,_lastUpdated", sorted(order(Key::Date, false))),
        ("_sort=-date,-_lastUpdated", sorted(order(Key::Date, true))),
        ("_include=RiskAssessment:subject", including(Include::Referred("subject"))),
        ("_include=RiskAssessment:patient:Patient", including(Include::Referred("subject"))),
        ("_revinclude=Provenance:target", including(provenance)),
        ("_format=json&_pretty=true", Controls::default()),
    ];
    for (text, expected) in cases {
        let query = parse(text, true).unwrap_or_else(|refusal| panic!("{text}: {refusal:?}"));
        assert_eq!((query.conditions, query.controls), (vec![], expected), "{text}");
    }
}

#[test]
fn what_is_not_known_is_left_out_or_refused_as_was_asked() {
    let unknown = [
        ("colour=red", "colour"),
        ("_text=x", "_text"),
        ("_has:Provenance:target:agent=x", "_has:Provenance:target:agent"),
        ("patient.name=x", "patient.name"),
        ("_sort=status", "_sort"),
        ("_sort=date,-_lastUpdated", "_sort"),
        ("_sort=-date,status", "_sort"),
        ("_include=RiskAssessment:method", "_include"),
        ("_include=Provenance:target", "_include"),
        ("_include:iterate=RiskAssessment:subject", "_include:iterate"),
        ("_revinclude=Observation:subject", "_revinclude"),
        ("a%20name%20that%20is%20none=x", "(no name of a parameter)"),
    ];
    for (text, name) in unknown {
        let lenient = parse(&format!("{text}&patient=1"), false).unwrap();
        assert_eq!(lenient.ignored, [name], "{text}");
        assert_eq!(lenient.used, [("patient".to_owned(), "1".to_owned())], "{text}");
        assert_eq!(parse(text, true).unwrap_err().parameter, name, "{text}");
    }
}

#[test]
fn what_cannot_be_meant_is_refused_by_its_name_alone() {
    let many = format!("method={}", vec!["a"; 501].join(","));
    let cases = [
        "patient=",
        "method=a,,b",
        "method=|",
        "method:above=a",
        "method:text=a",
        "subject:Device=1",
        "identifier:missing=perhaps",
        "identifier:missing=true,false",
        "date=yesterday",
        "date=gt",
        "date=2026-13",
        "date=2026-02-30",
        "date:not=2026",
        "_lastUpdated=ge2026-05-03T25:00:00Z",
        "_lastUpdated:missing=true",
        "probability=likely",
        "probability=0,5x",
        "probability:not=1",
        "_id:not=a",
        "_profile:below=http://profile",
        "_count=-1",
        "_count=many",
        "_count=",
        "_summary=little",
        "_total=perhaps",
        "_elements=a.b",
        "_elements=,",
        &many,
    ];
    for text in cases {
        for is_strict in [false, true] {
            let refusal = parse(text, is_strict).expect_err(text);
            let name = text.split('=').next().unwrap();
            assert_eq!(refusal.parameter, name, "{text}");
        }
    }
}
