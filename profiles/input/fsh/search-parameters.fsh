// Search parameters that FHIR does not have.

Instance: risk-assessment-status
InstanceOf: SearchParameter
Usage: #definition
Title: "Status of a RiskAssessment"
Description: "The status of a RiskAssessment, so that who reads can leave out what was withdrawn."
* url = "https://spinemet.org/fhir/SearchParameter/risk-assessment-status"
* version = "0.1.0"
* name = "RiskAssessmentStatus"
* status = #draft
* experimental = false
* date = "2026-01-01"
* publisher = "Spinemet"
* description = "The status of a RiskAssessment, so that who reads can leave out what was withdrawn (entered-in-error)."
* code = #status
* base = #RiskAssessment
* type = #token
* expression = "RiskAssessment.status"
* multipleOr = true
* multipleAnd = true
* modifier[+] = #missing
* modifier[+] = #not
