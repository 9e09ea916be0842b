//! What is refused before anything is read.

/// How deeply a value may be nested. FHIR's own content stays below twenty; the limit leaves room for extensions.
pub const MAXIMUM_DEPTH: usize = 64;

/// Whether arrays and objects are nested more deeply than [`MAXIMUM_DEPTH`]. One pass, no recursion, no allocation;
/// for text that is not JSON the answer means nothing.
pub fn is_too_deep(body: &[u8]) -> bool {
    let body = body.trim_ascii_start();
    // Every level takes two brackets, and most values have not even as many. Counting is far cheaper than following them.
    let has_room = body.len() > 2 * MAXIMUM_DEPTH && matches!(body.first(), Some(b'{' | b'['));
    has_room && memchr::memchr2_iter(b'{', b'[', body).nth(MAXIMUM_DEPTH).is_some() && exceeds_maximum(body)
}

fn exceeds_maximum(body: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut rest = body;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'{' | b'[' => {
                depth += 1;
                if depth > MAXIMUM_DEPTH {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => rest = after_string(rest),
            _ => {}
        }
    }
    false
}

/// What follows the string whose opening quote was just read.
fn after_string(mut rest: &[u8]) -> &[u8] {
    while let Some(position) = memchr::memchr2(b'"', b'\\', rest) {
        let is_quote = rest.get(position) == Some(&b'"');
        rest = rest.get(position + if is_quote { 1 } else { 2 }..).unwrap_or_default();
        if is_quote {
            return rest;
        }
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_brackets_outside_strings() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(!is_too_deep(nested(MAXIMUM_DEPTH).as_bytes()));
        assert!(is_too_deep(nested(MAXIMUM_DEPTH + 1).as_bytes()));
        assert!(is_too_deep("[".repeat(100_000).as_bytes()));
        assert!(is_too_deep(format!(" \r\n{}", "[".repeat(100_000)).as_bytes()));
        assert!(!is_too_deep(format!("\"{}\"", "[".repeat(1000)).as_bytes()));
        assert!(!is_too_deep(format!("\"\\\"{}\"", "[".repeat(1000)).as_bytes()));
        assert!(!is_too_deep(format!("[{}]", "[],".repeat(1000)).as_bytes()));
    }
}
