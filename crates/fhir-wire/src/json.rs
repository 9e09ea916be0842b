//! Writing bits of JSON by hand, around bodies that are written already.

/// A JSON object under construction at the end of a body.
pub(crate) struct Object<'body> {
    body: &'body mut Vec<u8>,
    is_empty: bool,
}

impl<'body> Object<'body> {
    /// Opens an object.
    pub(crate) fn open(body: &'body mut Vec<u8>) -> Self {
        body.push(b'{');
        Self { body, is_empty: true }
    }

    /// Writes a name and leaves the value to the caller.
    pub(crate) fn name(&mut self, name: &str) -> &mut Vec<u8> {
        if !std::mem::replace(&mut self.is_empty, false) {
            self.body.push(b',');
        }
        string(self.body, name);
        self.body.push(b':');
        self.body
    }

    /// Writes a name and a string.
    pub(crate) fn text(&mut self, name: &str, value: &str) {
        string(self.name(name), value);
    }

    /// Writes a name and a list, whose items the caller writes; nothing for an empty list.
    pub(crate) fn list<Item>(
        &mut self,
        name: &str,
        items: &[Item],
        mut write: impl FnMut(&mut Vec<u8>, &Item),
    ) {
        if items.is_empty() {
            return;
        }
        let body = self.name(name);
        let mut before = b'[';
        for item in items {
            body.push(before);
            write(body, item);
            before = b',';
        }
        body.push(b']');
    }

    /// Closes the object.
    pub(crate) fn close(self) {
        self.body.push(b'}');
    }
}

/// Writes a string with its quotes and escapes.
pub(crate) fn string(body: &mut Vec<u8>, value: &str) {
    let start = body.len();
    if serde_json::to_writer(&mut *body, value).is_err() {
        // A string into memory cannot fail; should it ever, the body stays JSON.
        body.truncate(start);
        body.extend_from_slice(b"\"\"");
    }
}
