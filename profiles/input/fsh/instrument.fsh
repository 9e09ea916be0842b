CodeSystem: Instrument
Id: instrument
Title: "Instruments"
Description: "The scores, grades and guidance that an assessment can be made by. Used as RiskAssessment.method and as the code of a contained score."
* insert CompleteCodeSystem(instrument)
* #tomita-2001 "Tomita score (2001)" "A prognostic score of 2 to 10, more being worse, from the growth of the primary, visceral and bone metastases; not Tomita's surgical classification. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-2001, [[Tomita 评分（2001）]])
* #tokuhashi-2005 "Revised Tokuhashi score (2005)" "A prognostic score of 0 to 15, more being better, from general condition, bone and visceral metastases, primary site and palsy. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-2005, [[Tokuhashi 修订评分（2005）]])
* #sins-2010 "Spinal Instability Neoplastic Score (SINS, 2010)" "A score of 0 to 18 for the stability of the spine at a level with tumour, more being less stable. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-2010, [[脊柱肿瘤不稳定评分（SINS，2010）]])
* #escc-2010 "Epidural spinal cord compression (ESCC) grade (2010)" "A grade from 0 to 3 for epidural spinal cord compression on MRI. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-2010, [[硬膜外脊髓压迫（ESCC）分级（2010）]])
* #guidance "Guidance on treatment options" "For each treatment option, whether it is contraindicated, not indicated, open for want of data, relative or an option, with the rules that lead there. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(guidance, [[治疗方案指导]])
// Further instruments
* #tomita-2001-receptors "Tomita score (2001), adjusted for receptors" "Advice of the consensus from a cohort of 151 patients with breast cancer: in ER/HR-negative or triple-negative disease the growth counts as moderate (CN-2.2-TNBC). Shown beside the raw score, never in its place. Estimate for groups from before modern systemic therapy (CN-2.2-OLD). Tomita score, not Tomita type. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-2001-receptors, [[Tomita 评分（2001），按受体状态调整]])
* #tokuhashi-2005-receptors "Revised Tokuhashi score (2005), adjusted for receptors" "Advice of the consensus from a cohort of 151 patients with breast cancer: in ER/HR-negative or triple-negative disease the primary site counts 3 points instead of 5 (CN-2.2-TNBC). Shown beside the raw score, never in its place. Estimate for groups; pooled accuracy of the raw score 63 % (CN-2.2-ACC). Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-2005-receptors, [[Tokuhashi 修订评分（2005），按受体状态调整]])
* #modified-bauer-2008 "Modified Bauer score (2008)" "Estimate for groups of operated patients (2008), not for one person. It considers neither general condition, neurology, stability nor modern systemic therapy. Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(modified-bauer-2008, [[改良 Bauer 评分（2008）]])
* #katagiri-2014 "Katagiri score (2014)" "Estimate for groups of patients with skeletal metastases in general, not of the spine only (2014); validated in 616 patients given radiotherapy (2019). Groups of tumours that were not confirmed in the paper stay open. Laboratory values as of their dates. Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-2014, [[Katagiri 评分（2014）]])
* #van-der-linden-2005 "Van der Linden score (2005)" "Estimate for groups of patients of a radiotherapy trial without compression of the cord (2005), not for one person. Karnofsky 10 has no points. Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-2005, [[van der Linden 评分（2005）]])
* #noms-2013 "NOMS decision table (2013)" "A framework of one centre (2013), not a validated score; its rows as summarised in published reviews. It gives no dose and chooses for nobody. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-2013, [[NOMS 决策表（2013）]])
