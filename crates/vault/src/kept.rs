//! The versions in `prev/`: what saves displaced, conflict copies that were merged, and
//! dated snapshots. What a sync program silently wrote over is found again here.

use crate::db::{self, Care};
use crate::finding::{Finding, SaveError};
use crate::header::{self, HEAD_BYTES, HeaderId, hex};
use crate::merge::{Mergeable, above_pin};
use crate::meta::Meta;
use crate::object::Object;
use crate::pins::{Pin, Pins};
use crate::publish::{Folder, PREVIOUS};
use crate::register::Mark;
use crate::seal;
use crate::store::{Store, row_finding};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Where the kept versions of every object are.
pub(crate) struct Kept(HashMap<Object, Vec<PathBuf>>);

impl Kept {
    /// Lists `prev/` and the folders in it; no file is read.
    pub(crate) fn list(folder: &Folder) -> Self {
        let top = folder.root.join(PREVIOUS);
        let mut kept = Self(HashMap::new());
        for listed in folder.fs.list(&top).unwrap_or_default() {
            if listed.file {
                kept.add(&top, listed.name);
            } else {
                let dated = top.join(listed.name);
                for listed in folder.fs.list(&dated).unwrap_or_default().into_iter().filter(|listed| listed.file) {
                    kept.add(&dated, listed.name);
                }
            }
        }
        kept
    }

    fn add(&mut self, folder: &Path, name: String) {
        if let Some(object) = object_of(&name) {
            self.0.entry(object).or_default().push(folder.join(name));
        }
    }

    /// The files that may hold a version of an object.
    pub(crate) fn of(&self, object: Object) -> &[PathBuf] {
        self.0.get(&object).map_or(&[], Vec::as_slice)
    }
}

/// `<stem>.age`, or `<stem>.<16 hex>.age` with a number when that was taken.
pub(crate) fn object_of(name: &str) -> Option<Object> {
    let stem = name.strip_suffix(".age")?;
    let stem = stem.split_once('.').map_or(stem, |(stem, _)| stem);
    let file = format!("{stem}.age");
    if file == Object::Practice.file_name() {
        return Some(Object::Practice);
    }
    Object::id_from_name(&file).map(Object::Case)
}

impl Store {
    /// Opens a file of any name that should hold a version of an object.
    pub(crate) fn load_from<T: Mergeable>(&self, path: &Path, object: Object) -> Result<(T, Meta, Mark), Finding> {
        let sealed = self.read_sealed(path, object)?;
        let header = header::scan(&sealed, object)?;
        let image = seal::open(&sealed, &self.keys, object)?;
        let (connection, meta) = db::open(&image, &self.keys, object, Care::Full)?;
        let content = T::read(object, &connection).map_err(|error| row_finding(&error, object))?;
        Ok((content, meta, Mark { generation: meta.generation, header, size: sealed.len() as u64 }))
    }

    /// Everything that the kept versions of an object hold, and the newest of them.
    fn all_kept<T: Mergeable>(&self, paths: &[PathBuf], object: Object) -> Option<(T, Mark)> {
        let opened = paths.iter().filter_map(|path| self.load_from::<T>(path, object).ok());
        opened.map(|(content, _, mark)| (content, mark)).reduce(|(content, mark), (other, another)| {
            (content.union(other), if another.generation > mark.generation { another } else { mark })
        })
    }

    /// When the file is not what this computer saved or saw last, and was not made from
    /// it, a sync program may have put another computer's version over ours without a
    /// word. What is then missing of ours is put back from `prev/`.
    pub(crate) fn put_back<T: Mergeable>(
        &mut self,
        pins: &Pins,
        kept: &Kept,
        object: Object,
        now: DateTime<Utc>,
    ) -> Result<Option<(T, Mark)>, SaveError> {
        let (present, meta, mark) = self.load_as::<T>(object)?;
        let Some(pin) = pins.missed(object, &[Some(mark.header), meta.parent]) else { return Ok(None) };
        let Some((lost, _)) = self.lost::<T>(pin, kept, object) else { return Ok(None) };
        let both = present.clone().union(lost);
        if both.revisions() == present.revisions() {
            return Ok(None);
        }
        let saved = self.save_merging(pins, &both, Some(mark), now)?;
        Ok(Some((saved.merged.unwrap_or(both), saved.mark)))
    }

    /// The kept version that this computer saw last; when it is not there, all that is kept.
    pub(crate) fn lost<T: Mergeable>(&self, pin: Pin, kept: &Kept, object: Object) -> Option<(T, Mark)> {
        let paths = self.versions(kept, object);
        let ours = paths.iter().find(|path| self.header_at(path, object) == Some(pin.header));
        self.all_kept::<T>(ours.map_or(&*paths, std::slice::from_ref), object)
    }

    pub(crate) fn header_at(&self, path: &Path, object: Object) -> Option<HeaderId> {
        header::scan(&self.folder.fs.read_head(path, HEAD_BYTES).ok()?.bytes, object).ok()
    }

