"""What independent validators say of everything that the service emits: R4 with our profiles by pyrofile, Medplum and
fhirkit, R4B and R5 by fhir.resources."""

import contextlib
import importlib
import io
import json
import multiprocessing
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import fhirkit
from pyrofile_validator.config import ValidatorConfig
from pyrofile_validator.core.engine import Validator

# pyrofile takes a second for what the others do in a millisecond: of what is of one kind it sees so many, evenly spread,
# and nothing that is larger.
PYROFILE_AT_MOST = {"RiskAssessment": 24, "StructureDefinition": 4, "Bundle": 6, "ConceptMap": 4}
PYROFILE_USUALLY = 10
PYROFILE_BYTES = 50_000

BACKPORT = " http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/"


@dataclass(frozen=True)
class Finding:
    """What a validator holds against a resource."""

    validator: str
    number: int
    path: str
    message: str


def fhirkit_findings(resources):
    """Structure in R4."""
    for number, resource in enumerate(resources):
        for issue in fhirkit_issues(resource):
            yield Finding("fhirkit", number, *issue)


def fhirkit_issues(resource):
    try:
        found = fhirkit.validate(json.dumps(resource))
    except ValueError as refused:
        return [("", str(refused))]
    return [(issue.path, issue.message) for issue in found if issue.severity == "error"]


def fhir_resources_findings(release, resources):
    """Structure and bindings in R4B or R5."""
    models = importlib.import_module("fhir.resources" + (".R4B" if release == "R4B" else ""))
    for number, resource in enumerate(resources):
        try:
            models.get_fhir_model_class(resource["resourceType"]).model_validate_json(json.dumps(resource))
        except Exception as refused:  # It raises what its libraries raise.
            yield Finding("fhir.resources", number, "", f"{release}: {refused}"[:600])


def medplum_findings(resources, tools, definitions, profiles):
    """Structure, invariants and our profiles in R4."""
    lines = "".join(json.dumps({"number": n, "resource": r}) + "\n" for n, r in enumerate(resources))
    script = Path(__file__).with_name("medplum.mjs")
    ran = subprocess.run(["node", script, tools, definitions, profiles], input=lines, capture_output=True, text=True, timeout=300)
    if ran.returncode:
        raise SystemExit("Medplum's validator does not run:\n" + ran.stderr[-2000:])
    for line in ran.stdout.splitlines():
        issue = json.loads(line)
        if not is_ras_2_without_probability(issue["path"], issue["message"], resources[issue["number"]]):
            yield Finding("Medplum", issue["number"], issue["path"], issue["message"])


