//! Body sites, as far as the scores tell them apart.

use spinemet_engine::clinical::{BoneSite, Domain, Organ, Place, PrimarySite, Statement, Vertebra};

use crate::fhir::{CodeableConcept, Kind, Resource};

/// Where something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    /// A vertebra.
    Vertebra(Vertebra),
    /// The spine, not said where in it.
    Spine,
    /// A region of the spine, such as the lumbar spine.
    SpineRegion,
    /// A bone, not said which.
    Bone,
    /// A bone outside the spine.
    ExtraspinalBone(BoneSite),
    /// A vital organ.
    Organ(Organ),
    /// Elsewhere: lymph nodes, skin, soft tissue.
    Elsewhere,
}

/// A body site with the primary tumour group of a tumour that arose there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BodySite {
    pub site: Site,
    pub primary: Option<PrimarySite>,
}

/// A body site as sent, and the element in which it stands.
#[derive(Debug)]
pub(super) struct SentSite<'a> {
    pub element: String,
    pub concept: CodeableConcept<'a>,
}

impl<'a> SentSite<'a> {
    /// The body sites of a resource. Of several each has its number, so that one that is not read can be found.
    pub fn of(resource: &Resource<'_>, sites: Vec<CodeableConcept<'a>>) -> Vec<Self> {
        let is_list = resource.object.get("bodySite").is_some_and(|sent| sent.kind() == Kind::Array);
        let is_one = sites.len() < 2 || !is_list;
        let element = format!("{}.bodySite", resource.kind);
        let sent = sites.into_iter().enumerate().map(|(number, concept)| {
            let element = if is_one { element.clone() } else { format!("{element}[{number}]") };
            Self { element, concept }
        });
        sent.collect()
    }
}

impl Site {
    /// The site with this name in a mapping file.
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "spine" => Some(Self::Spine),
            "spine-region" => Some(Self::SpineRegion),
            "bone" => Some(Self::Bone),
            "other-bone" => Some(Self::ExtraspinalBone(BoneSite::Other)),
            "other-organ" => Some(Self::Organ(Organ::Other)),
            "elsewhere" => Some(Self::Elsewhere),
            _ => Vertebra::from_key(key)
                .map(Self::Vertebra)
                .or_else(|| BoneSite::from_key(key).map(Self::ExtraspinalBone))
                .or_else(|| Organ::from_key(key).map(Self::Organ)),
        }
    }

    /// The names of all sites, for error messages.
    pub fn names() -> Vec<&'static str> {
        let own = ["spine", "spine-region", "bone", "other-bone", "other-organ", "elsewhere"];
        let vertebrae = Vertebra::ALL.iter().map(|vertebra| vertebra.key());
        let bones = BoneSite::ALL.iter().filter(|bone| **bone != BoneSite::Other).map(|bone| bone.key());
        let organs = Organ::ALL.iter().filter(|organ| **organ != Organ::Other).map(|organ| organ.key());
        own.into_iter().chain(vertebrae).chain(bones).chain(organs).collect()
    }

    /// What a metastasis here means; `None` where it enters no score.
    pub const fn metastasis(self) -> Option<Statement> {
        match self {
            Self::Vertebra(vertebra) => Some(Statement::SpinalMetastasis(Place::At(vertebra))),
            Self::Spine | Self::SpineRegion => Some(Statement::SpinalMetastasis(Place::Unstated)),
            Self::Bone => Some(Statement::BoneMetastasis),
            Self::ExtraspinalBone(bone) => Some(Statement::ExtraspinalBoneMetastasis(bone)),
            Self::Organ(organ) => Some(Statement::VisceralMetastasis(organ)),
            Self::Elsewhere => None,
        }
    }

    /// Whether the two cannot be the same place: a bone and an organ, two vertebrae. What is vague excludes nothing.
    pub fn excludes(self, other: Self) -> bool {
        use Site::{Bone, Elsewhere, ExtraspinalBone, Organ, Spine, SpineRegion, Vertebra};
        let vague = |organ| matches!(organ, spinemet_engine::clinical::Organ::Other);
        match (self, other) {
            (Elsewhere, _) | (_, Elsewhere) => false,
            (Organ(one), Organ(other)) => one != other && !vague(one) && !vague(other),
            (Organ(_), _) | (_, Organ(_)) => true,
            (Vertebra(one), Vertebra(other)) => one != other,
            // The sacrum belongs to both.
            (ExtraspinalBone(BoneSite::Pelvis | BoneSite::Other), _)
            | (_, ExtraspinalBone(BoneSite::Pelvis | BoneSite::Other)) => false,
            (ExtraspinalBone(one), ExtraspinalBone(other)) => one != other,
            (ExtraspinalBone(_), Vertebra(_) | Spine | SpineRegion)
            | (Vertebra(_) | Spine | SpineRegion, ExtraspinalBone(_)) => true,
            (Bone | Spine | SpineRegion | Vertebra(_), _) | (_, Bone) => false,
        }
    }

    /// Whether it leaves open that it is a vertebra, which a body site may then name.
    pub const fn may_be_a_vertebra(self) -> bool {
        matches!(self, Self::Bone | Self::Spine | Self::SpineRegion)
    }

    /// Whether a body site makes this site more exact: a vertebra within the spine, a rib within "bone".
    pub const fn is_refined_by(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Spine, Self::Vertebra(_) | Self::SpineRegion)
                | (Self::SpineRegion, Self::Vertebra(_))
                | (
                    Self::Bone,
                    Self::Vertebra(_) | Self::Spine | Self::SpineRegion | Self::ExtraspinalBone(_)
                )
        )
    }
}
