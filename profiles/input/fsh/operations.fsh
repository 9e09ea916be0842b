RuleSet: OperationMetadata(name)
* url = "https://spinemet.org/fhir/OperationDefinition/{name}"
* version = "0.1.0"
* status = #draft
* kind = #operation
* experimental = false
* date = "2026-01-01"
* publisher = "Spinemet"
* code = #{name}

RuleSet: In(name, min, max, type, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #in
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = "{documentation}"

RuleSet: Out(name, min, max, type, documentation)
* parameter[+].name = #{name}
* parameter[=].use = #out
* parameter[=].min = {min}
* parameter[=].max = "{max}"
* parameter[=].type = #{type}
* parameter[=].documentation = "{documentation}"

Instance: assess
InstanceOf: OperationDefinition
Usage: #definition
Title: "Assess a patient with spinal metastases"
Description: "Reads a patient's record and answers with RiskAssessments: one for each score, and one for the guidance."
* insert OperationMetadata(assess)
* name = "Assess"
* title = "Assess a patient with spinal metastases"
* description = "Reads a patient's record and answers with RiskAssessments: one for each score and one for the guidance, and an OperationOutcome that says what was used, what was not understood and what is missing. They are stored before the answer leaves. The same facts get the same answer. The body is the record itself, a Bundle; for one Patient by id, the record is fetched from the configured FHIR server and no body is needed."
* affectsState = true
* resource = #Patient
* system = true
* type = false
* instance = true
* insert In(record, 0, 1, Bundle, [[The record of one patient: the body of the request, without Parameters around it. Needed where no Patient is named by id.]])
* insert In(asOf, 0, 1, dateTime, [[The instant at which the patient is looked at, in the query; now by default. A date means its last second in UTC.]])
* insert Out(return, 1, 1, Bundle, [[A collection: the RiskAssessments, then an OperationOutcome.]])

Instance: explain-mapping
InstanceOf: OperationDefinition
Usage: #definition
Title: "Explain how a record is read"
Description: "Says for each resource of a record what it was read as and by which rule, or why it was not used."
* insert OperationMetadata(explain-mapping)
* name = "ExplainMapping"
* title = "Explain how a record is read"
* description = "Says for each resource of a record what it was read as, by which rule in which file and line, or why it was not used. It changes and stores nothing. The body is the record itself, a Bundle."
* affectsState = false
* system = true
* type = false
* instance = false
* insert In(record, 1, 1, Bundle, [[The record of one patient: the body of the request, without Parameters around it.]])
* insert In(asOf, 0, 1, dateTime, [[The instant at which the patient is looked at, in the query; now by default. A date means its last second in UTC.]])
* insert Out(return, 1, 1, Parameters, [[A part for each resource.]])

Instance: withdraw
InstanceOf: OperationDefinition
Usage: #definition
Title: "Withdraw a RiskAssessment"
Description: "Marks a stored RiskAssessment as entered in error."
* insert OperationMetadata(withdraw)
* name = "Withdraw"
* title = "Withdraw a RiskAssessment"
* description = "Marks a stored RiskAssessment as entered in error: a new version with this status. The earlier version stays readable."
* affectsState = true
* resource = #RiskAssessment
* system = false
* type = false
* instance = true
* insert In(reason, 0, 1, string, [[Why, in a sentence or two.]])
* insert Out(return, 1, 1, RiskAssessment, [[The withdrawn RiskAssessment.]])

Instance: replay
InstanceOf: OperationDefinition
Usage: #definition
Title: "Make a stored assessment again"
Description: "Makes a stored assessment again from its stored facts, with the running program, and compares."
* insert OperationMetadata(replay)
* name = "Replay"
* title = "Make a stored assessment again"
* description = "Makes a stored assessment again from its stored facts, with the running program, and says whether it comes out the same. It changes nothing."
* affectsState = false
* resource = #RiskAssessment
* system = false
* type = false
* instance = true
* insert Out(return, 1, 1, Parameters, [[What was compared, and how it differs.]])

Instance: knowledge-diff
InstanceOf: OperationDefinition
Usage: #definition
Title: "Which stored assessments would change"
Description: "Says which stored assessments would come out otherwise with the knowledge of the running program."
* insert OperationMetadata(knowledge-diff)
* name = "KnowledgeDiff"
* title = "Which stored assessments would change"
* description = "Makes stored assessments again, a page at a time, and says which would come out otherwise with the knowledge of the running program. It changes nothing."
* affectsState = false
* resource = #RiskAssessment
* system = false
* type = true
* instance = false
* insert In(assessments, 0, 1, code, [[Which are made again: latest (of each patient, the usual) or all.]])
* insert In(_count, 0, 1, integer, [[How many are looked at: 1 to 1000, usually 200.]])
* insert In(after, 0, 1, string, [[Where to go on: what the answer before this one says.]])
* insert Out(return, 1, 1, Parameters, [[How many were examined and changed, each assessment that differs, and after: where to go on.]])