def predictions(value):
    """Every prediction in a resource, however deep."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name == "prediction" and isinstance(member, list):
                yield from member
            yield from predictions(member)
    elif isinstance(value, list):
        for member in value:
            yield from predictions(member)


def is_ras_2_without_probability(path, message, resource):
    """Both validators read ras-2 (a probability is at most 100) as failing where a prediction has no probability, which R4
    allows. A probability that is too large is still held against us."""
    if "ras-2" not in message:
        return False
    found = list(predictions(resource))
    without = [p for p in found if "probabilityDecimal" not in p and "probabilityRange" not in p]
    return bool(without) and all(p.get("probabilityDecimal", 0) <= 100 for p in found)


def adapted(profile):
    """A profile for pyrofile: it tells extensions apart by a fixed URL in the profile itself, and does not look into the
    profile of the extension, where it stands."""
    elements = []
    for element in profile["snapshot"]["element"]:
        elements.append(element)
        of = (element.get("type") or [{}])[0].get("profile")
        if element.get("sliceName") and element["path"].endswith("xtension") and of:
            elements.append({
                "id": element["id"] + ".url", "path": element["path"] + ".url", "min": 1, "max": "1",
                "type": [{"code": "uri"}], "fixedUri": of[0],
            })
    return profile | {"snapshot": {"element": elements}}


class Pyrofile:
    """pyrofile with the R4 core package and our profiles."""

    validator = None

    @classmethod
    def load(cls, core, profiles, directory):
        ours = Path(directory) / "pyrofile"
        ours.mkdir(exist_ok=True)
        for file in Path(profiles).glob("*-*.json"):
            resource = json.loads(file.read_text())
            if resource["resourceType"] == "StructureDefinition":
                resource = adapted(resource)
            (ours / file.name).write_text(json.dumps(resource))
        cls.configuration = {
            "fhirVersion": "4.0.1", "localPackagePaths": [str(core), str(ours)], "terminology": {"mode": "local"},
        }

    @classmethod
    def start(cls, configuration):
        # Its FHIRPath engine prints traces.
        with contextlib.redirect_stdout(io.StringIO()):
            cls.validator = Validator(ValidatorConfig.load_dict(configuration))

    @classmethod
    def judge(cls, numbered):
        number, resource = numbered
        with contextlib.redirect_stdout(io.StringIO()):
            report = cls.validator.validate_resource(resource)
        return [
            Finding("pyrofile", number, issue.path or "", f"{issue.code}: {issue.message}")
            for issue in report.issues
            if issue.severity.value == "error" and not is_wart(issue, resource)
        ]

    @classmethod
    def findings(cls, numbered):
        with multiprocessing.Pool(2, cls.start, [cls.configuration]) as pool:
            for found in pool.imap_unordered(cls.judge, numbered, chunksize=4):
                yield from found


def is_wart(issue, resource):
    """What pyrofile is known to hold against what is right."""
    # It counts elements below two that repeat as if there were one of the inner.
    is_counted_wrong = issue.code == "profile.element.cardinality.max" and (issue.path or "").startswith(
        ("CapabilityStatement.rest.resource.", "ConceptMap.group.element.", "ValueSet.compose.include.concept.")
    )
    # It knows the element beside a simple one (`_text` beside `text`) at the top of a resource alone.
    is_beside = issue.code == "element.unknown" and (issue.path or "").rpartition(".")[2].startswith("_")
    # It does not take an extension that says why a value is not there for the value.
    is_said_to_be_absent = issue.code.endswith("cardinality.min") and "_" + (issue.path or "").rpartition(".")[2] in resource
    # HL7's package of the Subscriptions Backport is not here; Medplum and fhirkit look at the form of its extensions.
    is_of_backport = issue.code == "extension.unknown" and BACKPORT in issue.message
    return is_counted_wrong or is_beside or is_said_to_be_absent or is_of_backport or is_ras_2_without_probability(issue.path, f"{issue.code} {issue.message}", resource)


def for_pyrofile(resources):
    """A share of the resources, evenly spread over each kind."""
    kinds = {}
    for number, resource in enumerate(resources):
        if len(json.dumps(resource)) <= PYROFILE_BYTES:
            kinds.setdefault(resource["resourceType"], []).append((number, resource))
    for kind, numbered in kinds.items():
        most = PYROFILE_AT_MOST.get(kind, PYROFILE_USUALLY)
        step = max(1, len(numbered) / most)
        yield from (numbered[int(place * step)] for place in range(min(most, len(numbered))))


def distinct(emitted):
    """Each resource of a release once."""
    seen = {}
    for one in emitted:
        seen.setdefault((one.release, json.dumps(one.resource, sort_keys=True)), one)
    return list(seen.values())


def is_subset(resource):
    """Whether a resource says that it is not whole: then it need not conform to a profile."""
    return any(tag.get("code") == "SUBSETTED" for tag in resource.get("meta", {}).get("tag", []))


def without_profile(resource):
    """A resource that is not whole, or a Bundle with such, without the profiles that it names."""
    if is_subset(resource):
        meta = {name: value for name, value in resource["meta"].items() if name != "profile"}
        return resource | {"meta": meta}
    if resource["resourceType"] == "Bundle":
        entries = [
            entry | ({"resource": without_profile(entry["resource"])} if "resource" in entry else {})
            for entry in resource.get("entry", [])
        ]
        return resource | ({"entry": entries} if entries else {})
    return resource


def judge(emitted, tools, definitions, profiles):
    """Every finding against what was emitted, and a line about what was looked at."""
    by_release = {}
    for one in distinct(emitted):
        by_release.setdefault(one.release, []).append(one)
    faults = []
    for release, of_release in sorted(by_release.items()):
        resources = [without_profile(one.resource) for one in of_release]
        if release == "R4":
            share = list(for_pyrofile(resources))
            found = list(fhirkit_findings(resources))
            found += medplum_findings(resources, tools, definitions, profiles)
            found += Pyrofile.findings(share)
            print(f"  R4: {len(resources)} resources by fhirkit and Medplum, {len(share)} of them by pyrofile")
        else:
            found = list(fhir_resources_findings(release, resources))
            print(f"  {release}: {len(resources)} resources by fhir.resources")
        faults += [(of_release[finding.number].origin, resources[finding.number]["resourceType"], finding) for finding in found]
        kinds = Counter(one.kind for one in of_release)
        print("     " + ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    return faults
