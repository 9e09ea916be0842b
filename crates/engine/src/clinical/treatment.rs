//! What was done and given, and what is planned.

use super::value_set::domain;

domain! {
    /// A drug, or a class of drugs, that the guidance tells apart (specification D.3).
    Drug, "drug" {
        /// Bevacizumab and its biosimilars.
        Bevacizumab = "bevacizumab",
        /// Ramucirumab.
        Ramucirumab = "ramucirumab",
        /// Aflibercept as an infusion (ziv-aflibercept).
        Aflibercept = "aflibercept",
        /// Sunitinib.
        Sunitinib = "sunitinib",
        /// Sorafenib.
        Sorafenib = "sorafenib",
        /// Pazopanib.
        Pazopanib = "pazopanib",
        /// Axitinib.
        Axitinib = "axitinib",
        /// Cabozantinib.
        Cabozantinib = "cabozantinib",
        /// Lenvatinib.
        Lenvatinib = "lenvatinib",
        /// Regorafenib.
        Regorafenib = "regorafenib",
        /// Vandetanib.
        Vandetanib = "vandetanib",
        /// Tivozanib.
        Tivozanib = "tivozanib",
        /// Fruquintinib.
        Fruquintinib = "fruquintinib",
        /// Apatinib (rivoceranib).
        Apatinib = "apatinib",
        /// Anlotinib.
        Anlotinib = "anlotinib",
        /// Nintedanib.
        Nintedanib = "nintedanib",
        /// Ponatinib.
        Ponatinib = "ponatinib",
        /// Gefitinib.
        Gefitinib = "gefitinib",
        /// Erlotinib.
        Erlotinib = "erlotinib",
        /// Icotinib.
        Icotinib = "icotinib",
        /// Afatinib.
        Afatinib = "afatinib",
        /// Dacomitinib.
        Dacomitinib = "dacomitinib",
        /// Osimertinib.
        Osimertinib = "osimertinib",
        /// Almonertinib (aumolertinib).
        Almonertinib = "almonertinib",
        /// Furmonertinib (firmonertinib).
        Furmonertinib = "furmonertinib",
        /// Cetuximab.
        Cetuximab = "cetuximab",
        /// Panitumumab.
        Panitumumab = "panitumumab",
        /// Necitumumab.
        Necitumumab = "necitumumab",
        /// Amivantamab.
        Amivantamab = "amivantamab",
        /// Everolimus.
        Everolimus = "everolimus",
        /// Temsirolimus.
        Temsirolimus = "temsirolimus",
        /// Ibrutinib, acalabrutinib, zanubrutinib.
        BtkInhibitor = "btk-inhibitor",
        /// Another oral inhibitor of EGFR: lazertinib, mobocertinib, befotertinib, sunvozertinib.
        EgfrInhibitor = "egfr-inhibitor",
        /// Another antibody against EGFR: nimotuzumab.
        EgfrAntibody = "egfr-antibody",
        /// Another oral inhibitor of the VEGF receptor: surufatinib, donafenib, chiauranib.
        VegfrInhibitor = "vegfr-inhibitor",
        /// Inhibitors of BRAF or MEK.
        BrafMekInhibitor = "braf-mek-inhibitor",
        /// Another drug with a molecular target: imatinib, larotrectinib, recombinant human endostatin.
        OtherTargeted = "other-targeted",
        /// Inhibitors of ALK or ROS1.
        AlkRos1Inhibitor = "alk-ros1-inhibitor",
        /// Inhibitors of RET.
        RetInhibitor = "ret-inhibitor",
        /// Inhibitors of MET alone.
        MetInhibitor = "met-inhibitor",
        /// Inhibitors of KRAS.
        KrasInhibitor = "kras-inhibitor",
        /// Inhibitors of CDK4/6.
        Cdk46Inhibitor = "cdk4-6-inhibitor",
        /// Inhibitors of PARP.
        ParpInhibitor = "parp-inhibitor",
        /// Agents against HER2.
        Her2Agent = "her2-agent",
        /// Immune checkpoint inhibitors.
        CheckpointInhibitor = "checkpoint-inhibitor",
        /// Denosumab.
        Denosumab = "denosumab",
        /// Zoledronic acid.
        ZoledronicAcid = "zoledronic-acid",
        /// Another bisphosphonate.
        Bisphosphonate = "bisphosphonate",
        /// Inhibitors of platelets.
        Antiplatelet = "antiplatelet",
        /// Non-steroidal anti-inflammatory drugs.
        Nsaid = "nsaid",
        /// Anticoagulants.
        Anticoagulant = "anticoagulant",
        /// Systemic glucocorticoids.
        Glucocorticoid = "glucocorticoid",
        /// Cytotoxic chemotherapy.
        CytotoxicChemotherapy = "cytotoxic-chemotherapy",
    }
}

