Alias: $finding = https://spinemet.org/fhir/CodeSystem/finding
Alias: $instrument = https://spinemet.org/fhir/CodeSystem/instrument
Alias: $score-item = https://spinemet.org/fhir/CodeSystem/score-item
Alias: $band = https://spinemet.org/fhir/CodeSystem/band
Alias: $option = https://spinemet.org/fhir/CodeSystem/option
Alias: $verdict = https://spinemet.org/fhir/CodeSystem/verdict
Alias: $loinc = http://loinc.org
Alias: $sct = http://snomed.info/sct

// What every resource here says about itself. The date is fixed, so that a build does not depend on the day.
RuleSet: Metadata
* ^status = #draft
* ^experimental = false
* ^version = "0.1.0"
* ^date = "2026-01-01"
* ^publisher = "Spinemet"

RuleSet: CompleteCodeSystem(id)
* insert Metadata
* ^caseSensitive = true
* ^content = #complete
* ^valueSet = "https://spinemet.org/fhir/ValueSet/{id}"

RuleSet: AllOf(id)
* insert Metadata
* include codes from system https://spinemet.org/fhir/CodeSystem/{id}

RuleSet: Chinese(code, text)
* #{code} ^designation[0].language = #zh
* #{code} ^designation[0].value = "{text}"
