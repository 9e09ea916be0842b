//! Introduction and chapter 1 of the consensus: what is looked at before an operation is decided upon.

use super::chapter;

chapter! {
    // 0 Introduction
    SURVIVAL = "CN-0-SURV", "0", "2", Figure, Info, Shown;
    GOALS = "CN-0-GOAL", "0", "7-8", Principle, Info, Shown;
    EVIDENCE = "CN-0-EVID", "0", "8-11", Evidence, Info, Shown;

    // 1.1 General condition
    GENERAL_HEALTH_FIRST = "CN-1.1-FIRST", "1.1", "17", Principle, Info, Shown;
    MALNUTRITION = "CN-1.1-NUTR", "1.1", "17-20", Risk, Info, Executable;
    RISK_FACTORS = "CN-1.1-RISK7", "1.1", "20-21", Risk, Info, Executable;
    BLOOD_COUNTS = "CN-1.1-HEME", "1.1", "21", Risk, Info, Executable;
    TARGETED_DRUG_WOUND = "CN-1.1-TARGET-WOUND", "1.1", "21-23", Risk, Info, Executable;
    KARNOFSKY = "CN-1.1-KPS", "1.1", "23-24", Definition, Info, Executable;

    // 1.2 Pain
    PAIN_TYPES = "CN-1.2-TYPES", "1.2", "27-29", Definition, Info, Shown;
    PAIN_LOCAL = "CN-1.2-LOCAL", "1.2", "29-31", Definition, Info, Executable;
    LOCAL_RT = "CN-1.2-LOCAL-RT", "1.2", "30-31", Indication, May, Executable;
    PAIN_MECHANICAL = "CN-1.2-MECH", "1.2", "31-32", Definition, Info, Executable;
    MECH_STAB = "CN-1.2-MECH-STAB", "1.2", "32-33", Indication, Should, Executable;
    PAIN_RADICULAR = "CN-1.2-RAD", "1.2", "33-34", Definition, Info, Shown;
    RADICULAR_DEBULKING = "CN-1.2-RAD-DEBULK", "1.2", "34", Indication, May, Shown;

    // 1.3 Response to radiotherapy and chemotherapy
    CHEMOTHERAPY = "CN-1.3-CHEMO", "1.3", "37-39", Indication, May, Shown;
    RS_SENS = "CN-1.3-RS-SENS", "1.3", "40", Definition, Info, Executable;
    RS_RES = "CN-1.3-RS-RES", "1.3", "41", Definition, Info, Executable;
    RS_GAP = "CN-1.3-RS-GAP", "1.3", "40-41", Gap, Info, Executable;
    SSRS_ANY = "CN-1.3-SSRS-ANY", "1.3", "41-42", Indication, May, Executable;
    SEP_PREREQ = "CN-1.3-SEP-PREREQ", "1.3", "42-43", Procedure, Must, Executable;

    // 1.4 Biopsy
    BX_REC = "CN-1.4-BX-REC", "1.4", "46-49", Indication, Should, Executable;
    BX_MULTI = "CN-1.4-BX-MULTI", "1.4", "49-50", Indication, Should, Executable;
    BX_SKIP = "CN-1.4-BX-SKIP", "1.4", "50-51", Indication, May, Executable;
    NEURO_EMERG = "CN-1.4-NEURO-EMERG", "1.4", "51-52", Indication, Must, Executable;
    BX_TECHNIQUE = "CN-1.4-BX-TECH", "1.4", "52-54", Procedure, Info, Shown;

    // 1.5 Targeted drugs
    MUTATIONS = "CN-1.5-MUT", "1.5", "57-59", Evidence, Info, Executable;
    EGFR_SURVIVAL = "CN-1.5-EGFR-SURV", "1.5", "59-61", Figure, Info, Shown;
    DENOSUMAB = "CN-1.5-DENO", "1.5", "61-63", Figure, Info, Shown;
    DRUG_HOLD = "CN-1.5-HOLD", "1.5", "63-65", Timing, Must, Executable;
    VEGF_HOLD = "CN-1.5-VEGF-HOLD", "1.5", "65-66", Timing, Should, Executable;
    EGFR_HOLD = "CN-1.5-EGFR-HOLD", "1.5", "66", Timing, Should, Executable;
    DRUG_HOLD_GAP = "CN-1.5-GAP", "1.5", "63-66", Gap, Info, Executable;
    MDT = "CN-1.5-MDT", "1.5", "66-68", Principle, Must, Shown;

    // 1.6 Embolisation
    EMB_AIM = "CN-1.6-AIM", "1.6", "71", Principle, Info, Shown;
    EMB_TREND = "CN-1.6-TREND", "1.6", "71-73", Figure, Info, LeftOut SaysNothingOfThePatient;
    EMB_HYPER = "CN-1.6-HYPER", "1.6", "73-74", Indication, Should, Executable;
    EMB_HYPO = "CN-1.6-HYPO", "1.6", "74", Evidence, Info, Executable;
    EMB_IMG = "CN-1.6-IMG", "1.6", "74-75", Indication, May, Executable;
    EMB_ASA = "CN-1.6-ASA", "1.6", "75-76", Contraindication, Contraindication, Executable;
    EMB_OPERATOR = "CN-1.6-OPER", "1.6", "76-77", Caution, Info, Shown;
    EMB_SAME_DAY = "CN-1.6-SAMEDAY", "1.6", "77-78", Timing, Should, Executable;
    EMB_24H = "CN-1.6-24H", "1.6", "78", Timing, Should, Executable;
    EMB_48H = "CN-1.6-48H", "1.6", "78", Timing, Must, Executable;
}
