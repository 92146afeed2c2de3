//! Files of a case: streamed in, streamed out, and never given out unproved.

use super::*;
use crate::{AttachError, ExportError, Finding};
use casebook::{Attachment, MediaKind};

/// Bytes that are nowhere the same.
fn bytes(length: usize) -> Vec<u8> {
    (0_u32..).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).take(length).collect()
}

fn source(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("it can be written");
    path
}

fn attached(copy: &Copy, vault: &mut Vault, content: &[u8]) -> (Uuid, Attachment) {
    let path = source(&copy.folder, "brief.pdf", content);
    let (id, attachment) = vault.attach(&path).expect("there is room");
    let mut case = vault.case(copy.cases[0]).expect("it opens");
    case.attachments.write(id, attachment.clone(), vault.stamp(now()));
    vault.save_case(&case, now()).expect("there is room");
    (id, attachment)
}

fn sealed_path(copy: &Copy, id: Uuid) -> PathBuf {
    copy.root().join(Object::Attachment(id).path())
}

#[test]
fn an_attachment_of_any_length_comes_back_byte_for_byte() {
    let copy = Copy::new();
    let mut vault = copy.open();
    for length in [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000] {
        let content = bytes(length);
        let (id, attachment) = attached(&copy, &mut vault, &content);
        assert_eq!(attachment.length, length as u64);
        // EXPOSE: the test compares its own made-up name.
        assert_eq!(attachment.name.expose(), "brief.pdf");
        assert!(*vault.read_attachment(id, &attachment, 300_000).expect("it opens") == content, "{length} bytes");
        let out = copy.folder.path().join(format!("{length}.out"));
        vault.export_attachment(id, &attachment, &out, &[&copy.root()]).expect("there is room");
        assert!(fs::read(&out).expect("it is there") == content, "{length} bytes");
        assert!(vault.has_attachment(id));
    }
    vault.lock(now()).expect("there is room");
    assert!(fs::read_dir(copy.root().join(".tmp")).expect("a folder").next().is_none(), "nothing is left there");
    let mut again = copy.open();
    assert_eq!(again.case(copy.cases[0]).expect("it opens").attachments.current().len(), 7);
}

#[test]
fn what_a_file_is_is_told_by_its_bytes_and_not_by_its_name() {
    let copy = Copy::new();
    let mut vault = copy.open();
    assert_eq!(attached(&copy, &mut vault, b"\x89PNG\r\n\x1a\nrest").1.kind, MediaKind::Png);
    assert_eq!(attached(&copy, &mut vault, b"MZ a program").1.kind, MediaKind::Other);
}

#[test]
fn an_attachment_that_is_changed_cut_or_exchanged_gives_nothing() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let (id, attachment) = attached(&copy, &mut vault, &bytes(200_000));
    let (other, _) = attached(&copy, &mut vault, &bytes(200_001));
    let path = sealed_path(&copy, id);
    let whole = fs::read(&path).expect("it was written");
    let out = copy.folder.path().join("uit.pdf");
    let refused = |vault: &Vault, what: &str| {
        let read = vault.read_attachment(id, &attachment, 300_000).map(|_| ());
        let exported = vault.export_attachment(id, &attachment, &out, &[]);
        match (read, exported) {
            (Err(one), Err(ExportError::File(other))) => assert_eq!(one, other, "{what}"),
            _ => panic!("{what}: it was given out"),
        }
        let left = fs::read_dir(copy.folder.path()).expect("a folder").flatten();
        let left: Vec<_> = left.filter(|entry| entry.file_name().to_string_lossy().contains("uit")).collect();
        assert!(left.is_empty(), "{what}: a piece was left");
        read.expect_err("it was refused")
    };
    // Every chunk, the header and the nonce.
    for at in [0, 30, 120, 190, 230, 65_800, 131_400, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).expect("it can be written");
        refused(&vault, &format!("byte {at}"));
    }
    for length in [0, 10, 150, 216, 65_800, 65_752, 131_288, whole.len() - 1] {
        fs::write(&path, &whole[..length]).expect("it can be written");
        refused(&vault, &format!("cut at {length}"));
    }
    fs::copy(sealed_path(&copy, other), &path).expect("it can be copied");
    assert_eq!(refused(&vault, "another file of this vault"), Finding::Damaged(Object::Attachment(id)));
    fs::remove_file(&path).expect("it can be removed");
    assert_eq!(refused(&vault, "no file"), Finding::Missing(Object::Attachment(id)));
    assert!(!vault.has_attachment(id));
    fs::write(&path, &whole).expect("it can be written");
    assert!(vault.read_attachment(id, &attachment, 300_000).is_ok(), "the check can succeed");
}

#[test]
fn more_than_may_be_held_in_memory_is_not_read_to_be_shown() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let (id, attachment) = attached(&copy, &mut vault, &bytes(1000));
    let finding = vault.read_attachment(id, &attachment, 999).map(|_| ());
    assert_eq!(finding, Err(Finding::Refused(Object::Attachment(id))));
}

