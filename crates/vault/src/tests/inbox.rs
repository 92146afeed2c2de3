//! Notes that are written while the vault is locked.

use super::*;
use crate::{Finding, LONGEST_QUICK_NOTE, QuickNoteError, SaveError, write_quick_note};

fn write(copy: &Copy, words: &str) -> Result<(), QuickNoteError> {
    write_quick_note(&copy.root(), &copy.state, &CaseText::from(words), now())
}

fn files(copy: &Copy) -> Vec<PathBuf> {
    fs::read_dir(copy.root().join("inbox")).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
}

fn words(vault: &Vault) -> Vec<String> {
    let inbox = vault.inbox().expect("it can be listed");
    assert!(inbox.findings.is_empty(), "{:?}", inbox.findings);
    // EXPOSE: the test compares its own made-up words.
    inbox.notes.iter().map(|note| note.text.expose().to_owned()).collect()
}

#[test]
fn a_note_that_was_written_while_locked_is_there_after_unlocking() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    write(&copy, "Zij belde: \u{1F4DE}\n\nmorgen terugbellen").expect("the inbox is known");
    let vault = copy.open();
    assert_eq!(words(&vault), ["Zij belde: \u{1F4DE}\n\nmorgen terugbellen"]);
    assert_eq!(vault.inbox().expect("it can be listed").notes[0].written_at, now());
    assert_eq!(vault.inbox_count(), 1);
}

#[test]
fn a_note_can_be_written_while_the_vault_is_open_too() {
    let copy = Copy::new();
    let vault = copy.open();
    write(&copy, "tussendoor").expect("the inbox is known");
    assert_eq!(words(&vault), ["tussendoor"]);
}

#[test]
fn the_locked_program_can_write_and_cannot_read() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    write(&copy, "geheim").expect("the inbox is known");
    let sealed = fs::read(&files(&copy)[0]).expect("it was written");
    let (keys, _) = crate::identities::keys_by_passphrase(
        &crate::publish::Folder { fs: Arc::new(RealFs), root: copy.root() },
        &passphrase().0,
        |_| Ok(()),
    )
    .expect("the passphrase is right");
    let with_the_vault_key = seal::open(&sealed, &keys, Object::QuickNote(Uuid::nil())).map(|_| ());
    assert_eq!(with_the_vault_key, Err(Finding::Foreign(Object::QuickNote(Uuid::nil()))), "it has a key of its own");
    // All that this computer keeps is a recipient.
    let kept = fs::read_dir(copy.folder.path().join("state/inboxes")).expect("a folder").flatten();
    for file in kept {
        let text = fs::read_to_string(file.path()).expect("text");
        assert!(text.starts_with("age1") && !text.contains("SECRET"), "{text}");
    }
    let vault_folder = fs::read(copy.root().join("practice.age")).expect("it is there");
    assert!(!vault_folder.windows(4).any(|four| four == b"age1"));
}

#[test]
fn the_size_of_a_note_says_little_about_its_length() {
    let copy = Copy::new();
    let vault = copy.open();
    for length in [1, 50, 4000] {
        write(&copy, &"x".repeat(length)).expect("the inbox is known");
    }
    // age adds a stanza of random length to every header.
    let sizes: Vec<u64> = files(&copy).iter().map(|path| fs::metadata(path).expect("a file").len()).collect();
    assert!(sizes.iter().all(|size| (4096..4096 + 1024).contains(size)), "{sizes:?}");
    let mut lengths: Vec<usize> = words(&vault).iter().map(String::len).collect();
    lengths.sort_unstable();
    assert_eq!(lengths, [1, 50, 4000]);
}

#[test]
fn an_empty_or_endless_note_and_an_unknown_vault_are_refused() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    assert!(matches!(write(&copy, "  \n"), Err(QuickNoteError::Length)));
    assert!(matches!(write(&copy, &"x".repeat(LONGEST_QUICK_NOTE + 1)), Err(QuickNoteError::Length)));
    assert!(write(&copy, &"x".repeat(LONGEST_QUICK_NOTE)).is_ok());
    let elsewhere = copy.elsewhere();
    assert!(matches!(write(&elsewhere, "x"), Err(QuickNoteError::Unknown)), "never opened there");
    fs::remove_file(copy.root().join("vault.age")).expect("it is there");
    assert!(matches!(write(&copy, "x"), Err(QuickNoteError::Save(SaveError::Disk(crate::DiskTrouble::Gone)))));
}

#[test]
fn a_recipient_in_the_vault_folder_is_never_used() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    let thief = age::x25519::Identity::generate();
    for name in ["inbox/recipient", "recipient", "inbox.txt"] {
        fs::write(copy.root().join(name), thief.to_public().to_string()).expect("it can be written");
    }
    write(&copy, "geheim").expect("the inbox is known");
    let sealed = files(&copy).into_iter().find(|path| path.extension().is_some()).expect("it was written");
    let opened = seal::open_with(&fs::read(sealed).expect("a file"), &thief, Object::QuickNote(Uuid::nil()));
    assert!(opened.is_err());
}

