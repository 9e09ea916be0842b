//! `GET /knowledge`: all that the program knows, for programs and for people, in both languages.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests may fail loudly"
)]

mod support;

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use regex_lite::Regex;
use reqwest::Response;
use serde_json::{Value, json as value};
use sha2::{Digest, Sha256};
use spinemet_engine::assessment::KNOWLEDGE_VERSION;
use spinemet_engine::clinical::{Domain, Drug, PrimarySite};
use spinemet_engine::guidance::{Hold, LIMITS, RULES, RULINGS, TreatmentOption, hold, hold_rules};
use spinemet_engine::scoring::{Band, HeldBack, Instrument};
use support::{TestApp, assert_refused, json};

async fn get(app: &TestApp, accept: &str, language: &str) -> Response {
    let request = app.get("/knowledge").header("Accept", accept).header("Accept-Language", language);
    request.send().await.unwrap()
}

async fn page(app: &TestApp, language: &str) -> String {
    get(app, "text/html", language).await.text().await.unwrap()
}

fn members(list: &Value) -> &[Value] {
    list.as_array().unwrap()
}

/// What stands under a name in each member of a list.
fn each<'v>(list: &'v Value, path: &str) -> Vec<&'v str> {
    list.as_array().unwrap().iter().map(|member| member.pointer(path).unwrap().as_str().unwrap()).collect()
}

fn keys<T: Domain>() -> Vec<&'static str> {
    T::ALL.iter().map(|value| value.key()).collect()
}

#[tokio::test]
async fn the_json_holds_every_rule_ruling_score_and_option_of_the_engine() {
    let app = TestApp::start().await;
    for language in ["en", "zh"] {
        let response = get(&app, "application/json", language).await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers()["content-language"], language);
        let text = response.text().await.unwrap();
        assert!(!text.contains("(text missing)"));
        let knowledge: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(knowledge["language"], language);
        assert_eq!(knowledge["versions"]["knowledge"], KNOWLEDGE_VERSION);
        assert_eq!(knowledge["versions"]["program"], env!("CARGO_PKG_VERSION"));
        assert!(!knowledge["versions"]["mapping"].as_str().unwrap().is_empty());
        assert_eq!(each(&knowledge["rules"], "/id"), RULES.iter().map(|rule| rule.id).collect::<Vec<_>>());
        assert_eq!(
            each(&knowledge["rulings"], "/id"),
            RULINGS.iter().map(|ruling| ruling.id).collect::<Vec<_>>()
        );
        assert_eq!(each(&knowledge["instruments"], "/instrument/key"), keys::<Instrument>());
        assert_eq!(each(&knowledge["options"], "/option/key"), keys::<TreatmentOption>());
        assert_eq!(each(&knowledge["primary_tumours"], "/tumour/key"), keys::<PrimarySite>());
        assert_eq!(each(&knowledge["held_back"], "/score/key"), keys::<HeldBack>());
        for (shown, instrument) in knowledge["instruments"].as_array().unwrap().iter().zip(Instrument::ALL) {
            let bands = Band::ALL.iter().filter(|band| band.instrument() == *instrument);
            assert_eq!(each(&shown["bands"], "/band/key"), bands.map(|band| band.key()).collect::<Vec<_>>());
            assert_eq!(shown["citation"], instrument.citation());
            for (shown, item) in shown["items"].as_array().unwrap().iter().zip(instrument.items()) {
                let choices = item.choices();
                assert_eq!(shown["item"]["key"], item.key());
                assert_eq!(
                    each(&shown["choices"], "/value/key"),
                    choices.iter().map(|choice| choice.key).collect::<Vec<_>>()
                );
                for (shown, choice) in shown["choices"].as_array().unwrap().iter().zip(choices) {
                    assert_eq!(shown["points"], choice.points.map_or(Value::Null, Value::from));
                }
            }
        }
    }
}

