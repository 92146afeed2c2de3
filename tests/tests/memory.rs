//! After locking, no word that was planted is left in the memory of the core: a second
//! process does a day's work, and this one reads its memory from outside.
//!
//! With one of the two wiping allocators left out, copies stay; so the scan can fail.
#![cfg(target_os = "linux")]

use luwte_scan::{Hit, Needle, scan};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use uuid::Uuid;

/// A passphrase, six times a note, an impression and a name, and an organisation.
const WORDS: usize = 20;

struct Worker {
    child: Child,
    said: BufReader<ChildStdout>,
    needles: Vec<Needle>,
    _folder: tempfile::TempDir,
}

impl Worker {
    fn start(without: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        // Random each time, so that they stand in no program.
        let words: Vec<String> = (0..WORDS).map(|_| format!("kanarie {}", Uuid::new_v4().simple())).collect();
        let mut child = Command::new(env!("CARGO_BIN_EXE_forgetful"))
            .args([folder.path().as_os_str(), without.as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was built with this test");
        let said = BufReader::new(child.stdout.take().expect("it is piped"));
        let needles =
            words.iter().enumerate().flat_map(|(at, word)| Needle::both(&format!("word {at}"), word)).collect();
        let mut worker = Self { child, said, needles, _folder: folder };
        for word in words {
            worker.type_line(&word.chars().rev().collect::<String>());
        }
        worker
    }

    fn type_line(&mut self, line: &str) {
        writeln!(self.child.stdin.as_mut().expect("it is piped"), "{line}").expect("it listens");
    }

    fn wait_for(&mut self, moment: &str) {
        let mut line = String::new();
        self.said.read_line(&mut line).expect("it speaks");
        assert_eq!(line.trim(), moment, "the program stopped half-way");
    }

    fn hits(&self) -> Vec<Hit> {
        scan(self.child.id(), &self.needles).expect("it waits, and is ours to read")
    }

    /// What is left after locking, once every word was seen before.
    fn left(mut self) -> BTreeMap<String, Vec<String>> {
        self.wait_for("open");
        let open = self.hits();
        for word in 0..WORDS {
            assert!(open.iter().any(|hit| hit.needle / 2 == word), "word {word} was never in memory: the scan is void");
        }
        self.type_line("");
        self.wait_for("locked");
        let mut left: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for hit in self.hits() {
            let place = format!("{:x} in {}", hit.address, hit.mapping);
            left.entry(self.needles[hit.needle].name.clone()).or_default().push(place);
        }
        self.type_line("");
        assert!(self.child.wait().expect("it ends").success());
        left
    }
}

#[test]
fn after_locking_no_planted_word_is_in_the_memory_of_the_core() {
    let left = Worker::start("nothing").left();
    assert!(left.is_empty(), "copies that stayed: {left:#?}");
}

#[test]
fn without_the_wiping_allocator_copies_stay() {
    assert!(!Worker::start("rust").left().is_empty());
}

#[test]
fn without_the_allocator_of_sqlite_copies_stay() {
    assert!(!Worker::start("sqlite").left().is_empty());
}
