//! SQLite in memory: from bytes and to bytes, never from or to a file.
//!
//! What is read may be hostile even after it opened, so the image is checked before
//! its schema is parsed, the schema must be literally ours, and nothing in it is
//! trusted to run.

use crate::finding::Finding;
use crate::keys::Keys;
use crate::meta::{FORMAT, Meta};
use crate::object::Object;
use crate::sabotage;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB};
use std::io::Read;
use std::sync::OnceLock;
use zeroize::Zeroizing;

/// "Luwt": what the `file` program and a puzzled reader can find in the image.
const APPLICATION_ID: u32 = 0x4c75_7774;
const MAGIC: &[u8] = b"SQLite format 3\0";
const PAGE: u32 = 4096;
/// The smallest database of a case or practice; nearly every case fits in it.
const FLOOR: u64 = 128 * 1024;

/// One kind of database: its schema, and an empty image of it to start from.
struct Kind {
    sql: &'static str,
    empty: OnceLock<Vec<u8>>,
    schema: OnceLock<Vec<String>>,
}

impl Kind {
    const fn new(sql: &'static str) -> Self {
        Self { sql, empty: OnceLock::new(), schema: OnceLock::new() }
    }

    fn of(object: Object) -> &'static Self {
        Self::of_database(object).expect("only what is a database is opened as one")
    }

    fn of_database(object: Object) -> Option<&'static Self> {
        static CASE: Kind = Kind::new(include_str!("schema/case.sql"));
        static PRACTICE: Kind = Kind::new(include_str!("schema/practice.sql"));
        static REGISTER: Kind = Kind::new(include_str!("schema/register.sql"));
        match object {
            Object::Case(_) => Some(&CASE),
            Object::Practice => Some(&PRACTICE),
            Object::Register => Some(&REGISTER),
            Object::Identity
            | Object::IdentityCopy
            | Object::Recovery
            | Object::Attachment(_)
            | Object::QuickNote(_) => None,
        }
    }

    fn empty(&self) -> &[u8] {
        self.empty.get_or_init(|| {
            let make = || {
                let mut connection = connect()?;
                connection.pragma_update(None, "page_size", PAGE)?;
                connection.pragma_update(None, "application_id", APPLICATION_ID)?;
                connection.pragma_update(None, "user_version", FORMAT)?;
                connection.execute_batch(self.sql)?;
                Ok::<_, rusqlite::Error>(connection.serialize(MAIN_DB)?.to_vec())
            };
            make().expect("the schema is part of the program and a test makes it")
        })
    }

    fn schema(&self) -> &[String] {
        self.schema.get_or_init(|| {
            let read = || schema_of(&attach(self.empty())?);
            read().expect("the schema is part of the program and a test reads it")
        })
    }
}

fn connect() -> rusqlite::Result<Connection> {
    let connection = Connection::open_in_memory()?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    connection.execute_batch("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;")?;
    Ok(connection)
}

fn attach(image: &[u8]) -> rusqlite::Result<Connection> {
    let mut connection = connect()?;
    // Bytes 18 and 19 say "WAL" when somebody opened the database with the sqlite3
    // program; an image in memory can have no such log, so they are set back.
    let parts = (&image[..18]).chain(&[1, 1][..]).chain(&image[20..]);
    connection.deserialize_read_exact(MAIN_DB, parts, image.len(), false)?;
    // Rolling back needs no file either.
    connection.execute_batch("PRAGMA journal_mode = MEMORY;")?;
    Ok(connection)
}

fn schema_of(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let sql = "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY 1";
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// How thoroughly an image is checked when it is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Every page is walked.
    Full,
    /// For the register: age has proved its bytes, and it can be made again.
    Derived,
}

/// Opens an image and proves that it is this object of this vault.
pub(crate) fn open(image: &[u8], keys: &Keys, object: Object, care: Care) -> Result<(Connection, Meta), Finding> {
    let damaged = |_| Finding::Damaged(object);
    check_shape(image, object)?;
    let connection = attach(image).map_err(damaged)?;
    if care == Care::Full && !sabotage::on("no-quick-check") {
        let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(damaged)?;
        if verdict != "ok" {
            return Err(Finding::Damaged(object));
        }
    }
    // A database of another kind of this vault is named as what it is.
    if schema_of(&connection).map_err(damaged)? != Kind::of(object).schema() {
        return Err(match Meta::read(&connection, keys, object) {
            Err(swapped @ Finding::Swapped { .. }) => swapped,
            Ok(_) | Err(_) => Finding::Damaged(object),
        });
    }
    let meta = Meta::read(&connection, keys, object)?;
    Ok((connection, meta))
}

/// Finds out which object of this vault an image is, whatever its file is called.
pub(crate) fn identify(image: &[u8], keys: &Keys) -> Option<Meta> {
    let placeholder = Object::Practice;
    check_shape(image, placeholder).ok()?;
    let connection = attach(image).ok()?;
    let meta = Meta::read_any(&connection, keys, placeholder).ok()?;
    let ours = schema_of(&connection).ok()? == Kind::of_database(meta.object)?.schema();
    ours.then_some(meta)
}

/// The same database with a tag of keys that were changed.
pub(crate) fn stamp_anew(image: &[u8], keys: &Keys, object: Object) -> Result<Zeroizing<Vec<u8>>, Finding> {
    let (mut connection, meta) = open(image, keys, object, Care::Full)?;
    let stamped = meta.stamp_anew(&connection, keys).and_then(|()| Ok(connection.serialize(MAIN_DB)?.to_vec()));
    stamped.map(Zeroizing::new).map_err(|_| Finding::Damaged(object))
}

