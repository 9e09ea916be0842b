CodeSystem: TreatmentOption
Id: option
Title: "Treatment options"
Description: "The treatment options that the guidance speaks about. It never speaks about more than whether an option is worth discussing."
* insert CompleteCodeSystem(option)
* #supportive-care "Supportive care" "Best supportive care without surgery to the spine. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(supportive-care, [[支持治疗]])
* #radiotherapy-alone "Radiotherapy alone" "Radiotherapy to the spine without surgery. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(radiotherapy-alone, [[单纯放射治疗]])
* #ssrs-first "Spinal stereotactic radiosurgery first" "Spinal stereotactic radiosurgery (SSRS) as the first treatment of the level. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(ssrs-first, [[首选脊柱立体定向放疗（SSRS）]])
* #separation-surgery-ssrs "Separation surgery followed by stereotactic radiosurgery" "Surgery that separates tumour from spinal cord, so that stereotactic radiosurgery can follow. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(separation-surgery-ssrs, [[分离手术联合脊柱立体定向放疗（SSRS）]])
* #total-en-bloc-spondylectomy "Total en bloc spondylectomy" "Removal of the whole vertebra in one piece or two. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(total-en-bloc-spondylectomy, [[全脊椎整块切除术]])
* #laminectomy-fixation "Laminectomy with fixation" "Posterior decompression with instrumented fixation. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(laminectomy-fixation, [[后路椎板切除内固定术]])
* #stabilisation "Stabilisation" "Fixation or augmentation for stability alone. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(stabilisation, [[稳定手术]])
* #vertebral-augmentation "Vertebral augmentation (vertebroplasty or kyphoplasty)" "Percutaneous vertebroplasty or kyphoplasty. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(vertebral-augmentation, [[经皮椎体成形术或后凸成形术]])
* #radiofrequency-ablation "Radiofrequency ablation" "Percutaneous radiofrequency ablation of the tumour. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(radiofrequency-ablation, [[射频消融]])
* #microwave-ablation "Microwave ablation" "Microwave ablation of the tumour. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(microwave-ablation, [[微波消融]])
* #embolisation "Preoperative embolisation" "Embolisation of the vessels of the tumour before surgery. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(embolisation, [[术前栓塞]])
* #biopsy "Biopsy" "Image-guided biopsy of the lesion. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(biopsy, [[活检]])
* #emergency-decompression "Emergency decompression" "Direct decompression without delay for a progressing neurological deficit. Source: Expert consensus on surgical treatment of metastatic spinal tumours, Chin J Spine Spinal Cord 2023;33(4)."
* insert Chinese(emergency-decompression, [[急诊减压]])
