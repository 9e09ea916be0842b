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
* insert Chinese(sins-alignment, [[SINS：影像学脊柱序列]])
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
* #pain-local "Local pain" "Dull pain at the site of the lesion, from the growth of the tumour, which activity does not make worse: not mechanical, and for SINS the same as occasional pain. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
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
* insert Chinese(alignment-normal, [[序列正常]])
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
// Questions that are answered with yes or no, and Tomita's surgical type
* #yes "Yes" "The answer yes."
* insert Chinese(yes, [[是]])
* #no "No" "The answer no: an explicit negative."
* insert Chinese(no, [[否]])
* #neurological-progression "Whether neurological symptoms are progressing" "A question that is answered with yes or no: whether neurological symptoms are progressing."
* insert Chinese(neurological-progression, [[神经症状是否正在加重]])
* #ambulatory "Able to walk, with or without aid" "A question that is answered with yes or no: Able to walk, with or without aid."
* insert Chinese(ambulatory, [[能否行走（包括使用辅助器具）]])
* #surgical-tolerance "Whether the patient can stand surgery" "A question that is answered with yes or no: whether the patient can stand surgery."
* insert Chinese(surgical-tolerance, [[患者能否耐受手术]])
* #surgery-planned "Whether surgery is planned" "A question that is answered with yes or no: whether surgery is planned."
* insert Chinese(surgery-planned, [[是否计划手术]])
* #good-general-condition "General condition judged to be good" "A question that is answered with yes or no. Yes: somebody who knows the patient judges the general condition to be good."
* insert Chinese(good-general-condition, [[全身情况是否被判断为良好]])
* #survival-over-six-months "Survival beyond six months expected" "A question that is answered with yes or no. Yes: a survival beyond six months is expected."
* insert Chinese(survival-over-six-months, [[预期生存期是否超过 6 个月]])
* #primary-controlled "Whether the primary tumour is controlled" "A question that is answered with yes or no: whether the primary tumour is controlled."
* insert Chinese(primary-controlled, [[原发肿瘤是否得到控制]])
* #ssrs-within-35-days "Whether SSRS can be had within 35 days of surgery" "A question that is answered with yes or no: whether SSRS can be had within 35 days of surgery."
* insert Chinese(ssrs-within-35-days, [[术后 35 天内能否行 SSRS]])
* #radiosensitivity "Tumour radiosensitive in the radiation oncologist's view" "A question that is answered with yes or no. Yes: the radiation oncologist expects the tumour to respond to conventional radiotherapy."
* insert Chinese(radiosensitivity, [[放疗科医师是否认为肿瘤对放疗敏感]])
* #preoperative-embolisation "Whether the tumour is embolised before surgery" "A question that is answered with yes or no: whether the tumour is embolised before surgery."
* insert Chinese(preoperative-embolisation, [[术前是否栓塞肿瘤]])
* #hypervascular-on-imaging "Tumour hypervascular on imaging" "A question that is answered with yes or no. Yes: imaging shows a hypervascular deposit."
* insert Chinese(hypervascular-on-imaging, [[影像是否显示肿瘤富血供]])
* #hairpin-artery "Hairpin anterior spinal artery sharing its trunk with the target vessel (angiography)" "A question that is answered with yes or no. Yes: angiography shows a hairpin anterior spinal artery that shares its trunk with the vessel to be embolised."
* insert Chinese(hairpin-artery, [[“发卡状”脊髓前动脉是否与拟栓塞血管共干（血管造影）]])
* #infection "Local or systemic infection" "A question that is answered with yes or no: local or systemic infection."
* insert Chinese(infection, [[局部或全身感染]])
* #severe-coagulopathy "Severe coagulopathy" "A question that is answered with yes or no: severe coagulopathy."
* insert Chinese(severe-coagulopathy, [[严重的凝血功能障碍]])
* #pmma-allergy "Allergy to bone cement (PMMA)" "A question that is answered with yes or no: allergy to bone cement (PMMA)."
* insert Chinese(pmma-allergy, [[骨水泥（PMMA）过敏]])
* #pregnancy "Pregnancy" "A question that is answered with yes or no: pregnancy."
* insert Chinese(pregnancy, [[妊娠]])
* #severe-organ-failure "Severe failure of a vital organ" "A question that is answered with yes or no: severe failure of a vital organ."
* insert Chinese(severe-organ-failure, [[重要脏器功能严重衰竭]])
* #cardiovascular-disease "Cardio- or cerebrovascular disease" "A question that is answered with yes or no: cardio- or cerebrovascular disease."
* insert Chinese(cardiovascular-disease, [[心脑血管疾病]])
* #pulmonary-dysfunction "Pulmonary dysfunction" "A question that is answered with yes or no: pulmonary dysfunction."
* insert Chinese(pulmonary-dysfunction, [[肺功能障碍]])
* #unstable-in-surgical-opinion "Level unstable in the surgeon's opinion" "A question that is answered with yes or no. Yes: the surgeon judges the level to be unstable. No: the surgeon judges it to be stable."
* insert Chinese(unstable-in-surgical-opinion, [[外科医师是否认为该节段不稳定]])
* #neural-compression "Neural compression at the level" "A question that is answered with yes or no. Yes: the deposit at the level compresses neural tissue."
* insert Chinese(neural-compression, [[该节段是否有神经压迫]])
* #posterior-wall-intact "Whether the posterior wall is largely intact" "A question that is answered with yes or no: whether the posterior wall is largely intact."
* insert Chinese(posterior-wall-intact, [[椎体后壁是否大致完整]])
* #pedicle-involvement "Tumour in the pedicles" "A question that is answered with yes or no. Yes: there is tumour in the pedicles of the level."
* insert Chinese(pedicle-involvement, [[椎弓根是否有肿瘤累及]])
* #severe-collapse "Whether the collapse is severe" "A question that is answered with yes or no: whether the collapse is severe."
* insert Chinese(severe-collapse, [[椎体压缩是否严重]])
* #impending-fracture "Whether a fracture is impending" "A question that is answered with yes or no: whether a fracture is impending."
* insert Chinese(impending-fracture, [[是否濒临骨折]])
* #within-1-cm-of-cord "Tumour within 1 cm of the spinal cord" "A question that is answered with yes or no. Yes: the tumour lies within 1 cm of the spinal cord."
* insert Chinese(within-1-cm-of-cord, [[肿瘤距脊髓是否在 1 cm 以内]])
* #destruction-with-paraplegia-risk "Severe destruction with risk of paraplegia" "A question that is answered with yes or no: severe destruction with risk of paraplegia."
* insert Chinese(destruction-with-paraplegia-risk, [[椎体破坏是否严重且有截瘫危险]])
* #posterior-elements-only "Whether the tumour is confined to the posterior elements" "A question that is answered with yes or no: whether the tumour is confined to the posterior elements."
* insert Chinese(posterior-elements-only, [[肿瘤是否仅累及后方附件]])
* #fibrous-reactive-zone "Whether a fibrous reactive zone surrounds the tumour" "A question that is answered with yes or no: whether a fibrous reactive zone surrounds the tumour."
* insert Chinese(fibrous-reactive-zone, [[肿瘤周围是否存在纤维反应带]])
* #palliative-decompression "Whether palliative decompression is intended" "A question that is answered with yes or no: whether palliative decompression is intended."
* insert Chinese(palliative-decompression, [[是否拟行姑息减压]])
* #pain-palliation "Whether relief of pain is the aim" "A question that is answered with yes or no: whether relief of pain is the aim."
* insert Chinese(pain-palliation, [[是否以缓解疼痛为目的]])
* #no-cancer-history "No earlier history of cancer" "A question that is answered with yes or no. Yes: there is no earlier history of cancer. No: there is one."
* insert Chinese(no-cancer-history, [[既往是否无肿瘤病史]])
* #primary-long-inactive "Whether the primary was long inactive" "A question that is answered with yes or no: whether the primary was long inactive."
* insert Chinese(primary-long-inactive, [[原发肿瘤是否长期不活跃]])
* #new-spinal-lesion "Whether the spinal lesion is new" "A question that is answered with yes or no: whether the spinal lesion is new."
* insert Chinese(new-spinal-lesion, [[脊柱病变是否为新发]])
* #imaging-diagnosis-clear "Whether imaging leaves no doubt about the primary" "A question that is answered with yes or no: whether imaging leaves no doubt about the primary."
* insert Chinese(imaging-diagnosis-clear, [[影像学能否明确原发肿瘤诊断]])
* #surgical-indication-clear "Whether the indication for surgery is clear" "A question that is answered with yes or no: whether the indication for surgery is clear."
* insert Chinese(surgical-indication-clear, [[手术指征是否明确]])
* #pathology-would-not-change-strategy "Whether pathology would not change the strategy" "A question that is answered with yes or no: whether pathology would not change the strategy."
* insert Chinese(pathology-would-not-change-strategy, [[病理结果是否不影响手术策略]])
* #hormone-dependent "Whether the cancer depends on hormones" "A question that is answered with yes or no: whether the cancer depends on hormones."
* insert Chinese(hormone-dependent, [[肿瘤是否激素依赖]])
* #molecularly-targeted-therapy "Whether molecularly targeted drugs are given" "A question that is answered with yes or no: whether molecularly targeted drugs are given."
* insert Chinese(molecularly-targeted-therapy, [[是否使用分子靶向药物]])
* #prior-chemotherapy "Previous chemotherapy" "A question that is answered with yes or no: previous chemotherapy."
* insert Chinese(prior-chemotherapy, [[既往化疗]])
* #prior-radiotherapy "Previous radiotherapy" "A question that is answered with yes or no: Previous radiotherapy."
* insert Chinese(prior-radiotherapy, [[既往放疗]])
* #level-irradiated "Whether this level was irradiated before" "A question that is answered with yes or no: whether this level was irradiated before."
* insert Chinese(level-irradiated, [[该节段既往是否接受过放疗]])
* #obesity "Obesity" "A question that is answered with yes or no: Obesity."
* insert Chinese(obesity, [[肥胖]])
* #diabetes "Diabetes" "A question that is answered with yes or no: Diabetes."
* insert Chinese(diabetes, [[糖尿病]])
* #low-bone-density "Low bone density" "A question that is answered with yes or no: Low bone density."
* insert Chinese(low-bone-density, [[骨密度低]])
* #malnutrition "Malnutrition" "A question that is answered with yes or no: Malnutrition."
* insert Chinese(malnutrition, [[营养不良]])
* #glucocorticoids "Systemic glucocorticoids" "A question that is answered with yes or no: Systemic glucocorticoids."
* insert Chinese(glucocorticoids, [[全身应用糖皮质激素]])
* #marrow-suppression "Bone marrow suppression" "A question that is answered with yes or no: Bone marrow suppression."
* insert Chinese(marrow-suppression, [[骨髓抑制]])
* #leukopenia "Leukopenia" "A question that is answered with yes or no: Leukopenia."
* insert Chinese(leukopenia, [[白细胞减少]])
* #thrombocytopenia "Thrombocytopenia" "A question that is answered with yes or no: Thrombocytopenia."
* insert Chinese(thrombocytopenia, [[血小板减少]])
* #coagulopathy "Disordered coagulation" "A question that is answered with yes or no: Disordered coagulation."
* insert Chinese(coagulopathy, [[凝血功能障碍]])
* #smoking "Smoking" "A question that is answered with yes or no: Smoking."
* insert Chinese(smoking, [[吸烟]])
* #bleeding-risk "Risk of bleeding" "A question that is answered with yes or no: Risk of bleeding."
* insert Chinese(bleeding-risk, [[出血风险]])
* #venous-thromboembolism "Venous thromboembolism" "A question that is answered with yes or no: Venous thromboembolism."
* insert Chinese(venous-thromboembolism, [[静脉血栓栓塞]])
* #wound-healed "Wound healed" "A question that is answered with yes or no: Wound healed."
* insert Chinese(wound-healed, [[伤口已愈合]])
* #tomita-type "Tomita surgical type" "The surgical classification into types 1 to 7, which is not the Tomita score. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-type, [[Tomita 外科分型]])
* #tomita-type-1 "Tomita type 1" "In situ: vertebral body or posterior element only."
* insert Chinese(tomita-type-1, [[Tomita 分型 1 型：局限于椎体或后方附件]])
* #tomita-type-2 "Tomita type 2" "With pedicle."
* insert Chinese(tomita-type-2, [[Tomita 分型 2 型：累及椎弓根]])
* #tomita-type-3 "Tomita type 3" "Body, pedicle and lamina."
* insert Chinese(tomita-type-3, [[Tomita 分型 3 型：累及椎体、椎弓根和椎板]])
* #tomita-type-4 "Tomita type 4" "Into the spinal canal."
* insert Chinese(tomita-type-4, [[Tomita 分型 4 型：侵入椎管]])
* #tomita-type-5 "Tomita type 5" "Paravertebral."
* insert Chinese(tomita-type-5, [[Tomita 分型 5 型：侵犯椎旁]])
* #tomita-type-6 "Tomita type 6" "Into the adjacent vertebra."
* insert Chinese(tomita-type-6, [[Tomita 分型 6 型：侵犯相邻椎体]])
* #tomita-type-7 "Tomita type 7" "Multiple, or skip lesions."
* insert Chinese(tomita-type-7, [[Tomita 分型 7 型：多发或跳跃性病变]])
* #wbb-sectors "WBB sectors involved" "The sectors of the Weinstein-Boriani-Biagini system that the tumour involves, written as 4-8 or 4,5,6."
* insert Chinese(wbb-sectors, [[受累的 WBB 分区]])
