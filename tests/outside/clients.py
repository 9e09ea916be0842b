"""Two public FHIR clients for Python at work: they search, page, read and call operations, and what they are given must be
what was asked for."""

import json

import fhirpy
from fhirclient.client import FHIRClient
from fhirclient.models.bundle import Bundle
from fhirclient.models.riskassessment import RiskAssessment

import patients


def expect(what, got, expected):
    if got != expected:
        raise AssertionError(f"{what}: {got!r}, expected {expected!r}")


def ids_by_hand(service, release, query):
    """The ids of a search, page by page, without a client."""
    ids = []
    url = f"/fhir/{release}/RiskAssessment?{query}"
    while url:
        page = service.get(url)[2]
        ids += [entry["resource"]["id"] for entry in page.get("entry", [])]
        url = next((link["url"] for link in page["link"] if link["relation"] == "next"), None)
    return ids


def fhirpy_works(service, record):
    client = fhirpy.SyncFHIRClient(f"{service.base}/fhir/R4")
    # It posts as application/json.
    answer = client.execute("$assess", method="POST", data=record, params={"asOf": patients.AS_OF})
    expect("fhirpy: $assess", answer["resourceType"], "Bundle")
    assessed = [entry["resource"] for entry in answer["entry"] if entry["resource"]["resourceType"] == "RiskAssessment"]
    subject = assessed[0]["subject"]["reference"]
    searched = client.resources("RiskAssessment").search(patient=subject)
    every = ids_by_hand(service, "R4", f"patient={subject}")
    expect("fhirpy: count", searched.count(), len(every))
    expect("fhirpy: pages", sorted(found["id"] for found in searched.limit(2).fetch_all()), sorted(every))
    expect("fhirpy: get", client.get("RiskAssessment", assessed[0]["id"])["id"], assessed[0]["id"])
    first = searched.sort("-date").limit(1).first()
    expect("fhirpy: first", first["resourceType"], "RiskAssessment")
    replayed = client.resource("RiskAssessment", **assessed[0]).execute("$replay", method="GET")
    outcome = next(parameter for parameter in replayed["parameter"] if parameter["name"] == "outcome")
    expect("fhirpy: $replay", outcome["valueCode"], "same")
    changed = client.execute("RiskAssessment/$knowledge-diff", method="POST", data={
        "resourceType": "Parameters",
        "parameter": [{"name": "_count", "valueInteger": 3}, {"name": "assessments", "valueCode": "all"}],
    })
    examined = next(parameter for parameter in changed["parameter"] if parameter["name"] == "examined")
    expect("fhirpy: $knowledge-diff, with its parameters in the body", examined["valueInteger"], 3)
    try:
        client.get("RiskAssessment", "unknown")
        raise AssertionError("fhirpy: a RiskAssessment that is not there was found")
    except fhirpy.base.exceptions.ResourceNotFound:
        pass


def fhirclient_works(service):
    client = FHIRClient(settings={"app_id": "judge", "api_base": f"{service.base}/fhir/R4"})
    expect("fhirclient: prepare", client.prepare(), True)
    server = client.server
    query = {"status": "final", "_count": "5"}
    bundle = RiskAssessment.where(struct=query).perform(server)
    expect("fhirclient: search", type(bundle), Bundle)
    # It reads strictly: an element too many, or one of another type, fails.
    found = [resource.id for page in [bundle] for resource in entries(page)]
    while following := next((link.url for link in bundle.link if link.relation == "next"), None):
        bundle = Bundle.read_from(following.split("/fhir/R4/", 1)[1], server)
        found += [resource.id for resource in entries(bundle)]
    expect("fhirclient: pages", sorted(found), sorted(ids_by_hand(service, "R4", "status=final")))
    every = list(RiskAssessment.where(struct={"_count": "50"}).perform_resources_iter(server))
    expect("fhirclient: iteration", len(every), len(ids_by_hand(service, "R4", "_count=50")))
    one = RiskAssessment.read(found[0], server)
    expect("fhirclient: read", one.id, found[0])
    expect("fhirclient: as it was", json.loads(json.dumps(one.as_json())), service.get(f"/fhir/R4/RiskAssessment/{found[0]}")[2])


def entries(bundle):
    return [entry.resource for entry in bundle.entry or [] if entry.search.mode == "match"]


def judge(service, record):
    """Raises where a client is not given what it needs."""
    fhirpy_works(service, record)
    print("  fhirpy 2.3.1: $assess, count, search, pages, read, $replay, $knowledge-diff, an error")
    fhirclient_works(service)
    print("  fhirclient 4.4.0: metadata, search, pages, read, all of it read strictly")
