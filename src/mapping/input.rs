//! The inputs of the engine, by the names that mapping files use, and how their values become statements.

use spinemet_engine::clinical::{
    Analyte, Answer, BoneExtent, Count, Domain, Driver, Drug, DrugUse, Event, Place, PrimarySite, Procedure,
    ProcedureState, Question, QuestionScope, Statement, ValueSet, Vertebra, WbbSectors,
};

use super::site::Site;

/// An input that a rule can feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Karnofsky performance status.
    Karnofsky,
    /// ECOG performance status.
    Ecog,
    /// Primary tumour.
    Primary,
    /// A tumour that arose in the spine itself.
    PrimarySpinalTumour,
    /// A metastasis at a site.
    Metastasis,
    /// Number of vertebrae with metastasis.
    VertebralCount,
    /// Number of bone foci outside the spine.
    ExtraspinalCount,
    /// Solitary or multiple bone foci.
    BoneExtent,
    /// Visceral metastases as a whole.
    Visceral,
    /// Frankel grade.
    Frankel,
    /// ASIA Impairment Scale.
    Asia,
    /// Epidural spinal cord compression.
    Escc,
    /// SINS pain.
    SinsPain,
    /// SINS bone lesion.
    SinsLesion,
    /// SINS alignment.
    SinsAlignment,
    /// SINS collapse.
    SinsCollapse,
    /// SINS posterolateral involvement.
    SinsPosterolateral,
    /// A SINS total as sent, which is compared with the items and never replaces them.
    SinsTotal,
    /// Tomita's surgical type.
    TomitaType,
    /// The WBB sectors involved.
    WbbSectors,
    /// Receptors of a breast cancer.
    BreastReceptors,
    /// A driver variant.
    Driver,
    /// Whether a variant was found, of the gene that another component names.
    Variant,
    /// The gene of a variant.
    Gene,
    /// The name of one variant: its absence leaves the others of the gene open.
    VariantName,
    /// Histology, which makes a primary tumour more exact than its site does.
    Histology,
    /// How visceral metastases are spread.
    VisceralPattern,
    /// The answer to a question.
    Question(Question),
    /// A measurement.
    Laboratory(Analyte),
    /// A drug; what is said of it depends on the resource that names it.
    Drug,
    /// A procedure; how far it is depends on the resource that names it.
    Procedure,
    /// Something that happened.
    Event,
    /// The level of the other components.
    Level,
    /// Known and deliberately not used.
    Ignored,
}

/// What a value of an input means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// A statement; where it is about a level, the level is still to be set.
    Statement(Statement),
    /// A metastasis at this site, unless a body site says it more exactly.
    Metastasis(Site),
    /// A metastasis wherever the body site says.
    MetastasisAtBodySite,
    /// A primary tumour of wherever the body site says.
    PrimaryAtBodySite,
    /// A benign tumour that arose in the spine itself.
    BenignSpinalTumour,
    /// A level.
    Level(Vertebra),
    /// Whether a variant was found.
    Variant(Answer),
    /// A gene: one that the guidance knows as a driver, or another.
    Gene(Option<Driver>),
    /// What histology says of the primary tumour.
    Histology(Histology),
    /// A SINS total.
    SinsTotal(u8),
    /// Nothing to be used.
    Ignored,
}

/// SINS adds up to this at most.
const HIGHEST_SINS_TOTAL: u8 = 18;

/// What the morphology of a tumour says of its primary group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Histology {
    /// This group, wherever the tumour arose.
    Always(PrimarySite),
    /// A tumour of the first group is of the second.
    Within(PrimarySite, PrimarySite),
    /// What the site says.
    AsSite,
    /// It is that of a metastasis.
    Metastatic,
}

impl Histology {
    /// `carcinoid`, `lung: lung-small-cell`, `as-site` or `metastatic`.
    fn from_key(key: &str) -> Option<Self> {
        match key.split_once(':') {
            Some((site, group)) => {
                Some(Self::Within(PrimarySite::from_key(site.trim())?, PrimarySite::from_key(group.trim())?))
            }
            None if key == "as-site" => Some(Self::AsSite),
            None if key == "metastatic" => Some(Self::Metastatic),
            None => PrimarySite::from_key(key).map(Self::Always),
        }
    }
}

