ValueSet: EsccGrades
Id: escc-answer
Title: "Answers: ESCC grades"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#escc-0
* $finding#escc-1a
* $finding#escc-1b
* $finding#escc-1c
* $finding#escc-2
* $finding#escc-3

ValueSet: PainAnswers
Id: sins-pain-answer
Title: "Answers: Kinds of pain"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#pain-mechanical
* $finding#pain-occasional
* $finding#pain-none
* $finding#pain-local
* $finding#pain-radicular

ValueSet: LesionAnswers
Id: lesion-answer
Title: "Answers: Kinds of bone lesion"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#lesion-lytic
* $finding#lesion-mixed
* $finding#lesion-blastic

ValueSet: AlignmentAnswers
Id: alignment-answer
Title: "Answers: Alignments"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#alignment-subluxation
* $finding#alignment-deformity
* $finding#alignment-normal

ValueSet: CollapseAnswers
Id: collapse-answer
Title: "Answers: Degrees of collapse"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#collapse-over-50
* $finding#collapse-under-50
* $finding#collapse-none-over-50-involved
* $finding#collapse-none

ValueSet: PosterolateralAnswers
Id: posterolateral-answer
Title: "Answers: Posterolateral involvement"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#posterolateral-bilateral
* $finding#posterolateral-unilateral
* $finding#posterolateral-none

ValueSet: FrankelGrades
Id: frankel-answer
Title: "Answers: Frankel grades"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#frankel-a
* $finding#frankel-b
* $finding#frankel-c
* $finding#frankel-d
* $finding#frankel-e

ValueSet: AsiaGrades
Id: asia-answer
Title: "Answers: Grades of the ASIA impairment scale"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#asia-a
* $finding#asia-b
* $finding#asia-c
* $finding#asia-d
* $finding#asia-e

ValueSet: BoneExtents
Id: bone-extent-answer
Title: "Answers: Extents of bone metastases"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#bone-solitary
* $finding#bone-multiple

ValueSet: VisceralStatuses
Id: visceral-status-answer
Title: "Answers: Visceral metastases"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#visceral-none
* $finding#visceral-present
* $finding#visceral-removable
* $finding#visceral-unremovable
* $finding#visceral-treatable
* $finding#visceral-untreatable

ValueSet: VisceralResectabilities
Id: visceral-resectability-answer
Title: "Answers: Removability of visceral metastases"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#visceral-none
* $finding#visceral-removable
* $finding#visceral-unremovable

ValueSet: VisceralTreatabilities
Id: visceral-treatability-answer
Title: "Answers: Treatability of visceral metastases"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#visceral-none
* $finding#visceral-treatable
* $finding#visceral-untreatable

ValueSet: TomitaTypes
Id: tomita-type-answer
Title: "Answers: Tomita surgical types"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#tomita-type-1
* $finding#tomita-type-2
* $finding#tomita-type-3
* $finding#tomita-type-4
* $finding#tomita-type-5
* $finding#tomita-type-6
* $finding#tomita-type-7

ValueSet: YesNo
Id: yes-no-answer
Title: "Answers: Yes or no"
Description: "The answers from which one is chosen."
* insert Metadata
* $finding#yes
* $finding#no

ValueSet: YesNoQuestions
Id: yes-no-question
Title: "Questions answered with yes or no"
Description: "Judgements, plans and findings that are true or not. One that is not answered is unknown; it is never no."
* insert Metadata
* $finding#neurological-progression
* $finding#ambulatory
* $finding#surgical-tolerance
* $finding#surgery-planned
* $finding#good-general-condition
* $finding#survival-over-six-months
* $finding#primary-controlled
* $finding#ssrs-within-35-days
* $finding#radiosensitivity
* $finding#preoperative-embolisation
* $finding#hypervascular-on-imaging
* $finding#hairpin-artery
* $finding#infection
* $finding#severe-coagulopathy
* $finding#pmma-allergy
* $finding#pregnancy
* $finding#severe-organ-failure
* $finding#cardiovascular-disease
* $finding#pulmonary-dysfunction
* $finding#unstable-in-surgical-opinion
* $finding#neural-compression
* $finding#posterior-wall-intact
* $finding#pedicle-involvement
* $finding#severe-collapse
* $finding#impending-fracture
* $finding#within-1-cm-of-cord
* $finding#destruction-with-paraplegia-risk
* $finding#posterior-elements-only
* $finding#fibrous-reactive-zone
* $finding#palliative-decompression
* $finding#pain-palliation
* $finding#no-cancer-history
* $finding#primary-long-inactive
* $finding#new-spinal-lesion
* $finding#imaging-diagnosis-clear
* $finding#surgical-indication-clear
* $finding#pathology-would-not-change-strategy
* $finding#hormone-dependent
* $finding#molecularly-targeted-therapy
* $finding#prior-chemotherapy
* $finding#prior-radiotherapy
* $finding#level-irradiated
* $finding#obesity
* $finding#diabetes
* $finding#low-bone-density
* $finding#malnutrition
* $finding#glucocorticoids
* $finding#marrow-suppression
* $finding#leukopenia
* $finding#thrombocytopenia
* $finding#coagulopathy
* $finding#smoking
* $finding#bleeding-risk
* $finding#venous-thromboembolism
* $finding#wound-healed