#[test]
fn hostile_files_in_the_inbox_are_named_and_the_others_still_open() {
    let copy = Copy::new();
    let vault = copy.open();
    write(&copy, "echt").expect("the inbox is known");
    let recipient = copy.state.inbox(&copy.root().canonicalize().expect("a folder")).expect("it is known");
    let recipient: age::x25519::Recipient = recipient.parse().expect("a recipient");
    let put = |plain: &[u8]| {
        let id = Uuid::new_v4();
        let sealed = seal::seal_for(plain, &recipient, Object::QuickNote(id)).expect("memory is there");
        fs::write(copy.root().join(Object::QuickNote(id).path()), sealed.bytes).expect("it can be written");
        Object::QuickNote(id)
    };
    let raw = |bytes: &[u8]| {
        let id = Uuid::new_v4();
        fs::write(copy.root().join(Object::QuickNote(id).path()), bytes).expect("it can be written");
        Object::QuickNote(id)
    };
    let foreign = age::x25519::Identity::generate().to_public();
    let foreign = seal::seal_for(b"luwte-note 1 x", &foreign, Object::Practice).expect("memory is there");
    let mut wanted = vec![
        Finding::Damaged(put(b"luwte-note 1 2026-03-02T09:00:00Z \n\xff\xfe not text")),
        Finding::Damaged(put(b"luwte-note 1 yesterday\nx")),
        Finding::Damaged(put(b"no first line")),
        Finding::Damaged(put(
            &[b"luwte-note 1 2026-03-02T09:00:00Z\n".as_slice(), &[b'x'; LONGEST_QUICK_NOTE + 1]].concat()
        )),
        Finding::Foreign(raw(&foreign.bytes)),
        Finding::Refused(raw(&vec![0; 300 * 1024])),
        Finding::Truncated(raw(b"")),
        Finding::Damaged(raw(b"no age file")),
    ];
    let folder = Object::QuickNote(Uuid::new_v4());
    fs::create_dir(copy.root().join(folder.path())).expect("a folder in its place");
    wanted.push(Finding::Refused(folder));
    let mut found = vault.inbox().expect("it can be listed").findings;
    found.sort_by_key(|finding| finding.object());
    wanted.sort_by_key(|finding| finding.object());
    assert_eq!(found, wanted);
    let notes = vault.inbox().expect("it can be listed").notes;
    // EXPOSE: the test compares its own made-up words.
    assert_eq!(notes.iter().map(|note| note.text.expose()).collect::<Vec<_>>(), ["echt"]);
}

#[test]
fn whichever_operation_of_a_quick_note_fails_it_is_reported_and_nothing_half_is_left() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    let disk = FailingFs::new(io::ErrorKind::StorageFull, false);
    let write = || {
        let fs: Arc<dyn VaultFs> = Arc::<FailingFs>::clone(&disk);
        crate::inbox::write_quick_note_on(fs, &copy.root(), &copy.state, &CaseText::from("woorden"), now())
    };
    let (mut acknowledged, mut failures) = (0, 0);
    for operation in 0.. {
        disk.fail_after(operation);
        let outcome = write();
        let failed = disk.failed();
        disk.heal();
        acknowledged += usize::from(outcome.is_ok());
        failures += usize::from(outcome.is_err());
        if !failed {
            break;
        }
    }
    assert!(failures > 6, "{failures}");
    // A note whose folder could not be flushed may be there although nobody was told so.
    let notes = words(&copy.open());
    assert!(notes.len() >= acknowledged && notes.iter().all(|note| note == "woorden"), "{notes:?}");
}

#[test]
fn a_note_that_was_whole_when_the_program_died_is_put_in_its_place_and_a_piece_is_removed() {
    let copy = Copy::new();
    copy.open().lock(now()).expect("there is room");
    write(&copy, "bijna").expect("the inbox is known");
    let path = files(&copy).remove(0);
    let temporary = copy.root().join(".tmp").join(path.file_name().expect("a name"));
    let piece = copy.root().join(".tmp").join(format!("{}.age", Uuid::new_v4()));
    let whole = fs::read(&path).expect("it was written");
    fs::write(&piece, &whole[..whole.len() / 2]).expect("it can be written");
    fs::rename(&path, &temporary).expect("it can be moved");
    let vault = copy.open();
    assert_eq!(words(&vault), ["bijna"]);
    assert!(!temporary.exists() && !piece.exists());
}

#[test]
fn a_note_goes_only_when_it_is_removed_and_removing_it_twice_is_harmless() {
    let copy = Copy::new();
    let vault = copy.open();
    write(&copy, "een").expect("the inbox is known");
    let id = vault.inbox().expect("it can be listed").notes[0].id;
    vault.remove_quick_note(id).expect("it can be removed");
    vault.remove_quick_note(id).expect("it is gone already");
    assert_eq!(vault.inbox_count(), 0);
    assert_eq!(vault.quick_note(id).map(|_| ()), Err(Finding::Missing(Object::QuickNote(id))));
}

#[test]
fn an_older_key_of_the_inbox_still_opens_what_was_sealed_for_it() {
    let copy = Copy::new();
    let mut vault = copy.open();
    write(&copy, "voor de oude sleutel").expect("the inbox is known");
    let mut practice = vault.practice().clone();
    crate::inbox::add_key(&mut practice.inbox_keys, vault.stamp(later(1)));
    vault.save_practice(practice, later(1)).expect("there is room");
    vault.lock(later(2)).expect("there is room");
    let before = copy.state.inbox(&copy.root().canonicalize().expect("a folder"));
    let vault = copy.open();
    assert_ne!(copy.state.inbox(&copy.root().canonicalize().expect("a folder")), before, "the newest is used");
    write(&copy, "voor de nieuwe sleutel").expect("the inbox is known");
    let mut both = words(&vault);
    both.sort_unstable();
    assert_eq!(both, ["voor de nieuwe sleutel", "voor de oude sleutel"]);
}
