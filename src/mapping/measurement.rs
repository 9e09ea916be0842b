//! Measurements: a decimal number with its unit becomes an amount in the analyte's own unit, in whole thousandths.

use spinemet_engine::clinical::{Amount, Analyte, Measured, Statement, scaled_decimal};

use super::code_index::CodeIndex;
use super::concept_map::Translation;
use super::decision::NearMiss;
use super::file::{ConversionEntry, PlausibleEntry};
use super::input::Reading;
use super::set::Systems;
use super::source::Layer;
use super::words::half_width;
use crate::fhir::CodeableConcept;

/// How a measurement is read: its units, and how much is measured in persons.
#[derive(Debug, Default)]
pub(super) struct Scale {
    pub conversions: Vec<Conversion>,
    plausible: Option<(Amount, Amount)>,
}

impl Scale {
    pub fn compile(
        conversions: &[ConversionEntry],
        plausible: Option<&PlausibleEntry>,
        systems: &Systems,
    ) -> Result<Self, String> {
        let bound = |text: &String| {
            let amount =
                Decimal::parse(text).and_then(|bound| bound.times(Decimal { millionths: 1_000_000 }));
            amount.ok_or_else(|| format!("\"{text}\" is no decimal"))
        };
        let plausible = match plausible {
            Some(entry) => Some((bound(&entry.from)?, bound(&entry.to)?)),
            None => None,
        };
        let compile = |entry| Conversion::compile(entry, systems);
        Ok(Self { conversions: conversions.iter().map(compile).collect::<Result<_, _>>()?, plausible })
    }

    /// A number in one of the units known as an amount in the input's own.
    pub fn amount(
        &self,
        number: &str,
        units: [&str; 2],
        asked: &CodeableConcept<'_>,
    ) -> Result<Amount, NearMiss> {
        let conversion = conversion(&self.conversions, units, asked)?;
        let number = Decimal::parse(number).ok_or(NearMiss::OutOfRange)?;
        number.times(conversion.factor).ok_or(NearMiss::OutOfRange)
    }

    /// Reads a number in one of the units known; anything else is a near miss, and never a guess.
    pub fn read(
        &self,
        analyte: Analyte,
        number: &str,
        comparator: Option<&str>,
        units: [&str; 2],
        asked: &CodeableConcept<'_>,
    ) -> Result<Reading, NearMiss> {
        let amount = self.amount(number, units, asked)?;
        if self.plausible.is_some_and(|(least, most)| amount < least || amount > most) {
            return Err(NearMiss::Implausible);
        }
        let measured = match comparator {
            None => Measured::Exactly(amount),
            Some("<") => Measured::Below(amount),
            Some("<=") => Measured::AtMost(amount),
            Some(">") => Measured::Above(amount),
            Some(">=") => Measured::AtLeast(amount),
            Some(_) => return Err(NearMiss::Comparator),
        };
        Ok(Reading::Statement(Statement::Laboratory(analyte, measured)))
    }

    /// Reads a number and its unit in one text, as some laboratories send them: `128 g/L`, `<0.3 mg/dL ↓`.
    pub fn read_text(
        &self,
        analyte: Analyte,
        text: &str,
        asked: &CodeableConcept<'_>,
    ) -> Result<Reading, NearMiss> {
        let text: String = text.chars().map(half_width).collect();
        let text = text.trim().trim_end_matches(['↑', '↓']).trim_end();
        let signs = [("<=", "<="), (">=", ">="), ("≤", "<="), ("≥", ">="), ("<", "<"), (">", ">")];
        let compared =
            signs.iter().find_map(|(sign, comparator)| Some((*comparator, text.strip_prefix(sign)?)));
        let (comparator, text) = match compared {
            Some((comparator, rest)) => (Some(comparator), rest.trim_start()),
            None => (None, text),
        };
        let is_of_number = |character: char| character.is_ascii_digit() || matches!(character, '.' | '-');
        let end = text.find(|character| !is_of_number(character)).unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(end).ok_or(NearMiss::Illegible)?;
        if number.is_empty() {
            return Err(NearMiss::Illegible);
        }
        self.read(analyte, number, comparator, [unit.trim(); 2], asked)
    }
}