domain! {
    /// What a record says of a drug.
    DrugUse, "drug-use" {
        /// Given; the evidence's date is when. Whether that was the last time, other records may leave open.
        Given = "given",
        /// Taken for the last time on the evidence's date, as somebody says; a date to come is until when it will be taken.
        LastTaken = "last-taken",
        /// Ordered, or listed as being taken, without the last dose; the evidence's date is since when.
        Prescribed = "prescribed",
        /// Stopped, without the last dose; the evidence's date is since when it had been prescribed, where known.
        Stopped = "stopped",
        /// Explicitly not taken.
        NotTaken = "not-taken",
    }
}

domain! {
    /// A procedure that the guidance tells apart.
    Procedure, "procedure" {
        /// An operation on the spine, not said which.
        SpinalSurgery = "spinal-surgery",
        /// Separation surgery.
        SeparationSurgery = "separation-surgery",
        /// Total en bloc spondylectomy.
        EnBlocSpondylectomy = "en-bloc-spondylectomy",
        /// Decompression or laminectomy.
        Decompression = "decompression",
        /// Fixation with instruments.
        Fixation = "fixation",
        /// Vertebroplasty or kyphoplasty.
        VertebralAugmentation = "vertebral-augmentation",
        /// Radiofrequency ablation.
        RadiofrequencyAblation = "radiofrequency-ablation",
        /// Microwave ablation.
        MicrowaveAblation = "microwave-ablation",
        /// Embolisation of a spinal tumour.
        Embolisation = "embolisation",
        /// Biopsy of a spinal lesion.
        Biopsy = "biopsy",
        /// Radiotherapy, not said to be stereotactic.
        Radiotherapy = "radiotherapy",
        /// Stereotactic radiotherapy or radiosurgery (SSRS).
        StereotacticRadiotherapy = "stereotactic-radiotherapy",
        /// Magnetic resonance imaging of the spine.
        SpinalMri = "spinal-mri",
        /// Computed tomography of the spine.
        SpinalCt = "spinal-ct",
    }
}

impl Procedure {
    /// An open operation on the spine: what a planned incision is.
    pub const fn is_open_surgery(self) -> bool {
        matches!(
            self,
            Self::SpinalSurgery
                | Self::SeparationSurgery
                | Self::EnBlocSpondylectomy
                | Self::Decompression
                | Self::Fixation
        )
    }

    /// Imaging of the spine.
    pub const fn is_imaging(self) -> bool {
        matches!(self, Self::SpinalMri | Self::SpinalCt)
    }

    /// Radiotherapy of any kind.
    pub const fn is_radiotherapy(self) -> bool {
        matches!(self, Self::Radiotherapy | Self::StereotacticRadiotherapy)
    }
}

domain! {
    /// How far a procedure is.
    ProcedureState, "procedure-state" {
        /// Ordered or booked; the evidence's date is when it shall begin.
        Planned = "planned",
        /// Begun and not finished; the evidence's date is when it began.
        Ongoing = "ongoing",
        /// Done; the evidence's date is when it ended, for radiotherapy the last fraction.
        Done = "done",
    }
}

domain! {
    /// Something that happened and may make older findings worthless (specification F.2).
    Event, "event" {
        /// Admission to hospital.
        Hospitalisation = "hospitalisation",
        /// A fall.
        Fall = "fall",
        /// A fracture of the spine.
        Fracture = "fracture",
    }
}
