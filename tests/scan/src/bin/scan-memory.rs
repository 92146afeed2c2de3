//! Counts words in the memory of a process and everything it started, for whoever runs
//! the program under test: `scan-memory PID < WORDS`, one `name<TAB>word` a line.
//!
//! Prints one JSON object: for each name the number of copies and the mappings they are in.

use luwte_scan::{Needle, family, scan};
use serde_json::{Map, json};
use std::collections::BTreeSet;
use std::io::{self, Write as _};

fn main() -> io::Result<()> {
    let process = std::env::args().nth(1).and_then(|id| id.parse().ok());
    let process: u32 = process.ok_or_else(|| io::Error::other("usage: scan-memory PID < WORDS"))?;
    let mut needles = Vec::new();
    for line in io::stdin().lines() {
        let line = line?;
        let (name, word) = line.split_once('\t').ok_or_else(|| io::Error::other("a line is name<TAB>word"))?;
        needles.extend(Needle::both(name, word));
    }
    let mut found = vec![(0_u32, BTreeSet::new()); needles.len()];
    for one in family(process)? {
        // A helper process may have ended meanwhile.
        for hit in scan(one, &needles).unwrap_or_default() {
            found[hit.needle].0 += 1;
            found[hit.needle].1.insert(format!("{one}: {}", hit.mapping));
        }
    }
    let report: Map<_, _> = needles
        .iter()
        .zip(found)
        .map(|(needle, (copies, mappings))| (needle.name.clone(), json!({ "copies": copies, "mappings": mappings })))
        .collect();
    writeln!(io::stdout(), "{}", serde_json::Value::Object(report))
}
