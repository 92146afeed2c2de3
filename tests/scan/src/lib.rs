//! Looks for words in the memory of a running process, from outside it.
//!
//! Only pages that are in memory (or in swap) are read: a web view maps tens of
//! gigabytes and has a few hundred megabytes. Linux only; the processes of the same user
//! can be read, all others by root alone.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "this reads what the kernel shows of processes, and no file of a vault")]

use aho_corasick::AhoCorasick;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;

const PAGE: u64 = 4096;
const PIECE: usize = 1024 * 1024;
/// In `/proc/PID/pagemap`: the page is in memory, or in swap.
const THERE: u64 = 0b11 << 62;

/// A word that is looked for.
pub struct Needle {
    /// What a report calls it; never the word itself.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Needle {
    /// A word as programs keep it: in UTF-8, and in UTF-16 as web views do.
    #[must_use]
    pub fn both(name: &str, word: &str) -> [Self; 2] {
        let wide = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [
            Self { name: format!("{name} in UTF-8"), bytes: word.as_bytes().to_vec() },
            Self { name: format!("{name} in UTF-16"), bytes: wide },
        ]
    }
}

/// Where a word was found.
#[derive(Debug)]
pub struct Hit {
    /// Which needle, by its place.
    pub needle: usize,
    /// The mapping, as Linux describes it.
    pub mapping: String,
    /// The address.
    pub address: u64,
}

/// This process and everything it started.
///
/// # Errors
/// When the list of processes cannot be read.
pub fn family(process: u32) -> io::Result<Vec<u32>> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process may end while the list is read.
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{id}/stat")) else { continue };
        let after_name = stat.rsplit(") ").next().unwrap_or_default();
        let parent = after_name.split(' ').nth(1).and_then(|parent| parent.parse::<u32>().ok());
        parents.extend(parent.map(|parent| (id, parent)));
    }
    let mut family = vec![process];
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(id, _)| *id));
        at += 1;
    }
    Ok(family)
}

/// Every process that has this in its environment, which a program shares with whatever
/// it starts and whoever takes its place, also after it has ended itself.
///
/// # Errors
/// When the list of processes cannot be read.
pub fn sharing(variable: &str) -> io::Result<Vec<u32>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // A process may end while the list is read; those of others cannot be read.
        let surroundings = std::fs::read(format!("/proc/{id}/environ")).unwrap_or_default();
        if surroundings.split(|byte| *byte == 0).any(|one| one == variable.as_bytes()) {
            found.push(id);
        }
    }
    Ok(found)
}

/// The name of the program that a process runs; empty for one that has ended.
#[must_use]
pub fn program(process: u32) -> String {
    let path = std::fs::read_link(format!("/proc/{process}/exe")).unwrap_or_default();
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    // So the kernel says of a program that was built anew meanwhile.
    name.trim_end_matches(" (deleted)").to_owned()
}

/// Every place in a process where one of the needles stands.
///
/// # Errors
/// When the process is gone, or may not be read.
pub fn scan(process: u32, needles: &[Needle]) -> io::Result<Vec<Hit>> {
    let search = AhoCorasick::new(needles.iter().map(|needle| &needle.bytes)).map_err(io::Error::other)?;
    let longest = needles.iter().map(|needle| needle.bytes.len()).max().unwrap_or(1);
    let memory = File::open(format!("/proc/{process}/mem"))?;
    let mut pages = File::open(format!("/proc/{process}/pagemap"))?;
    let mut hits = Vec::new();
    for line in std::fs::read_to_string(format!("/proc/{process}/maps"))?.lines() {
        let Some((from, to)) = range(line) else { continue };
        // What the kernel lends to every process has no words of ours.
        if line.ends_with("[vvar]") || line.ends_with("[vsyscall]") || line.ends_with("[vdso]") {
            continue;
        }
        for (start, end) in resident(&mut pages, from, to)? {
            search_range(&memory, start, end, longest, &search, |needle, address| {
                hits.push(Hit { needle, mapping: line.to_owned(), address });
            });
        }
    }
    Ok(hits)
}

fn range(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split(' ').next()?.split_once('-')?;
    Some((u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?))
}

/// The runs of pages between two addresses that are there.
fn resident(pages: &mut File, from: u64, to: u64) -> io::Result<Vec<(u64, u64)>> {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    pages.seek(SeekFrom::Start(from / PAGE * 8))?;
    let mut entries = vec![0; PIECE];
    let (mut address, mut left) = (from, usize::try_from((to - from) / PAGE * 8).map_err(io::Error::other)?);
    while left > 0 {
        let count = left.min(entries.len());
        pages.read_exact(&mut entries[..count])?;
        for entry in entries[..count].chunks_exact(8) {
            let entry = u64::from_le_bytes(entry.try_into().map_err(io::Error::other)?);
            if entry & THERE != 0 {
                match runs.last_mut().filter(|(_, end)| *end == address) {
                    Some((_, end)) => *end += PAGE,
                    None => runs.push((address, address + PAGE)),
                }
            }
            address += PAGE;
        }
        left -= count;
    }
    Ok(runs)
}

fn search_range(
    memory: &File,
    start: u64,
    end: u64,
    longest: usize,
    search: &AhoCorasick,
    mut found: impl FnMut(usize, u64),
) {
    let mut piece = vec![0; PIECE];
    let mut at = start;
    while at < end {
        let count = usize::try_from(end - at).map_or(PIECE, |left| left.min(PIECE));
        // A page may go while we read; what went holds no words any more.
        let Ok(read) = memory.read_at(&mut piece[..count], at) else {
            at += PAGE;
            continue;
        };
        if read == 0 {
            return;
        }
        for hit in search.find_overlapping_iter(&piece[..read]) {
            found(hit.pattern().as_usize(), at + hit.start() as u64);
        }
        let next = at + read as u64;
        // A word may lie across the edge; one that is found twice is found.
        at = if next < end && read > longest { next - longest as u64 + 1 } else { next };
    }
}