#[test]
fn a_file_that_is_not_there_is_too_large_or_no_file_is_refused_before_anything_is_written() {
    let copy = Copy::new();
    let vault = copy.open();
    let huge = source(&copy.folder, "groot.bin", b"");
    fs::File::options().write(true).open(&huge).and_then(|file| file.set_len(3 << 30)).expect("a file with a hole");
    assert!(matches!(vault.attach(&huge), Err(AttachError::TooLarge)));
    assert!(matches!(vault.attach(&copy.folder.path().join("niets")), Err(AttachError::Source(_))));
    assert!(matches!(vault.attach(copy.folder.path()), Err(AttachError::Source(_))));
    for name in ["attachments", ".tmp"] {
        assert!(fs::read_dir(copy.root().join(name)).expect("a folder").next().is_none(), "{name}");
    }
}

#[test]
fn an_export_never_lands_in_the_vault() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let (id, attachment) = attached(&copy, &mut vault, b"inhoud");
    let into = copy.root().join("cases").join("brief.pdf");
    let refused = vault.export_attachment(id, &attachment, &into, &[vault.folder()]);
    assert!(matches!(refused, Err(ExportError::Place(crate::DiskTrouble::Taken))));
    assert!(!into.exists());
}

#[test]
fn whichever_operation_of_attaching_fails_it_is_reported_and_the_next_try_works() {
    let copy = Copy::new();
    let content = bytes(150_000);
    let path = source(&copy.folder, "brief.pdf", &content);
    let disk = FailingFs::new(io::ErrorKind::StorageFull, false);
    let fs: Arc<dyn VaultFs> = Arc::<FailingFs>::clone(&disk);
    let vault = Vault::unlock_on(fs, &copy.root(), &passphrase(), &copy.state, now()).expect("it opens");
    let mut failures = 0;
    for operation in 0.. {
        disk.fail_after(operation);
        let outcome = vault.attach(&path);
        let failed = disk.failed();
        disk.heal();
        match outcome {
            Ok((id, attachment)) => {
                assert!(vault.read_attachment(id, &attachment, 200_000).is_ok());
                if !failed {
                    break;
                }
            }
            Err(_) => failures += 1,
        }
        let (id, attachment) = vault.attach(&path).expect("the disk is well again");
        assert!(*vault.read_attachment(id, &attachment, 200_000).expect("it opens") == content);
    }
    assert!(failures > 8, "create, writes, flush, reads, rename and folder: {failures}");
}

#[test]
fn what_an_interrupted_attaching_left_is_removed_and_nothing_else() {
    let copy = Copy::new();
    let temporary = copy.root().join(".tmp");
    let left = temporary.join(format!("{}.bytes", Uuid::new_v4()));
    let hers = temporary.join("foto.bytes");
    fs::write(&left, b"half a file").expect("it can be written");
    fs::write(&hers, b"not ours").expect("it can be written");
    copy.open();
    assert!(!left.exists() && hers.exists());
}

#[test]
fn opening_a_vault_reads_no_attachment() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let (id, _) = attached(&copy, &mut vault, &bytes(1000));
    vault.lock(now()).expect("there is room");
    fs::write(sealed_path(&copy, id), b"no age file at all").expect("it can be written");
    let vault = copy.open();
    assert!(vault.warnings().is_empty(), "a look at it would have shown that it is damaged");
}

#[test]
fn a_check_opens_every_attachment_and_names_the_case_of_one_that_is_damaged_or_gone() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let files: Vec<Uuid> = (0..3).map(|extra| attached(&copy, &mut vault, &bytes(70_000 + extra)).0).collect();
    assert!(vault.check().findings.is_empty(), "the check can succeed");
    let good = vault.check().good;
    let damaged = sealed_path(&copy, files[0]);
    let mut sealed = fs::read(&damaged).expect("it was written");
    *sealed.last_mut().expect("it is not empty") ^= 1;
    fs::write(&damaged, sealed).expect("it can be written");
    fs::remove_file(sealed_path(&copy, files[1])).expect("it is there");
    let check = vault.check();
    let object = Object::Attachment;
    assert_eq!(check.findings, [Finding::Damaged(object(files[0])), Finding::Missing(object(files[1]))]);
    assert!(files.iter().all(|file| check.owners[file] == copy.cases[0]));
    assert_eq!(check.good, good - 2);
}

#[test]
fn bytes_that_nobody_refers_to_are_an_orphan_and_those_of_an_earlier_version_are_not() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let path = source(&copy.folder, "los.txt", b"los");
    let (orphan, _) = vault.attach(&path).expect("there is room");
    assert_eq!(vault.check().findings, [Finding::Orphan(Object::Attachment(orphan))]);
    let (removed, _) = attached(&copy, &mut vault, b"weg");
    let mut case = vault.case(copy.cases[0]).expect("it opens");
    case.attachments.remove(removed, vault.stamp(now()));
    vault.save_case(&case, now()).expect("there is room");
    assert_eq!(vault.check().findings, [Finding::Orphan(Object::Attachment(orphan))], "it has a history");
    // A version in which the attachment was never entered takes the place of this one.
    let newest = copy.case_path(0);
    let kept = copy.root().join("prev/2026-03-02");
    fs::create_dir_all(&kept).expect("a folder");
    fs::copy(&newest, kept.join("andere naam.age")).expect("it can be copied");
    fs::copy(original().folder.path().join("vault/cases").join(newest.file_name().expect("a name")), &newest)
        .expect("it can be copied");
    let orphans: Vec<_> = vault.check().findings.into_iter().filter(|f| matches!(f, Finding::Orphan(_))).collect();
    assert_eq!(orphans, [Finding::Orphan(Object::Attachment(orphan))]);
}
