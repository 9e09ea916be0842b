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
    needs 0..* and
    reachable 0..* and
    hinges 0..* and
    yields 0..*
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
* extension[reachable].value[x] 1..1
* extension[reachable].value[x] only Coding
* extension[reachable].value[x] from Verdicts (required)
* extension[reachable] ^short = "Another verdict that this one may become once everything is known; without any it stays as it is, unless an input that it yields to is answered"
* extension[hinges].value[x] 1..1
* extension[hinges].value[x] only string
* extension[hinges] ^short = "A missing input on which the verdict hinges, alone or together with others"
* extension[yields].value[x] 1..1
* extension[yields].value[x] only string
* extension[yields] ^short = "Where no missing input can change the verdict: an input that other findings stand in for and that would go before them"

Extension: GuidanceAlert
Id: guidance-alert
Title: "Alert of the guidance"
Description: "What must be seen before any table: a prompt about safety, or records and statements of the consensus that pull apart."
* insert OnRiskAssessment
* extension contains
    alert 1..1 and
    severity 1..1 and
    rule 1..1 and
    level 0..1
* extension[alert].value[x] 1..1
* extension[alert].value[x] only string
* extension[alert] ^short = "Which alert"
* extension[severity].value[x] 1..1
* extension[severity].value[x] only string
* extension[severity] ^short = "critical, warning or info"
* extension[rule].value[x] 1..1
* extension[rule].value[x] only string
* extension[rule] ^short = "The id of the rule behind it"
* extension[level].value[x] 1..1
* extension[level].value[x] only string
* extension[level] ^short = "The vertebra, where it is about one that is named"

Extension: TreatmentInterval
Id: treatment-interval
Title: "Interval between two treatments"
Description: "How long it is from one treatment to another, and how that stands by the rules: several states where dates leave it open."
* insert OnRiskAssessment
* extension contains
    interval 1..1 and
    severity 1..1 and
    drug 0..1 and
    level 0..1 and
    suspended 0..1 and
    state 1..* and
    leastDays 0..1 and
    mostDays 0..1 and
    leastHours 0..1 and
    mostHours 0..1 and
    rule 0..* and
    needs 0..*
* extension[interval].value[x] 1..1
* extension[interval].value[x] only string
* extension[interval] ^short = "Which interval, e.g. separation-to-ssrs"
* extension[severity].value[x] 1..1
* extension[severity].value[x] only string
* extension[severity] ^short = "critical, warning or info"
* extension[drug].value[x] 1..1
* extension[drug].value[x] only string
* extension[drug] ^short = "The drug, where it is about one"
* extension[level].value[x] 1..1
* extension[level].value[x] only string
* extension[level] ^short = "The vertebra that was operated on, where the record names it"
* extension[suspended].value[x] 1..1
* extension[suspended].value[x] only boolean
* extension[suspended] ^short = "True where an emergency suspends it"
* extension[state].value[x] 1..1
* extension[state].value[x] only string
* extension[state] ^short = "How it may stand, e.g. kept, too-short, unknown"
* extension[leastDays].value[x] 1..1
* extension[leastDays].value[x] only integer
* extension[leastDays] ^short = "The fewest calendar days that it may be"
* extension[mostDays].value[x] 1..1
* extension[mostDays].value[x] only integer
* extension[mostDays] ^short = "The most calendar days that it may be"
* extension[leastHours].value[x] 1..1
* extension[leastHours].value[x] only integer
* extension[leastHours] ^short = "The fewest hours that it may be"
* extension[mostHours].value[x] 1..1
* extension[mostHours].value[x] only integer
* extension[mostHours] ^short = "The most hours that it may be"
* extension[rule].value[x] 1..1
* extension[rule].value[x] only string
* extension[rule] ^short = "The id of a rule behind it"
* extension[needs].value[x] 1..1
* extension[needs].value[x] only string
* extension[needs] ^short = "A date or finding that is needed to decide"

Extension: OperationRisk
Id: operation-risk
Title: "Risk of an operation"
Description: "A factor that makes an operation riskier, as far as something is known of it. A factor that is not listed is not known; it is never absent."
* insert OnRiskAssessment
* extension contains
    factor 1..1 and
    present 1..1 and
    ground 1..1 and
    rule 0..*
* extension[factor].value[x] 1..1
* extension[factor].value[x] only string
* extension[factor] ^short = "Which factor, e.g. diabetes"
* extension[present].value[x] 1..1
* extension[present].value[x] only string
* extension[present] ^short = "true, false or unknown"
* extension[ground].value[x] 1..1
* extension[ground].value[x] only string
* extension[ground] ^short = "What that rests on, e.g. stated, measured, no-threshold"
* extension[rule].value[x] 1..1
* extension[rule].value[x] only string
* extension[rule] ^short = "The id of a rule that names it"

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

Extension: ContentDigest
Id: content-digest
Title: "Digest of what was read"
Description: "The SHA-256 of the bytes of a resource as it was read, so that it can be told whether it is still the same."
* insert Metadata
* ^context[0].type = #element
* ^context[0].expression = "Provenance.entity"
* value[x] 1..1
* value[x] only string
