//! Reading what `strace` wrote.

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};

/// Something that a program did, in the order in which it happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A file was opened, and made where it was absent.
    Opened(String),
    Wrote(String, usize, Vec<u8>),
    Truncated(String, usize),
    /// What was written to a file before is on the disk.
    Synchronised(String),
    /// So are the names of the directory.
    SynchronisedNames,
    Removed(String),
    /// Something was sent to somebody.
    Sent(Vec<u8>),
}

/// Whether programs can be watched here; where not, that is said aloud.
pub fn can_trace() -> bool {
    let tried =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    let can = tried.is_ok_and(|status| status.success());
    if !can {
        eprintln!("SKIPPED: no program can be watched with strace here");
    }
    can
}

/// The command that runs a program and writes what it does.
pub fn traced(program: &str, to: &Path) -> Command {
    let mut command = Command::new("strace");
    // Whole, in hexadecimal, and with the names of what is written to.
    command.args(["-f", "-qq", "-y", "-xx", "-s", "2000000", "-o"]).arg(to);
    command.args([
        "-e",
        "trace=openat,pwrite64,write,writev,sendto,sendmsg,fsync,fdatasync,ftruncate,unlink,rename",
    ]);
    command.arg(program);
    command
}

/// What was done to the files of a directory, and what was sent.
pub fn read(trace: &Path, directory: &Path) -> Vec<Event> {
    let text = std::fs::read_to_string(trace).unwrap();
    let directory = directory.to_str().unwrap();
    let mut begun: HashMap<&str, &str> = HashMap::new();
    let mut events = Vec::new();
    for line in text.lines() {
        let (process, call) = line.split_once(' ').unwrap();
        let call = call.trim_start();
        if let Some((call, _)) = call.split_once(" <unfinished ...>") {
            // Writing and sending count from their beginning, all else from its end.
            if is_early(call) {
                events.extend(event(call, directory));
            } else {
                begun.insert(process, call);
            }
        } else if call.starts_with("<... ") {
            let end = call.split_once(" resumed>").map_or("", |(_, end)| end);
            if let Some(begin) = begun.remove(process).filter(|_| has_succeeded(end)) {
                events.extend(event(&format!("{begin}{end}"), directory));
            }
        } else if has_succeeded(call) {
            events.extend(event(call, directory));
        }
    }
    events
}

fn is_early(call: &str) -> bool {
    ["pwrite64(", "write(", "writev(", "sendto(", "sendmsg("].iter().any(|name| call.starts_with(name))
}

fn has_succeeded(call: &str) -> bool {
    call.rsplit_once("= ").is_some_and(|(_, result)| result.starts_with(|first: char| first.is_ascii_digit()))
}

fn event(call: &str, directory: &str) -> Option<Event> {
    let (name, arguments) = call.split_once('(')?;
    // `9</path>`, the path in hexadecimal.
    let described = |text: &str| {
        let (_, rest) = text.split_once('<')?;
        String::from_utf8(bytes(rest.split_once('>')?.0)).ok()
    };
    let local = |path: &str| path.strip_prefix(directory)?.strip_prefix('/').map(str::to_owned);
    let after_data = || arguments.rsplit_once("\", ").map(|(_, rest)| rest);
    match name {
        "openat" => {
            let (_, opened) = call.rsplit_once("= ")?;
            local(&described(opened)?).filter(|_| arguments.contains("O_CREAT")).map(Event::Opened)
        }
        "pwrite64" => {
            let file = local(&described(arguments)?)?;
            let (_, offset) = after_data()?.split_once(", ")?;
            let offset: String = offset.chars().take_while(char::is_ascii_digit).collect();
            Some(Event::Wrote(file, offset.parse().ok()?, strings(arguments)))
        }
        "ftruncate" => {
            let length = arguments.split_once(">, ")?.1.split_once(')')?.0;
            Some(Event::Truncated(local(&described(arguments)?)?, length.parse().ok()?))
        }
        "fsync" | "fdatasync" => {
            let path = described(arguments)?;
            if path == directory {
                return Some(Event::SynchronisedNames);
            }
            local(&path).map(Event::Synchronised)
        }
        "unlink" => local(&String::from_utf8(strings(arguments)).ok()?).map(Event::Removed),
        "rename" => panic!("a renaming is not understood: {call}"),
        _ => {
            let to = described(arguments)?;
            assert!(local(&to).is_none(), "a write without a place is not understood: {to}");
            to.starts_with("socket:").then(|| Event::Sent(strings(arguments)))
        }
    }
}

/// What stands between quotation marks, put together.
fn strings(text: &str) -> Vec<u8> {
    text.split('"').skip(1).step_by(2).flat_map(bytes).collect()
}

/// `\x41\x42` as bytes.
fn bytes(text: &str) -> Vec<u8> {
    let digits = text.split("\\x").skip(1);
    digits.map(|digits| u8::from_str_radix(digits.get(..2).unwrap_or_default(), 16).unwrap()).collect()
}
