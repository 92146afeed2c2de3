//! Back-ups: made beside a vault that is in use, proved, and refused when anything is wrong
//! with them.

use super::*;
use crate::Finding;
use crate::backup::{self, BackupError, BackupFile, BackupPlan, ReadBackupError, Rhythm, Secret};
use chrono::NaiveDateTime;
use std::io::{Read as _, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub(super) fn clock(seconds: i64) -> NaiveDateTime {
    later(seconds).naive_utc()
}

/// A copy of the vault with a folder for its back-ups.
pub(super) struct Place {
    pub(super) copy: Copy,
    pub(super) plan: BackupPlan,
}

impl Place {
    pub(super) fn new() -> Self {
        let copy = Copy::new();
        let target = copy.folder.path().join("stick");
        fs::create_dir(&target).expect("it can be made");
        let vault = copy.open();
        let plan = vault.backup_plan(&target);
        vault.lock(now()).expect("there is room");
        copy.state.set_backup_plan(&plan).expect("there is room");
        Self { copy, plan }
    }

    /// Makes a back-up without a key, as the locked program does.
    pub(super) fn make(&self, seconds: i64) -> Result<backup::Made, BackupError> {
        backup::make(&self.copy.state, &self.current(), later(seconds), clock(seconds))
    }

    pub(super) fn current(&self) -> BackupPlan {
        self.copy.state.backup_plan(&self.copy.root()).expect("a plan was made")
    }

    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.plan.folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name().into_string().expect("text");
        let mut names: Vec<String> = entries.map(name).collect();
        names.sort();
        names
    }
}

/// A computer that never saw the vault.
fn fresh(folder: &Path) -> LocalState {
    LocalState::open(&folder.join(Uuid::new_v4().to_string())).expect("it can be written")
}

#[test]
fn a_back_up_opens_with_the_passphrase_and_with_the_sheet_and_says_what_is_in_it() {
    let place = Place::new();
    let made = place.make(0).expect("there is room");
    assert_eq!((made.cases, made.contents), (2, None));
    let short = &place.plan.vault_id.simple().to_string()[..8];
    assert_eq!(place.names(), [format!("Luwte back-up {short} 2026-03-02 09.00.00.zip")]);
    let mut file = BackupFile::open(&made.file).expect("it is a back-up");
    file.check().expect("every byte is as written");
    let (passphrase, code) = (passphrase(), code());
    for secret in [Secret::Passphrase(&passphrase), Secret::Code(&code)] {
        let contents = file.open_with(secret).expect("the secret is right");
        assert_eq!((contents.cases, contents.last_change, contents.bad), (2, Some(now()), vec![]));
    }
    let wrong = Passphrase::new("een heel andere zin dan die".to_owned());
    assert!(matches!(file.open_with(Secret::Passphrase(&wrong)), Err(ReadBackupError::WrongPassphrase)));
    let other = RecoveryCode::parse(&"000011".repeat(8)).expect("a code");
    assert!(matches!(file.open_with(Secret::Code(&other)), Err(ReadBackupError::WrongRecoveryCode)));
}

#[test]
fn a_back_up_holds_what_is_needed_to_decrypt_and_nothing_else() {
    let place = Place::new();
    let root = place.copy.root();
    let id = Uuid::new_v4();
    let sealed = fs::read(place.copy.case_path(0)).expect("a file");
    fs::write(root.join(format!("attachments/{id}.age")), &sealed).expect("it can be written");
    fs::write(root.join(format!("inbox/{id}.age")), &sealed).expect("it can be written");
    for foreign in ["register.age", "notitie.txt", "cases/x (1).age", "prev/vault.age", ".tmp/x.age"] {
        fs::write(root.join(foreign), b"niet van ons").expect("it can be written");
    }
    let made = place.make(0).expect("there is room");
    let mut zip = ZipArchive::new(fs::File::open(&made.file).expect("a file")).expect("a zip file");
    let names: Vec<String> =
        (0..zip.len()).map(|at| zip.by_index(at).expect("an entry").name().expect("text").into_owned()).collect();
    let mut cases: Vec<String> = place.copy.cases.iter().map(|id| format!("cases/{id}.age")).collect();
    cases.sort();
    let mut expected: Vec<String> =
        ["LEESMIJ.txt", "vault.age", "vault.bak.age", "recovery.age", "practice.age"].map(str::to_owned).to_vec();
    expected.push(format!("inbox/{id}.age"));
    expected.extend(cases);
    expected.push(format!("attachments/{id}.age"));
    assert_eq!(names, expected, "in the order of copying");
    for name in &expected {
        let mut bytes = Vec::new();
        let mut entry = zip.by_name(name).expect("an entry");
        assert_eq!(entry.compression(), CompressionMethod::Stored);
        assert_eq!(entry.last_modified().map(|day| day.year()), Some(1980), "no moment is told");
        entry.read_to_end(&mut bytes).expect("it reads");
        assert_eq!(bytes, fs::read(root.join(name)).expect("a file"), "{name}");
    }
}

