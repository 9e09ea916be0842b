RuleSet: OnRiskAssessment
* insert Metadata
* ^context[0].type = #element
* ^context[0].expression = "RiskAssessment"

Extension: ReachableTotals
Id: reachable-totals
Title: "Reachable totals"
Description: "The totals that a score can still come to, when some of its items are not known or known as a range only. With everything known, there is one total and one band. On the RiskAssessment and, the same, on the contained score."
* insert OnRiskAssessment
* ^context[1].type = #element
* ^context[1].expression = "Observation"
* extension contains
    min 1..1 and
    max 1..1 and
    total 1..* and
    band 0..*
* extension[min].value[x] 1..1
* extension[min].value[x] only integer
* extension[min] ^short = "The lowest reachable total"
* extension[max].value[x] 1..1
* extension[max].value[x] only integer
* extension[max] ^short = "The highest reachable total"
* extension[total].value[x] 1..1
* extension[total].value[x] only integer
* extension[total] ^short = "A reachable total; not every number between the lowest and the highest need be one"
* extension[band].value[x] 1..1
* extension[band].value[x] only Coding
* extension[band].value[x] from Bands (required)
* extension[band] ^short = "A band that a reachable total lies in"

// Not the same extension as that of the totals: an item has points and no band, and a reader that looks for totals must not find those of an item.
Extension: ReachablePoints
Id: reachable-points
Title: "Reachable points"
Description: "The points that an item of a score can still have, when its input is not known or known as a range only. With the input known, the points are the value of the component and this extension can be left out."
* insert Metadata
* ^context[0].type = #element
* ^context[0].expression = "Observation.component"
* extension contains
    min 1..1 and
    max 1..1 and
    points 1..*
* extension[min].value[x] 1..1
* extension[min].value[x] only integer
* extension[min] ^short = "The fewest reachable points"
* extension[max].value[x] 1..1
* extension[max].value[x] only integer
* extension[max] ^short = "The most reachable points"
* extension[points].value[x] 1..1
* extension[points].value[x] only integer
* extension[points] ^short = "Points that the item can have; not every number between the fewest and the most need be one"

Extension: OptionVerdict
Id: option-verdict
Title: "Verdict on a treatment option"
Description: "What the guidance says about one treatment option, and why. The narrative says the same in words."
* insert OnRiskAssessment
* extension contains
    option 1..1 and
    level 0..1 and
    verdict 1..1 and
    rule 0..* and
    needs 0..*
* extension[option].value[x] 1..1
* extension[option].value[x] only Coding
* extension[option].value[x] from TreatmentOptions (required)
* extension[option] ^short = "The option"
* extension[level].value[x] 1..1
* extension[level].value[x] only string
* extension[level] ^short = "The vertebra that the verdict is about, e.g. T12; absent where it is about the patient or no vertebra is named"
* extension[verdict].value[x] 1..1
* extension[verdict].value[x] only Coding
* extension[verdict].value[x] from Verdicts (required)
* extension[verdict] ^short = "The verdict"
* extension[rule].value[x] 1..1
* extension[rule].value[x] only string
* extension[rule] ^short = "The id of a rule that led to the verdict"
* extension[needs].value[x] 1..1
* extension[needs].value[x] only Coding or string
* extension[needs] ^short = "An input that is not known and could change the verdict"

Extension: KnowledgeVersion
Id: knowledge-version
Title: "Knowledge version"
Description: "The version of the clinical knowledge that the assessment was made with."
* insert OnRiskAssessment
* value[x] 1..1
* value[x] only string

Extension: MappingVersion
Id: mapping-version
Title: "Mapping version"
Description: "The version of the mapping files by which the hospital's data were understood."
* insert OnRiskAssessment
* value[x] 1..1
* value[x] only string
