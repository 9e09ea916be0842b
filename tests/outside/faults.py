"""Faults that are put into what the service emits, so that it is known that the validators find any."""

import copy

import validators

KNOWLEDGE_VERSION = "https://spinemet.org/fhir/StructureDefinition/knowledge-version"


def removed(name):
    def put(resource):
        del resource[name]
    return put


def member(name, value):
    def put(resource):
        resource[name] = value
    return put


def in_prediction(**members):
    def put(resource):
        resource["prediction"][0].update(members)
    return put


def twice(url):
    def put(resource):
        resource["extension"] += [e for e in resource["extension"] if e["url"] == url]
    return put


def total(resource):
    resource["total"] = "seven"


# What is wrong, with which kind of resource, and who must say so.
IN_R4 = [
    ("no status", "RiskAssessment", removed("status"), {"fhirkit", "Medplum", "pyrofile"}),
    ("a status that is no code of FHIR", "RiskAssessment", member("status", "wrong"), {"pyrofile"}),
    ("an element that does not exist", "RiskAssessment", member("colour", "red"), {"fhirkit", "Medplum", "pyrofile"}),
    ("no such date", "RiskAssessment", member("occurrenceDateTime", "2026-13-45"), {"fhirkit", "Medplum"}),
    ("a reference to something contained that is not", "RiskAssessment", member("encounter", {"reference": "#missing"}), {"pyrofile"}),
    ("no method, which our profile asks for", "RiskAssessment", removed("method"), {"Medplum", "pyrofile"}),
    ("a method that is none of ours", "RiskAssessment", member("method", {"coding": [{"system": "https://example.org", "code": "x"}]}), {"pyrofile"}),
    ("a probability above 100", "RiskAssessment", in_prediction(probabilityDecimal=250), {"Medplum"}),
    ("two probabilities", "RiskAssessment", in_prediction(probabilityDecimal=5, probabilityRange={"low": {"value": 1}}), {"fhirkit", "pyrofile"}),
    ("the version of the knowledge twice", "RiskAssessment", twice(KNOWLEDGE_VERSION), {"pyrofile"}),
    ("a number as a string", "Bundle", total, {"fhirkit", "Medplum", "pyrofile"}),
    ("no agent", "Provenance", removed("agent"), {"fhirkit", "Medplum", "pyrofile"}),
    ("no issue", "OperationOutcome", removed("issue"), {"fhirkit", "Medplum", "pyrofile"}),
]
IN_OTHERS = [
    ("no status", "RiskAssessment", removed("status")),
    ("an element that does not exist", "RiskAssessment", member("colour", "red")),
    ("a number as a string", "Bundle", total),
    ("no agent", "Provenance", removed("agent")),
    ("no issue", "OperationOutcome", removed("issue")),
]


def example(emitted, release, kind):
    """A whole resource of a kind, with a prediction where it is to have one."""
    def fits(resource):
        if kind == "RiskAssessment" and not ("prediction" in resource and "extension" in resource):
            return False
        return resource["resourceType"] == kind and not validators.is_subset(resource)

    found = next(one.resource for one in emitted if one.release == release and fits(one.resource))
    if kind == "Bundle":
        found = {name: value for name, value in found.items() if name != "entry"}
    return copy.deepcopy(found)


def spoilt(emitted, release, kind, put):
    resource = example(emitted, release, kind)
    put(resource)
    return resource


def missed(emitted, tools, definitions, profiles):
    """The faults that a validator should have found and did not."""
    resources = [spoilt(emitted, "R4", kind, put) for _, kind, put, _ in IN_R4]
    found = list(validators.fhirkit_findings(resources))
    found += validators.medplum_findings(resources, tools, definitions, profiles)
    found += validators.Pyrofile.findings(list(enumerate(resources)))
    missed = []
    for number, (name, kind, _, finders) in enumerate(IN_R4):
        who = {finding.validator for finding in found if finding.number == number}
        missed += [f"{finder} does not find: {kind} with {name}" for finder in sorted(finders - who)]
    for release in ["R4B", "R5"]:
        resources = [spoilt(emitted, release, kind, put) for _, kind, put in IN_OTHERS]
        who = {finding.number for finding in validators.fhir_resources_findings(release, resources)}
        names = [f"{kind} with {name}" for name, kind, _ in IN_OTHERS]
        missed += [f"fhir.resources does not find in {release}: {name}" for n, name in enumerate(names) if n not in who]
    print(f"  {len(IN_R4)} faults put into R4, {len(IN_OTHERS)} each into R4B and R5: {len(missed)} missed")
    return missed
