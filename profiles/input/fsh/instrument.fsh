CodeSystem: Instrument
Id: instrument
Title: "Instruments"
Description: "The scores, grades and guidance that an assessment can be made by. Used as RiskAssessment.method and as the code of a contained score."
* insert CompleteCodeSystem(instrument)
* #tomita-2001 "Tomita score (2001)" "A prognostic score of 2 to 10, more being worse, from the growth of the primary, visceral and bone metastases; not Tomita's surgical classification. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-2001, [[Tomita 评分（2001）]])
* #tokuhashi-2005 "Revised Tokuhashi score (2005)" "A prognostic score of 0 to 15, more being better, from general condition, bone and visceral metastases, primary site and palsy. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-2005, [[修正 Tokuhashi 评分（2005）]])
* #sins-2010 "Spinal Instability Neoplastic Score (SINS, 2010)" "A score of 0 to 18 for the stability of the spine at a level with tumour, more being less stable. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-2010, [[脊柱肿瘤不稳定评分（SINS，2010）]])
* #escc-2010 "Epidural spinal cord compression (ESCC) grade (2010)" "A grade from 0 to 3 for epidural spinal cord compression on MRI. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-2010, [[硬膜外脊髓压迫（ESCC）分级（2010）]])
* #guidance "Guidance on treatment options" "For each treatment option, whether it is contraindicated, not indicated, open for want of data, relative or an option, with the rules that lead there. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(guidance, [[治疗方案指导]])
