//! Measurements: a decimal number with its unit becomes an amount in the analyte's own unit, in whole thousandths.

use spinemet_engine::clinical::{Amount, Analyte, Measured, Statement, scaled_decimal};

use super::decision::NearMiss;
use super::file::ConversionEntry;
use super::input::Reading;

/// How some units become the analyte's own.
#[derive(Debug)]
pub(super) struct Conversion {
    units: Vec<String>,
    factor: Decimal,
}

/// A decimal number, exact: so many millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    millionths: i128,
}

impl Conversion {
    pub(super) fn compile(entry: &ConversionEntry) -> Result<Self, String> {
        let factor =
            Decimal::parse(&entry.factor).filter(|factor| factor.millionths > 0).ok_or_else(|| {
                format!("\"{}\" is no positive decimal with at most six decimals", entry.factor)
            })?;
        Ok(Self { units: entry.unit.iter().map(|unit| spelled(unit)).collect(), factor })
    }
}

/// Reads a number in one of the units known; anything else is a near miss, and never a guess.
pub(super) fn read(
    conversions: &[Conversion],
    analyte: Analyte,
    number: &str,
    comparator: Option<&str>,
    units: [&str; 2],
) -> Result<Reading, NearMiss> {
    let knows = |unit: &str| {
        let unit = spelled(unit);
        conversions.iter().find(|conversion| conversion.units.contains(&unit))
    };
    // The unit's code decides; its words only where there is no code that is known.
    let conversion = units.into_iter().find_map(knows).ok_or(NearMiss::Unit)?;
    let number = Decimal::parse(number).ok_or(NearMiss::OutOfRange)?;
    let amount = number.times(conversion.factor).ok_or(NearMiss::OutOfRange)?;
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

/// A unit in the form in which units are compared: the two signs for micro are one, and blanks do not matter.
fn spelled(unit: &str) -> String {
    unit.chars()
        .filter(|character| !character.is_whitespace())
        .map(|character| if matches!(character, '\u{b5}' | '\u{3bc}') { 'u' } else { character })
        .collect::<String>()
        .to_lowercase()
}

impl Decimal {
    /// Reads a plain decimal with at most six decimals; an exponent is no number that a laboratory reports.
    fn parse(text: &str) -> Option<Self> {
        Some(Self { millionths: scaled_decimal(text, 12, 6)?.into() })
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
        ];
        for (number, factor, thousandths) in cases {
            let product = Decimal::parse(number).unwrap().times(Decimal::parse(factor).unwrap());
            assert_eq!(product, Some(Amount::from_thousandths(thousandths)), "{number} x {factor}");
        }
        for wrong in ["", "1e3", "1,5", ".", "--1", "1.2345678"] {
            assert_eq!(Decimal::parse(wrong), None, "{wrong}");
        }
    }
}