/// The checks that need no SQLite: size, magic, page size, whose it is, which format.
fn check_shape(image: &[u8], object: Object) -> Result<(), Finding> {
    let number = |at: usize| image.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
    if (image.len() < 512 && !sabotage::on("no-size-check")) || !image.starts_with(MAGIC) {
        return Err(Finding::Damaged(object));
    }
    let page = match u16::from_be_bytes([image[16], image[17]]) {
        1 => 65_536,
        size => usize::from(size),
    };
    if page < 512 || !page.is_power_of_two() || !image.len().is_multiple_of(page) || number(68) != Some(APPLICATION_ID)
    {
        return Err(Finding::Damaged(object));
    }
    match number(60) {
        Some(FORMAT) => Ok(()),
        Some(format) if format > FORMAT => Err(Finding::NewerFormat { object, format }),
        _ => Err(Finding::Damaged(object)),
    }
}

/// Makes the image of an object: the meta row, what `fill` writes, and the padding.
pub(crate) fn make(
    meta: &Meta,
    keys: &Keys,
    fill: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<Zeroizing<Vec<u8>>> {
    let mut connection = attach(Kind::of(meta.object).empty())?;
    connection.execute_batch("BEGIN")?;
    meta.write(&connection, keys)?;
    fill(&connection)?;
    pad(&connection)?;
    connection.execute_batch("COMMIT")?;
    Ok(Zeroizing::new(connection.serialize(MAIN_DB)?.to_vec()))
}

/// Fills the file up to the next step with zeroes.
fn pad(connection: &Connection) -> rusqlite::Result<()> {
    let pages: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    let size = u64::from(pages) * u64::from(PAGE);
    let missing = (padded(size) - size) / u64::from(PAGE);
    // A blob of this length spills over exactly so many pages of 4092 bytes, with
    // what is left of it on the page that `_pad` has anyway.
    let filler = if missing == 0 { 0 } else { missing * u64::from(PAGE - 4) + 460 };
    connection.execute("INSERT INTO _pad VALUES (1, zeroblob(?))", [i64::try_from(filler).unwrap_or(0)])?;
    Ok(())
}

/// The size that is written for a database of this size: at least 128 KiB, then in
/// steps of a quarter of the power of two below it.
fn padded(size: u64) -> u64 {
    if size <= FLOOR {
        return FLOOR;
    }
    let step = (1_u64 << size.ilog2()) / 4;
    size.div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use uuid::Uuid;

    fn meta(object: Object) -> Meta {
        Meta { object, generation: 3, parent: None, device: Uuid::from_u128(4), saved_at: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn sqlite_is_compiled_so_that_it_cannot_write_a_temporary_file() {
        let connection = connect().expect("memory is there");
        let mut statement = connection.prepare("PRAGMA compile_options").expect("a pragma");
        let options: Vec<String> =
            statement.query_map([], |row| row.get(0)).expect("rows").map(|row| row.expect("text")).collect();
        for wanted in ["TEMP_STORE=3", "SECURE_DELETE", "OMIT_LOAD_EXTENSION"] {
            assert!(options.iter().any(|option| option == wanted), "{wanted} is missing in {options:?}");
        }
    }

    #[test]
    fn every_database_is_padded_to_a_step_whatever_is_in_it() {
        let keys = Keys::make();
        for bytes in [0_usize, 3_000, 30_000, 100_000, 120_000, 700_000, 3_000_000] {
            let words = "x".repeat(bytes);
            let image = make(&meta(Object::Practice), &keys, |connection| {
                connection.execute("INSERT INTO log VALUES ('1',0,'1','','','','',0,'act',?,'')", [&words]).map(|_| ())
            })
            .expect("it fits in memory");
            let (size, bytes) = (image.len() as u64, bytes as u64);
            assert_eq!(size, padded(size), "{bytes} bytes of text");
            assert!(bytes < size && size <= FLOOR.max((bytes + 90_000) * 5 / 4));
            open(&image, &keys, Object::Practice, Care::Full).expect("it was just made");
        }
    }

    #[test]
    fn a_database_with_a_trigger_or_view_of_somebody_else_is_not_read() {
        let keys = Keys::make();
        let object = Object::Case(Uuid::from_u128(1));
        let image = make(&meta(object), &keys, |_| Ok(())).expect("it fits in memory");
        let mut connection = attach(&image).expect("it was just made");
        connection.execute_batch("CREATE VIEW extra AS SELECT 1").expect("a view");
        let changed = connection.serialize(MAIN_DB).expect("an image").to_vec();
        assert_eq!(open(&changed, &keys, object, Care::Full).err(), Some(Finding::Damaged(object)));
    }

    #[test]
    fn a_database_that_went_through_the_sqlite_program_in_wal_mode_opens() {
        let keys = Keys::make();
        let mut image = make(&meta(Object::Practice), &keys, |_| Ok(())).expect("it fits in memory");
        image[18..20].copy_from_slice(&[2, 2]);
        open(&image, &keys, Object::Practice, Care::Full).expect("the two bytes are set back");
    }

    #[test]
    fn a_newer_format_is_named_and_not_read() {
        let keys = Keys::make();
        let mut image = make(&meta(Object::Practice), &keys, |_| Ok(())).expect("it fits in memory");
        image[60..64].copy_from_slice(&9_u32.to_be_bytes());
        let expected = Finding::NewerFormat { object: Object::Practice, format: 9 };
        assert_eq!(open(&image, &keys, Object::Practice, Care::Full).err(), Some(expected));
    }
}
