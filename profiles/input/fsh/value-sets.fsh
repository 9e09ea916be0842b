ValueSet: Findings
Id: finding
Title: "Findings of spinal metastases"
Description: "Every question and every answer of the code system."
* insert AllOf(finding)

ValueSet: Instruments
Id: instrument
Title: "Instruments"
Description: "The scores, grades and guidance that an assessment can be made by."
* insert AllOf(instrument)

ValueSet: ScoreItems
Id: score-item
Title: "Items of scores"
Description: "The items whose points make up a score."
* insert AllOf(score-item)

ValueSet: Bands
Id: band
Title: "Bands of scores"
Description: "What the paper of a score says about a range of its totals."
* insert AllOf(band)

ValueSet: TreatmentOptions
Id: option
Title: "Treatment options"
Description: "The treatment options that the guidance speaks about."
* insert AllOf(option)

ValueSet: Verdicts
Id: verdict
Title: "Verdicts"
Description: "What the guidance says about a treatment option."
* insert AllOf(verdict)

ValueSet: CardTopics
Id: card-topic
Title: "Topics of cards"
Description: "What cards of the CDS services are about."
* insert AllOf(card-topic)

ValueSet: OverrideReasons
Id: override-reason
Title: "Reasons to set a card aside"
Description: "Why a clinician sets a card of the CDS services aside."
* insert AllOf(override-reason)
