//! The languages in which the service speaks to people.

use std::str::FromStr;

/// A language of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language, the default first.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The BCP 47 tag, as in `RiskAssessment.language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The best match for an `Accept-Language` header; `None` where it names none of ours.
    ///
    /// Quality values decide, then the order in the header. Regions and scripts are ignored (`zh-CN` is Chinese).
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for part in header.split(',') {
            let mut fields = part.split(';').map(str::trim);
            let Some(language) = fields.next().and_then(|tag| tag.parse::<Self>().ok()) else { continue };
            let quality = fields
                .find_map(|field| field.strip_prefix("q="))
                .map_or(Some(1.0), |value| value.parse::<f32>().ok())
                .unwrap_or(0.0);
            if quality > 0.0 && best.is_none_or(|(found, _)| quality > found) {
                best = Some((quality, language));
            }
        }
        best.map(|(_, language)| language)
    }
}

/// A language tag that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a language of the service: use en or zh")]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let primary = tag.split('-').next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
            .ok_or(UnknownLanguage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_takes_the_preferred_language_that_we_speak() {
        let cases = [
            ("zh-CN,zh;q=0.9,en;q=0.8", Some(Language::Chinese)),
            ("en-GB", Some(Language::English)),
            ("de, en;q=0.5, zh;q=0.7", Some(Language::Chinese)),
            ("zh;q=0, en", Some(Language::English)),
            ("de", None),
            ("", None),
            (";;,q=1", None),
        ];
        for (header, expected) in cases {
            assert_eq!(Language::from_accept_language(header), expected, "{header}");
        }
    }
}