#[test]
fn a_back_up_made_while_somebody_saves_opens_whole() {
    /// Ends the saving also when an assertion fails.
    struct Ended<'a>(&'a AtomicBool);
    impl Drop for Ended<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
    let place = Place::new();
    let mut vault = place.copy.open();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let saver = scope.spawn(|| {
            let mut saved = 0;
            while !done.load(Ordering::SeqCst) {
                let id = Uuid::new_v4();
                let mut case = Case::new(id);
                case.facts.write(id, Facts::draft(vault.next_number(2026), day()), vault.stamp(now()));
                vault.save_case(&case, now()).expect("there is room");
                let mut old = vault.case(place.copy.cases[0]).expect("the case opens");
                add_note(&mut old, &vault, "tijdens de back-up");
                vault.save_case(&old, now()).expect("there is room");
                saved += 1;
            }
            saved
        });
        let ended = Ended(&done);
        for seconds in 0..8 {
            let made = place.make(seconds).expect("there is room");
            let folder = tempfile::tempdir().expect("a temporary folder");
            let mut file = BackupFile::open(&made.file).expect("it is a back-up");
            let contents = file.open_with(Secret::Passphrase(&passphrase())).expect("the secret is right");
            assert_eq!(contents.bad, Vec::<String>::new());
            let local = fresh(folder.path());
            file.restore(&folder.path().join("terug"), &local).expect("there is room");
            let restored =
                Vault::unlock(&folder.path().join("terug"), &passphrase(), &local, now()).expect("the vault opens");
            let wrong = restored.warnings().iter().filter(|found| !matches!(found, Finding::Adopted(_)));
            assert_eq!(wrong.count(), 0, "a case that is not listed yet is adopted, and nothing else is said");
            assert!(!restored.is_incomplete() && restored.cases().len() == made.cases);
        }
        drop(ended);
        assert!(saver.join().expect("it saves") > 0, "something was saved meanwhile");
    });
}

#[test]
fn any_changed_byte_and_any_cut_of_a_back_up_is_noticed() {
    let place = Place::new();
    let made = place.make(0).expect("there is room");
    let whole = fs::read(&made.file).expect("a file");
    let noticed = |bytes: &[u8]| {
        fs::write(&made.file, bytes).expect("it can be written");
        BackupFile::open(&made.file).and_then(|mut file| file.check()).is_err()
    };
    let mut changed = whole.clone();
    // A spread of all of it, closer where the names, lengths and sums stand.
    let near = |at: usize| at < 2048 || whole.len() - at < 2048;
    let edges = (0..whole.len()).filter(|at| if near(*at) { at % 11 == 0 } else { at % 8191 == 0 });
    for at in edges {
        changed[at] ^= 1;
        assert!(noticed(&changed), "byte {at}");
        changed[at] = whole[at];
    }
    for length in [0, 1, 21, 4096, whole.len() / 2, whole.len() - 65, whole.len() - 1] {
        assert!(noticed(&whole[..length]), "cut at {length}");
        assert!(BackupFile::open(&made.file).is_err(), "a back-up cut at {length} is not read");
    }
    let mut longer = whole.clone();
    longer.push(b'0');
    assert!(noticed(&longer));
    assert!(!noticed(&whole), "and the whole file is good");
}

fn packed(file: &Path, entries: &[(&str, &[u8])], method: CompressionMethod) {
    let mut zip = ZipWriter::new(fs::File::create(file).expect("it can be made"));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).expect("an entry");
        zip.write_all(bytes).expect("there is room");
    }
    zip.finish().expect("there is room");
}

