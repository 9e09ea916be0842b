CodeSystem: ScoreItem
Id: score-item
Title: "Items of scores"
Description: "The items whose points make up a score. Used as the code of a component of a contained score."
* insert CompleteCodeSystem(score-item)
// Tomita
* #tomita-primary "Tomita: primary tumour" "Growth of the primary: slow 1, moderate 2, rapid 4. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-primary, [[Tomita：原发肿瘤]])
* #tomita-visceral "Tomita: visceral metastases" "Metastases to vital organs: none 0, treatable 2, untreatable 4. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-visceral, [[Tomita：内脏转移]])
* #tomita-bone "Tomita: bone metastases" "Bone metastases including the spine: solitary 1, multiple 2. Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-bone, [[Tomita：骨转移]])
// Revised Tokuhashi
* #tokuhashi-general "Tokuhashi: general condition" "Karnofsky performance status: 10 to 40 0, 50 to 70 1, 80 to 100 2. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-general, [[Tokuhashi：全身状况]])
* #tokuhashi-extraspinal-bone "Tokuhashi: extraspinal bone metastases" "Number of extraspinal bone metastases: three or more 0, one or two 1, none 2. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-extraspinal-bone, [[Tokuhashi：脊柱外骨转移灶]])
* #tokuhashi-vertebral "Tokuhashi: metastases in the vertebral bodies" "Number of vertebral bodies with metastasis: three or more 0, two 1, one 2. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-vertebral, [[Tokuhashi：椎体转移灶]])
* #tokuhashi-organs "Tokuhashi: metastases to the major internal organs" "Metastases to the major internal organs: unremovable 0, removable 1, none 2. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-organs, [[Tokuhashi：主要脏器转移]])
* #tokuhashi-primary "Tokuhashi: primary site" "Primary site of the cancer: 0 to 5 in six groups. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-primary, [[Tokuhashi：原发部位]])
* #tokuhashi-palsy "Tokuhashi: palsy" "Palsy: complete (Frankel A, B) 0, incomplete (Frankel C, D) 1, none (Frankel E) 2. Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-palsy, [[Tokuhashi：脊髓损害程度]])
// SINS
* #sins-location "SINS: location" "Junctional 3, mobile 2, semirigid 1, rigid 0. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-location, [[SINS：部位]])
* #sins-pain "SINS: pain" "Mechanical 3, occasional but not mechanical 1, pain-free 0. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-pain, [[SINS：疼痛]])
* #sins-lesion "SINS: bone lesion" "Lytic 2, mixed 1, blastic 0. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-lesion, [[SINS：骨病变]])
* #sins-alignment "SINS: spinal alignment" "Subluxation or translation 4, de novo deformity 2, normal 0. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-alignment, [[SINS：脊柱序列]])
* #sins-collapse "SINS: vertebral body collapse" "More than 50% 3, less than 50% 2, none with more than 50% of the body involved 1, none of these 0. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-collapse, [[SINS：椎体塌陷]])
* #sins-posterolateral "SINS: posterolateral involvement" "Bilateral 3, unilateral 1, none 0. Source: Fisher CG et al., Spine 2010;35:E1221-E1229."
* insert Chinese(sins-posterolateral, [[SINS：后外侧附件受累]])
// ESCC
* #escc-grade "ESCC grade" "The grade 0, 1a, 1b, 1c, 2 or 3, which has no points. Source: Bilsky MH et al., J Neurosurg Spine 2010;13:324-328."
* insert Chinese(escc-grade, [[ESCC 分级]])
// Further instruments
* #tomita-primary-adjusted "Tomita: Growth of the primary tumour, receptors considered" "Source: Tomita K et al., Spine 2001;26:298-306."
* insert Chinese(tomita-primary-adjusted, [[Tomita：原发肿瘤生长速度（计入受体状态）]])
* #tokuhashi-primary-adjusted "Tokuhashi: Primary site, receptors considered" "Source: Tokuhashi Y et al., Spine 2005;30:2186-2191."
* insert Chinese(tokuhashi-primary-adjusted, [[Tokuhashi：原发肿瘤部位（计入受体状态）]])
* #bauer-visceral "Modified Bauer: Visceral metastases" "Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(bauer-visceral, [[改良 Bauer：内脏转移]])
* #bauer-skeletal "Modified Bauer: Skeletal metastases" "Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(bauer-skeletal, [[改良 Bauer：骨转移]])
* #bauer-primary "Modified Bauer: Primary tumour (two criteria of the paper together)" "Source: Leithner A et al., Eur Spine J 2008;17:1488-1495."
* insert Chinese(bauer-primary, [[改良 Bauer：原发肿瘤（原文两项标准合并）]])
* #katagiri-primary "Katagiri: Growth of the primary tumour" "Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-primary, [[Katagiri：原发肿瘤生长速度]])
* #katagiri-visceral "Katagiri: Visceral metastases" "Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-visceral, [[Katagiri：内脏转移]])
* #katagiri-laboratory "Katagiri: Laboratory data" "Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-laboratory, [[Katagiri：实验室检查]])
* #katagiri-performance "Katagiri: Performance status" "Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-performance, [[Katagiri：体力状况]])
* #katagiri-chemotherapy "Katagiri: Previous chemotherapy" "Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-chemotherapy, [[Katagiri：既往化疗]])
* #katagiri-skeletal "Katagiri: Skeletal metastases" "Source: Katagiri H et al., Cancer Med 2014;3:1359-1367."
* insert Chinese(katagiri-skeletal, [[Katagiri：骨转移]])
* #van-der-linden-performance "Van der Linden: Karnofsky performance status" "Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-performance, [[van der Linden：Karnofsky 评分]])
* #van-der-linden-primary "Van der Linden: Primary tumour" "Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-primary, [[van der Linden：原发肿瘤]])
* #van-der-linden-visceral "Van der Linden: Visceral metastases" "Source: van der Linden YM et al., Cancer 2005;103:320-328."
* insert Chinese(van-der-linden-visceral, [[van der Linden：内脏转移]])
* #noms-neurologic "NOMS: Neurologic: compression of the cord" "Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-neurologic, [[NOMS：神经：脊髓受压程度]])
* #noms-oncologic "NOMS: Oncologic: response to conventional radiotherapy" "Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-oncologic, [[NOMS：肿瘤：对常规放疗的反应]])
* #noms-mechanical "NOMS: Mechanical: stability" "Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-mechanical, [[NOMS：力学：稳定性]])
* #noms-systemic "NOMS: Systemic: whether surgery can be tolerated" "Source: Laufer I et al., Oncologist 2013;18:744-751."
* insert Chinese(noms-systemic, [[NOMS：全身：能否耐受手术]])
