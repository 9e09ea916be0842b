CodeSystem: Finding
Id: finding
Title: "Findings of spinal metastases"
Description: "Questions about a patient with spinal metastases, and their answers, for which LOINC and SNOMED CT have no code. A hospital sends a question as Observation.code (or a component) and an answer as valueCodeableConcept."
* insert CompleteCodeSystem(finding)
// Questions
* #escc-grade "Epidural spinal cord compression (ESCC) grade" "How far epidural tumour compresses the thecal sac and the spinal cord on axial T2-weighted MRI, at the worst level. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-grade, [[硬膜外脊髓压迫（ESCC）分级]])
* #sins-location "SINS: location of the lesion" "The region of the spine in which the lesion lies, by its mobility. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-location, [[SINS：病变部位]])
* #sins-pain "SINS: pain" "Whether there is pain, and whether it is mechanical: relieved by recumbency, or brought on by movement or loading of the spine. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-pain, [[SINS：疼痛]])
* #sins-lesion "SINS: bone lesion quality" "Whether the lesion is lytic, mixed or blastic. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-lesion, [[SINS：骨病变性质]])
* #sins-alignment "SINS: radiographic spinal alignment" "Whether the spine is subluxated, newly deformed or normally aligned at the lesion. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-alignment, [[SINS：影像学脊柱力线]])
* #sins-collapse "SINS: vertebral body collapse" "How much of the height of the vertebral body is lost, or how much of the body is involved without collapse. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-collapse, [[SINS：椎体塌陷]])
* #sins-posterolateral "SINS: posterolateral involvement of spinal elements" "Whether facet, pedicle or costovertebral joint is fractured or replaced by tumour, on one or both sides. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-posterolateral, [[SINS：脊柱后外侧附件受累]])
* #vertebral-collapse-percent "Vertebral body collapse, percent" "The lost share of the height of the vertebral body, in percent; an input to the collapse item of SINS. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(vertebral-collapse-percent, [[椎体塌陷百分比]])
* #frankel-grade "Frankel grade" "The degree of spinal cord injury by remaining motor and sensory function; an input to the palsy item of the revised Tokuhashi score. Source: Frankel HL et al., Paraplegia 1969;7:179-192; Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(frankel-grade, [[Frankel 分级]])
* #asia-impairment-scale "ASIA impairment scale" "The degree of spinal cord injury by the letter of the ASIA impairment scale alone. Source: American Spinal Injury Association, International Standards for Neurological Classification of Spinal Cord Injury."
* insert Chinese(asia-impairment-scale, [[ASIA 损伤分级]])
* #pain-type "Type of pain from the spinal metastasis" "Mechanical, local or radicular pain, several of which can be present. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(pain-type, [[脊柱转移瘤疼痛类型]])
* #vertebral-metastasis-count "Number of vertebrae with metastasis" "How many vertebral bodies have a metastasis. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(vertebral-metastasis-count, [[椎体转移灶数目]])
* #extraspinal-bone-metastasis-count "Number of extraspinal bone metastases" "How many bone metastases there are outside the spine. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(extraspinal-bone-metastasis-count, [[脊柱外骨转移灶数目]])
* #bone-metastasis-extent "Extent of bone metastases" "Whether the spinal metastasis is the only focus in bone or there are several, the spine included. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(bone-metastasis-extent, [[骨转移范围]])
* #visceral-metastasis-status "Presence of visceral metastases" "Whether there are metastases to vital or major internal organs; lymph nodes do not count. Source: Tomita K et al., Spine 2001;26:298-306; Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(visceral-metastasis-status, [[内脏转移情况]])
* #visceral-resectability "Removability of visceral metastases" "Whether the metastases to the major internal organs can be removed, as the revised Tokuhashi score asks; not the same as treatable. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(visceral-resectability, [[内脏转移灶可切除性]])
* #visceral-treatability "Treatability of visceral metastases" "Whether the metastases to vital organs can be treated by any means, as the Tomita score asks; not the same as removable. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(visceral-treatability, [[内脏转移灶可治疗性]])
* #vertebral-level "Vertebral level" "The vertebra or junction that a finding belongs to. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(vertebral-level, [[脊柱节段]])
// Answers: ESCC grades
* #escc-0 "ESCC 0: bone only" "Disease in bone alone. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-0, [[ESCC 0 级：仅骨质受累]])
* #escc-1a "ESCC 1a: epidural impingement without deformation of the thecal sac" "Epidural impingement without deformation of the thecal sac. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-1a, [[ESCC 1a 级：硬膜外侵犯，硬膜囊无变形]])
* #escc-1b "ESCC 1b: deformation of the thecal sac without abutment of the cord" "Deformation of the thecal sac without abutment of the spinal cord. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-1b, [[ESCC 1b 级：硬膜囊变形，未触及脊髓]])
* #escc-1c "ESCC 1c: deformation of the thecal sac with abutment of the cord, without compression" "Deformation of the thecal sac with abutment of the spinal cord, but without its compression. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-1c, [[ESCC 1c 级：硬膜囊变形，触及脊髓但无受压]])
* #escc-2 "ESCC 2: compression of the cord with cerebrospinal fluid visible" "Compression of the spinal cord with cerebrospinal fluid still visible around it. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-2, [[ESCC 2 级：脊髓受压，仍可见脑脊液]])
* #escc-3 "ESCC 3: compression of the cord without visible cerebrospinal fluid" "Compression of the spinal cord with no cerebrospinal fluid visible around it. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-3, [[ESCC 3 级：脊髓受压，未见脑脊液]])
// Answers: SINS location
* #location-junctional "Junctional spine" "Occiput to C2, C7 to T2, T11 to L1, or L5 to S1. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(location-junctional, [[交界区]])
* #location-mobile "Mobile spine" "C3 to C6, or L2 to L4. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(location-mobile, [[活动节段]])
* #location-semirigid "Semirigid spine" "T3 to T10. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(location-semirigid, [[半固定节段]])
* #location-rigid "Rigid spine" "S2 to S5. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(location-rigid, [[固定节段]])
// Answers: SINS pain, and the types of pain of the consensus
* #pain-mechanical "Mechanical pain" "Pain that recumbency relieves, or that movement or loading of the spine brings on. Source: Fisher CG et al., Spine 2010;35:E1221-E1229; Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(pain-mechanical, [[机械性疼痛]])
* #pain-occasional "Occasional pain, not mechanical" "Occasional pain that is not mechanical. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(pain-occasional, [[偶发的非机械性疼痛]])
* #pain-none "Pain-free lesion" "The lesion does not hurt. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(pain-none, [[无疼痛]])
* #pain-local "Local pain" "Pain at the site of the lesion, from the growth of the tumour; says nothing about whether there is mechanical pain as well. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(pain-local, [[局部疼痛]])
* #pain-radicular "Radicular pain" "Pain along a nerve root, from its compression; says nothing about whether there is mechanical pain as well. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(pain-radicular, [[神经根性疼痛]])
// Answers: SINS bone lesion
* #lesion-lytic "Lytic lesion" "The lesion dissolves bone. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(lesion-lytic, [[溶骨性病变]])
* #lesion-mixed "Mixed lytic and blastic lesion" "The lesion is lytic in part and blastic in part. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(lesion-mixed, [[混合性病变]])
* #lesion-blastic "Blastic lesion" "The lesion forms bone. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(lesion-blastic, [[成骨性病变]])
// Answers: SINS alignment
* #alignment-subluxation "Subluxation or translation present" "A vertebra is subluxated or translated against the next. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(alignment-subluxation, [[半脱位或平移]])
* #alignment-deformity "De novo deformity (kyphosis or scoliosis)" "Kyphosis or scoliosis that is new. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(alignment-deformity, [[新发畸形（后凸或侧凸）]])
* #alignment-normal "Normal alignment" "No subluxation, translation or new deformity. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(alignment-normal, [[力线正常]])
// Answers: SINS collapse
* #collapse-over-50 "More than 50% collapse" "More than half of the height of the vertebral body is lost. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(collapse-over-50, [[塌陷超过 50%]])
* #collapse-under-50 "Less than 50% collapse" "Less than half of the height of the vertebral body is lost. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(collapse-under-50, [[塌陷不足 50%]])
* #collapse-none-over-50-involved "No collapse with more than 50% of the body involved" "No height is lost, but more than half of the vertebral body is involved. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(collapse-none-over-50-involved, [[无塌陷但椎体受累超过 50%]])
* #collapse-none "No collapse, and no more than 50% of the body involved" "None of the other answers. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(collapse-none, [[无塌陷且椎体受累不超过 50%]])
// Answers: SINS posterolateral involvement
* #posterolateral-bilateral "Bilateral posterolateral involvement" "Facet, pedicle or costovertebral joint is fractured or replaced by tumour on both sides. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(posterolateral-bilateral, [[双侧后外侧附件受累]])
* #posterolateral-unilateral "Unilateral posterolateral involvement" "Facet, pedicle or costovertebral joint is fractured or replaced by tumour on one side. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(posterolateral-unilateral, [[单侧后外侧附件受累]])
* #posterolateral-none "No posterolateral involvement" "Facet, pedicle and costovertebral joint are free on both sides. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(posterolateral-none, [[无后外侧附件受累]])
// Answers: Frankel grades
* #frankel-a "Frankel A: complete" "No motor and no sensory function below the level. Source: Frankel HL et al., Paraplegia 1969;7:179-192."
* insert Chinese(frankel-a, [[Frankel A 级：完全性损伤]])
* #frankel-b "Frankel B: sensory only" "Sensory function but no motor function below the level; the revised Tokuhashi score counts it as complete palsy. Source: Frankel HL et al., Paraplegia 1969;7:179-192."
* insert Chinese(frankel-b, [[Frankel B 级：仅存感觉]])
* #frankel-c "Frankel C: motor useless" "Motor function below the level that is of no practical use. Source: Frankel HL et al., Paraplegia 1969;7:179-192."
* insert Chinese(frankel-c, [[Frankel C 级：运动功能无用]])
* #frankel-d "Frankel D: motor useful" "Motor function below the level that is of practical use. Source: Frankel HL et al., Paraplegia 1969;7:179-192."
* insert Chinese(frankel-d, [[Frankel D 级：运动功能有用]])
* #frankel-e "Frankel E: normal" "No neurological deficit. Source: Frankel HL et al., Paraplegia 1969;7:179-192."
* insert Chinese(frankel-e, [[Frankel E 级：正常]])
// Answers: ASIA impairment scale
* #asia-a "ASIA A" "Grade A of the ASIA impairment scale (complete). Source: American Spinal Injury Association, International Standards for Neurological Classification of Spinal Cord Injury."
* insert Chinese(asia-a, [[ASIA A 级]])
* #asia-b "ASIA B" "Grade B of the ASIA impairment scale (sensory incomplete). Source: American Spinal Injury Association, International Standards for Neurological Classification of Spinal Cord Injury."
* insert Chinese(asia-b, [[ASIA B 级]])
* #asia-c "ASIA C" "Grade C of the ASIA impairment scale (motor incomplete). Source: American Spinal Injury Association, International Standards for Neurological Classification of Spinal Cord Injury."
* insert Chinese(asia-c, [[ASIA C 级]])
* #asia-d "ASIA D" "Grade D of the ASIA impairment scale (motor incomplete). Source: American Spinal Injury Association, International Standards for Neurological Classification of Spinal Cord Injury."
* insert Chinese(asia-d, [[ASIA D 级]])
* #asia-e "ASIA E" "Grade E of the ASIA impairment scale (normal). Source: American Spinal Injury Association, International Standards for Neurological Classification of Spinal Cord Injury."
* insert Chinese(asia-e, [[ASIA E 级]])
// Answers: Extent of bone metastases
* #bone-solitary "Solitary bone metastasis" "The spinal metastasis is the only focus in bone. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(bone-solitary, [[孤立性骨转移]])
* #bone-multiple "Multiple bone metastases" "More than one focus in bone, the spine included. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(bone-multiple, [[多发性骨转移]])
// Answers: Visceral metastases
* #visceral-none "No visceral metastases" "No metastases to vital or major internal organs. Source: Tomita K et al., Spine 2001;26:298-306; Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(visceral-none, [[无内脏转移]])
* #visceral-present "Visceral metastases present" "At least one metastasis to a vital or major internal organ. Source: Tomita K et al., Spine 2001;26:298-306; Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(visceral-present, [[有内脏转移]])
* #visceral-removable "Visceral metastases removable" "The metastases to the major internal organs can be removed. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(visceral-removable, [[内脏转移灶可切除]])
* #visceral-unremovable "Visceral metastases unremovable" "The metastases to the major internal organs cannot be removed. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(visceral-unremovable, [[内脏转移灶不可切除]])
* #visceral-treatable "Visceral metastases treatable" "The metastases to vital organs can be treated. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(visceral-treatable, [[内脏转移灶可治疗]])
* #visceral-untreatable "Visceral metastases untreatable" "The metastases to vital organs cannot be treated. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(visceral-untreatable, [[内脏转移灶不可治疗]])