#[test]
fn a_zip_file_that_is_no_back_up_is_refused_whatever_is_in_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("vreemd.zip");
    let needed: [(&str, &[u8]); 2] = [("vault.age", b"x"), ("practice.age", b"x")];
    let stored = CompressionMethod::Stored;
    packed(&file, &needed, stored);
    assert!(BackupFile::open(&file).is_ok(), "so little is enough to be looked at");
    let large = vec![0; 64 * 1024 + 1];
    let hostile: [(&str, &[u8]); 8] = [
        ("../vault.bak.age", b"x"),
        ("/etc/passwd", b"x"),
        ("..\\vault.bak.age", b"x"),
        ("cases/../../x.age", b"x"),
        ("cases/x.age", b"x"),
        ("register.age", b"x"),
        ("prev/vault.age", b"x"),
        ("recovery.age", &large),
    ];
    for entry in hostile {
        packed(&file, &[needed[0], needed[1], entry], stored);
        assert!(matches!(BackupFile::open(&file), Err(ReadBackupError::NotABackup)), "{}", entry.0);
    }
    packed(&file, &needed[..1], stored);
    assert!(matches!(BackupFile::open(&file), Err(ReadBackupError::NotABackup)), "without a practice");
    for (bytes, what) in [(&b"geen zip"[..], "text"), (b"", "nothing"), (b"PK\x05\x06", "an end")] {
        fs::write(&file, bytes).expect("it can be written");
        assert!(BackupFile::open(&file).is_err(), "{what}");
    }
    // A link with the name of a file.
    let mut zip = ZipWriter::new(fs::File::create(&file).expect("it can be made"));
    for (name, bytes) in needed {
        zip.start_file(name, SimpleFileOptions::default().compression_method(stored)).expect("an entry");
        zip.write_all(bytes).expect("there is room");
    }
    zip.add_symlink("recovery.age", "/etc/passwd", SimpleFileOptions::default()).expect("an entry");
    zip.finish().expect("there is room");
    assert!(matches!(BackupFile::open(&file), Err(ReadBackupError::NotABackup)), "a link");
    // Two entries that share their bytes.
    let mut zip = ZipWriter::new(fs::File::create(&file).expect("it can be made"));
    for (name, bytes) in needed {
        zip.start_file(name, SimpleFileOptions::default().compression_method(stored)).expect("an entry");
        zip.write_all(bytes).expect("there is room");
    }
    zip.shallow_copy_file("vault.age", "vault.bak.age").expect("an entry");
    zip.finish().expect("there is room");
    assert!(matches!(BackupFile::open(&file), Err(ReadBackupError::NotABackup)), "shared bytes");
}

#[test]
fn a_list_of_entries_without_end_is_not_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("vol.zip");
    let mut zip = ZipWriter::new(io::BufWriter::new(fs::File::create(&file).expect("it can be made")));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for _ in 0..200_000 {
        zip.start_file(format!("cases/{}.age", Uuid::new_v4()), options).expect("an entry");
    }
    zip.finish().expect("there is room");
    assert!(BackupFile::open(&file).is_err(), "18 MB of names");
}

#[test]
fn whichever_operation_of_a_back_up_fails_the_earlier_ones_stay_and_nothing_is_left() {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::Other] {
        let place = Place::new();
        place.make(0).expect("there is room");
        let fs_of = FailingFs::new(kind, false);
        for operation in 0.. {
            let seconds = i64::try_from(operation).expect("small") + 1;
            let plan = place.current();
            let before = place.names();
            fs_of.fail_after(operation);
            let fs_of_maker: Arc<dyn VaultFs> = Arc::<FailingFs>::clone(&fs_of);
            let made = backup::make_on(fs_of_maker, &place.copy.state, &plan, None, later(seconds), clock(seconds));
            let hit = fs_of.failed();
            fs_of.heal();
            let after = place.names();
            assert!(before.iter().all(|name| after.contains(name)), "operation {operation} took an earlier one");
            let finished = after.iter().filter(|name| name.ends_with(".zip")).count();
            // What fails after the back-up has its name is tidying up.
            assert_eq!(finished, before.len() + usize::from(made.is_ok()), "operation {operation}");
            for name in after.iter().filter(|name| !before.contains(name) && name.ends_with(".zip")) {
                BackupFile::open(&place.plan.folder.join(name)).and_then(|mut file| file.check()).expect("it is whole");
                fs::remove_file(place.plan.folder.join(name)).expect("it can go");
            }
            if !hit {
                made.expect("without a fault it is made");
                assert!(operation > 20, "create, read, write, flush, read back, rename: {operation}");
                break;
            }
        }
        // A piece that could not even be removed goes at the next back-up.
        fs::remove_file(place.plan.folder.join(&place.names()[0])).expect("it can go");
        place.make(100_000).expect("there is room");
        assert_eq!(place.names().len(), 1);
    }
}

