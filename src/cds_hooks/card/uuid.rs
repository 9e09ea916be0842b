//! Names of cards.

use sha2::{Digest, Sha256};

/// A UUID made from parts: the same parts give the same one. Of the form of RFC 4122, version 5, though digested by
/// SHA-256, because clients check for the versions that they know.
pub(super) fn of(parts: &[&str]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let mut uuid = String::new();
    for (position, byte) in digest.finalize().into_iter().take(16).enumerate() {
        let byte = match position {
            6 => byte & 0x0f | 0x50,
            8 => byte & 0x3f | 0x80,
            _ => byte,
        };
        if matches!(position, 4 | 6 | 8 | 10) {
            uuid.push('-');
        }
        uuid.extend([byte >> 4, byte & 0x0f].map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')));
    }
    uuid
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn the_same_parts_give_the_same_uuid_and_no_others_do() {
        let uuid = of(&["ab", "c"]);
        assert_eq!(uuid, of(&["ab", "c"]));
        assert_ne!(uuid, of(&["a", "bc"]));
        assert_ne!(uuid, of(&["abc"]));
        let groups: Vec<&str> = uuid.split('-').collect();
        assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(groups[2].starts_with('5') && groups[3].starts_with(['8', '9', 'a', 'b']), "{uuid}");
    }
}