impl Input {
    const NAMES: [(&'static str, Self); 32] = [
        ("karnofsky", Self::Karnofsky),
        ("ecog", Self::Ecog),
        ("primary", Self::Primary),
        ("primary-spinal-tumour", Self::PrimarySpinalTumour),
        ("metastasis", Self::Metastasis),
        ("vertebral-count", Self::VertebralCount),
        ("extraspinal-count", Self::ExtraspinalCount),
        ("bone-extent", Self::BoneExtent),
        ("visceral", Self::Visceral),
        ("frankel", Self::Frankel),
        ("asia", Self::Asia),
        ("escc", Self::Escc),
        ("sins-pain", Self::SinsPain),
        ("sins-lesion", Self::SinsLesion),
        ("sins-alignment", Self::SinsAlignment),
        ("sins-collapse", Self::SinsCollapse),
        ("sins-posterolateral", Self::SinsPosterolateral),
        ("sins-total", Self::SinsTotal),
        ("tomita-type", Self::TomitaType),
        ("wbb-sectors", Self::WbbSectors),
        ("breast-receptors", Self::BreastReceptors),
        ("driver", Self::Driver),
        ("variant", Self::Variant),
        ("gene", Self::Gene),
        ("variant-name", Self::VariantName),
        ("histology", Self::Histology),
        ("visceral-pattern", Self::VisceralPattern),
        ("drug", Self::Drug),
        ("procedure", Self::Procedure),
        ("event", Self::Event),
        ("level", Self::Level),
        ("ignored", Self::Ignored),
    ];

    /// The input with this name.
    pub fn from_key(key: &str) -> Option<Self> {
        let named = Self::NAMES.iter().find(|(name, _)| *name == key).map(|(_, input)| *input);
        named
            .or_else(|| Question::from_key(key).map(Self::Question))
            .or_else(|| Analyte::from_key(key).map(Self::Laboratory))
    }

    /// The names of all inputs, for error messages.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        let questions = Question::ALL.iter().map(|question| question.key());
        let analytes = Analyte::ALL.iter().map(|analyte| analyte.key());
        Self::NAMES.iter().map(|(name, _)| *name).chain(questions).chain(analytes)
    }

    /// Whether an answer to it is a fact by itself, and not only together with others.
    pub(super) const fn is_asked(self) -> bool {
        !matches!(
            self,
            Self::Ignored | Self::Level | Self::Gene | Self::VariantName | Self::Histology | Self::SinsTotal
        )
    }

