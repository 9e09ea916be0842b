"""Everything that the service emits: asked for in every release, by every route that answers with a resource."""

import json
import time
from dataclasses import dataclass

import patients

RELEASES = ["R4", "R4B", "R5"]
GENERATED = {"R4": 24, "R4B": 8, "R5": 8}


@dataclass
class Emitted:
    """A resource with the request that it answered."""

    release: str
    origin: str
    resource: dict

    @property
    def kind(self):
        return self.resource["resourceType"]


class Collector:
    """Asks, and keeps what it is given."""

    def __init__(self, service):
        self.service = service
        self.emitted = []

    def keep(self, release, origin, resource):
        """Keeps a resource, and those in a Bundle each by itself as well."""
        if not isinstance(resource, dict) or "resourceType" not in resource:
            raise AssertionError(f"{origin}: no resource but {str(resource)[:200]}")
        self.emitted.append(Emitted(release, origin, resource))
        for entry in resource.get("entry", []) if resource["resourceType"] == "Bundle" else []:
            if "resource" in entry:
                self.keep(release, origin, entry["resource"])

    def ask(self, release, method, path, body=None, status=200, **headers):
        """Asks below the base of a release, and keeps the answer, whatever it is."""
        got, _, answer = self.service.send(method, f"/fhir/{release}/{path}", body, **headers)
        origin = f"{method} /fhir/{release}/{path}"
        if got != status:
            raise AssertionError(f"{origin}: {got} where {status} was expected: {str(answer)[:400]}")
        self.keep(release, origin, answer)
        return answer

    def pages(self, release, path):
        """Follows a search to its end."""
        page = self.ask(release, "GET", path)
        while following := [link["url"] for link in page.get("link", []) if link["relation"] == "next"]:
            page = self.ask(release, "GET", following[0].split(f"/fhir/{release}/", 1)[1])


def records(service, root):
    """The records to assess: the examples, and the invented patients."""
    files = sorted(root.glob("examples/*.json"))
    questionnaire = service.get("/fhir/R4/Questionnaire/missing-findings")[2]
    value_sets = patients.value_sets_of(service, questionnaire)
    examples = [json.loads(file.read_text()) for file in files]
    return examples, [patients.patient(number, questionnaire, value_sets) for number in range(max(GENERATED.values()))]


def collect(service, root):
    """All of it."""
    collector = Collector(service)
    examples, generated = records(service, root)
    for release in RELEASES:
        assess(collector, release, examples + generated[: GENERATED[release]])
    subscribe(collector)
    for release in RELEASES:
        operations(collector, release)
        withdrawn(collector, release)
    for release in RELEASES:
        reading(collector, release)
        published(collector, release)
        refused(collector, release)
        export(collector, release)
    cards(collector, root)
    return collector.emitted


def assess(collector, release, bundles):
    for number, bundle in enumerate(bundles):
        language = ["en", "zh"][number % 2]
        collector.ask(release, "POST", f"$assess?asOf={patients.AS_OF}", bundle, Accept_Language=language)
        if number % 6 == 0:
            collector.ask(release, "POST", "$explain-mapping", bundle, Accept_Language=language)
    collector.ask(release, "POST", f"Patient/{patient_of(bundles[0])}/$assess?asOf={patients.AS_OF}")


