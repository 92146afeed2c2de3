//! Defects on purpose. A campaign that cannot fail proves nothing, so each is also run
//! against a vault that makes one of these mistakes, and must then report a loss.
//!
//! Behind a feature that no manifest turns on, that no release build accepts, and that
//! does nothing unless `LUWTE_SABOTAGE` names the mistake.

#[cfg(not(debug_assertions))]
compile_error!("the feature `sabotage` is for campaigns only and never part of a release");

use crate::fs::{Head, Held, Listed, NewFile, OpenFile, VaultFs};
use crate::real_fs::RealFs;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Whether this mistake was asked for.
pub(crate) fn on(mistake: &str) -> bool {
    std::env::var("LUWTE_SABOTAGE").is_ok_and(|asked| asked.split(',').any(|word| word == mistake))
}

/// The real disk, badly used.
pub(crate) fn disk() -> Arc<dyn VaultFs> {
    Arc::new(Sabotaged { inner: RealFs, memory: Arc::default() })
}

type Memory = Arc<Mutex<HashMap<PathBuf, Vec<u8>>>>;

struct Sabotaged {
    inner: RealFs,
    memory: Memory,
}

impl Sabotaged {
    /// What is remembered of a file, when a mistake prefers memory over the disk:
    /// `no-read-back` for what was just written, `cache` for everything once read.
    fn remembered(&self, path: &Path) -> Option<Vec<u8>> {
        let prefers = on("cache") || on("no-read-back");
        prefers.then(|| self.memory.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned()).flatten()
    }

    /// A cache that knows at least what it did itself.
    fn forget<T>(&self, paths: [&Path; 2], done: T) -> T {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        if on("cache") {
            paths.iter().for_each(|path| drop(memory.remove(*path)));
        }
        done
    }

    fn remember(&self, path: &Path, bytes: &[u8]) {
        if on("cache") {
            let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            memory.insert(path.to_owned(), bytes.to_owned());
        }
    }
}

struct SabotagedFile {
    inner: Box<dyn NewFile>,
    path: PathBuf,
    memory: Memory,
}

impl NewFile for SabotagedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if on("no-read-back") {
            let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            memory.entry(self.path.clone()).or_default().extend_from_slice(bytes);
        }
        match self.inner.write(bytes) {
            Err(_) if on("deaf") => Ok(()),
            other => other,
        }
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        if on("no-read-back") {
            let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            let known = memory.entry(self.path.clone()).or_default();
            let replaced = usize::try_from(at).ok().and_then(|at| known.get_mut(at..at.checked_add(bytes.len())?));
            replaced.ok_or(io::ErrorKind::InvalidInput)?.copy_from_slice(bytes);
        }
        match self.inner.write_at(at, bytes) {
            Err(_) if on("deaf") => Ok(()),
            other => other,
        }
    }

    fn sync(&mut self) -> io::Result<()> {
        if on("skip-flush") { Ok(()) } else { self.inner.sync() }
    }
}

impl VaultFs for Sabotaged {
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.inner.list(folder)
    }

    fn read(&self, path: &Path, cap: u64) -> io::Result<Vec<u8>> {
        if let Some(bytes) = self.remembered(path) {
            return Ok(bytes);
        }
        self.inner.read(path, cap).inspect(|bytes| self.remember(path, bytes))
    }

    fn read_head(&self, path: &Path, count: usize) -> io::Result<Head> {
        match self.remembered(path) {
            Some(mut bytes) if on("cache") => {
                let len = bytes.len() as u64;
                bytes.truncate(count);
                Ok(Head { bytes, len })
            }
            _ => self.inner.read_head(path, count),
        }
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        if let Some(bytes) = self.remembered(path) {
            return Ok(Box::new(io::Cursor::new(bytes)));
        }
        self.inner.open(path)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        let inner = self.inner.create_new(path)?;
        Ok(Box::new(SabotagedFile { inner, path: path.to_owned(), memory: Arc::clone(&self.memory) }))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.inner.append(path, bytes)
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        if on("forget-directory") { Ok(()) } else { self.inner.sync_dir(folder) }
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if !on("in-place") {
            return self.forget([one, other], self.inner.exchange(one, other));
        }
        // The classic mistake: the good file is emptied before the new one is written.
        let (new, old) = (self.inner.read(one, u64::MAX)?, self.inner.read(other, u64::MAX)?);
        for (path, bytes) in [(other, new), (one, old)] {
            self.inner.remove(path)?;
            let mut file = self.inner.create_new(path)?;
            let half = bytes.len() / 2;
            file.write(&bytes[..half])?;
            std::thread::sleep(Duration::from_millis(2));
            file.write(&bytes[half..])?;
        }
        Ok(())
    }

    fn rename_noreplace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.forget([from, to], self.inner.rename_noreplace(from, to))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.forget([from, to], self.inner.rename(from, to))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.inner.link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.forget([path, path], self.inner.remove(path))
    }

    fn create_dir(&self, folder: &Path) -> io::Result<()> {
        self.inner.create_dir(folder)
    }

    fn remove_dir(&self, folder: &Path) -> io::Result<()> {
        self.inner.remove_dir(folder)
    }

    fn resolve(&self, folder: &Path) -> io::Result<PathBuf> {
        self.inner.resolve(folder)
    }

    fn room(&self, folder: &Path) -> io::Result<Option<u64>> {
        self.inner.room(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        match self.inner.lock(path) {
            Err(_) if on("no-lock") => Ok(Box::new(Nothing)),
            other => other,
        }
    }
}

/// A lock that holds nothing.
struct Nothing;

impl Held for Nothing {}
