CodeSystem: OverrideReason
Id: override-reason
Title: "Reasons for overriding a card"
Description: "Why a clinician does not follow a card about an order, beside the reasons of HL7's list (http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes)."
* insert CompleteCodeSystem(override-reason)
* #discussed-by-team "Discussed and decided by the multidisciplinary team" "The multidisciplinary team knows what the card says and has decided."
* insert Chinese(discussed-by-team, [[已由多学科团队讨论决定]])
* #emergency "Emergency: the risk is accepted" "Waiting would be worse than what the card warns of."
* insert Chinese(emergency, [[急症：接受该风险]])
* #known-elsewhere "Known, but not in this record" "What the card says is missing is known; it is just not on record here."
* insert Chinese(known-elsewhere, [[已知，但不在本病历中]])
* #record-is-wrong "The record is wrong" "The card rests on a record that is not true of the patient."
* insert Chinese(record-is-wrong, [[病历有误]])

CodeSystem: CardTopic
Id: card-topic
Title: "Topics of cards about orders"
Description: "What a card about an order says: Card.source.topic of the CDS services."
* insert CompleteCodeSystem(card-topic)
* #emergency-first "Emergency first" "Neurological symptoms are getting worse: decompression is to be evaluated before the order."
* insert Chinese(emergency-first, [[急症优先]])
* #contraindicated "Contraindicated" "A contraindication of the consensus holds for the order."
* insert Chinese(contraindicated, [[禁忌]])
* #interval "Interval to another treatment" "The date of the order is too close to, or too far from, another treatment."
* insert Chinese(interval, [[与其他治疗的间隔]])
* #restart-too-early "Restart too early" "A drug is begun again too soon after an operation."
* insert Chinese(restart-too-early, [[恢复用药过早]])
* #radiotherapy-before-fracture-surgery "Radiotherapy before surgery for a fracture" "Radiotherapy is ordered ahead of an operation for a fracture."
* insert Chinese(radiotherapy-before-fracture-surgery, [[骨折手术前放疗]])
* #criteria-not-met "Criterion not met" "Something that the consensus requires of the order does not hold."
* insert Chinese(criteria-not-met, [[不符合条件]])
* #reservation "With reservation" "The consensus leaves the order only with reservation."
* insert Chinese(reservation, [[有保留意见]])
* #compression-not-graded "Compression not graded" "A deficit is on record and there is no usable ESCC grade of the compression."
* insert Chinese(compression-not-graded, [[压迫未分级]])
* #must-be-known "To be known first" "Whether the order is contraindicated or indicated depends on what is not known."
* insert Chinese(must-be-known, [[须先明确]])
* #risk-of-operation "Risk of the operation" "The drug makes a planned operation riskier."
* insert Chinese(risk-of-operation, [[手术风险]])
