Profile: ScoreObservation
Parent: Observation
Id: score-observation
Title: "Score"
Description: "A score or grade with its items, as it is contained in the RiskAssessment that was made by it. A total is a value only when a single one is reachable; otherwise there is a reason for its absence and the extension with the reachable totals."
* insert Metadata
* extension contains ReachableTotals named reachableTotals 0..1 MS
* code from Instruments (required)
* code ^short = "The instrument"
* code MS
* subject 1..1 MS
* effective[x] only dateTime
* effective[x] MS
* value[x] only integer or CodeableConcept
* value[x] ^short = "The total, or the grade, when only one is reachable"
* value[x] MS
* dataAbsentReason MS
* bodySite ^short = "The level that the score belongs to, for a score of a level"
* bodySite MS
* component MS
* component.extension contains ReachablePoints named reachablePoints 0..1 MS
* component.code from ScoreItems (required)
* component.code ^short = "The item"
* component.code MS
* component.value[x] only integer or CodeableConcept
* component.value[x] ^short = "The points of the item, or its grade, when only one is reachable"
* component.value[x] MS
* component.dataAbsentReason MS

Profile: SpinemetRiskAssessment
Parent: RiskAssessment
Id: spinemet-risk-assessment
Title: "Assessment of a patient with spinal metastases"
Description: "One score, or the guidance, about one patient at one time. A score's RiskAssessment contains the score and names it first in its basis; the guidance's RiskAssessment has a verdict for each treatment option. Every prediction is an estimate for a group of patients and no forecast for one person."
* insert Metadata
* contained only ScoreObservation
* contained MS
* extension contains
    ReachableTotals named reachableTotals 0..1 MS and
    OptionVerdict named optionVerdict 0..* MS and
    GuidanceAlert named guidanceAlert 0..* MS and
    TreatmentInterval named treatmentInterval 0..* MS and
    OperationRisk named operationRisk 0..* MS and
    KnowledgeVersion named knowledgeVersion 0..1 MS and
    MappingVersion named mappingVersion 0..1 MS
* status MS
* method 1..1 MS
* method from Instruments (required)
* code 1..1 MS
* subject MS
* occurrence[x] 1..1 MS
* occurrence[x] only dateTime
* occurrence[x] ^short = "The instant that the assessment speaks of"
* basis 1..* MS
* basis ^short = "The contained score, and what it rests on"
* prediction MS
* prediction.outcome 1..1 MS
* prediction.qualitativeRisk from Bands (extensible)
* prediction.qualitativeRisk MS