#[tokio::test]
async fn the_thirteen_attributes_that_the_law_names_come_first() {
    let app = TestApp::start().await;
    let knowledge = json(get(&app, "application/json", "en").await).await;
    let groups = &knowledge["source_attributes"];
    let sizes = groups.as_array().unwrap().iter().map(|group| group["attributes"].as_array().unwrap().len());
    let sizes: Vec<(&str, usize)> = each(groups, "/group/key").into_iter().zip(sizes).collect();
    assert_eq!(
        sizes,
        [
            ("evidence-based", 13),
            // What the rule asks of predictive decision support: 31.
            ("details", 4),
            ("purpose", 4),
            ("cautions", 2),
            ("development", 4),
            ("fairness-process", 2),
            ("external-validation", 4),
            ("performance", 5),
            ("maintenance", 4),
            ("updates", 2),
            ("beyond", 7),
        ]
    );
    let attributes = &groups[0]["attributes"];
    assert_eq!(
        each(attributes, "/attribute/key"),
        [
            "citation",
            "developer",
            "funding",
            "dates",
            "race",
            "ethnicity",
            "spoken-language",
            "sexual-orientation",
            "gender-identity",
            "sex",
            "birth-date",
            "social-determinants",
            "health-status",
        ]
    );
    for group in groups.as_array().unwrap() {
        for value in each(&group["attributes"], "/value") {
            assert!(!value.trim().is_empty() && !value.contains('{'), "{value}");
        }
    }
    for instrument in Instrument::ALL {
        let cited = attributes[0]["value"].as_str().unwrap().matches(instrument.citation()).count();
        assert_eq!(cited, 1, "each paper once: {}", instrument.citation());
    }
    let text = groups.to_string();
    for figure in ["63.0 %", "30.2 %", "32.6 %", "95.7 %", "79.5 %", "median of 18 months"] {
        assert!(text.contains(figure), "{figure}");
    }
}

