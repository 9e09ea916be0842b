//! The rules of the consensus that the guidance applies.
//!
//! 脊柱转移性肿瘤手术治疗专家共识, 中国脊柱脊髓杂志 2023;33(4). The text has no grades of evidence; the strength is read from
//! its modal verbs (specification A.1) and must be shown as expert consensus.

use crate::clinical::domain;

domain! {
    /// How strongly the consensus puts a rule, from its modal verb.
    Strength, "strength" {
        /// Contraindication (禁忌).
        Contraindication = "ci",
        /// Relative indication (相对适应证).
        Relative = "rel",
        /// Must (必须, 一定, 应).
        Must = "must",
        /// Should (建议, 应尽量).
        Should = "should",
        /// May (可, 可考虑, 适用于).
        May = "may",
        /// Figures, definitions and evidence.
        Info = "info",
    }
}

/// One rule of the consensus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rule {
    /// Its id in the specification, e.g. `CN-2.4-23-SEP`.
    pub id: &'static str,
    /// Section of the consensus.
    pub section: &'static str,
    /// How strongly it is put.
    pub strength: Strength,
}

macro_rules! rules {
    ($( $name:ident = $id:literal, $section:literal, $strength:ident; )+) => {
        /// The rules by name.
        #[allow(missing_docs, reason = "the ids are the documentation: specification A.2")]
        pub mod rules {
            use super::{Rule, Strength};
            $( pub const $name: Rule = Rule { id: $id, section: $section, strength: Strength::$strength }; )+
        }

        /// Every rule that the guidance applies.
        pub const RULES: &[Rule] = &[ $( rules::$name, )+ ];
    };
}

rules! {
    LOCAL_RT = "CN-1.2-LOCAL-RT", "1.2", May;
    MECH_STAB = "CN-1.2-MECH-STAB", "1.2", Should;
    RS_SENS = "CN-1.3-RS-SENS", "1.3", Info;
    RS_RES = "CN-1.3-RS-RES", "1.3", Info;
    SSRS_ANY = "CN-1.3-SSRS-ANY", "1.3", May;
    SEP_PREREQ = "CN-1.3-SEP-PREREQ", "1.3", Must;
    BX_REC = "CN-1.4-BX-REC", "1.4", Should;
    BX_SKIP = "CN-1.4-BX-SKIP", "1.4", May;
    NEURO_EMERG = "CN-1.4-NEURO-EMERG", "1.4", Must;
    EMB_HYPER = "CN-1.6-HYPER", "1.6", Should;
    EMB_ASA = "CN-1.6-ASA", "1.6", Contraindication;
    EMB_24H = "CN-1.6-24H", "1.6", Should;
    EMB_48H = "CN-1.6-48H", "1.6", Must;
    TOMITA_2_3 = "CN-2.1-2-3", "2.1", May;
    TOMITA_8_10 = "CN-2.1-8-10", "2.1", Should;
    TOKUHASHI_0_8 = "CN-2.2-0-8", "2.2", Info;
    TOKUHASHI_12_15 = "CN-2.2-12-15", "2.2", Info;
    SCORES_DISAGREE = "CN-2.2-DISAGREE", "2.2", Info;
    SINS_HIGH = "CN-2.3-HIGH", "2.3", Should;
    SINS_LOW = "CN-2.3-LOW", "2.3", Info;
    SINS_MID = "CN-2.3-MID", "2.3", Should;
    SINS_INDEP = "CN-2.3-INDEP", "2.3", May;
    ESCC_HOW = "CN-2.4-HOW", "2.4", Info;
    ESCC_0_RT = "CN-2.4-0-RT", "2.4", May;
    ESCC_23_SEP = "CN-2.4-23-SEP", "2.4", Should;
    ESCC_GAP = "CN-2.4-GAP", "2.4", Info;
    TES_IND = "CN-3.1-TES-IND", "3.1", May;
    TES_CAUTION = "CN-3.1-TES-CAUTION", "3.1", Must;
    TES_TYPE25 = "CN-3.1-TYPE25", "3.1", May;
    TES_TYPE16 = "CN-3.1-TYPE16", "3.1", Relative;
    TES_TYPE7 = "CN-3.1-TYPE7", "3.1", Contraindication;
    SEP_IND = "CN-3.2-SEP-IND", "3.2", Should;
    SEP_RT = "CN-3.2-SEP-RT", "3.2", Must;
    SEP_CI1 = "CN-3.2-SEP-CI1", "3.2", Contraindication;
    SEP_CI2 = "CN-3.2-SEP-CI2", "3.2", Contraindication;
    SEP_CI3 = "CN-3.2-SEP-CI3", "3.2", Contraindication;
    LAM_IND = "CN-3.3-LAM-IND", "3.3", May;
    LAM_CI = "CN-3.3-LAM-CI", "3.3", Contraindication;
    VP_RT = "CN-3.4-VP-RT", "3.4", Must;
    VP_IND = "CN-3.4-VP-IND", "3.4", May;
    VP_CI1 = "CN-3.4-VP-CI1", "3.4", Contraindication;
    VP_CI2 = "CN-3.4-VP-CI2", "3.4", Contraindication;
    VP_CI3 = "CN-3.4-VP-CI3", "3.4", Contraindication;
    VP_CI4 = "CN-3.4-VP-CI4", "3.4", Contraindication;
    VP_CI5 = "CN-3.4-VP-CI5", "3.4", Contraindication;
    RFA_IND = "CN-3.5-RFA-IND", "3.5", May;
    RFA_1CM = "CN-3.5-RFA-1CM", "3.5", Contraindication;
    RFA_CI1 = "CN-3.5-RFA-CI1", "3.5", Contraindication;
    RFA_CI2 = "CN-3.5-RFA-CI2", "3.5", Contraindication;
    RFA_CI3 = "CN-3.5-RFA-CI3", "3.5", Contraindication;
    RFA_CI4 = "CN-3.5-RFA-CI4", "3.5", Contraindication;
    RFA_WALL = "CN-3.5-RFA-WALL", "3.5", Must;
    RFA_CEM = "CN-3.5-RFA-CEM", "3.5", May;
    MW_IND = "CN-3.5-MW-IND", "3.5", May;
    MW_CI1 = "CN-3.5-MW-CI1", "3.5", Contraindication;
    MW_CI2 = "CN-3.5-MW-CI2", "3.5", Contraindication;
    SSRS_FIRST = "CN-3.7-SSRS-1ST", "3.7", May;
    NO_PREOP_RT = "CN-3.7-NO-PREOP-RT", "3.7", Should;
    SEP_35 = "CN-3.7-SEP-35", "3.7", Must;
}
