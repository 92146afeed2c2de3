//! The manipulations.

use super::*;
use crate::register::Register;
use crate::{stored_case, stored_practice};

pub(super) const ROWS: [Row; 49] = [
    // Files of this vault under each other's names.
    ("two cases change names", |w| {
        w.exchange(w.case(0), w.case(1));
        Said::AtUnlock(vec![swapped(w.case(0), w.case(1)), swapped(w.case(1), w.case(0))])
    }),
    ("a case is copied over another", |w| {
        w.put(w.at(w.case(0)), w.case(1));
        Said::AtUnlock(vec![swapped(w.case(1), w.case(0))])
    }),
    ("a case is copied under a new name", |w| {
        w.put(w.at(w.case(0)), stranger());
        Said::AtUnlock(vec![swapped(stranger(), w.case(0))])
    }),
    ("a case is moved to a new name", |w| {
        w.moved(w.case(0), stranger());
        Said::AtUnlock(vec![swapped(stranger(), w.case(0)), Finding::Missing(w.case(0))])
    }),
    ("the practice in the place of a case", |w| {
        w.put(w.at(Object::Practice), w.case(0));
        Said::AtUnlock(vec![swapped(w.case(0), Object::Practice)])
    }),
    ("the register in the place of a case", |w| {
        w.put(w.at(Object::Register), w.case(0));
        Said::AtUnlock(vec![swapped(w.case(0), Object::Register)])
    }),
    ("a case in the place of the practice", |w| {
        w.put(w.at(w.case(0)), Object::Practice);
        Said::AtUnlock(vec![Finding::Restored(Object::Practice), swapped(Object::Practice, w.case(0))])
    }),
    ("the practice and a case change names", |w| {
        w.exchange(w.case(0), Object::Practice);
        let practice = [Finding::Restored(Object::Practice), swapped(Object::Practice, w.case(0))];
        Said::AtUnlock([swapped(w.case(0), Object::Practice)].into_iter().chain(practice).collect())
    }),
    ("the register in the place of the practice", |w| {
        w.put(w.at(Object::Register), Object::Practice);
        Said::AtUnlock(vec![Finding::Restored(Object::Practice), swapped(Object::Practice, Object::Register)])
    }),
    ("a case is moved over the register", |w| {
        w.moved(w.case(1), Object::Register);
        Said::AtUnlock(vec![swapped(Object::Register, w.case(1)), Finding::Missing(w.case(1))])
    }),
    ("a case is moved over the register and no earlier version is left", |w| {
        w.forget();
        w.moved(w.case(1), Object::Register);
        Said::AtUnlock(vec![swapped(Object::Register, w.case(1)), Finding::Missing(w.case(1))])
    }),
    ("a case is moved over vault.age", |w| {
        w.forget();
        w.moved(w.case(1), Object::Identity);
        Said::AtUnlock(vec![Finding::Repaired(Object::Identity), Finding::Missing(w.case(1))])
    }),
    ("a case is moved over recovery.age", |w| {
        w.moved(w.case(1), Object::Recovery);
        Said::AtUnlock(vec![Finding::Refused(Object::Recovery), Finding::Missing(w.case(1))])
    }),
    ("recovery.age in the place of vault.age", |w| {
        w.put(w.at(Object::Recovery), Object::Identity);
        Said::AtUnlock(vec![Finding::Repaired(Object::Identity)])
    }),
    ("vault.age in the place of recovery.age", |w| {
        w.put(w.at(Object::Identity), Object::Recovery);
        Said::AtUnlock(vec![Finding::Unproven(Object::Recovery)])
    }),
    ("two attachments change names", |w| {
        w.exchange(w.attachment(0), w.attachment(1));
        Said::AtCheck(vec![Finding::Damaged(w.attachment(0)), Finding::Damaged(w.attachment(1))])
    }),
    ("a case in the place of an attachment", |w| {
        w.put(w.at(w.case(0)), w.attachment(0));
        Said::AtCheck(vec![Finding::Damaged(w.attachment(0))])
    }),
    ("an attachment in the place of a case", |w| {
        w.put(w.at(w.attachment(0)), w.case(1));
        Said::AtUnlock(vec![Finding::Damaged(w.case(1))])
    }),
    ("an attachment under a new name", |w| {
        let new = Object::Attachment(Uuid::from_u128(7));
        w.put(w.at(w.attachment(0)), new);
        Said::AtCheck(vec![Finding::Orphan(new)])
    }),
    ("a case in the place of a quick note", |w| {
        w.put(w.at(w.case(0)), w.note());
        Said::AtCheck(vec![Finding::Foreign(w.note())])
    }),
    ("a quick note in the place of a case", |w| {
        w.put(w.at(w.note()), w.case(1));
        Said::AtUnlock(vec![Finding::Foreign(w.case(1))])
    }),
    // What was true before.
    ("an old case is put back", |w| {
        w.put(w.old(w.case(0)), w.case(0));
        Said::AtUnlock(vec![Finding::Returned(w.case(0))])
    }),
    ("an old case is put back and no earlier version is left", |w| {
        w.forget();
        w.put(w.old(w.case(0)), w.case(0));
        Said::AtUnlock(vec![Finding::Older(w.case(0))])
    }),
    ("an old case is put back together with the register that knows it", |w| {
        w.forget();
        w.put(w.old(w.case(0)), w.case(0));
        w.put(w.old(Object::Register), Object::Register);
        Said::AtUnlock(vec![Finding::Older(w.case(0))])
    }),
    ("an old case is put among the files that a save left", |w| {
        w.forget();
        w.remove(w.case(0));
        let left = w.copy.root().join(".tmp").join(format!("{}.age", Uuid::from_u128(9)));
        fs::copy(w.old(w.case(0)), left).expect("it can be copied");
        Said::AtUnlock(vec![Finding::Older(w.case(0))])
    }),
    ("an old case is a conflict copy of one that was taken away", |w| {
        w.forget();
        w.remove(w.case(0));
        fs::copy(w.old(w.case(0)), w.copy.root().join("cases/kopie (1).age")).expect("it can be copied");
        Said::AtUnlock(vec![Finding::Merged(w.case(0)), Finding::Older(w.case(0))])
    }),
    ("an old case is a conflict copy of one that was taken away, and earlier versions are left", |w| {
        w.remove(w.case(0));
        fs::copy(w.old(w.case(0)), w.copy.root().join("cases/kopie (1).age")).expect("it can be copied");
        Said::AtUnlock(vec![Finding::Merged(w.case(0))])
    }),
    ("an old practice is put back", |w| {
        w.put(w.old(Object::Practice), Object::Practice);
        Said::AtUnlock(vec![Finding::Returned(Object::Practice)])
    }),
    ("an old practice is put back and no earlier version is left", |w| {
        w.forget();
        w.put(w.old(Object::Practice), Object::Practice);
        Said::AtUnlock(vec![Finding::Older(Object::Practice), Finding::Adopted(w.added())])
    }),
    ("an old practice is put back and the case that it does not know is taken away", |w| {
        w.forget();
        w.put(w.old(Object::Practice), Object::Practice);
        w.remove(w.added());
        Said::AtUnlock(vec![Finding::Older(Object::Practice), Finding::Missing(w.added())])
    }),
    ("the whole folder as it was before", |w| {
        fs::remove_dir_all(w.copy.root()).expect("it can be removed");
        copy_folder(w.made.old.path(), &w.copy.root());
        let older = [Object::Practice, w.case(0)].map(Finding::Older);
        let gone = [Finding::Missing(w.added()), Finding::Unproven(Object::Recovery)];
        Said::AtUnlock(older.into_iter().chain(gone).collect())
    }),
    ("the recovery file of a sheet that was revoked", |w| {
        w.put(w.old(Object::Recovery), Object::Recovery);
        Said::AtUnlock(vec![Finding::Unproven(Object::Recovery)])
    }),
    ("vault.age with a passphrase that was given up", |w| {
        let old = Passphrase::new("de vorige woorden".to_owned());
        let sealed = seal::seal_keys_at(&w.made.keys, &old.0, Object::Identity, 14).expect("memory is there");
        fs::write(w.at(Object::Identity), sealed.bytes).expect("it can be written");
        Said::AtUnlock(vec![Finding::Repaired(Object::Identity)])
    }),
    // Files of another vault that has the same passphrase.
    ("a case of another vault in the place of ours", |w| {
        w.put(w.foreign(Object::Case(w.made.foreign.case)), w.case(0));
        Said::AtUnlock(vec![Finding::Foreign(w.case(0))])
    }),
    ("a case of another vault beside ours", |w| {
        let theirs = Object::Case(w.made.foreign.case);
        w.put(w.foreign(theirs), theirs);
        Said::AtUnlock(vec![Finding::Foreign(theirs)])
    }),
    ("the practice of another vault", |w| {
        w.put(w.foreign(Object::Practice), Object::Practice);
        Said::NotOpened(Finding::Foreign(Object::Practice))
    }),
    ("the register of another vault", |w| {
        w.put(w.foreign(Object::Register), Object::Register);
        Said::AtUnlock(vec![Finding::Foreign(Object::Register)])
    }),
    ("one copy of the identity of another vault", |w| {
        w.put(w.foreign(Object::Identity), Object::Identity);
        Said::AtUnlock(vec![Finding::Repaired(Object::Identity)])
    }),
    ("both copies of the identity of another vault", |w| {
        w.put(w.foreign(Object::Identity), Object::Identity);
        w.put(w.foreign(Object::IdentityCopy), Object::IdentityCopy);
        Said::NotOpened(Finding::Foreign(Object::Practice))
    }),
    ("an attachment of another vault", |w| {
        w.put(w.foreign(Object::Attachment(w.made.foreign.attachment.0)), w.attachment(0));
        Said::AtCheck(vec![Finding::Foreign(w.attachment(0))])
    }),
    ("a quick note of another vault", |w| {
        let theirs = Object::QuickNote(w.made.foreign.note);
        w.put(w.foreign(theirs), theirs);
        Said::AtCheck(vec![Finding::Foreign(theirs)])
    }),
    // Made with a recipient that leaked, and without the origin key.
    ("a forged case in the place of ours", |w| {
        w.forge(w.case(0), |to| stored_case::write(&forged_case(w.copy.cases[0]), to));
        Said::AtUnlock(vec![Finding::Forged(w.case(0))])
    }),
    ("a forged case beside ours", |w| {
        w.forge(stranger(), |to| stored_case::write(&forged_case(Uuid::from_u128(5)), to));
        Said::AtUnlock(vec![Finding::Forged(stranger())])
    }),
    ("a forged practice", |w| {
        let mut practice = Practice::default();
        let (stamp, name) = (forged_stamp(), Organisation::named(CaseText::from(FORGED)));
        practice.organisations.write(Uuid::new_v4(), name, stamp);
        w.forge(Object::Practice, |to| stored_practice::write(&practice, to));
        Said::AtUnlock(vec![Finding::Restored(Object::Practice), Finding::Forged(Object::Practice)])
    }),
    ("a forged register", |w| {
        w.forge(Object::Register, |to| Register::default().write(to));
        Said::AtUnlock(vec![Finding::Forged(Object::Register)])
    }),
    ("a forged attachment", |w| {
        let sealed = seal::seal(FORGED.as_bytes(), &w.made.forger, w.attachment(0)).expect("memory is there");
        fs::write(w.at(w.attachment(0)), sealed.bytes).expect("it can be written");
        Said::AtCheck(vec![Finding::Damaged(w.attachment(0))])
    }),
    // Bytes.
    ("a byte of a case is changed", |w| {
        w.change(w.case(0), |bytes| bytes[3_000] ^= 1);
        Said::AtCheck(vec![Finding::Damaged(w.case(0))])
    }),
    ("a piece of another version is put behind a case", |w| {
        let tail = fs::read(w.old(w.case(0))).expect("a file");
        w.change(w.case(0), |bytes| bytes.extend_from_slice(&tail[200..]));
        Said::AtUnlock(vec![Finding::Damaged(w.case(0))])
    }),
    ("vault.age asks for work without end", |w| {
        w.change(Object::Identity, |bytes| {
            let place = bytes.windows(4).position(|four| four == b" 14\n").expect("the work factor");
            bytes[place + 1..place + 3].copy_from_slice(b"40");
        });
        Said::AtUnlock(vec![Finding::Repaired(Object::Identity)])
    }),
];

fn swapped(file: Object, holds: Object) -> Finding {
    Finding::Swapped { file, holds }
}

/// A case that the vault never had.
fn stranger() -> Object {
    Object::Case(Uuid::from_u128(5))
}

fn forged_stamp() -> casebook::Stamp {
    casebook::Stamp { device: Uuid::new_v4(), at: now(), session: Uuid::new_v4() }
}

fn forged_case(id: Uuid) -> Case {
    let mut case = Case::new(id);
    let number = casebook::case::CaseNumber { year: 2026, serial: 1 };
    case.facts.write(id, Facts::draft(number, day()), forged_stamp());
    let note = Note {
        date: day(),
        channel: ContactChannel::Phone,
        minutes: 1,
        with_whom: CaseText::default(),
        facts: CaseText::from(FORGED),
        impressions: CaseText::default(),
    };
    case.notes.write(Uuid::new_v4(), note, forged_stamp());
    case
}
