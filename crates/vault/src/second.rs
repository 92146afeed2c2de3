//! The second name in `.tmp/` of what a session saved. A sync program that puts another
//! file in the place of ours takes only the first name; when the power is then cut, the
//! next unlock finds ours as it finds a conflict copy.

use crate::finding::Finding;
use crate::header::HeaderId;
use crate::kept::Kept;
use crate::merge::Mergeable;
use crate::object::Object;
use crate::publish::{Folder, TEMP};
use crate::store::{Store, none_lost};
use casebook::case::Case;
use casebook::practice::Practice;
use std::io;
use std::path::{Path, PathBuf};

/// The second name of one saved version of a case or the practice.
pub(crate) struct SecondName {
    object: Object,
    path: PathBuf,
    header: HeaderId,
}

impl Folder {
    /// Gives a prepared file a second name, or makes a copy where a file cannot have two.
    pub(crate) fn give_second_name(&self, object: Object, prepared: &Path) -> io::Result<PathBuf> {
        let second = self.temporary();
        if self.fs.link(prepared, &second).is_err() {
            self.copy(object, prepared, &second)?;
        }
        Ok(second)
    }
}

impl Store {
    /// Makes the second name of what was just saved durable, and takes away that of the
    /// version which was displaced: all of it is in the new one. Any other may hold what is
    /// nowhere else.
    pub(crate) fn keep_second_name(
        &mut self,
        object: Object,
        path: PathBuf,
        header: HeaderId,
        displaced: Option<HeaderId>,
    ) -> io::Result<()> {
        self.second_names.push(SecondName { object, path, header });
        self.folder.fs.sync_dir(&self.folder.root.join(TEMP))?;
        let folder = &self.folder;
        self.second_names.retain(|known| {
            let followed = known.object == object && Some(known.header) == displaced;
            if followed {
                folder.discard(&known.path);
            }
            !followed
        });
        Ok(())
    }

    /// Takes the second names away of all that stands in its place. What does not is joined
    /// at the next unlock.
    pub(crate) fn let_go_of_second_names(&mut self) {
        for second in std::mem::take(&mut self.second_names) {
            let there = self.folder.header(second.object).ok().flatten();
            let whole = there == Some(second.header)
                || match second.object {
                    Object::Practice => self.is_covered::<Practice>(&second),
                    _ => self.is_covered::<Case>(&second),
                };
            if whole {
                self.folder.discard(&second.path);
            } else {
                self.second_names.push(second);
            }
        }
    }

    fn is_covered<T: Mergeable>(&self, second: &SecondName) -> bool {
        let object = second.object;
        let covered = || -> Result<bool, Finding> {
            let (ours, ..) = self.load_from::<T>(&second.path, object)?;
            let (there, ..) = self.load_as::<T>(object)?;
            Ok(none_lost(&ours.revisions(), &there.revisions()))
        };
        covered().unwrap_or(false)
    }

    /// Where other versions of an object are: in `prev/`, and what this session saved.
    pub(crate) fn versions(&self, kept: &Kept, object: Object) -> Vec<PathBuf> {
        let saved = self.second_names.iter().filter(|second| second.object == object);
        kept.of(object).iter().chain(saved.map(|second| &second.path)).cloned().collect()
    }

    /// Whether there is a second name.
    pub(crate) fn has_second_names(&self) -> bool {
        !self.second_names.is_empty()
    }
}