/// Every number that is applied is listed, with the rule or source that it has from somewhere, or with none.
#[tokio::test]
async fn every_table_of_numbers_is_the_engines_own() {
    let app = TestApp::start().await;
    let knowledge = json(get(&app, "application/json", "en").await).await;
    for (shown, drug) in members(&knowledge["drug_holds"]).iter().zip(Drug::ALL) {
        assert_eq!(shown["drug"]["key"], drug.key());
        let expected = match hold(*drug) {
            Hold::Figures { figures, restart_days, is_disputed } => {
                let figures = figures.iter().map(|figure| (figure.days, figure.source.key()));
                (figures.collect(), restart_days.map_or(Value::Null, Value::from), is_disputed)
            }
            _ => (Vec::new(), Value::Null, false),
        };
        let figures = members(&shown["figures"]).iter().map(|figure| {
            let days = u16::try_from(figure["days"].as_u64().unwrap()).unwrap();
            assert!(!figure["citation"].as_str().unwrap().is_empty());
            (days, figure["source"]["key"].as_str().unwrap())
        });
        let disputed = shown["is_disputed"].as_bool().unwrap();
        assert_eq!((figures.collect::<Vec<_>>(), shown["restart_days"].clone(), disputed), expected);
        assert_eq!(shown["standing"]["key"], hold(*drug).key());
        assert_eq!(shown["rules"], value!(hold_rules(*drug).iter().map(|rule| rule.id).collect::<Vec<_>>()));
    }
    assert_eq!(members(&knowledge["drug_holds"]).len(), Drug::ALL.len());
    let limits: Vec<Value> = LIMITS
        .iter()
        .map(|limit| {
            let rules: Vec<&str> = limit.rules.iter().map(|rule| rule.id).collect();
            value!([limit.timer.key(), limit.kind.key(), limit.amount, limit.unit.key(), rules])
        })
        .collect();
    let shown = members(&knowledge["intervals"]).iter().map(|limit| {
        let key = |name: &str| limit[name]["key"].clone();
        value!([key("interval"), key("limit"), limit["amount"], key("unit"), limit["rules"]])
    });
    assert_eq!(shown.collect::<Vec<_>>(), limits);
    assert_eq!(members(&knowledge["decisions"]).len(), 24, "NOMS: 3 x 2 x 2 x 2");
    let ecog = &members(&knowledge["readings"])[0];
    assert_eq!(ecog["reading"]["key"], "ecog-as-karnofsky");
    let one = members(&ecog["rows"][1]["read_as"]).iter().map(|value| value["value"]["key"].clone());
    assert_eq!(one.collect::<Vec<_>>(), ["70", "80"], "ECOG 1 (RUL-12)");
    let lung = members(&knowledge["primary_tumours"])[0].clone();
    let points = |score: &str| {
        members(&lung[score]["groups"]).iter().map(|group| group["points"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(points("modified_bauer"), [0]);
    assert_eq!(points("katagiri"), [2, 3], "with targeted drugs or without");
    assert_eq!(points("van_der_linden"), [1]);
}

/// What a hospital has set stands beside what the program brings.
#[tokio::test]
async fn the_ages_and_thresholds_in_force_are_those_of_the_settings() {
    let usual = TestApp::start().await;
    let usual = json(get(&usual, "application/json", "en").await).await;
    let day = |fresh: u32, usable: u32| value!({"fresh_hours": fresh * 24, "usable_hours": usable * 24});
    let window = |knowledge: &Value, key: &str| {
        let found = members(&knowledge["freshness"]).iter().find(|window| window["window"]["key"] == key);
        let window = found.unwrap();
        (window["default"].clone(), window["in_force"].clone())
    };
    let defaults = [
        ("performance", day(14, 30)),
        ("neurology", day(7, 14)),
        ("neurology-at-risk", day(1, 3)),
        ("pain", day(14, 30)),
        ("escc", day(28, 56)),
        ("escc-at-risk", day(7, 28)),
        ("sins-imaging", day(28, 56)),
        ("staging", day(60, 90)),
        ("laboratory", day(7, 14)),
        ("laboratory-for-prognosis", day(30, 60)),
        ("judgement", day(14, 30)),
        ("pregnancy", day(14, 42 * 7)),
        ("embolisation", day(1, 2)),
    ];
    assert_eq!(members(&usual["freshness"]).len(), defaults.len());
    for (key, ages) in &defaults {
        assert_eq!(window(&usual, key), (ages.clone(), ages.clone()), "{key}");
    }
    assert!(members(&usual["thresholds"]).iter().all(|threshold| threshold["in_force"].is_null()));
    let app = TestApp::start_with(|settings| {
        let clinical = "[freshness.staging]\nfresh = 720\nusable = 1440\n\
                        [thresholds]\nmalnutrition_albumin = \"3.5\"\nold_age_years = 70\n";
        settings.clinical = toml::from_str(clinical).unwrap();
    })
    .await;
    let set = json(get(&app, "application/json", "en").await).await;
    assert_eq!(window(&set, "staging"), (day(60, 90), day(30, 60)));
    assert_eq!(window(&set, "pain"), (day(14, 30), day(14, 30)));
    let in_force: Vec<(&str, &str)> = members(&set["thresholds"])
        .iter()
        .filter_map(|found| Some((found["threshold"]["key"].as_str()?, found["in_force"].as_str()?)))
        .collect();
    assert_eq!(in_force, [("old-age-years", "70"), ("malnutrition-albumin", "3.5")]);
    let page = plain(&self::page(&app, "en").await);
    assert!(page.contains("fresh up to 30 days, usable up to 60 days"));
}

#[tokio::test]
async fn options_are_told_with_their_criteria_and_rules() {
    let app = TestApp::start().await;
    let knowledge = json(get(&app, "application/json", "en").await).await;
    for (shown, option) in knowledge["options"].as_array().unwrap().iter().zip(TreatmentOption::ALL) {
        let criteria = option.table().criteria();
        let expected: Vec<[&str; 3]> =
            criteria.map(|(part, asked)| [part.key(), asked.predicate.key(), asked.rule.id]).collect();
        let shown = shown["criteria"].as_array().unwrap().iter();
        let shown: Vec<[&str; 3]> = shown
            .map(|asked| {
                ["/part/key", "/predicate/key", "/rule"]
                    .map(|path| asked.pointer(path).unwrap().as_str().unwrap())
            })
            .collect();
        assert_eq!(shown, expected, "{}", option.key());
    }
}

#[tokio::test]
async fn the_page_has_an_anchor_for_everything_and_no_link_that_leads_nowhere() {
    let app = TestApp::start().await;
    let id = Regex::new(r#" id="([^"]+)""#).unwrap();
    let link = Regex::new(r##" href="#([^"]+)""##).unwrap();
    for language in ["en", "zh"] {
        let page = page(&app, language).await;
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{language}\">")));
        assert!(!page.contains("(text missing)"));
        let all: Vec<&str> = id.captures_iter(&page).map(|found| found.get(1).unwrap().as_str()).collect();
        let anchors: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(anchors.len(), all.len(), "an id stands once");
        let expected = RULES.iter().map(|rule| rule.id).chain(RULINGS.iter().map(|ruling| ruling.id));
        for anchor in
            expected.chain(keys::<Instrument>()).chain(keys::<TreatmentOption>()).chain(keys::<HeldBack>())
        {
            assert!(anchors.contains(anchor), "{anchor}");
        }
        let links: BTreeSet<&str> =
            link.captures_iter(&page).map(|found| found.get(1).unwrap().as_str()).collect();
        assert!(links.len() > RULES.len());
        let astray: Vec<_> = links.difference(&anchors).collect();
        assert!(astray.is_empty(), "{astray:?}");
    }
}

#[tokio::test]
async fn the_page_says_the_same_as_the_json() {
    let app = TestApp::start().await;
    for language in ["en", "zh"] {
        let knowledge = json(get(&app, "application/json", language).await).await;
        let page = plain(&page(&app, language).await);
        let rules = each(&knowledge["rules"], "/statement").into_iter();
        let rulings = each(&knowledge["rulings"], "/statement").into_iter();
        let held_back = each(&knowledge["held_back"], "/reason").into_iter();
        for sentence in rules.chain(rulings).chain(held_back).chain([knowledge["notice"].as_str().unwrap()]) {
            assert!(page.contains(sentence), "{sentence}");
        }
    }
}

/// The words of a page without its elements.
fn plain(page: &str) -> String {
    let words = Regex::new("<[^>]*>").unwrap().replace_all(page, "").into_owned();
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    words.replace("&#39;", "'").replace("&amp;", "&")
}

#[tokio::test]
async fn the_page_loads_and_runs_nothing() {
    let app = TestApp::start().await;
    let response = get(&app, "text/html", "en").await;
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    let policy = response.headers()["content-security-policy"].to_str().unwrap().to_owned();
    let page = response.text().await.unwrap();
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let digest = BASE64_STANDARD.encode(Sha256::digest(style));
    assert_eq!(
        policy,
        format!(
            "default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'"
        )
    );
    for forbidden in
        ["<script", "<link", "<img", "<iframe", " style=", " src=", " onclick", "url(", "@import"]
    {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    let links = Regex::new(r#" href="([^"]+)""#).unwrap();
    for link in links.captures_iter(&page) {
        let target = link.get(1).unwrap().as_str();
        assert!(target.starts_with('#') || target.starts_with('?'), "{target}");
    }
}

#[tokio::test]
async fn the_form_is_the_one_that_the_client_prefers() {
    let app = TestApp::start().await;
    let (page, json) = ("text/html; charset=utf-8", "application/json");
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (accept, expected) in [
        ("*/*", json),
        ("application/*", json),
        ("application/json, text/html", json),
        ("application/json;q=0.5, text/html", page),
        ("text/html;q=0, */*", json),
        ("text/*", page),
        (browser, page),
    ] {
        let response = get(&app, accept, "en").await;
        assert_eq!(response.status(), 200, "{accept}");
        assert_eq!(response.headers()["content-type"], expected, "{accept}");
        // What follows is of answers to other origins.
        let vary = response.headers()["vary"].to_str().unwrap();
        assert!(vary.starts_with("Accept, Accept-Language"), "{vary}");
    }
    let response = app.get("/knowledge").send().await.unwrap();
    assert_eq!(response.headers()["content-type"], json);
    for (format, accept, expected) in
        [("json", browser, json), ("html", "*/*", page), ("text/html", "*/*", page)]
    {
        let path = format!("/knowledge?_format={format}");
        let response = app.get(&path).header("Accept", accept).send().await.unwrap();
        assert_eq!(response.headers()["content-type"], expected, "{format}");
    }
    assert_refused(get(&app, "application/xml", "en").await, 406).await;
    assert_refused(app.get("/knowledge?_format=xml").send().await.unwrap(), 406).await;
}

#[tokio::test]
async fn a_link_can_name_the_language() {
    let app = TestApp::start().await;
    for (named, accepted, expected) in
        [("?language=zh", "en", "zh"), ("?language=en", "zh", "en"), ("?language=zh-CN", "en", "zh")]
    {
        let request = app.get(&format!("/knowledge{named}")).header("Accept-Language", accepted);
        assert_eq!(json(request.send().await.unwrap()).await["language"], expected, "{named}");
    }
    let refused = app.get("/knowledge?language=Klingon").send().await.unwrap();
    let outcome = assert_refused(refused, 400).await.to_string();
    assert!(outcome.contains("language") && !outcome.contains("Klingon"), "{outcome}");
}

#[tokio::test]
async fn what_the_client_has_is_not_sent_again() {
    let app = TestApp::start().await;
    let mut tags = BTreeSet::new();
    for accept in ["application/json", "text/html"] {
        for language in ["en", "zh"] {
            let response = get(&app, accept, language).await;
            assert_eq!(response.headers()["cache-control"], "public, no-cache");
            let tag = response.headers()["etag"].to_str().unwrap().to_owned();
            for known in [tag.as_str(), "*", &format!("\"other\", W/{tag}")] {
                let request = app.get("/knowledge").header("Accept", accept);
                let request = request.header("Accept-Language", language).header("If-None-Match", known);
                let response = request.send().await.unwrap();
                assert_eq!(response.status(), 304, "{known}");
                assert_eq!(response.headers()["etag"], tag.as_str());
                assert!(response.bytes().await.unwrap().is_empty());
            }
            let request = app.get("/knowledge").header("If-None-Match", "\"other\"");
            assert_eq!(request.send().await.unwrap().status(), 200);
            tags.insert(tag);
        }
    }
    assert_eq!(tags.len(), 4, "each form in each language is a document of its own");
    let again = TestApp::start().await;
    let tag = get(&again, "application/json", "en").await.headers()["etag"].to_str().unwrap().to_owned();
    assert!(tags.contains(&tag), "another process gives the same document the same tag");
}

#[tokio::test]
async fn only_get_and_head_are_answered() {
    let app = TestApp::start().await;
    let got = get(&app, "text/html", "en").await;
    let head = app.client.head(app.url("/knowledge")).header("Accept", "text/html").send().await.unwrap();
    assert_eq!(head.status(), 200);
    for name in ["content-type", "content-length", "etag", "content-security-policy"] {
        assert_eq!(head.headers().get(name), got.headers().get(name), "{name}");
    }
    assert!(head.bytes().await.unwrap().is_empty());
    let refused = app.client.post(app.url("/knowledge")).send().await.unwrap();
    assert_eq!(refused.headers()["allow"], "GET, HEAD");
    assert_refused(refused, 405).await;
}
