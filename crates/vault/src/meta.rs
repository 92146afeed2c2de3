//! The `meta` row: which vault, which object and which version a database is.

use crate::finding::Finding;
use crate::header::{HeaderId, hex};
use crate::keys::Keys;
use crate::object::Object;
use crate::rows::{moment, parse_moment};
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use uuid::Uuid;

/// The format that this version writes, and the newest it reads.
pub(crate) const FORMAT: u32 = 1;

/// The one row of `meta`, the origin tag apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Meta {
    pub(crate) object: Object,
    /// Counts the versions of this object, from 1.
    pub(crate) generation: u64,
    /// The version that this one was made from.
    pub(crate) parent: Option<HeaderId>,
    /// The computer that saved it.
    pub(crate) device: Uuid,
    /// When.
    pub(crate) saved_at: DateTime<Utc>,
}

impl Meta {
    /// Binds what the file is to the origin key. The file as a whole is protected by
    /// age; this says that its maker had the identity file, and which object it is.
    fn message(&self, vault_id: Uuid) -> String {
        let Self { object, generation, parent, device: _, saved_at: _ } = self;
        let parent = parent.map(HeaderId::hex).unwrap_or_default();
        format!("{vault_id}|{}|{}|{generation}|{parent}", object.kind(), object.id(vault_id))
    }

    fn origin_tag(&self, keys: &Keys) -> String {
        hex(&keys.authenticate(self.message(keys.vault_id).as_bytes()))
    }

    /// Writes the tag anew, with keys that were changed.
    pub(crate) fn stamp_anew(&self, connection: &Connection, keys: &Keys) -> rusqlite::Result<()> {
        connection.execute("UPDATE meta SET origin_tag = ?", [self.origin_tag(keys)]).map(drop)
    }

    /// Writes the row.
    pub(crate) fn write(&self, connection: &Connection, keys: &Keys) -> rusqlite::Result<()> {
        connection.execute(
            "INSERT INTO meta VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                FORMAT,
                keys.vault_id.to_string(),
                self.object.kind(),
                self.object.id(keys.vault_id).to_string(),
                i64::try_from(self.generation).unwrap_or(i64::MAX),
                self.parent.map(HeaderId::hex),
                self.device.to_string(),
                moment(self.saved_at),
                self.origin_tag(keys),
            ],
        )?;
        Ok(())
    }

    /// Reads the row and says in which way it does not fit the file it was found in.
    pub(crate) fn read(connection: &Connection, keys: &Keys, object: Object) -> Result<Self, Finding> {
        let meta = Self::read_any(connection, keys, object)?;
        if meta.object == object { Ok(meta) } else { Err(Finding::Swapped { file: object, holds: meta.object }) }
    }

    /// Reads the row of a file whose name says nothing; `object` is for the finding.
    pub(crate) fn read_any(connection: &Connection, keys: &Keys, object: Object) -> Result<Self, Finding> {
        let damaged = |_| Finding::Damaged(object);
        let sql =
            "SELECT vault_id, kind, object_id, generation, parent_header_id, device_id, saved_at, origin_tag FROM meta";
        let mut statement = connection.prepare(sql).map_err(damaged)?;
        let mut rows = statement.query([]).map_err(damaged)?;
        let row = rows.next().map_err(damaged)?.ok_or(Finding::Damaged(object))?;
        let text = |column: usize| row.get::<_, String>(column).map_err(damaged);
        let id = |column: usize| text(column)?.parse::<Uuid>().map_err(|_| Finding::Damaged(object));
        if id(0)? != keys.vault_id {
            return Err(Finding::Foreign(object));
        }
        let parent = match row.get::<_, Option<String>>(4).map_err(damaged)? {
            Some(hex) => Some(HeaderId::from_hex(&hex).ok_or(Finding::Damaged(object))?),
            None => None,
        };
        let meta = Self {
            object: Object::from_kind(&text(1)?, id(2)?).ok_or(Finding::Damaged(object))?,
            generation: u64::try_from(row.get::<_, i64>(3).map_err(damaged)?).map_err(|_| Finding::Damaged(object))?,
            parent,
            device: id(5)?,
            saved_at: parse_moment(&text(6)?).ok_or(Finding::Damaged(object))?,
        };
        if !keys.have_authenticated(meta.message(keys.vault_id).as_bytes(), &text(7)?) {
            return Err(Finding::Forged(object));
        }
        Ok(meta)
    }
}
