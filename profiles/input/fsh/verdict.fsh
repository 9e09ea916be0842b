CodeSystem: Verdict
Id: verdict
Title: "Verdicts"
Description: "What the guidance says about a treatment option. None of them is an order: the team that treats the patient decides."
* insert CompleteCodeSystem(verdict)
* #contraindicated "Contraindicated" "At least one contraindication is known to be present."
* insert Chinese(contraindicated, [[禁忌]])
* #not-indicated "Not indicated" "No contraindication is known, and at least one condition that the option needs is known not to hold."
* insert Chinese(not-indicated, [[不符合共识的条件]])
* #insufficient-data "Insufficient data" "Something that decides about the option is not known; the extension says what."
* insert Chinese(insufficient-data, [[资料不足]])
* #relative "Relative, with reservation" "Everything that the option needs holds, and something leaves it only with reservation: the source calls the indication relative, sources disagree, or it waits for discussion."
* insert Chinese(relative, [[可酌情考虑，但有保留意见]])
* #option "Option" "Everything that the option needs holds, and no contraindication is present: worth discussing."
* insert Chinese(option, [[可选方案]])