#[test]
fn the_oldest_go_and_never_a_file_that_is_not_exactly_ours() {
    let place = Place::new();
    let short = &place.plan.vault_id.simple().to_string()[..8];
    let foreign = [
        "Luwte back-up 00000000 2020-01-01 00.00.00.zip".to_owned(),
        format!("Luwte back-up {short} 2020-01-01 00.00.00.zip"),
        format!("Luwte back-up {short} 2020-01-01 00.00.00 (1).zip"),
        format!("Luwte back-up {short} 2020-13-01 00.00.00.zip"),
        format!("Luwte back-up {short} gisteren.zip"),
        "vakantie.zip".to_owned(),
        "register.age".to_owned(),
    ];
    for name in &foreign {
        fs::write(place.plan.folder.join(name), b"van iemand anders").expect("it can be written");
    }
    place.copy.state.set_backup_plan(&BackupPlan { keep: 3, ..place.plan.clone() }).expect("there is room");
    for seconds in 0..6 {
        place.make(seconds).expect("there is room");
    }
    let ours: Vec<String> = place.names().into_iter().filter(|name| !foreign.contains(name)).collect();
    let expected = ["03", "04", "05"].map(|at| format!("Luwte back-up {short} 2026-03-02 09.00.{at}.zip"));
    assert_eq!(ours, expected);
    assert!(foreign.iter().all(|name| place.plan.folder.join(name).exists()));
    // A vault that lost a case may be a vault that something is wrong with.
    fs::remove_file(place.copy.case_path(0)).expect("it can go");
    place.make(10).expect("there is room");
    place.make(11).expect("there is room");
    assert!(place.plan.folder.join(&expected[0]).exists(), "the last ones with the case stay");
    // So may one with a file that no longer begins as a sealed file.
    fs::write(place.copy.case_path(1), b"gegijzeld").expect("it can be written");
    place.make(12).expect("there is room");
    assert!(place.plan.folder.join(&expected[0]).exists());
    assert_eq!(place.names().len(), foreign.len() + 6, "no back-up went");
}

#[test]
fn a_back_up_is_due_when_something_changed_and_waits_for_a_stick_that_is_not_there() {
    let place = Place::new();
    let today = clock(0).date();
    assert!(backup::due(&place.current(), today, false), "none was made yet");
    assert!(!backup::due(&place.current(), today, true), "while she works nothing is made in between");
    place.make(0).expect("there is room");
    assert!(!backup::due(&place.current(), today, false), "nothing changed");
    let mut vault = place.copy.open();
    let mut case = vault.case(place.copy.cases[0]).expect("the case opens");
    add_note(&mut case, &vault, "iets nieuws");
    vault.save_case(&case, later(5)).expect("there is room");
    vault.lock(later(6)).expect("there is room");
    assert!(backup::due(&place.current(), today, false));
    // The stick goes out, and comes back while she works.
    let (stick, away) = (place.plan.folder.clone(), place.copy.folder.path().join("weg"));
    fs::rename(&stick, &away).expect("it can be moved");
    assert!(matches!(place.make(7), Err(BackupError::NotConnected)));
    assert!(place.current().waiting && !backup::due(&place.current(), today, true));
    fs::rename(&away, &stick).expect("it can be moved");
    assert!(backup::due(&place.current(), today, true), "as soon as it is there");
    place.make(8).expect("there is room");
    assert!(!place.current().waiting && !backup::due(&place.current(), today, false));
    // Somebody empties the stick.
    fs::remove_file(place.current().last_file().expect("one was made")).expect("it can go");
    assert!(backup::due(&place.current(), today, false), "what is gone is made again");
    let daily = BackupPlan { rhythm: Rhythm::Daily, ..place.current() };
    assert!(!backup::due(&daily, today, true) && backup::due(&daily, today.succ_opt().expect("a day"), true));
    assert!(!backup::due(&BackupPlan { rhythm: Rhythm::Hand, ..daily }, today, false));
}

#[test]
fn no_back_up_lands_in_a_vault_or_on_a_file_that_is_there() {
    let place = Place::new();
    for inside in ["", "prev", "cases"] {
        let plan = BackupPlan { folder: place.copy.root().join(inside), ..place.plan.clone() };
        let made = backup::make(&place.copy.state, &plan, now(), clock(0));
        assert!(matches!(made, Err(BackupError::InVault)), "{inside}");
    }
    let taken = place.plan.folder.join("mijn.zip");
    fs::write(&taken, b"vakantie").expect("it can be written");
    let made = backup::back_up_to(&place.copy.state, &place.copy.root(), &taken);
    assert!(matches!(made, Err(BackupError::Taken)));
    assert_eq!(fs::read(&taken).expect("a file"), b"vakantie");
    let empty = place.copy.folder.path().join("leeg");
    fs::create_dir(&empty).expect("it can be made");
    let made = backup::back_up_to(&place.copy.state, &empty, &place.plan.folder.join("x.zip"));
    assert!(matches!(made, Err(BackupError::NotAVault)));
    assert_eq!(place.names(), ["mijn.zip"]);
}
