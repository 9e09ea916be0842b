"""The FHIR package of script/package-profiles: the same bytes every time, and other tools install and use it."""

import json
import os
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

from pyrofile_validator.config import ValidatorConfig
from pyrofile_validator.core.engine import Validator

CHILD = """
Profile: HospitalAssessment
Parent: https://spinemet.org/fhir/StructureDefinition/spinemet-risk-assessment
Id: hospital-assessment
* identifier 1..*
* contained 1..*

Profile: HospitalKarnofsky
Parent: https://spinemet.org/fhir/StructureDefinition/karnofsky-observation
Id: hospital-karnofsky
* performer 1..*
"""
SETTINGS = """
canonical: https://hospital.example/fhir
version: 1.0.0
status: draft
fhirVersion: 4.0.1
FSHOnly: true
dependencies:
  {name}: {version}
"""


def make(root, binary, file):
    environment = os.environ | {"SPINEMET": str(binary)}
    subprocess.run([root / "script/package-profiles", file], check=True, env=environment)
    return file.read_bytes()


def judge(root, binary, profile_tools, directory):
    """Raises where the package is not what others can use."""
    work = Path(directory) / "package"
    work.mkdir()
    file = work / "package.tgz"
    if make(root, binary, file) != make(root, binary, work / "again.tgz"):
        raise AssertionError("package: two runs make different bytes")
    with tarfile.open(file) as archive:
        names = archive.getnames()
        manifest = json.load(archive.extractfile("package/package.json"))
        index = json.load(archive.extractfile("package/.index.json"))
    listed = {f"package/{entry['filename']}" for entry in index["files"]}
    if listed != set(names) - {"package/package.json", "package/.index.json"}:
        raise AssertionError("package: the index does not list what is in it")
    print(f"  {manifest['name']}#{manifest['version']}: {len(listed)} resources, {file.stat().st_size} bytes, the same twice")
    pyrofile_loads(file)
    sushi_builds(file, manifest, profile_tools, work)


def pyrofile_loads(file):
    validator = Validator(ValidatorConfig.load_dict({
        "fhirVersion": "4.0.1", "localPackagePaths": [str(file)], "terminology": {"mode": "local"},
    }))
    loaded = validator.profile_registry.get("https://spinemet.org/fhir/StructureDefinition/spinemet-risk-assessment")
    if loaded is None:
        raise AssertionError("package: pyrofile does not find our profile in it")
    print("  pyrofile loads it")


def sushi_builds(file, manifest, profile_tools, work):
    """A hospital derives profiles of its own from ours."""
    home = work / "home"
    packages = home / ".fhir/packages"
    installed = packages / f"{manifest['name']}#{manifest['version']}"
    installed.mkdir(parents=True)
    with tarfile.open(file) as archive:
        archive.extractall(installed, filter="data")
    core = Path(profile_tools) / "home/.fhir/packages/hl7.fhir.r4.core#4.0.1"
    (packages / core.name).symlink_to(core)
    project = work / "hospital"
    (project / "input/fsh").mkdir(parents=True)
    (project / "input/fsh/profiles.fsh").write_text(CHILD)
    (project / "sushi-config.yaml").write_text(SETTINGS.format(**manifest))
    sushi = Path(profile_tools) / "node_modules/fsh-sushi/dist/app.js"
    ran = subprocess.run(
        ["node", sushi, "build", project, "--snapshot", "--log-level", "warn"],
        env=os.environ | {"HOME": str(home)}, capture_output=True, text=True, timeout=300,
    )
    if ran.returncode:
        raise AssertionError("package: SUSHI does not build profiles on it:\n" + ran.stdout[-2000:])
    made = json.loads((project / "fsh-generated/resources/StructureDefinition-hospital-assessment.json").read_text())
    if not any(element["id"] == "RiskAssessment.extension:optionVerdict" for element in made["snapshot"]["element"]):
        raise AssertionError("package: SUSHI's profile does not hold what ours says")
    shutil.rmtree(home)
    print("  SUSHI derives profiles from ours")
