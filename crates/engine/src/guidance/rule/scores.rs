//! Chapter 2 of the consensus: prognosis, stability and compression.

use super::chapter;

chapter! {
    // 2.1 Tomita score
    TOMITA_ITEMS = "CN-2.1-ITEMS", "2.1", "84", Definition, Info, Executable;
    TOMITA_POINTS_MISPRINT = "CN-2.1-POINTS-ERR", "2.1", "84-86", Error, Info, LeftOut Misprint;
    TOMITA_DIRECTION = "CN-2.1-DIR", "2.1", "86", Definition, Info, Executable;
    TOMITA_2_3 = "CN-2.1-2-3", "2.1", "87-88", Indication, May, Executable;
    TOMITA_4_5 = "CN-2.1-4-5", "2.1", "88-89", Indication, May, Executable;
    TOMITA_6_7 = "CN-2.1-6-7", "2.1", "89", Indication, May, Executable;
    TOMITA_8_10 = "CN-2.1-8-10", "2.1", "89-90", Indication, Should, Executable;
    MARGINS = "CN-2.1-MARGIN", "2.1", "87-89", Definition, Info, Shown;

    // 2.2 Revised Tokuhashi score, and the limits of both
    TOKUHASHI_ITEMS = "CN-2.2-ITEMS", "2.2", "95-98", Definition, Info, Executable;
    TOKUHASHI_BINS = "CN-2.2-BINS", "2.2", "96-98", Definition, Info, Executable;
    TOKUHASHI_ORGANS = "CN-2.2-ORGAN", "2.2", "98-99", Definition, Info, Executable;
    TOKUHASHI_MAXIMUM = "CN-2.2-MAX", "2.2", "99", Definition, Info, Executable;
    TOKUHASHI_0_8 = "CN-2.2-0-8", "2.2", "99-100", Definition, Info, Executable;
    TOKUHASHI_9_11 = "CN-2.2-9-11", "2.2", "99-100", Definition, Info, Executable;
    TOKUHASHI_12_15 = "CN-2.2-12-15", "2.2", "99-100", Definition, Info, Executable;
    SCORES_DISAGREE = "CN-2.2-DISAGREE", "2.2", "100", Evidence, Info, Executable;
    ACTIVE = "CN-2.2-ACTIVE", "2.2", "100-102", Indication, May, Executable;
    SCORES_WITHOUT_STABILITY = "CN-2.2-LIM-MECH", "2.2", "104-105", Caution, Info, Shown;
    SCORES_WITHOUT_RADIOSENSITIVITY = "CN-2.2-LIM-RS", "2.2", "105", Caution, Info, Shown;
    TNBC = "CN-2.2-TNBC", "2.2", "105-108", Adjustment, Should, Executable;
    SCORES_OLD = "CN-2.2-OLD", "2.2", "108-109", Caution, Info, Shown;
    TOKUHASHI_UNDERESTIMATES = "CN-2.2-LEE", "2.2", "109-110", Evidence, Info, Shown;
    SURVIVAL_RISING = "CN-2.2-MORGEN", "2.2", "110-111", Figure, Info, Shown;
    TOKUHASHI_ACCURACY = "CN-2.2-ACC", "2.2", "111-112", Figure, Info, Shown;

    // 2.3 SINS
    SINS_DEFINITION = "CN-2.3-DEF", "2.3", "115-117", Definition, Info, Shown;
    SINS_ITEMS = "CN-2.3-SIX", "2.3", "118-119", Definition, Info, Executable;
    SINS_HIGH = "CN-2.3-HIGH", "2.3", "119", Indication, Should, Executable;
    SINS_LOW = "CN-2.3-LOW", "2.3", "119-121", Definition, Info, Executable;
    SINS_MID = "CN-2.3-MID", "2.3", "121", Indication, Should, Executable;
    SINS_JUDGEMENT = "CN-2.3-JUDGE", "2.3", "121-122", Caution, Info, Shown;
    SINS_INDEP = "CN-2.3-INDEP", "2.3", "117,122", Indication, May, Executable;
    SINS_ACCURACY = "CN-2.3-ACC", "2.3", "122-123", Figure, Info, Shown;
    SINS_NOT_VALIDATED = "CN-2.3-NA", "2.3", "127-128", Caution, Must, Executable;

    // 2.4 ESCC
    ESCC_HOW = "CN-2.4-HOW", "2.4", "131", Definition, Info, Executable;
    ESCC_GRADE_0 = "CN-2.4-G0", "2.4", "132-134", Definition, Info, Executable;
    ESCC_GRADE_1A = "CN-2.4-G1a", "2.4", "132-134", Definition, Info, Executable;
    ESCC_GRADE_1B = "CN-2.4-G1b", "2.4", "132-134", Definition, Info, Executable;
    ESCC_GRADE_1C = "CN-2.4-G1c", "2.4", "132-134", Definition, Info, Executable;
    ESCC_GRADE_2 = "CN-2.4-G2", "2.4", "132-134", Definition, Info, Executable;
    ESCC_GRADE_3 = "CN-2.4-G3", "2.4", "132-134", Definition, Info, Executable;
    ESCC_0_RT = "CN-2.4-0-RT", "2.4", "134-135", Indication, May, Executable;
    ESCC_23_SEP = "CN-2.4-23-SEP", "2.4", "135-136", Indication, Should, Executable;
    ESCC_GAP = "CN-2.4-GAP", "2.4", "134-136", Gap, Info, Executable;
}
