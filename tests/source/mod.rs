//! Rust source as text: files without comments and strings, and the paths into our own code that they name.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};

/// A source file without its comments and string literals, so that words in them are no references.
pub struct SourceFile {
    pub path: PathBuf,
    /// The module path below the crate root: `["fhir", "render", "score"]`; empty for the roots.
    pub module: Vec<String>,
    pub text: String,
    /// As long in lines as `text`.
    pub code: String,
}

impl SourceFile {
    pub fn shown(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string()
    }

    pub fn lines_with(&self, is_wrong: impl Fn(&str) -> bool) -> Vec<usize> {
        let numbered = self.code.lines().enumerate();
        numbered.filter(|(_, code)| is_wrong(code)).map(|(index, _)| index + 1).collect()
    }

    /// Every path into the root package or one of our crates, from its first segment, with its line.
    pub fn references(&self) -> Vec<(usize, Vec<String>)> {
        let mut found = Vec::new();
        for (start, prefix) in starts(&self.code, &self.module) {
            let line = self.code[..start].matches('\n').count() + 1;
            let mut paths = Vec::new();
            let after = &self.code[start..];
            tree(after, &prefix, &mut paths);
            found.extend(paths.into_iter().map(|path| (line, path)));
        }
        found
    }
}

/// Where paths into our own code begin (just behind the `::`), with what they begin at.
fn starts(code: &str, module: &[String]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let roots: [(&str, &[&str]); 4] = [
        ("crate::", &[]),
        ("spinemet::", &[]),
        ("spinemet_engine::", &["engine"]),
        ("fhir_wire::", &["fhir_wire"]),
    ];
    for (word, prefix) in roots {
        for (at, _) in code.match_indices(word).filter(|(at, _)| is_word_start(code, *at)) {
            found.push((at + word.len(), prefix.iter().map(|part| (*part).to_owned()).collect()));
        }
    }
    for (at, _) in code.match_indices("super::").filter(|(at, _)| is_word_start(code, *at)) {
        let mut end = at + "super::".len();
        let mut levels = 1;
        while code[end..].starts_with("super::") {
            end += "super::".len();
            levels += 1;
        }
        // A `super` in an inline module reaches no further than its file: counting it as the file's own is too strict
        // by one level at most, and finds no room there.
        let depth = module.len().saturating_sub(levels);
        found.push((end, module[..depth].to_vec()));
    }
    found
}

pub fn is_word_start(code: &str, at: usize) -> bool {
    !code[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_' || before == ':')
}

/// The paths of a use tree or of an expression: up to two segments behind the prefix, which is all that rooms need.
/// Returns the rest of the text behind the tree.
fn tree<'c>(code: &'c str, prefix: &[String], paths: &mut Vec<Vec<String>>) -> &'c str {
    let code = code.trim_start();
    if let Some(mut rest) = code.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            let before = rest.len();
            rest = tree(rest, prefix, paths);
            rest = rest.trim_start();
            if let Some(renamed) = rest.strip_prefix("as ") {
                rest = renamed
                    .trim_start_matches(|character: char| character.is_alphanumeric() || character == '_');
            }
            rest = rest.trim_start().trim_start_matches(',');
            if rest.is_empty() || rest.len() == before {
                return rest;
            }
        }
    }
    let length =
        code.find(|character: char| !(character.is_alphanumeric() || character == '_')).unwrap_or(code.len());
    let (segment, rest) = code.split_at(length);
    let mut path = prefix.to_vec();
    if !segment.is_empty() && segment != "self" {
        path.push(segment.to_owned());
    }
    match rest.strip_prefix("::") {
        Some(rest) if rest.starts_with('*') => {
            paths.push(path);
            rest.trim_start_matches('*')
        }
        Some(rest) => tree(rest, &path, paths),
        None => {
            paths.push(path);
            rest.trim_start_matches('*')
        }
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub fn all_source() -> Vec<SourceFile> {
    ["src", "crates/engine/src", "crates/fhir-wire/src"].into_iter().flat_map(rust_files).collect()
}

pub fn rust_files(directory: &str) -> Vec<SourceFile> {
    let base = root().join(directory);
    let mut files = Vec::new();
    let mut open = vec![base.clone()];
    while let Some(directory) = open.pop() {
        for entry in
            fs::read_dir(&directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let module = module_of(path.strip_prefix(&base).unwrap());
                files.push(SourceFile { code: without_comments_and_strings(&text), module, text, path });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn module_of(path: &Path) -> Vec<String> {
    let path = path.with_extension("");
    let module: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module == ["lib"] || module == ["main"] { Vec::new() } else { module }
}

/// Rust text with comments and the insides of string literals blanked; lines stay where they are.
pub fn without_comments_and_strings(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let literal = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(hashes) = raw_string(rest, &code) {
            let close = format!("\"{}", "#".repeat(hashes));
            let open = hashes + 2;
            rest[open..].find(&close).map_or(rest.len(), |end| open + end + close.len())
        } else if character == '"' {
            string_length(rest)
        } else if rest.starts_with("'\"'") {
            3
        } else if rest.starts_with("'\\\"'") || rest.starts_with("'\\''") {
            4
        } else {
            0
        };
        if literal == 0 {
            code.push(character);
            rest = &rest[character.len_utf8()..];
        } else {
            code.extend(rest[..literal].chars().filter(|blanked| *blanked == '\n'));
            rest = &rest[literal..];
        }
    }
    code
}

/// The number of hashes of a raw string literal that begins here.
fn raw_string(rest: &str, before: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    let is_word = before.ends_with(|last: char| last.is_alphanumeric() && last != 'b' || last == '_');
    (after[hashes..].starts_with('"') && !is_word).then_some(hashes)
}

fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}