def patient_of(bundle):
    return next(entry["resource"]["id"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Patient")


def ids(collector, release, kind="RiskAssessment"):
    """The ids of what was assessed in a release."""
    return [e.resource["id"] for e in collector.emitted if e.release == release and e.kind == kind and "id" in e.resource]


def operations(collector, release):
    first = ids(collector, release)[0]
    collector.ask(release, "GET", f"RiskAssessment/{first}/$replay")
    collector.ask(release, "POST", f"RiskAssessment/{first}/$replay", {"resourceType": "Parameters"})
    collector.ask(release, "GET", "RiskAssessment/$knowledge-diff?_count=5&assessments=all")


def withdrawn(collector, release):
    reason = {"resourceType": "Parameters", "parameter": [{"name": "reason", "valueString": "Wrong patient."}]}
    # One of its own for each release, the last of them, and of a score as well as of the guidance.
    for id_ in ids(collector, release)[-2:]:
        collector.ask(release, "POST", f"RiskAssessment/{id_}/$withdraw", reason)
        collector.ask(release, "GET", f"RiskAssessment/{id_}/_history/1")
        collector.ask(release, "GET", f"RiskAssessment/{id_}/_history")


def reading(collector, release):
    first = ids(collector, release)[0]
    collector.ask(release, "GET", f"RiskAssessment/{first}")
    for query in [
        "_count=7", "_count=3&_revinclude=Provenance:target", "_count=3&_summary=true", "_count=3&_summary=text",
        "_count=3&_summary=data", "_count=0", "_summary=count", "_elements=status,subject&_count=3", "colour=green&_count=1",
        "status=entered-in-error", "patient=Patient/generated-1&_sort=-date",
    ]:
        collector.ask(release, "GET", f"RiskAssessment?{query}")
    collector.ask(release, "POST", "RiskAssessment/_search", b"_count=2",
                  Content_Type="application/x-www-form-urlencoded")
    collector.ask(release, "GET", "RiskAssessment/_history?_count=5")
    for kind in ["Provenance", "AuditEvent"]:
        page = collector.ask(release, "GET", f"{kind}?_count=20")
        id_ = page["entry"][0]["resource"]["id"]
        collector.ask(release, "GET", f"{kind}/{id_}")
        collector.ask(release, "GET", f"{kind}/{id_}/_history")
        collector.ask(release, "GET", f"{kind}?_count=2&_summary=true")
    collector.ask(release, "GET", "Provenance?_count=2&_include=Provenance:target")


def published(collector, release):
    statement = collector.ask(release, "GET", "metadata")
    for resource in statement["rest"][0]["resource"]:
        if resource["type"] not in ("RiskAssessment", "Provenance", "AuditEvent", "Subscription", "Patient"):
            collector.pages(release, f"{resource['type']}?_count=50")


def refused(collector, release):
    for method, path, body, status in [
        ("GET", "RiskAssessment/unknown", None, 404),
        ("GET", "RiskAssessment?date=yesterday", None, 400),
        ("GET", "Nothing", None, 404),
        ("DELETE", "RiskAssessment/unknown", None, 405),
        ("POST", "$assess", b"{", 400),
        ("POST", "$assess", {"resourceType": "Bundle", "type": "collection"}, 422),
        ("POST", "Subscription", {"resourceType": "Subscription"}, 422),
    ]:
        collector.ask(release, method, path, body, status)
    collector.ask(release, "GET", "metadata", status=406, Accept="text/turtle")


def export(collector, release):
    status, headers, _ = collector.service.get(f"/fhir/{release}/$export", Prefer="respond-async")
    assert status == 202, status
    while (answer := collector.service.get(headers["Content-Location"]))[0] in (202, 429):
        # As long as Retry-After says.
        time.sleep(1.1)
    for file in answer[2]["output"]:
        lines = collector.service.get(file["url"])[2]
        # One line alone is JSON.
        lines = [lines] if isinstance(lines, dict) else [json.loads(line) for line in lines.splitlines()]
        assert len(lines) == file["count"], f"{len(lines)} lines where the manifest says {file['count']}"
        for line in lines[::10]:
            collector.keep(release, f"$export of {release}", line)


def subscription(release, endpoint):
    topic = "https://spinemet.org/fhir/SubscriptionTopic/risk-assessment"
    if release == "R5":
        return {
            "resourceType": "Subscription", "status": "requested", "topic": topic, "content": "full-resource",
            "channelType": {
                "system": "http://terminology.hl7.org/CodeSystem/subscription-channel-type", "code": "rest-hook",
            },
            "endpoint": endpoint, "contentType": "application/fhir+json", "heartbeatPeriod": 3600, "timeout": 5,
            "filterBy": [{"filterParameter": "patient", "value": "Patient/told"}],
        }
    backport = "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"
    return {
        "resourceType": "Subscription", "status": "requested", "reason": "judging", "criteria": topic,
        "_criteria": {"extension": [{
            "url": backport + "backport-filter-criteria", "valueString": "RiskAssessment?patient=Patient/told",
        }]},
        "channel": {
            "extension": [{"url": backport + "backport-timeout", "valueUnsignedInt": 5}],
            "type": "rest-hook", "endpoint": endpoint, "payload": "application/fhir+json",
            "_payload": {"extension": [{"url": backport + "backport-payload-content", "valueCode": "full-resource"}]},
        },
    }


def subscribe(collector):
    """Subscribes in each release, has something happen, and keeps what was told."""
    service = collector.service
    made = {}
    for release in RELEASES:
        sent = subscription(release, f"{service.neighbour}/told")
        made[release] = collector.ask(release, "POST", "Subscription", sent, status=201)["id"]
    # A handshake each.
    service.wait_for_notifications(3)
    collector.ask("R4", "POST", f"$assess?asOf={patients.AS_OF}", told_patient())
    # A second version of each, in the same notification or a later one.
    told = collector.ask("R4", "GET", "RiskAssessment?patient=Patient/told")
    for entry in told["entry"]:
        collector.ask("R4", "POST", f"RiskAssessment/{entry['resource']['id']}/$withdraw", {"resourceType": "Parameters"})
    # All that is told of a withdrawal, too, by the time that each subscription has been told of every event.
    events = 2 * len(told["entry"])
    for release, id_ in made.items():
        wait_until_told(service, release, id_, events)
    notifications = service.wait_for_notifications(6)
    for notification in notifications:
        release = next(release for release in RELEASES if f"/fhir/{release}/" in json.dumps(notification))
        collector.keep(release, f"notification in {release}", notification)
    for release, id_ in made.items():
        collector.ask(release, "GET", f"Subscription/{id_}")
        collector.ask(release, "GET", "Subscription")
        collector.ask(release, "GET", f"Subscription/{id_}/$status")
        collector.ask(release, "GET", f"Subscription/{id_}/$events?content=full-resource")
        collector.ask(release, "GET", f"Subscription/{id_}/$events?content=id-only")


def wait_until_told(service, release, id_, events):
    """Waits until an endpoint has acknowledged so many events, each of which is in a notification then."""
    def numbers():
        return {
            event["eventNumber"] for notification in list(service.notifications) for event in told_events(notification, id_)
        }
    for _ in range(400):
        if len(numbers()) >= events:
            return
        time.sleep(0.05)
    raise AssertionError(f"the subscription in {release} was told of {len(numbers())} events, not of {events}")


def told_events(notification, id_):
    """The events in a notification of a subscription, as R4 (Parameters) or R5 (SubscriptionStatus) says them."""
    status = notification["entry"][0]["resource"]
    if id_ not in json.dumps(status):
        return []
    if status["resourceType"] == "SubscriptionStatus":
        return status.get("notificationEvent", [])
    events = [parameter["part"] for parameter in status["parameter"] if parameter["name"] == "notification-event"]
    return [{"eventNumber": part["valueString"]} for event in events for part in event if part["name"] == "event-number"]


def told_patient():
    subject = {"reference": "Patient/told"}
    condition = {
        "resourceType": "Condition", "id": "told-c", "subject": subject, "recordedDate": "2026-11-01",
        "clinicalStatus": {"coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active",
        }]},
        "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": patients.BONE_METASTASIS}]},
    }
    patient = {"resourceType": "Patient", "id": "told", "birthDate": "1960-01-01"}
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient}, {"resource": condition}]}


def cards(collector, root):
    """The resources that cards suggest, in the recorded conversations of every hook."""
    services = {service["hook"]: service["id"] for service in collector.service.get("/cds-services")[2]["services"]}
    requests = [json.loads(file.read_text()) for file in sorted(root.glob("examples/cds-hooks/*.json"))]
    for file in sorted(root.glob("tests/data/cds_hooks/*/*.json")):
        conversation = json.loads(file.read_text())
        if conversation["status"] == 200:
            requests.append(conversation["request"])
    before = len(collector.emitted)
    for request in requests:
        suggested(collector, services[request["hook"]], request)
    if len(collector.emitted) == before:
        raise AssertionError("no card suggests a resource")


def suggested(collector, service_id, request):
    status, _, answer = collector.service.send("POST", f"/cds-services/{service_id}?asOf={patients.AS_OF}", request)
    assert status == 200, f"{service_id}: {status} {answer}"
    for card in answer["cards"]:
        for suggestion in card.get("suggestions", []):
            for action in suggestion["actions"]:
                if "resource" in action:
                    collector.keep("R4", f"suggested by {service_id}", action["resource"])
