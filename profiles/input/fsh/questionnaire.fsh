// The questions and their Chinese words are those of the code system; a test keeps them equal.

RuleSet: Words(english, chinese)
* item[=].text = "{english}"
* item[=].text.extension.url = "http://hl7.org/fhir/StructureDefinition/translation"
* item[=].text.extension.extension[0].url = "lang"
* item[=].text.extension.extension[0].valueCode = #zh
* item[=].text.extension.extension[1].url = "content"
* item[=].text.extension.extension[1].valueString = "{chinese}"

RuleSet: WordsWithin(english, chinese)
* item[=].item[=].text = "{english}"
* item[=].item[=].text.extension.url = "http://hl7.org/fhir/StructureDefinition/translation"
* item[=].item[=].text.extension.extension[0].url = "lang"
* item[=].item[=].text.extension.extension[0].valueCode = #zh
* item[=].item[=].text.extension.extension[1].url = "content"
* item[=].item[=].text.extension.extension[1].valueString = "{chinese}"

RuleSet: Asked(code, type, english, chinese)
* item[+].linkId = "{code}"
* item[=].code = $finding#{code}
* item[=].type = #{type}
* item[=].required = false
* insert Words([[{english}]], [[{chinese}]])

RuleSet: AskedWithin(code, type, english, chinese)
* item[=].item[+].linkId = "{code}"
* item[=].item[=].code = $finding#{code}
* item[=].item[=].type = #{type}
* item[=].item[=].required = false
* insert WordsWithin([[{english}]], [[{chinese}]])

