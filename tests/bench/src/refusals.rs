//! What hostile files cost before they are refused, in time and memory. That the work is
//! not begun is a test of the vault; how long that takes is only measured.

use crate::practice::{Desk, PASSPHRASE, now};
use crate::stopwatch::{Row, percentile, resident_peak, time};
use std::fs;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;
use vault::Vault;

const ROUNDS: usize = 50;
const MAGIC: &str = "age-encryption.org/v1\n";

pub(crate) fn measure(rows: &mut Vec<Row>) {
    let desk = Desk::with_cases(2);
    let ids = desk.ids();
    let (folder, local, _place) = desk.close();
    let mut vault = Vault::unlock(&folder, &PASSPHRASE.typed(), &local, now()).expect("it opens");
    let case = folder.join("cases").join(format!("{}.age", ids[0]));
    let stanzas = "-> X25519 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbb\n".repeat(1_300);
    for (what, start, length) in [
        ("a header of 78 kB", format!("{MAGIC}{stanzas}"), 0),
        ("a header without end, 256 MB", format!("{MAGIC}-> X25519 {}", "a".repeat(3_000_000)), 256 << 20),
        ("256 MB that is no age file", "\0".repeat(5_000), 256 << 20),
        ("2 GiB of zeroes", "\0".repeat(5_000), 2 << 30),
    ] {
        plant(&case, start.as_bytes(), length);
        let mut refuse = || assert!(vault.case(ids[0]).is_err(), "{what} was taken for a case");
        measure_one(rows, &format!("Refuse a case: {what}"), "≤ 50 ms", &mut refuse);
    }
    drop(vault);
    for factor in ["13", "21", "63"] {
        for name in ["vault.age", "vault.bak.age"] {
            let hostile = format!("{MAGIC}-> scrypt c2FsdA {factor}\nbody\n--- mac\n");
            fs::write(folder.join(name), hostile).expect("it can be written");
        }
        let mut refuse = || {
            let opened = Vault::unlock(&folder, &PASSPHRASE.typed(), &local, now());
            assert!(opened.is_err(), "the factor {factor} was accepted");
        };
        measure_one(rows, &format!("Refuse a passphrase file of factor {factor}"), "≤ 10 ms", &mut refuse);
    }
}

fn measure_one(rows: &mut Vec<Row>, act: &str, target: &str, refuse: &mut dyn FnMut()) {
    let mut times = Vec::with_capacity(ROUNDS);
    let took = resident_peak(|| times.extend((0..ROUNDS).map(|_| time(&mut *refuse))));
    rows.push(Row::absolute(&format!("{act} (p95)"), percentile(&times, 95), target));
    rows.push(Row::words(&format!("{act}: memory"), &took, "≤ 64 MiB"));
}

/// Writes the beginning and the last byte of a file; what is between takes no room.
fn plant(path: &Path, start: &[u8], length: u64) {
    let mut file = fs::File::create(path).expect("it can be made");
    file.write_all(start).expect("it can be written");
    if length > start.len() as u64 {
        file.seek(SeekFrom::Start(length - 1)).expect("a place in the file");
        file.write_all(&[1]).expect("it can be written");
    }
}