    /// The values that words may name directly, such as `80` or `1b`.
    pub(super) fn value_keys(self) -> Vec<&'static str> {
        fn keys<T: Domain>() -> Vec<&'static str> {
            T::ALL.iter().map(|value| value.key()).collect()
        }
        use spinemet_engine::clinical as c;
        match self {
            Self::Karnofsky => keys::<c::Karnofsky>(),
            Self::Ecog => keys::<c::Ecog>(),
            Self::Frankel | Self::Asia => keys::<c::Frankel>(),
            Self::Escc => keys::<c::Escc>(),
            Self::Level => keys::<Vertebra>(),
            Self::TomitaType => keys::<c::TomitaType>(),
            Self::Question(_) => keys::<Answer>(),
            // The other inputs' keys are names of ours that nobody writes into a record; their words are in the files.
            _ => Vec::new(),
        }
    }

    /// The names of its values in mapping files, for error messages; none where they are numbers or put together.
    pub(super) fn value_names(self) -> Vec<&'static str> {
        fn keys<T: Domain>() -> Vec<&'static str> {
            T::ALL.iter().map(|value| value.key()).collect()
        }
        use spinemet_engine::clinical as c;
        let more = |mut names: Vec<&'static str>| {
            names.push("from-body-site");
            names
        };
        match self {
            Self::Primary => more(keys::<PrimarySite>()),
            Self::Metastasis => more(Site::names()),
            Self::PrimarySpinalTumour => vec!["yes", "benign"],
            Self::Ignored => vec!["yes"],
            Self::BoneExtent => keys::<BoneExtent>(),
            Self::Visceral => keys::<c::VisceralState>(),
            Self::SinsPain => keys::<c::Pain>(),
            Self::SinsLesion => keys::<c::Lesion>(),
            Self::SinsAlignment => keys::<c::Alignment>(),
            Self::SinsCollapse => keys::<c::Collapse>(),
            Self::SinsPosterolateral => keys::<c::Posterolateral>(),
            Self::BreastReceptors => keys::<c::BreastReceptors>(),
            Self::Gene => keys::<Driver>(),
            Self::VisceralPattern => keys::<c::VisceralPattern>(),
            Self::Variant => keys::<Answer>(),
            Self::Drug => keys::<Drug>(),
            Self::Procedure => keys::<Procedure>(),
            Self::Event => keys::<Event>(),
            named => named.value_keys(),
        }
    }

    /// What a value means, by its name in a mapping file or by a number sent; `None` where the input has no such value.
    pub(super) fn read(self, value: &str) -> Option<Reading> {
        use Statement as S;
        let here = Place::Unstated;
        let statement = match self {
            Self::Karnofsky => S::Karnofsky(values(value)?),
            Self::Ecog => S::Ecog(values(value)?),
            Self::Primary if value == "from-body-site" => return Some(Reading::PrimaryAtBodySite),
            Self::Primary => S::Primary(PrimarySite::from_key(value)?),
            Self::PrimarySpinalTumour if value == "benign" => return Some(Reading::BenignSpinalTumour),
            Self::PrimarySpinalTumour => (value == "yes").then_some(S::PrimarySpinalTumour)?,
            Self::Metastasis if value == "from-body-site" => return Some(Reading::MetastasisAtBodySite),
            Self::Metastasis => return Site::from_key(value).map(Reading::Metastasis),
            Self::VertebralCount => S::VertebralCount(Count::Exactly(value.parse().ok()?)),
            Self::ExtraspinalCount => S::ExtraspinalCount(Count::Exactly(value.parse().ok()?)),
            Self::BoneExtent => S::BoneExtent(BoneExtent::from_key(value)?),
            Self::Visceral => S::VisceralStatus(values(value)?),
            Self::Frankel => S::Frankel(values(value)?),
            Self::Asia => S::AsiaImpairment(values(value)?),
            Self::Escc => S::Escc(here, values(value)?),
            Self::SinsPain => S::Pain(here, values(value)?),
            Self::SinsLesion => S::Lesion(here, values(value)?),
            Self::SinsAlignment => S::Alignment(here, values(value)?),
            Self::SinsCollapse => S::Collapse(here, values(value)?),
            Self::SinsPosterolateral => S::Posterolateral(here, values(value)?),
            Self::TomitaType => S::TomitaType(here, values(value)?),
            Self::WbbSectors => S::WbbSectors(here, sectors(value)?),
            Self::BreastReceptors => S::BreastReceptors(values(value)?),
            Self::Driver => {
                let (driver, answer) = value.split_once('=')?;
                S::Driver(Driver::from_key(driver)?, Answer::from_key(answer)?)
            }
            Self::Variant => return Answer::from_key(value).map(Reading::Variant),
            Self::Gene if value == "other" => return Some(Reading::Gene(None)),
            Self::Gene => return Driver::from_key(value).map(|driver| Reading::Gene(Some(driver))),
            Self::Histology => return Histology::from_key(value).map(Reading::Histology),
            Self::SinsTotal => {
                let total = value.parse().ok().filter(|total| *total <= HIGHEST_SINS_TOTAL);
                return total.map(Reading::SinsTotal);
            }
            Self::VisceralPattern => S::VisceralPattern(values(value)?),
            Self::Question(question) => S::Answered(question, here, Answer::from_key(value)?),
            // A measurement is a number with a unit: see `Rule::read_quantity`.
            Self::Laboratory(_) | Self::VariantName => return None,
            // What is said of them, the resource tells that names them.
            Self::Drug => S::Drug(Drug::from_key(value)?, DrugUse::Prescribed),
            Self::Procedure => S::Procedure(Procedure::from_key(value)?, ProcedureState::Planned, here),
            Self::Event => S::Event(Event::from_key(value)?),
            Self::Level => return Vertebra::from_key(value).map(Reading::Level),
            Self::Ignored => return (value == "yes").then_some(Reading::Ignored),
        };
        Some(Reading::Statement(statement))
    }

    /// What "so many or more" means; `None` where the input is no count.
    pub(super) fn read_at_least(self, count: u32) -> Option<Reading> {
        match self {
            Self::VertebralCount => Some(Statement::VertebralCount(Count::AtLeast(count))),
            Self::ExtraspinalCount => Some(Statement::ExtraspinalCount(Count::AtLeast(count))),
            _ => None,
        }
        .map(Reading::Statement)
    }

    /// What "from one value to another" means, where the values have an order.
    pub(super) fn read_range(self, from: &str, to: &str) -> Option<Reading> {
        let keys = self.value_keys();
        let position = |value: &str| keys.iter().position(|key| key.eq_ignore_ascii_case(value));
        let (from, to) = (position(from)?, position(to)?);
        let between = keys.get(from.min(to)..=from.max(to))?;
        matches!(self, Self::Karnofsky | Self::Ecog | Self::Frankel | Self::Asia | Self::Escc)
            .then(|| self.read(&between.join("|")))
            .flatten()
    }
}

