// What a hospital sends so that it is surely understood. Other forms are understood too: mappings/ says which.

RuleSet: AcceptedFinding
* insert Metadata
* status MS
* code MS
* subject 1..1 MS
* subject only Reference(Patient)
* effective[x] MS
* effective[x] ^short = "When it was so. Without it nothing is known of its age"
* value[x] MS
* dataAbsentReason MS
* dataAbsentReason ^short = "Why there is no value: then the finding is unknown, never normal"

RuleSet: Answered(answers)
* value[x] only CodeableConcept
* value[x] from {answers} (required)

RuleSet: AtALevel
* bodySite MS
* bodySite ^short = "The vertebra, e.g. by its SNOMED CT code, or T12 as text; or a component with the code vertebral-level"

Profile: KarnofskyObservation
Parent: Observation
Id: karnofsky-observation
Title: "Karnofsky performance status"
Description: "The Karnofsky performance status as a number from 10 to 100, or as an answer of LOINC."
* insert AcceptedFinding
* code from KarnofskyQuestions (required)
* value[x] only integer or Quantity or CodeableConcept

Profile: EcogObservation
Parent: Observation
Id: ecog-observation
Title: "ECOG performance status"
Description: "The ECOG performance status as a number from 0 to 4, or as an answer of LOINC."
* insert AcceptedFinding
* code from EcogQuestions (required)
* value[x] only integer or Quantity or CodeableConcept

Profile: EsccObservation
Parent: Observation
Id: escc-grade-observation
Title: "Epidural spinal cord compression (ESCC) grade"
Description: "Epidural spinal cord compression (ESCC) grade, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#escc-grade
* insert Answered(EsccGrades)
* insert AtALevel

Profile: SinsPainObservation
Parent: Observation
Id: sins-pain-observation
Title: "SINS: pain"
Description: "SINS: pain, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#sins-pain
* insert Answered(PainAnswers)
* insert AtALevel

Profile: SinsLesionObservation
Parent: Observation
Id: sins-lesion-observation
Title: "SINS: bone lesion quality"
Description: "SINS: bone lesion quality, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#sins-lesion
* insert Answered(LesionAnswers)
* insert AtALevel

Profile: SinsAlignmentObservation
Parent: Observation
Id: sins-alignment-observation
Title: "SINS: radiographic spinal alignment"
Description: "SINS: radiographic spinal alignment, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#sins-alignment
* insert Answered(AlignmentAnswers)
* insert AtALevel

Profile: SinsCollapseObservation
Parent: Observation
Id: sins-collapse-observation
Title: "SINS: vertebral body collapse"
Description: "SINS: vertebral body collapse, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#sins-collapse
* insert Answered(CollapseAnswers)
* insert AtALevel

Profile: SinsPosterolateralObservation
Parent: Observation
Id: sins-posterolateral-observation
Title: "SINS: posterolateral involvement of spinal elements"
Description: "SINS: posterolateral involvement of spinal elements, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#sins-posterolateral
* insert Answered(PosterolateralAnswers)
* insert AtALevel

Profile: SinsTotalObservation
Parent: Observation
Id: sins-total-observation
Title: "SINS: total"
Description: "The total of SINS, 0 to 18, at one vertebral level. It is compared with what the items come to, and never used instead of them."
* insert AcceptedFinding
* code = $instrument#sins-2010
* value[x] only integer or Quantity
* insert AtALevel

Profile: CollapsePercentObservation
Parent: Observation
Id: vertebral-collapse-percent-observation
Title: "Vertebral body collapse, percent"
Description: "Vertebral body collapse, percent, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#vertebral-collapse-percent
* value[x] only Quantity
* insert AtALevel

Profile: PainTypeObservation
Parent: Observation
Id: pain-type-observation
Title: "Type of pain from the spinal metastasis"
Description: "Type of pain from the spinal metastasis, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#pain-type
* insert Answered(PainAnswers)
* insert AtALevel

Profile: TomitaTypeObservation
Parent: Observation
Id: tomita-type-observation
Title: "Tomita surgical type"
Description: "Tomita surgical type, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#tomita-type
* insert Answered(TomitaTypes)
* insert AtALevel

Profile: WbbSectorsObservation
Parent: Observation
Id: wbb-sectors-observation
Title: "WBB sectors involved"
Description: "WBB sectors involved, at one vertebral level, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#wbb-sectors
* value[x] only string
* insert AtALevel

Profile: FrankelObservation
Parent: Observation
Id: frankel-grade-observation
Title: "Frankel grade"
Description: "Frankel grade, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#frankel-grade
* insert Answered(FrankelGrades)

Profile: AsiaObservation
Parent: Observation
Id: asia-impairment-scale-observation
Title: "ASIA impairment scale"
Description: "ASIA impairment scale, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#asia-impairment-scale
* insert Answered(AsiaGrades)

Profile: VertebralCountObservation
Parent: Observation
Id: vertebral-metastasis-count-observation
Title: "Number of vertebrae with metastasis"
Description: "Number of vertebrae with metastasis, in the code of our own code system. A Quantity can say at least so many with its comparator."
* insert AcceptedFinding
* code = $finding#vertebral-metastasis-count
* value[x] only integer or Quantity

Profile: ExtraspinalCountObservation
Parent: Observation
Id: extraspinal-bone-metastasis-count-observation
Title: "Number of extraspinal bone metastases"
Description: "Number of extraspinal bone metastases, in the code of our own code system. A Quantity can say at least so many with its comparator."
* insert AcceptedFinding
* code = $finding#extraspinal-bone-metastasis-count
* value[x] only integer or Quantity

Profile: BoneExtentObservation
Parent: Observation
Id: bone-metastasis-extent-observation
Title: "Extent of bone metastases"
Description: "Extent of bone metastases, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#bone-metastasis-extent
* insert Answered(BoneExtents)

Profile: VisceralStatusObservation
Parent: Observation
Id: visceral-metastasis-status-observation
Title: "Presence of visceral metastases"
Description: "Presence of visceral metastases, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#visceral-metastasis-status
* insert Answered(VisceralStatuses)

Profile: VisceralResectabilityObservation
Parent: Observation
Id: visceral-resectability-observation
Title: "Removability of visceral metastases"
Description: "Removability of visceral metastases, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#visceral-resectability
* insert Answered(VisceralResectabilities)

Profile: VisceralTreatabilityObservation
Parent: Observation
Id: visceral-treatability-observation
Title: "Treatability of visceral metastases"
Description: "Treatability of visceral metastases, in the code of our own code system."
* insert AcceptedFinding
* code = $finding#visceral-treatability
* insert Answered(VisceralTreatabilities)

Profile: YesNoObservation
Parent: Observation
Id: yes-no-observation
Title: "A question answered with yes or no"
Description: "A judgement, plan or finding that is true or not, in the codes of our own code system."
* insert AcceptedFinding
* code from YesNoQuestions (required)
* value[x] only boolean or CodeableConcept
* value[x] from YesNo (required)
* insert AtALevel

ValueSet: KarnofskyQuestions
Id: karnofsky-question
Title: "Codes of the Karnofsky performance status"
Description: "The codes by which the Karnofsky performance status is asked."
* insert Metadata
* $loinc#89243-0
* $loinc#89245-5
* $sct#761869008

ValueSet: EcogQuestions
Id: ecog-question
Title: "Codes of the ECOG performance status"
Description: "The codes by which the ECOG performance status is asked."
* insert Metadata
* $loinc#89247-1
* $loinc#89262-0
* $sct#423740007
