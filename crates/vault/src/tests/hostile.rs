//! Files that are made to cost work or memory: refused from one small read each.

use super::*;
use crate::Finding;
use crate::header::HEAD_BYTES;
use std::io::{Seek as _, SeekFrom, Write as _};

const MAGIC: &[u8] = b"age-encryption.org/v1\n";
/// Below the cap of every database.
const LARGE: u64 = 200 << 20;
/// Above the cap of every file but an attachment.
const LARGER: u64 = 2 << 30;
/// How often a file may be looked at: as one of the vault's own, as a copy, and as a
/// version that may be put back.
const LOOKS: usize = 8;
/// What may be in memory at once of a hostile file; the promise is 64 MiB.
const MEMORY: usize = 1 << 20;

/// The beginning of a hostile file, and its length.
fn hostile_files() -> Vec<(&'static str, Vec<u8>, u64)> {
    let stanza = b"-> X25519 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nbbbb\n";
    let many = [MAGIC, &stanza.repeat(9), b"--- mac\n"].concat();
    let long = [MAGIC, &stanza.repeat(1_300)].concat();
    let endless = [MAGIC, b"-> X25519 ", &[b'a'; 3_000_000]].concat();
    let work = |factor: &str| [MAGIC, b"-> scrypt c2FsdA ", factor.as_bytes(), b"\nbody\n--- mac\n"].concat();
    vec![
        ("zeroes", vec![0; 10_000], LARGE),
        ("zeroes over the cap", vec![0; 10_000], LARGER),
        ("nine stanzas", many.clone(), LARGE),
        ("nine stanzas and nothing else", many.clone(), many.len() as u64),
        ("a header of 78 kB", long.clone(), long.len() as u64),
        ("a header of 78 kB before much else", long, LARGE),
        ("a line without end", endless.clone(), endless.len() as u64),
        ("a line without end over the cap", endless, LARGER),
        ("a passphrase without work", work("1"), LARGE),
        ("a passphrase of too little work", work("13"), 10_000),
        ("a passphrase of too much work", work("21"), 10_000),
        ("a passphrase of endless work", work("63"), LARGE),
    ]
}

/// Writes the beginning and the very last byte; what is between takes no room. A file
/// without any block at its end would be taken for one that a sync program keeps elsewhere.
fn plant(path: &Path, start: &[u8], length: u64) {
    let mut file = fs::File::create(path).expect("it can be made");
    file.write_all(start).expect("it can be written");
    if length > start.len() as u64 {
        file.seek(SeekFrom::Start(length - 1)).expect("a place in the file");
        file.write_all(&[1]).expect("it can be written");
    }
}

#[test]
fn hostile_headers_and_sizes_are_refused_before_any_work() {
    sim::scrypt::cheaply(|| {
        let made = Copy::new();
        let mut vault = made.open();
        let letter = made.folder.path().join("brief.txt");
        fs::write(&letter, b"Beste collega").expect("it can be written");
        let (id, attachment) = vault.attach(&letter).expect("there is room");
        let mut case = vault.case(made.cases[1]).expect("it opens");
        case.attachments.write(id, attachment.clone(), vault.stamp(now()));
        vault.save_case(&case, now()).expect("there is room");
        vault.lock(now()).expect("there is room");
        let own = [Object::Identity, Object::IdentityCopy, Object::Recovery, Object::Practice, Object::Register];
        let case = Object::Case(made.cases[0]);
        let named = own.into_iter().chain([case, Object::Attachment(id), Object::QuickNote(Uuid::from_u128(1))]);
        let names = named.map(Object::path);
        let kept = case.file_name();
        let others = [".tmp/00000000-0000-4000-8000-000000000000.age", "cases/kopie (1).age", "practice (1).age"];
        let others = others.map(str::to_owned).into_iter().chain([format!("prev/{kept}"), "prev/practice.age".into()]);
        for name in names.chain(others.map(PathBuf::from)) {
            for (what, start, length) in hostile_files() {
                let copy = made.elsewhere();
                plant(&copy.root().join(&name), &start, length);
                let what = format!("{} is {what}", name.display());
                refused(&copy, &name, (id, &attachment), &what);
            }
        }
    });
}

/// The vault opens, and what is hostile is left after a small read.
fn refused(copy: &Copy, name: &Path, (id, attachment): (Uuid, &casebook::Attachment), what: &str) {
    let disk = FailingFs::new(io::ErrorKind::Other, false);
    let fs: Arc<dyn VaultFs> = Arc::<FailingFs>::clone(&disk);
    let mut vault =
        Vault::unlock_on(fs, &copy.root(), &passphrase(), &copy.state, now()).unwrap_or_else(|e| panic!("{what}: {e}"));
    let _ = (vault.case(copy.cases[0]), vault.read_attachment(id, attachment, 1_000), vault.inbox());
    assert_eq!(vault.case(copy.cases[1]).map(|case| case.notes.current().len()).ok(), Some(1), "{what}");
    let path = vault.folder().join(name);
    let (read, _) = disk.read_of(&path);
    // An identity file is small, so it is read whole.
    let small = [Object::Identity, Object::IdentityCopy, Object::Recovery].iter().any(|own| own.path() == name);
    let look = if small { 64 << 10 } else { HEAD_BYTES + seal::NONCE_BYTES };
    assert!(read <= LOOKS * look, "{what}: {read} bytes were read");
    // A check reads a bad file twice, to know whether the disk is steady.
    let check = vault.check();
    let (_, most) = disk.read_of(&path);
    assert!(most <= MEMORY, "{what}: {most} bytes were in memory at once");
    let hostile = |finding: &Finding| name.ends_with(finding.object().file_name());
    assert!(check.findings.iter().all(|finding| hostile(finding) || finding.object() == Object::Practice), "{what}");
}
