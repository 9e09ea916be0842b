//! The vessels of the tumour, as far as treatment depends on them.

use super::truth::Truth;
use crate::clinical::PrimarySite;

/// Whether deposits of a primary are rich in vessels: kidney and thyroid by the consensus (CN-1.6-HYPER), liver by the
/// literature. Of all others imaging decides (CN-1.6-IMG), so that they stay unknown.
pub const fn hypervascular(site: PrimarySite) -> Truth {
    match site {
        PrimarySite::Kidney | PrimarySite::Thyroid | PrimarySite::Liver => Truth::True,
        _ => Truth::Unknown,
    }
}
