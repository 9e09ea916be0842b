//! A disk that loses what was not synchronised: what a program did to the files of one directory, as `strace` saw it, and
//! what could be there if the power had failed at some moment of it.

// Each test file uses its own part of this.
#![allow(dead_code, missing_docs)]

mod trace;

use std::collections::BTreeMap;
use std::path::Path;

pub use trace::{Event, can_trace, read, traced};

/// The unit in which a disk writes all or nothing.
const SECTOR: usize = 512;

/// What becomes of that which was not synchronised.
#[derive(Debug, Clone, Copy)]
pub enum Loss {
    /// All of it is lost.
    Everything,
    /// None of it, as when only the process dies.
    Nothing,
    /// Some sectors and names, by the numbers that follow from this one.
    Some(u64),
}

/// The files of a directory, by what is on the disk for certain and what is not.
#[derive(Debug, Default)]
pub struct Disk {
    files: Vec<File>,
    /// As programs see them.
    names: BTreeMap<String, usize>,
    /// As they are on the disk for certain.
    kept_names: BTreeMap<String, usize>,
    /// What was done to names since the directory was synchronised.
    pending_names: Vec<(String, Option<usize>)>,
}

#[derive(Debug, Default)]
struct File {
    kept: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Truncate(usize),
}

impl Change {
    fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Self::Write(offset, bytes) => {
                if to.len() < offset + bytes.len() {
                    to.resize(offset + bytes.len(), 0);
                }
                to[*offset..offset + bytes.len()].copy_from_slice(bytes);
            }
            Self::Truncate(length) => to.resize(*length, 0),
        }
    }

    /// A write as the sectors that it consists of, any of which may be lost.
    fn parts(&self) -> Vec<Self> {
        let Self::Write(offset, bytes) = self else { return vec![self.clone()] };
        let parts = bytes.chunks(SECTOR).enumerate();
        parts.map(|(number, part)| Self::Write(offset + number * SECTOR, part.to_vec())).collect()
    }
}

impl Disk {
    pub fn happen(&mut self, event: &Event) {
        match event {
            Event::Opened(name) => {
                self.file(name);
            }
            Event::Wrote(name, offset, bytes) => {
                self.file(name).pending.push(Change::Write(*offset, bytes.clone()));
            }
            Event::Truncated(name, length) => self.file(name).pending.push(Change::Truncate(*length)),
            Event::Synchronised(name) => {
                let file = self.file(name);
                for change in std::mem::take(&mut file.pending) {
                    change.apply(&mut file.kept);
                }
            }
            Event::SynchronisedNames => {
                self.pending_names.clear();
                self.kept_names.clone_from(&self.names);
            }
            Event::Removed(name) => {
                self.names.remove(name);
                self.pending_names.push((name.clone(), None));
            }
            Event::Sent(_) => (),
        }
    }

    fn file(&mut self, name: &str) -> &mut File {
        let number = *self.names.entry(name.to_owned()).or_insert_with(|| {
            self.files.push(File::default());
            self.pending_names.push((name.to_owned(), Some(self.files.len() - 1)));
            self.files.len() - 1
        });
        &mut self.files[number]
    }

    /// Writes into an empty directory what is there if the power fails now.
    pub fn fail(&self, loss: Loss, directory: &Path) {
        let mut chance = Chance::of(loss);
        let mut names = self.kept_names.clone();
        for (name, number) in &self.pending_names {
            if chance.keeps() {
                match number {
                    Some(number) => names.insert(name.clone(), *number),
                    None => names.remove(name),
                };
            }
        }
        for (name, number) in names {
            // The shared memory of the processes that use a database is none after all of them ended.
            if name.ends_with("-shm") {
                continue;
            }
            let file = &self.files[number];
            let mut bytes = file.kept.clone();
            for part in file.pending.iter().flat_map(Change::parts) {
                if chance.keeps() {
                    part.apply(&mut bytes);
                }
            }
            std::fs::write(directory.join(name), bytes).unwrap();
        }
    }
}

/// Decides what is lost.
struct Chance {
    loss: Loss,
    state: u64,
}

impl Chance {
    fn of(loss: Loss) -> Self {
        let state = if let Loss::Some(seed) = loss { seed } else { 0 };
        Self { loss, state }
    }

    fn keeps(&mut self) -> bool {
        // Splitmix64.
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        match self.loss {
            Loss::Everything => false,
            Loss::Nothing => true,
            Loss::Some(_) => (mixed >> 40) & 1 == 1,
        }
    }
}
