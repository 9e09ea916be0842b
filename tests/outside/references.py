"""Whether what the CapabilityStatement names is what HL7 defines: the SearchParameters, in R4's own definitions."""

import json
from pathlib import Path


def judge(service, definitions):
    bundle = json.loads((Path(definitions) / "search-parameters.json").read_text())
    known = {entry["resource"]["url"]: entry["resource"] for entry in bundle["entry"]}
    checked = 0
    statement = service.get("/fhir/R4/metadata")[2]
    for resource in statement["rest"][0]["resource"]:
        for parameter in resource.get("searchParam", []):
            url = parameter.get("definition", "")
            if not url.startswith("http://hl7.org/"):
                continue
            defined = known.get(url)
            what = f"{resource['type']}?{parameter['name']} ({url})"
            if defined is None:
                raise AssertionError(f"{what}: HL7 defines no such SearchParameter")
            is_same = defined["code"] == parameter["name"] and defined["type"] == parameter["type"]
            if not is_same or not {resource["type"], "Resource"} & set(defined["base"]):
                raise AssertionError(f"{what}: HL7 says {defined['code']}, {defined['type']}, {defined['base']}")
            checked += 1
    print(f"  {checked} search parameters are HL7's, by name, type and resource")
    if checked < 50:
        raise AssertionError(f"only {checked} search parameters name HL7's definition")