/// Values separated by `|`.
fn values<T: Domain>(text: &str) -> Option<ValueSet<T>> {
    text.split('|').map(T::from_key).collect()
}

/// Sectors as `4-8` or `4,5,6`.
fn sectors(text: &str) -> Option<WbbSectors> {
    let sector = |text: &str| text.trim().parse::<u8>().ok();
    let runs: Option<Vec<Vec<u8>>> = text
        .split(',')
        .map(|run| match run.split_once('-') {
            Some((from, to)) => Some((sector(from)?..=sector(to)?).collect()),
            None => sector(run).map(|sector| vec![sector]),
        })
        .collect();
    WbbSectors::new(runs?.into_iter().flatten())
}

/// Whether two readings may both be true: they are the same, or leave a value in common.
pub(super) fn agree(one: &Reading, other: &Reading) -> bool {
    use Statement as S;
    fn meet<T: Domain>(one: ValueSet<T>, other: ValueSet<T>) -> bool {
        !one.intersection(other).is_empty()
    }
    let (Reading::Statement(said), Reading::Statement(also)) = (one, other) else { return one == other };
    match (said, also) {
        (S::Karnofsky(one), S::Karnofsky(other)) => meet(*one, *other),
        (S::Ecog(one), S::Ecog(other)) => meet(*one, *other),
        (S::VisceralStatus(one), S::VisceralStatus(other)) => meet(*one, *other),
        (S::Frankel(one), S::Frankel(other)) | (S::AsiaImpairment(one), S::AsiaImpairment(other)) => {
            meet(*one, *other)
        }
        (S::Escc(_, one), S::Escc(_, other)) => meet(*one, *other),
        (S::Pain(_, one), S::Pain(_, other)) => meet(*one, *other),
        (S::Lesion(_, one), S::Lesion(_, other)) => meet(*one, *other),
        (S::Alignment(_, one), S::Alignment(_, other)) => meet(*one, *other),
        (S::Collapse(_, one), S::Collapse(_, other)) => meet(*one, *other),
        (S::Posterolateral(_, one), S::Posterolateral(_, other)) => meet(*one, *other),
        (S::TomitaType(_, one), S::TomitaType(_, other)) => meet(*one, *other),
        (S::BreastReceptors(one), S::BreastReceptors(other)) => meet(*one, *other),
        (S::VisceralPattern(one), S::VisceralPattern(other)) => meet(*one, *other),
        (one, other) => one == other,
    }
}

/// Sets the level of a statement that is about one.
pub(super) fn at(statement: Statement, place: Place) -> Statement {
    match statement {
        Statement::Escc(_, values) => Statement::Escc(place, values),
        Statement::Pain(_, values) => Statement::Pain(place, values),
        Statement::Lesion(_, values) => Statement::Lesion(place, values),
        Statement::Alignment(_, values) => Statement::Alignment(place, values),
        Statement::Collapse(_, values) => Statement::Collapse(place, values),
        Statement::Posterolateral(_, values) => Statement::Posterolateral(place, values),
        Statement::TomitaType(_, values) => Statement::TomitaType(place, values),
        Statement::WbbSectors(_, sectors) => Statement::WbbSectors(place, sectors),
        Statement::Answered(question, _, answer) => Statement::Answered(question, place, answer),
        other => other,
    }
}

/// Whether a statement is about a level.
pub(super) const fn is_about_level(statement: &Statement) -> bool {
    matches!(
        statement,
        Statement::Escc(..)
            | Statement::Pain(..)
            | Statement::Lesion(..)
            | Statement::Alignment(..)
            | Statement::Collapse(..)
            | Statement::Posterolateral(..)
            | Statement::TomitaType(..)
            | Statement::WbbSectors(..)
    ) || matches!(statement, Statement::Answered(question, ..) if matches!(question.scope(), QuestionScope::Level))
}
