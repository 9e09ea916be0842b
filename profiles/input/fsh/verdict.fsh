CodeSystem: Verdict
Id: verdict
Title: "Verdicts"
Description: "What the guidance says about a treatment option. None of them is an order: the team that treats the patient decides."
* insert CompleteCodeSystem(verdict)
* #contraindicated "Contraindicated" "At least one contraindication is known to be present."
* insert Chinese(contraindicated, [[禁忌]])
* #not-indicated "Not indicated" "No contraindication is known, and at least one condition that the option needs is known not to hold."
* insert Chinese(not-indicated, [[无适应证]])
* #insufficient-data "Insufficient data" "Something that decides about the option is not known; the extension says what."
* insert Chinese(insufficient-data, [[资料不足]])
* #relative "Relative indication" "Everything that the option needs holds, and the source calls the indication relative."
* insert Chinese(relative, [[相对适应证]])
* #option "Option" "Everything that the option needs holds, and no contraindication is present: worth discussing."
* insert Chinese(option, [[可选方案]])
