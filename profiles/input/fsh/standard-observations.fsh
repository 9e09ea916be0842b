// Observations that have codes of LOINC: what is accepted of them. The codes are those that mapping files ask by, and a
// test compares them.

Profile: MeasurementObservation
Parent: Observation
Id: measurement-observation
Title: "Laboratory value or measurement"
Description: "A laboratory value, body mass index or T-score of bone density, with a unit: a number without a unit that is understood is not used."
* insert AcceptedFinding
* code from MeasurementQuestions (required)
* value[x] only Quantity

Profile: ReceptorObservation
Parent: Observation
Id: receptor-observation
Title: "Receptor status of breast cancer"
Description: "Whether the oestrogen receptor, the progesterone receptor or HER2 is positive, as an answer."
* insert AcceptedFinding
* code from ReceptorQuestions (required)
* value[x] only CodeableConcept

Profile: VariantObservation
Parent: Observation
Id: variant-observation
Title: "Variant of a driver gene"
Description: "Whether a variant was found, with the gene in a component."
* insert AcceptedFinding
* code = $loinc#69548-6
* value[x] only CodeableConcept
* component MS
* component ^short = "The gene by its HGNC identifier, and the variant by name"

Profile: MorphologyObservation
Parent: Observation
Id: morphology-observation
Title: "Morphology of the tumour"
Description: "The histology of the tumour, in ICD-O-3 or SNOMED CT."
* insert AcceptedFinding
* code from MorphologyQuestions (required)
* value[x] only CodeableConcept

Profile: BackgroundObservation
Parent: Observation
Id: background-observation
Title: "Pregnancy and smoking"
Description: "Pregnancy, a test for it, or tobacco smoking, as an answer of LOINC or SNOMED CT."
* insert AcceptedFinding
* code from BackgroundQuestions (required)
* value[x] only CodeableConcept

ValueSet: MeasurementQuestions
Id: measurement-question
Title: "Codes of measurements"
Description: "The codes by which laboratory values, body mass index and bone density are asked."
* insert Metadata
* $loinc#718-7
* $loinc#777-3
* $loinc#778-1
* $loinc#1751-7
* $loinc#1975-2
* $loinc#1988-5
* $loinc#2000-8
* $loinc#2532-0
* $loinc#2862-1
* $loinc#3173-2
* $loinc#6301-6
* $loinc#6690-2
* $loinc#14804-9
* $loinc#14805-6
* $loinc#14979-9
* $loinc#17861-6
* $loinc#20509-6
* $loinc#26464-8
* $loinc#26515-7
* $loinc#30350-3
* $loinc#30522-7
* $loinc#33256-9
* $loinc#34714-6
* $loinc#38263-0
* $loinc#38264-8
* $loinc#38265-5
* $loinc#38267-1
* $loinc#38875-1
* $loinc#39156-5
* $loinc#49765-1
* $loinc#80948-3

ValueSet: ReceptorQuestions
Id: receptor-question
Title: "Codes of receptor status"
Description: "The codes by which the receptors of breast cancer are asked."
* insert Metadata
* $loinc#16112-5
* $loinc#16113-3
* $loinc#18474-7
* $loinc#31150-6
* $loinc#40556-3
* $loinc#40557-1
* $loinc#48676-1
* $loinc#72383-3
* $loinc#85318-4
* $loinc#85319-2
* $loinc#85337-4
* $loinc#85339-0

ValueSet: MorphologyQuestions
Id: morphology-question
Title: "Codes of morphology"
Description: "The codes by which the histology of a tumour is asked."
* insert Metadata
* $loinc#31206-6
* $loinc#59847-4

ValueSet: BackgroundQuestions
Id: background-question
Title: "Codes of pregnancy and smoking"
Description: "The codes by which pregnancy and smoking are asked."
* insert Metadata
* $loinc#2106-3
* $loinc#2118-8
* $loinc#72166-2
* $loinc#82810-3
