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
