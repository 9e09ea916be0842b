CodeSystem: Band
Id: band
Title: "Bands of scores"
Description: "What the paper of a score says about a range of its totals. Every band is an estimate for a group of patients and no forecast for one person. Used as the qualitative risk of a prediction and in the reachable totals."
* insert CompleteCodeSystem(band)
// Tomita
* #tomita-2-3 "Tomita 2-3: long-term local control as the aim" "Wide or marginal excision for long-term local control. An estimate for a group, not a forecast for one person. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-2-3, [[Tomita 2～3 分：以长期局部控制为目标]])
* #tomita-4-5 "Tomita 4-5: middle-term local control as the aim" "Marginal or intralesional excision for middle-term local control. An estimate for a group, not a forecast for one person. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-4-5, [[Tomita 4～5 分：以中期局部控制为目标]])
* #tomita-6-7 "Tomita 6-7: short-term palliation as the aim" "Palliative surgery for short-term palliation. An estimate for a group, not a forecast for one person. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-6-7, [[Tomita 6～7 分：以短期姑息为目标]])
* #tomita-8-10 "Tomita 8-10: supportive care as the aim" "Non-operative supportive care. An estimate for a group, not a forecast for one person. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-8-10, [[Tomita 8～10 分：以支持治疗为目标]])
// Revised Tokuhashi
* #tokuhashi-0-8 "Tokuhashi 0-8: group survival less than 6 months" "Predicted survival of the group: less than 6 months. An estimate for a group, not a forecast for one person. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-0-8, [[Tokuhashi 0～8 分：群体预期生存期 < 6 个月]])
* #tokuhashi-9-11 "Tokuhashi 9-11: group survival 6 months or more" "Predicted survival of the group: 6 months or more. The expert consensus of 2023 prints 6 to 12 months; the paper does not. An estimate for a group, not a forecast for one person. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-9-11, [[Tokuhashi 9～11 分：群体预期生存期 ≥ 6 个月]])
* #tokuhashi-12-15 "Tokuhashi 12-15: group survival 1 year or more" "Predicted survival of the group: 1 year or more. An estimate for a group, not a forecast for one person. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-12-15, [[Tokuhashi 12～15 分：群体预期生存期 ≥ 1 年]])
// SINS
* #sins-stable "SINS 0-6: stable" "The spine is stable at the level. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-stable, [[SINS 0～6 分：稳定]])
* #sins-potentially-unstable "SINS 7-12: potentially unstable" "The spine is potentially unstable at the level; surgical consultation is advised from 7. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-potentially-unstable, [[SINS 7～12 分：潜在不稳定]])
* #sins-unstable "SINS 13-18: unstable" "The spine is unstable at the level; surgical consultation is advised from 7. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-unstable, [[SINS 13～18 分：不稳定]])
// ESCC
* #escc-low-grade "ESCC 0-1c: low grade" "No compression of the spinal cord: grades 0, 1a, 1b and 1c. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-low-grade, [[ESCC 0～1c 级：低级别压迫]])
* #escc-high-grade "ESCC 2-3: high grade" "Compression of the spinal cord: grades 2 and 3. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-high-grade, [[ESCC 2～3 级：高级别压迫]])
// Further instruments
* #modified-bauer-0-1 "Modified Bauer 0-1: group survival less than 6 months" "0-1: group survival less than 6 months. An estimate for a group, not a forecast for one person. Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(modified-bauer-0-1, [[改良 Bauer 0～1 分：群体生存期 < 6 个月]])
* #modified-bauer-2 "Modified Bauer 2: group survival more than 6 months" "2: group survival more than 6 months. An estimate for a group, not a forecast for one person. Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(modified-bauer-2, [[改良 Bauer 2 分：群体生存期 > 6 个月]])
* #modified-bauer-3-4 "Modified Bauer 3-4: group survival more than 12 months" "3-4: group survival more than 12 months. An estimate for a group, not a forecast for one person. Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(modified-bauer-3-4, [[改良 Bauer 3～4 分：群体生存期 > 12 个月]])
* #katagiri-0-3 "Katagiri 0-3: 91 % of the group alive after one year, 78 % after two" "0-3: 91 % of the group alive after one year, 78 % after two. An estimate for a group, not a forecast for one person. Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-0-3, [[Katagiri 0～3 分：群体 1 年生存率 91%，2 年 78%]])
* #katagiri-4-6 "Katagiri 4-6: 49 % of the group alive after one year" "4-6: 49 % of the group alive after one year. An estimate for a group, not a forecast for one person. Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-4-6, [[Katagiri 4～6 分：群体 1 年生存率 49%]])
* #katagiri-7-10 "Katagiri 7-10: 27 % of the group alive after 6 months, 6 % after one year" "7-10: 27 % of the group alive after 6 months, 6 % after one year. An estimate for a group, not a forecast for one person. Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-7-10, [[Katagiri 7～10 分：群体 6 个月生存率 27%，1 年 6%]])
* #van-der-linden-0-3 "Van der Linden 0-3: median survival of the group 3 months" "0-3: median survival of the group 3 months. An estimate for a group, not a forecast for one person. Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-0-3, [[van der Linden 0～3 分：群体中位生存期 3 个月]])
* #van-der-linden-4-5 "Van der Linden 4-5: median survival of the group 9 months" "4-5: median survival of the group 9 months. An estimate for a group, not a forecast for one person. Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-4-5, [[van der Linden 4～5 分：群体中位生存期 9 个月]])
* #van-der-linden-6 "Van der Linden 6: median survival of the group 19 months" "6: median survival of the group 19 months. An estimate for a group, not a forecast for one person. Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-6, [[van der Linden 6 分：群体中位生存期 19 个月]])
* #noms-radiotherapy "NOMS: conventional radiotherapy" "Conventional radiotherapy. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-radiotherapy, [[NOMS：常规放疗]])
* #noms-stabilise-radiotherapy "NOMS: stabilisation, then conventional radiotherapy" "Stabilisation, then conventional radiotherapy. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-stabilise-radiotherapy, [[NOMS：先稳定脊柱，再行常规放疗]])
* #noms-radiosurgery "NOMS: stereotactic radiosurgery" "Stereotactic radiosurgery. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-radiosurgery, [[NOMS：立体定向放疗]])
* #noms-stabilise-radiosurgery "NOMS: stabilisation, then stereotactic radiosurgery" "Stabilisation, then stereotactic radiosurgery. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-stabilise-radiosurgery, [[NOMS：先稳定脊柱，再行立体定向放疗]])
* #noms-separation-radiosurgery "NOMS: separation surgery, then stereotactic radiosurgery" "Separation surgery, then stereotactic radiosurgery. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-separation-radiosurgery, [[NOMS：分离手术，术后立体定向放疗]])
* #noms-percutaneous-radiotherapy "NOMS: percutaneous stabilisation, then conventional radiotherapy" "Percutaneous stabilisation, then conventional radiotherapy. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-percutaneous-radiotherapy, [[NOMS：先经皮稳定脊柱，再行常规放疗]])
* #noms-unsettled "NOMS: the sources disagree" "The sources disagree. Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-unsettled, [[NOMS：各来源意见不一]])
