//! What the criteria of the options ask. When that holds is in `predicate/holds.rs`, what it reads in
//! `predicate/reads.rs`.

mod holds;
mod reads;

use crate::clinical::domain;

domain! {
    /// A question about the patient or about one level.
    Predicate, "predicate" {
        /// Every reachable Tomita total is 8 to 10.
        Tomita8To10 = "tomita-8-10",
        /// Every reachable Tomita total is 2 or 3.
        Tomita2To3 = "tomita-2-3",
        /// Every reachable Tokuhashi total is 8 or less.
        Tokuhashi0To8 = "tokuhashi-0-8",
        /// Every reachable Tokuhashi total is 12 or more.
        Tokuhashi12To15 = "tokuhashi-12-15",
        /// Karnofsky 80 to 100, unless a clinician judges the general condition (RUL-16).
        GoodCondition = "good-condition",
        /// Expected survival of more than six months: a clinician's estimate, else Tokuhashi 9 or more (RUL-16).
        SurvivalOverSixMonths = "survival-over-six-months",
        /// Exactly one bone focus in the body (RUL-14).
        Solitary = "solitary",
        /// The primary tumour is under control.
        PrimaryControlled = "primary-controlled",
        /// Frankel E.
        NeurologicallyIntact = "neurologically-intact",
        /// Neurological symptoms are getting worse.
        NeurologicalEmergency = "neurological-emergency",
        /// Neurological symptoms are not getting worse.
        NoNeurologicalEmergency = "no-neurological-emergency",
        /// The primary is sensitive to conventional radiotherapy.
        Radiosensitive = "radiosensitive",
        /// The primary is resistant to conventional radiotherapy.
        Radioresistant = "radioresistant",
        /// The deposit is rich in vessels, by histology or imaging.
        Hypervascular = "hypervascular",
        /// The deposit is rich in vessels and not embolised before surgery (RUL-7).
        HypervascularNotEmbolised = "hypervascular-not-embolised",
        /// No cancer history, unknown or long inactive primary, or a new lesion beside known metastases.
        BiopsyIndicated = "biopsy-indicated",
        /// A new spinal lesion beside known multiple metastases.
        NewLesionBesideMetastases = "new-lesion-beside-metastases",
        /// Imaging and indication are clear, and pathology would not change the strategy: all three attested.
        BiopsyMayBeOmitted = "biopsy-may-be-omitted",
        /// One bone focus, a primary of slow growth, and every reachable Tokuhashi total 12 or more.
        SolitaryLowGradeGoodPrognosis = "solitary-low-grade-good-prognosis",
        /// Imaging shows a hypervascular deposit.
        HypervascularOnImaging = "hypervascular-on-imaging",
        /// The patient cannot stand surgery.
        CannotTolerateSurgery = "cannot-tolerate-surgery",
        /// The patient can stand surgery.
        ToleratesSurgery = "tolerates-surgery",
        /// Surgery is planned.
        SurgeryPlanned = "surgery-planned",
        /// Stereotactic radiotherapy can be had within 35 days of surgery.
        SsrsWithin35Days = "ssrs-within-35-days",
        /// Hairpin anterior spinal artery on the trunk of the target vessel.
        HairpinArtery = "hairpin-artery",
        /// Local or systemic infection.
        Infection = "infection",
        /// Severe coagulopathy.
        SevereCoagulopathy = "severe-coagulopathy",
        /// Allergy to polymethyl methacrylate.
        PmmaAllergy = "pmma-allergy",
        /// Pregnancy.
        Pregnancy = "pregnancy",
        /// Severe failure of a vital organ.
        SevereOrganFailure = "severe-organ-failure",
        /// Cardio- or cerebrovascular disease, or pulmonary dysfunction (RUL-18: no severity given).
        CardiopulmonaryDisease = "cardiopulmonary-disease",
        /// ESCC 0.
        EsccBoneOnly = "escc-0",
        /// ESCC 1c or less.
        EsccAtMost1c = "escc-at-most-1c",
        /// ESCC 1c: contact without compression, on which the sources disagree.
        EsccAbutment = "escc-1c",
        /// ESCC 1a or more.
        EpiduralDisease = "epidural-disease",
        /// ESCC 0 to 1c.
        EsccLowGrade = "escc-low-grade",
        /// ESCC 2 or 3.
        EsccHighGrade = "escc-high-grade",
        /// SINS 0 to 6.
        SinsStable = "sins-0-6",
        /// SINS 13 to 18.
        SinsUnstable = "sins-13-18",
        /// Mechanical pain.
        MechanicalPain = "mechanical-pain",
        /// No mechanical pain.
        NoMechanicalPain = "no-mechanical-pain",
        /// Pain that is not mechanical.
        LocalPain = "local-pain",
        /// SINS 7 or more, or mechanical pain.
        StabilityInQuestion = "stability-in-question",
        /// SINS below 13 and no mechanical pain: stability is for discussion, not yet an indication (RUL-5).
        StabilityForDiscussion = "stability-for-discussion",
        /// No pathological or impending fracture that is to be operated on.
        NoFractureAwaitingSurgery = "no-fracture-awaiting-surgery",
        /// Radiosensitive, and neither progressive deficit nor instability forces decompression (RUL-7).
        RadiosensitiveWithoutUrgency = "radiosensitive-without-urgency",
        /// Tomita type 1 to 6.
        EnBlocType = "tomita-type-1-6",
        /// Tomita type 1 or 6.
        RelativeEnBlocType = "tomita-type-1-or-6",
        /// Tomita type 7.
        TomitaType7 = "tomita-type-7",
        /// Tomita type 1 to 3.
        IntracompartmentalType = "tomita-type-1-3",
        /// Tomita type 4 to 6 without a fibrous reactive zone around the tumour: no marginal excision.
        ExtracompartmentalWithoutFibrousZone = "tomita-type-4-6-without-fibrous-zone",
        /// WBB sectors within 4 to 8 or within 5 to 9: one pedicle is free.
        OnePedicleFree = "wbb-one-pedicle-free",
        /// WBB sectors 4 and 9: both pedicles are involved.
        BothPediclesInvolved = "wbb-both-pedicles",
        /// Tumour confined to the posterior elements.
        PosteriorElementsOnly = "posterior-elements-only",
        /// Tumour confined to the posterior elements, or palliative decompression intended.
        PosteriorOrPalliative = "posterior-elements-or-palliative-decompression",
        /// Painful lytic deposit, or pathological compression fracture.
        PainfulLyticOrFracture = "painful-lytic-or-fracture",
        /// No compression of neural tissue at this level.
        NoNeuralCompression = "no-neural-compression",
        /// Posterior wall relatively intact.
        PosteriorWallIntact = "posterior-wall-intact",
        /// No tumour in the pedicles.
        PediclesFree = "pedicles-free",
        /// No severe collapse.
        NoSevereCollapse = "no-severe-collapse",
        /// The tumour compresses the cord, with incomplete paralysis.
        CompressionWithIncompleteParalysis = "compression-with-incomplete-paralysis",
        /// Relief of pain is intended.
        PainPalliationIntended = "pain-palliation-intended",
        /// The tumour lies within one centimetre of the cord.
        WithinOneCentimetreOfCord = "within-1-cm-of-cord",
        /// Severe destruction of the vertebra with risk of paraplegia.
        DestructionWithParaplegiaRisk = "destruction-with-paraplegia-risk",
    }
}

impl Predicate {
    /// Whether a grade of compression overrules what was stated, so that it can still change while the grade is open.
    pub(super) const fn yields_to_grade(self) -> bool {
        matches!(self, Self::NoNeuralCompression | Self::WithinOneCentimetreOfCord)
    }
}