/// How some units become the analyte's own.
#[derive(Debug)]
pub(super) struct Conversion {
    units: Vec<String>,
    factor: Decimal,
    /// The codes that ask for these units, where others ask for another kind.
    asked_by: CodeIndex<()>,
}

/// A decimal number, exact: so many millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    millionths: i128,
}

impl Conversion {
    /// Makes codes of a site ask for the units that other codes ask for.
    pub(super) fn translate(&mut self, translations: &[Translation]) {
        self.asked_by.translate(translations);
    }

    pub(super) fn compile(entry: &ConversionEntry, systems: &Systems) -> Result<Self, String> {
        let factor =
            Decimal::parse(&entry.factor).filter(|factor| factor.millionths > 0).ok_or_else(|| {
                format!("\"{}\" is no positive decimal with at most six decimals", entry.factor)
            })?;
        let mut asked_by = CodeIndex::default();
        asked_by.insert_all(&entry.question, &[], systems, &(), Layer::Program)?;
        Ok(Self { units: entry.unit.iter().map(|unit| spelled(unit)).collect(), factor, asked_by })
    }
}

/// The conversion for a unit: its code decides, its words only where there is no code that is known. The code of the
/// question is the cross-check: one that asks for mass with a unit of substance shows that one of the two is wrong.
pub(super) fn conversion<'c>(
    conversions: &'c [Conversion],
    units: [&str; 2],
    asked: &CodeableConcept<'_>,
) -> Result<&'c Conversion, NearMiss> {
    let knows = |unit: &str| {
        let unit = spelled(unit);
        conversions.iter().find(|conversion| conversion.units.contains(&unit))
    };
    let [by_code, by_words] = units.map(knows);
    if let (Some(code), Some(words)) = (by_code, by_words)
        && code.factor != words.factor
    {
        return Err(NearMiss::UnitsDisagree);
    }
    let found = by_code.or(by_words).ok_or(NearMiss::Unit)?;
    let asks_for = |conversion: &Conversion| {
        asked.coding.iter().any(|coding| conversion.asked_by.get(&coding.system, &coding.code).is_some())
    };
    if !asks_for(found) && conversions.iter().any(asks_for) {
        return Err(NearMiss::UnitContradictsCode);
    }
    Ok(found)
}

/// A unit in the form in which units are compared: the two signs for micro are one, and blanks and width do not matter.
fn spelled(unit: &str) -> String {
    unit.chars()
        .map(half_width)
        .filter(|character| !character.is_whitespace())
        .map(|character| if matches!(character, '\u{b5}' | '\u{3bc}') { 'u' } else { character })
        .collect::<String>()
        .to_lowercase()
}

impl Decimal {
    /// Reads a plain decimal; an exponent is no number that a laboratory reports. Some senders write out what their computation
    /// left behind (19.395685819615817): decimals behind the sixth are cut off, far below what is kept in the end.
    fn parse(text: &str) -> Option<Self> {
        let end = text.find('.').map_or(text.len(), |point| text.len().min(point + 7));
        let (kept, cut) = text.split_at_checked(end)?;
        let is_cut_clean = cut.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self { millionths: scaled_decimal(kept, 12, 6).filter(|_| is_cut_clean)?.into() })
    }

    /// The product in thousandths, half rounded away from nought.
    fn times(self, factor: Self) -> Option<Amount> {
        let product = self.millionths.checked_mul(factor.millionths)?;
        let half = if product < 0 { -500_000_000 } else { 500_000_000 };
        i64::try_from((product + half) / 1_000_000_000).ok().map(Amount::from_thousandths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_rounded_to_the_thousandth() {
        let cases = [
            ("3.7", "1", 3_700),
            ("37", "0.1", 3_700),
            ("2.35", "4.008", 9_419),
            ("0.0005", "1", 1),
            ("-2.5", "1", -2_500),
            ("19.395685819615817", "1", 19_396),
        ];
        for (number, factor, thousandths) in cases {
            let product = Decimal::parse(number).unwrap().times(Decimal::parse(factor).unwrap());
            assert_eq!(product, Some(Amount::from_thousandths(thousandths)), "{number} x {factor}");
        }
        for wrong in ["", "1e3", "1,5", ".", "--1", "1.2345678e1", "1.2345678.9"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }
}
