"""Invented patients of many kinds, the same ones at every run: what is asked by our own Questionnaire, answered at random,
beside a few conditions and findings in the codes of others."""

import random

SEED = 20260101
AS_OF = "2026-11-22"
LEVELS = ["C5", "T4", "T12", "L1", "L3", "S1"]
# ICD-10-CM: secondary neoplasm of bone, and primaries with a group of their own in the scores.
BONE_METASTASIS = "C79.51"
PRIMARIES = ["C34.90", "C50.919", "C61", "C64.9", "C73", "C22.0", "C18.9", "C80.1"]
TEXTS = {"string": ["left", "1-3", "4-9"], "wbb-sectors": ["1-3", "4-9", "5-12"]}


def answer_of(item, value_sets, chance):
    """An answer to an item of the questionnaire."""
    kind = item["type"]
    if kind == "boolean":
        return {"valueBoolean": chance.random() < 0.5}
    if kind == "choice":
        system, code = chance.choice(value_sets[item["answerValueSet"]])
        return {"valueCoding": {"system": system, "code": code}}
    if kind == "integer":
        if item["linkId"] == "loinc|89243-0":
            return {"valueInteger": chance.randrange(10, 101, 10)}
        return {"valueInteger": chance.randrange(0, 5)}
    if kind == "decimal":
        return {"valueDecimal": chance.randrange(0, 101)}
    if item["linkId"] == "vertebral-level":
        return {"valueString": chance.choice(LEVELS)}
    return {"valueString": chance.choice(TEXTS.get(item["linkId"], TEXTS["string"]))}


def answered(items, value_sets, chance, share):
    """Items with answers to a share of the questions."""
    given = []
    for item in items:
        if item["type"] == "group":
            for _ in range(chance.randrange(0, 3)):
                level = next(inner for inner in item["item"] if inner["linkId"] == "vertebral-level")
                rest = [inner for inner in item["item"] if inner is not level]
                within = answered([level], value_sets, chance, 1) + answered(rest, value_sets, chance, share)
                given.append({"linkId": item["linkId"], "item": within})
        elif chance.random() < share:
            given.append({"linkId": item["linkId"], "answer": [answer_of(item, value_sets, chance)]})
    return given


def patient(number, questionnaire, value_sets):
    """The record of one patient."""
    chance = random.Random(SEED + number)
    subject = {"reference": f"Patient/generated-{number}"}
    resources = [{
        "resourceType": "Patient", "id": f"generated-{number}", "birthDate": f"19{chance.randrange(30, 99)}-03-0{1 + number % 9}",
        "identifier": [{"system": "https://hospital.example/mrn", "value": f"mrn-{number}"}],
    }]
    codes = [BONE_METASTASIS] if number % 7 else []
    for code in codes + chance.sample(PRIMARIES, 1 if number % 5 else 0):
        resources.append({
            "resourceType": "Condition", "id": f"c-{number}-{code.replace('.', '-')}", "subject": subject,
            "clinicalStatus": {"coding": [{
                "system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active",
            }]},
            "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}]},
            "recordedDate": "2026-10-01",
        })
    resources.append({
        "resourceType": "QuestionnaireResponse", "id": f"q-{number}", "status": "completed", "subject": subject,
        "questionnaire": questionnaire["url"] + "|" + questionnaire["version"],
        "authored": chance.choice(["2026-11-21", "2026-11-20T10:00:00+08:00", "2026-09-01", "2026-06"]),
        "item": answered(questionnaire["item"], value_sets, chance, chance.choice([0.1, 0.5, 1.0])),
    })
    return {
        "resourceType": "Bundle", "type": "collection",
        "entry": [{"fullUrl": f"https://hospital.example/fhir/{r['resourceType']}/{r['id']}", "resource": r} for r in resources],
    }


def value_sets_of(service, questionnaire):
    """The codes of each value set that the questionnaire names."""
    sets = {}
    urls = set()

    def collect(items):
        for item in items:
            if "answerValueSet" in item:
                urls.add(item["answerValueSet"])
            collect(item.get("item", []))

    collect(questionnaire["item"])
    for url in sorted(urls):
        found = service.get(f"/fhir/R4/ValueSet?url={url}")[2]["entry"][0]["resource"]
        codes = []
        for include in found["compose"]["include"]:
            codes += [(include["system"], concept["code"]) for concept in include["concept"]]
        sets[url] = codes
    return sets