    /// Whether this version of an object is one of those that are kept.
    pub(crate) fn keeps(&self, object: Object, header: HeaderId) -> bool {
        Kept::list(&self.folder).of(object).iter().any(|path| self.header_at(path, object) == Some(header))
    }

    /// Whether a kept version of an object opens.
    pub(crate) fn has_kept<T: Mergeable>(&self, kept: &Kept, object: Object) -> bool {
        self.versions(kept, object).iter().any(|path| self.load_from::<T>(path, object).is_ok())
    }

    /// The objects of which an earlier version does not open, of those that a save or a lock
    /// put in `prev/`; what was set aside there because it could not be used has other names.
    pub(crate) fn check_kept(&self) -> Vec<Finding> {
        let damaged = |path: &PathBuf, object: Object| {
            let opened = self.read_sealed(path, object).and_then(|sealed| {
                let image = seal::open(&sealed, &self.keys, object)?;
                db::open(&image, &self.keys, object, Care::Full).map(drop)
            });
            let damaged = |finding: &Finding| {
                use Finding::{Damaged, Refused, Truncated, Unreadable};
                matches!(finding, Damaged(_) | Truncated(_) | Refused(_) | Unreadable { .. })
            };
            opened.is_err_and(|finding| damaged(&finding))
        };
        let bad = |(object, paths): (&Object, &Vec<PathBuf>)| {
            let name = object.file_name();
            let mut own = paths.iter().filter(|path| path.ends_with(&name));
            // Twice, because the memory or the cable may be at fault.
            own.any(|path| damaged(path, *object) && damaged(path, *object)).then_some(Finding::KeptDamaged(*object))
        };
        let mut found: Vec<Finding> = Kept::list(&self.folder).0.iter().filter_map(bad).collect();
        found.sort_unstable_by_key(|finding| finding.object().path());
        found
    }

    /// Puts what the kept versions hold in the place of a file that is missing or cannot
    /// be used; with a file that opens, of an older version, it is joined. The file that
    /// could not be used is kept too.
    pub(crate) fn restore<T: Mergeable>(
        &mut self,
        pins: &Pins,
        object: Object,
        now: DateTime<Utc>,
    ) -> Result<Option<(T, Mark)>, SaveError> {
        let kept = Kept::list(&self.folder);
        let versions = self.versions(&kept, object);
        let Some((kept, newest)) = self.all_kept::<T>(&versions, object) else { return Ok(None) };
        let (content, base) = match self.load_as::<T>(object) {
            Ok((present, _, mark)) => (present.union(kept), mark),
            Err(Finding::Missing(_)) => (kept, newest),
            // Nobody knows what is in these: a newer version, or a file that is not here.
            Err(finding @ (Finding::NewerFormat { .. } | Finding::UnknownCode(_) | Finding::NotDownloaded(_))) => {
                return Err(SaveError::File(finding));
            }
            Err(finding) => {
                self.set_bad_aside(object, finding)?;
                (kept, newest)
            }
        };
        let saved = self.save_merging(pins, &content, above_pin(pins, object, Some(base)), now)?;
        Ok(Some((saved.merged.unwrap_or(content), saved.mark)))
    }

    /// Moves a file that cannot be used to `prev/`; under the name of what is in it, where
    /// that is known, because it may be the last version of another case.
    pub(crate) fn set_bad_aside(&self, object: Object, finding: Finding) -> Result<(), SaveError> {
        let path = self.folder.path(object);
        let holds = if let Finding::Swapped { holds, .. } = finding { holds } else { object };
        // What cannot even be read still has a name to move.
        let head = self.folder.fs.read_head(&path, HEAD_BYTES).map(|head| head.bytes).unwrap_or_default();
        Ok(self.folder.keep_beside(holds, &path, &hex(&Sha256::digest(&head)))?)
    }

    /// A lock writes a register in the place of whatever has its name, and that may be the
    /// only version of a case.
    pub(crate) fn set_register_aside(&self, finding: Finding) {
        if matches!(finding, Finding::Swapped { .. } | Finding::Foreign(_) | Finding::Forged(_)) {
            // On a read-only disk no lock writes anything either.
            let _ = self.set_bad_aside(Object::Register, finding);
        }
    }
}

impl Folder {
    /// Moves a file to `prev/` under a name that nothing has.
    pub(crate) fn keep_beside(&self, object: Object, path: &Path, hex: &str) -> io::Result<()> {
        let name = object.file_name();
        let stem = name.strip_suffix(".age").unwrap_or(&name);
        let place = self.root.join(PREVIOUS);
        let mut taken = Ok(());
        for number in 1..=100 {
            let number = if number == 1 { String::new() } else { format!(".{number}") };
            taken = self.fs.rename_noreplace(path, &place.join(format!("{stem}.{}{number}.age", &hex[..16])));
            match &taken {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                _ => break,
            }
        }
        taken?;
        self.fs.sync_dir(&place)
    }
}
