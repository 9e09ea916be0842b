"""The API as a whole: pyrofile's checks of a FHIR server, its scan of all that is stored, and Schemathesis, which makes
requests from our OpenAPI description."""

import contextlib
import io
import re
import subprocess
import sys
from pathlib import Path

from pyrofile_validator import ApiScanOptions, ApiTestOptions, run_api_tests, scan_api
from pyrofile_validator.config import ValidatorConfig

import corpus
import patients
import validators

SEED = "20260101"
EXAMPLES = "8"


def pyrofile_pack(service):
    """All of the pack `base-r4`: metadata, read, vread, search, paging, history, an error, negotiation."""
    found = service.get("/fhir/R4/RiskAssessment?_count=100")[2]["entry"]
    # One without a prediction, so that what pyrofile makes of ras-2 is of no matter.
    whole = next(entry["resource"] for entry in found if "prediction" not in entry["resource"])
    inputs = {"resourceType": "RiskAssessment", "resourceId": whole["id"], "versionId": "1"}
    with contextlib.redirect_stdout(io.StringIO()):
        configuration = ValidatorConfig.load_dict(validators.Pyrofile.configuration)
        options = ApiTestOptions(inputs=inputs)
        report = run_api_tests(f"{service.base}/fhir/R4", "base-r4", config=configuration, options=options)
    results = {scenario.id: scenario.status.value for scenario in report.scenarios}
    print(f"  pyrofile's pack base-r4: {report.passed} of {len(results)}")
    if report.passed != len(results):
        raise AssertionError(f"pyrofile's pack base-r4: {results}")


def pyrofile_scan(service):
    """Follows the searches of some types, and validates what it is given."""
    options = ApiScanOptions(
        resource_types=("Provenance", "Subscription", "SearchParameter"),
        search_params={"Provenance": {"_count": 5}}, max_pages=8,
    )
    with contextlib.redirect_stdout(io.StringIO()):
        configuration = ValidatorConfig.load_dict(validators.Pyrofile.configuration)
        report = scan_api(f"{service.base}/fhir/R4", config=configuration, options=options)
    scan = report.api_scan
    print(f"  pyrofile's scan: {scan.pages_fetched} pages, {scan.resources_fetched} resources")
    against = [
        f"{issue.code} at {issue.path}: {issue.message}" for issue in report.issues
        # It puts all pages into one Bundle of its own, of another type: bdl-2 is about that.
        if issue.severity.value == "error" and issue.code != "invariant.bdl-2" and not validators.is_wart(issue, {"_reason": {}})
    ]
    if against or not scan.resources_fetched or scan.stop_reason not in (None, "max-pages"):
        raise AssertionError(f"pyrofile's scan: {scan.stop_reason} {against[:10]}")


CONFIGURED = """
[[operations]]
include-path-regex = "^/fhir/[{{]version[}}]/{kind}/[{{]id[}}]"
parameters = {{ "path.id" = "{id}" }}
"""


def configured(service, directory):
    """The settings, with ids of what is stored, so that more is asked for than what is not there."""
    settings = Path(__file__).with_name("schemathesis.toml").read_text()
    for kind in ["RiskAssessment", "Provenance", "Subscription"]:
        found = service.get(f"/fhir/R4/{kind}?_count=1")[2]["entry"][0]["resource"]
        settings += CONFIGURED.format(kind=kind, id=found["id"])
    file = Path(directory) / "schemathesis.toml"
    file.write_text(settings)
    return file


def schemathesis(service, record, directory):
    """Everything that the description declares and much that it does not; then again what is there by id, with ids of
    what is stored, since others are not there."""
    status, _, answer = service.send("POST", f"/fhir/R4/$assess?asOf={patients.AS_OF}", record)
    assert status == 200, answer
    sent = corpus.subscription("R4", f"{service.neighbour}/told")
    status, _, answer = service.send("POST", "/fhir/R4/Subscription", sent)
    assert status == 201, answer
    usual = Path(__file__).with_name("schemathesis.toml")
    with_ids = configured(service, directory)
    fuzz(service, directory, usual, "everything")
    by_id = ["--mode", "positive", "--include-path-regex", r"/(RiskAssessment|Provenance|Subscription)/\{id\}"]
    fuzz(service, directory, with_ids, "what is stored", *by_id)


def fuzz(service, directory, settings, what, *options):
    command = [
        Path(sys.executable).with_name("st"), "--config-file", settings, "run", f"{service.base}/openapi.json",
        "--phases", "examples,coverage,fuzzing", "--checks", "all", "--max-examples", EXAMPLES, "--seed", SEED,
        "--generation-deterministic", "--workers", "1", "--no-color", "--continue-on-failure",
        "--suppress-health-check", "all", *options,
    ]
    ran = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=900)
    said = ran.stdout.splitlines()
    generated = next((line.strip() for line in said if re.match(r"\s*\d+ generated", line)), "nothing generated")
    print(f"  Schemathesis 4.32.5, {what}: {generated}")
    if ran.returncode:
        raise AssertionError("Schemathesis:\n" + "\n".join(line[:500] for line in said[20:170]) + ran.stderr[-500:])
