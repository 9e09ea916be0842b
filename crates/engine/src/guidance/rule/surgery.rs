//! Chapters 3 and 4 of the consensus: the operations, their risks, and radiotherapy beside them.

use super::chapter;

chapter! {
    // 3 Aims of surgery
    AIMS_OF_SURGERY = "CN-3-AIMS", "3", "139-141", Principle, Info, Shown;

    // 3.1 Total en bloc spondylectomy
    RECURRENCE = "CN-3.1-RECUR", "3.1", "144-146", Figure, Info, Shown;
    TES_IND = "CN-3.1-TES-IND", "3.1", "152", Indication, May, Executable;
    TES_CAUTION = "CN-3.1-TES-CAUTION", "3.1", "152-154", Caution, Must, Executable;
    TES_INTRA = "CN-3.1-INTRA", "3.1", "155-156", Indication, Should, Executable;
    TES_EXTRA = "CN-3.1-EXTRA", "3.1", "156-157", Indication, May, Executable;
    TES_TYPE25 = "CN-3.1-TYPE25", "3.1", "157", Indication, May, Executable;
    TES_TYPE16 = "CN-3.1-TYPE16", "3.1", "157", Relative, Relative, Executable;
    TES_TYPE7 = "CN-3.1-TYPE7", "3.1", "157", Contraindication, Contraindication, Executable;
    WBB = "CN-3.1-WBB", "3.1", "157-159", Definition, Info, Shown;
    WBB_ONC = "CN-3.1-WBB-ONC", "3.1", "159-161", Indication, May, Executable;
    WBB_ANAT = "CN-3.1-WBB-ANAT", "3.1", "161-164", Indication, May, Executable;

    // 3.2 Separation surgery
    SSRS_EVIDENCE = "CN-3.2-SSRS", "3.2", "167-171", Evidence, Info, Shown;
    SEP_IND = "CN-3.2-SEP-IND", "3.2", "173-175", Indication, Should, Executable;
    SEP_TECHNIQUE = "CN-3.2-SEP-TECH", "3.2", "175-178", Procedure, Info, Shown;
    SEP_RT = "CN-3.2-SEP-RT", "3.2", "176-178", Timing, Must, Executable;
    SEP_CI1 = "CN-3.2-SEP-CI1", "3.2", "178", Contraindication, Contraindication, Executable;
    SEP_CI2 = "CN-3.2-SEP-CI2", "3.2", "179", Contraindication, Contraindication, Executable;
    SEP_CI3 = "CN-3.2-SEP-CI3", "3.2", "179", Contraindication, Contraindication, Executable;

    // 3.3 Laminectomy with fixation
    LAM_IND = "CN-3.3-LAM-IND", "3.3", "182-183", Indication, May, Executable;
    LAM_CI = "CN-3.3-LAM-CI", "3.3", "183-184", Contraindication, Contraindication, Executable;

    // 3.4 Vertebroplasty and kyphoplasty
    VP_MECHANISM = "CN-3.4-VP-MECH", "3.4", "188-191", Evidence, Info, Shown;
    VP_RT = "CN-3.4-VP-RT", "3.4", "193", Timing, Must, Executable;
    VP_IND = "CN-3.4-VP-IND", "3.4", "194-196", Indication, May, Executable;
    VP_CI1 = "CN-3.4-VP-CI1", "3.4", "196-198", Contraindication, Contraindication, Executable;
    VP_CI2 = "CN-3.4-VP-CI2", "3.4", "196-198", Contraindication, Contraindication, Executable;
    VP_CI3 = "CN-3.4-VP-CI3", "3.4", "196-198", Contraindication, Contraindication, Executable;
    VP_CI4 = "CN-3.4-VP-CI4", "3.4", "196-198", Contraindication, Contraindication, Executable;
    VP_CI5 = "CN-3.4-VP-CI5", "3.4", "196-198", Contraindication, Contraindication, Executable;

    // 3.5 Ablation
    RFA_TEMPERATURE = "CN-3.5-RFA-T", "3.5", "201-203", Figure, Info, Shown;
    RFA_IND = "CN-3.5-RFA-IND", "3.5", "203", Indication, May, Executable;
    RFA_1CM = "CN-3.5-RFA-1CM", "3.5", "204", Contraindication, Contraindication, Executable;
    RFA_CI1 = "CN-3.5-RFA-CI1", "3.5", "204-205", Contraindication, Contraindication, Executable;
    RFA_CI2 = "CN-3.5-RFA-CI2", "3.5", "204-205", Contraindication, Contraindication, Executable;
    RFA_CI3 = "CN-3.5-RFA-CI3", "3.5", "204-205", Contraindication, Contraindication, Executable;
    RFA_CI4 = "CN-3.5-RFA-CI4", "3.5", "204-205", Contraindication, Contraindication, Executable;
    RFA_WALL = "CN-3.5-RFA-WALL", "3.5", "205", Caution, Must, Executable;
    RFA_CEM = "CN-3.5-RFA-CEM", "3.5", "205-207", Indication, May, Executable;
    MW_IND = "CN-3.5-MW-IND", "3.5", "211-212", Indication, May, Executable;
    MW_CI1 = "CN-3.5-MW-CI1", "3.5", "212", Contraindication, Contraindication, Executable;
    MW_CI2 = "CN-3.5-MW-CI2", "3.5", "212", Contraindication, Contraindication, Executable;
    MW_COMBINED = "CN-3.5-MW-COMBO", "3.5", "212-214", Indication, May, Shown;

    // 3.6 Perioperative risks
    COMPLICATION_RATE = "CN-3.6-COMP", "3.6", "217", Figure, Info, Shown;
    COMMONEST_COMPLICATIONS = "CN-3.6-TOP3", "3.6", "217-219", Figure, Info, Shown;
    SSI_RATE = "CN-3.6-SSI30", "3.6", "219-220", Figure, Info, Shown;
    REOPERATION = "CN-3.6-REOP", "3.6", "220", Figure, Info, Shown;
    SSI_RISK = "CN-3.6-SSI-RISK", "3.6", "220-221", Risk, Info, Executable;
    SSI_PREVENTION = "CN-3.6-SSI-PREV", "3.6", "221-222", Procedure, Should, Executable;
    DVT_RATE = "CN-3.6-DVT", "3.6", "225-226", Figure, Info, Shown;
    VTE_SURVIVAL = "CN-3.6-VTE-SURV", "3.6", "226-227", Evidence, Info, Shown;
    VTE_PREVENTION = "CN-3.6-VTE-PREV", "3.6", "227-228", Indication, Should, Executable;

    // 3.7 Radiotherapy and surgery
    RESISTANT_EXAMPLES = "CN-3.7-RES", "3.7", "231-232", Definition, Info, Executable;
    SSRS_AGAINST_IMRT = "CN-3.7-SSRS-IMRT", "3.7", "232", Evidence, Info, Shown;
    SSRS_SINGLE_DOSE = "CN-3.7-1FX", "3.7", "232-234", Evidence, Info, Shown;
    SSRS_FIRST = "CN-3.7-SSRS-1ST", "3.7", "234-235", Indication, May, Executable;
    NO_PREOP_RT = "CN-3.7-NO-PREOP-RT", "3.7", "235-236", Caution, Should, Executable;
    RT_WOUND = "CN-3.7-RT-WOUND", "3.7", "236-237", Risk, Info, Executable;
    RT_TO_SURGERY = "CN-3.7-RT-OP-14", "3.7", "237", Timing, Should, Executable;
    SURGERY_TO_RT = "CN-3.7-OP-RT-14", "3.7", "237-238", Timing, Should, Executable;
    SEP_35 = "CN-3.7-SEP-35", "3.7", "238-239", Timing, Must, Executable;
    BRACHYTHERAPY = "CN-3.7-BRACHY", "3.7", "239", Scope, Info, LeftOut OutOfScope;

    // 4 Principle
    INDIVIDUALISE = "CN-4-PRINC", "4", "242-245", Principle, Info, Shown;
    FLOWCHART = "CN-4-FIG1", "4", "245-247", Gap, Info, LeftOut NotInTheText;
}