Instance: missing-findings
InstanceOf: Questionnaire
Usage: #definition
Title: "Findings that a record may lack"
Description: "Asks for what the assessment of a patient with spinal metastases uses and a record often lacks, in English and Chinese. A linkId is a code of the code system of findings, or loinc| and a LOINC code. No answer means unknown, never no."
* url = "https://spinemet.org/fhir/Questionnaire/missing-findings"
* version = "0.1.0"
* name = "MissingFindings"
* title = "Findings that a record may lack"
* status = #draft
* experimental = false
* date = "2026-01-01"
* publisher = "Spinemet"
* description = "Asks for what the assessment of a patient with spinal metastases uses and a record often lacks, in English and Chinese. A linkId is a code of the code system of findings, or loinc| and a LOINC code. No answer means unknown, never no."
* subjectType = #Patient
* language = #en
* item[+].linkId = "loinc|89243-0"
* item[=].code = $loinc#89243-0
* item[=].type = #integer
* item[=].required = false
* insert Words([[Karnofsky performance status (10 to 100, in steps of ten)]], [[Karnofsky 体力状况（10～100，每级 10 分）]])
* item[+].linkId = "loinc|89247-1"
* item[=].code = $loinc#89247-1
* item[=].type = #integer
* item[=].required = false
* insert Words([[ECOG performance status (0 to 4)]], [[ECOG 体力状况（0～4）]])
* insert Asked(frankel-grade, choice, [[Frankel grade]], [[Frankel 分级]])
* item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/frankel-answer"
* insert Asked(asia-impairment-scale, choice, [[ASIA impairment scale]], [[ASIA 损伤分级]])
* item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/asia-answer"
* insert Asked(vertebral-metastasis-count, integer, [[Number of vertebrae with metastasis]], [[椎体转移灶数目]])
* insert Asked(extraspinal-bone-metastasis-count, integer, [[Number of extraspinal bone metastases]], [[脊柱外骨转移灶数目]])
* insert Asked(bone-metastasis-extent, choice, [[Extent of bone metastases]], [[骨转移范围]])
* item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/bone-extent-answer"
* insert Asked(visceral-metastasis-status, choice, [[Presence of visceral metastases]], [[内脏转移情况]])
* item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/visceral-status-answer"
* insert Asked(visceral-resectability, choice, [[Removability of visceral metastases]], [[内脏转移灶可切除性]])
* item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/visceral-resectability-answer"
* insert Asked(visceral-treatability, choice, [[Treatability of visceral metastases]], [[内脏转移灶可治疗性]])
* item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/visceral-treatability-answer"
* insert Asked(neurological-progression, boolean, [[Whether neurological symptoms are progressing]], [[神经症状是否正在加重]])
* insert Asked(ambulatory, boolean, [[Able to walk, with or without aid]], [[能否行走（包括使用辅助器具）]])
* insert Asked(surgical-tolerance, boolean, [[Whether the patient can stand surgery]], [[患者能否耐受手术]])
* insert Asked(surgery-planned, boolean, [[Whether surgery is planned]], [[是否计划手术]])
* insert Asked(good-general-condition, boolean, [[General condition judged to be good]], [[全身情况是否被判断为良好]])
* insert Asked(survival-over-six-months, boolean, [[Survival beyond six months expected]], [[预期生存期是否超过 6 个月]])
* insert Asked(primary-controlled, boolean, [[Whether the primary tumour is controlled]], [[原发肿瘤是否得到控制]])
* insert Asked(ssrs-within-35-days, boolean, [[Whether SSRS can be had within 35 days of surgery]], [[术后 35 天内能否行 SSRS]])
* insert Asked(radiosensitivity, boolean, [[Tumour radiosensitive in the radiation oncologist's view]], [[放疗科医师是否认为肿瘤对放疗敏感]])
* insert Asked(preoperative-embolisation, boolean, [[Whether the tumour is embolised before surgery]], [[术前是否栓塞肿瘤]])
* insert Asked(hypervascular-on-imaging, boolean, [[Tumour hypervascular on imaging]], [[影像是否显示肿瘤富血供]])
* insert Asked(hairpin-artery, boolean, [[Hairpin anterior spinal artery sharing its trunk with the target vessel (angiography)]], [[“发卡状”脊髓前动脉是否与拟栓塞血管共干（血管造影）]])
* insert Asked(infection, boolean, [[Local or systemic infection]], [[局部或全身感染]])
* insert Asked(severe-coagulopathy, boolean, [[Severe coagulopathy]], [[严重的凝血功能障碍]])
* insert Asked(pmma-allergy, boolean, [[Allergy to bone cement (PMMA)]], [[骨水泥（PMMA）过敏]])
* insert Asked(pregnancy, boolean, [[Pregnancy]], [[妊娠]])
* insert Asked(severe-organ-failure, boolean, [[Severe failure of a vital organ]], [[重要脏器功能严重衰竭]])
* insert Asked(cardiovascular-disease, boolean, [[Cardio- or cerebrovascular disease]], [[心脑血管疾病]])
* insert Asked(pulmonary-dysfunction, boolean, [[Pulmonary dysfunction]], [[肺功能障碍]])
* insert Asked(palliative-decompression, boolean, [[Whether palliative decompression is intended]], [[是否拟行姑息减压]])
* insert Asked(pain-palliation, boolean, [[Whether relief of pain is the aim]], [[是否以缓解疼痛为目的]])
* insert Asked(no-cancer-history, boolean, [[No earlier history of cancer]], [[既往是否无肿瘤病史]])
* insert Asked(primary-long-inactive, boolean, [[Whether the primary was long inactive]], [[原发肿瘤是否长期不活跃]])
* insert Asked(new-spinal-lesion, boolean, [[Whether the spinal lesion is new]], [[脊柱病变是否为新发]])
* insert Asked(imaging-diagnosis-clear, boolean, [[Whether imaging leaves no doubt about the primary]], [[影像学能否明确原发肿瘤诊断]])
* insert Asked(surgical-indication-clear, boolean, [[Whether the indication for surgery is clear]], [[手术指征是否明确]])
* insert Asked(pathology-would-not-change-strategy, boolean, [[Whether pathology would not change the strategy]], [[病理结果是否不影响手术策略]])
* insert Asked(hormone-dependent, boolean, [[Whether the cancer depends on hormones]], [[肿瘤是否激素依赖]])
* insert Asked(molecularly-targeted-therapy, boolean, [[Whether molecularly targeted drugs are given]], [[是否使用分子靶向药物]])
* insert Asked(prior-chemotherapy, boolean, [[Previous chemotherapy]], [[既往化疗]])
* insert Asked(prior-radiotherapy, boolean, [[Previous radiotherapy]], [[既往放疗]])
* insert Asked(obesity, boolean, [[Obesity]], [[肥胖]])
* insert Asked(diabetes, boolean, [[Diabetes]], [[糖尿病]])
* insert Asked(low-bone-density, boolean, [[Low bone density]], [[骨密度低]])
* insert Asked(malnutrition, boolean, [[Malnutrition]], [[营养不良]])
* insert Asked(glucocorticoids, boolean, [[Systemic glucocorticoids]], [[全身应用糖皮质激素]])
* insert Asked(marrow-suppression, boolean, [[Bone marrow suppression]], [[骨髓抑制]])
* insert Asked(leukopenia, boolean, [[Leukopenia]], [[白细胞减少]])
* insert Asked(thrombocytopenia, boolean, [[Thrombocytopenia]], [[血小板减少]])
* insert Asked(coagulopathy, boolean, [[Disordered coagulation]], [[凝血功能障碍]])
* insert Asked(smoking, boolean, [[Smoking]], [[吸烟]])
* insert Asked(bleeding-risk, boolean, [[Risk of bleeding]], [[出血风险]])
* insert Asked(venous-thromboembolism, boolean, [[Venous thromboembolism]], [[静脉血栓栓塞]])
* insert Asked(wound-healed, boolean, [[Wound healed]], [[伤口已愈合]])
* item[+].linkId = "level"
* item[=].type = #group
* item[=].repeats = true
* item[=].required = false
* insert Words([[One vertebral level: repeat for each level that is affected]], [[一个脊柱节段：每个受累节段填写一次]])
* item[=].item[+].linkId = "vertebral-level"
* item[=].item[=].code = $finding#vertebral-level
* item[=].item[=].type = #string
* item[=].item[=].required = true
* insert WordsWithin([[Vertebral level]], [[脊柱节段]])
* insert AskedWithin(escc-grade, choice, [[Epidural spinal cord compression (ESCC) grade]], [[硬膜外脊髓压迫（ESCC）分级]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/escc-answer"
* insert AskedWithin(sins-pain, choice, [[SINS: pain]], [[SINS：疼痛]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/sins-pain-answer"
* insert AskedWithin(sins-lesion, choice, [[SINS: bone lesion quality]], [[SINS：骨病变性质]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/lesion-answer"
* insert AskedWithin(sins-alignment, choice, [[SINS: radiographic spinal alignment]], [[SINS：影像学脊柱序列]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/alignment-answer"
* insert AskedWithin(sins-collapse, choice, [[SINS: vertebral body collapse]], [[SINS：椎体塌陷]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/collapse-answer"
* insert AskedWithin(vertebral-collapse-percent, decimal, [[Vertebral body collapse, percent]], [[椎体塌陷百分比]])
* insert AskedWithin(sins-posterolateral, choice, [[SINS: posterolateral involvement of spinal elements]], [[SINS：脊柱后外侧附件受累]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/posterolateral-answer"
* insert AskedWithin(tomita-type, choice, [[Tomita surgical type]], [[Tomita 外科分型]])
* item[=].item[=].answerValueSet = "https://spinemet.org/fhir/ValueSet/tomita-type-answer"
* insert AskedWithin(wbb-sectors, string, [[WBB sectors involved]], [[受累的 WBB 分区]])
* insert AskedWithin(unstable-in-surgical-opinion, boolean, [[Level unstable in the surgeon's opinion]], [[外科医师是否认为该节段不稳定]])
* insert AskedWithin(neural-compression, boolean, [[Neural compression at the level]], [[该节段是否有神经压迫]])
* insert AskedWithin(posterior-wall-intact, boolean, [[Whether the posterior wall is largely intact]], [[椎体后壁是否大致完整]])
* insert AskedWithin(pedicle-involvement, boolean, [[Tumour in the pedicles]], [[椎弓根是否有肿瘤累及]])
* insert AskedWithin(severe-collapse, boolean, [[Whether the collapse is severe]], [[椎体压缩是否严重]])
* insert AskedWithin(impending-fracture, boolean, [[Whether a fracture is impending]], [[是否濒临骨折]])
* insert AskedWithin(within-1-cm-of-cord, boolean, [[Tumour within 1 cm of the spinal cord]], [[肿瘤距脊髓是否在 1 cm 以内]])
* insert AskedWithin(destruction-with-paraplegia-risk, boolean, [[Severe destruction with risk of paraplegia]], [[椎体破坏是否严重且有截瘫危险]])
* insert AskedWithin(posterior-elements-only, boolean, [[Whether the tumour is confined to the posterior elements]], [[肿瘤是否仅累及后方附件]])
* insert AskedWithin(fibrous-reactive-zone, boolean, [[Whether a fibrous reactive zone surrounds the tumour]], [[肿瘤周围是否存在纤维反应带]])
* insert AskedWithin(level-irradiated, boolean, [[Whether this level was irradiated before]], [[该节段既往是否接受过放疗]])
