//! A disk that fails when it is told to, and counts what is read of it.

use crate::fs::{Head, Held, Listed, NewFile, OpenFile, VaultFs};
use crate::real_fs::RealFs;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// All bytes that were read of each file, and the most at once.
#[derive(Clone, Default)]
struct Reads(Arc<Mutex<HashMap<PathBuf, (usize, usize)>>>);

impl Reads {
    fn add(&self, path: &Path, bytes: usize) {
        let mut reads = self.0.lock().expect("no test panics while it counts");
        let (all, most) = reads.entry(path.to_owned()).or_default();
        *all += bytes;
        *most = bytes.max(*most);
    }
}

/// A disk on which the operation with a given number fails, once or from then on.
pub(super) struct FailingFs {
    inner: RealFs,
    pub(super) done: Arc<AtomicUsize>,
    fail_at: Arc<AtomicUsize>,
    for_good: bool,
    kind: io::ErrorKind,
    /// Whether two files can change places in one step.
    pub(super) exchanges: AtomicBool,
    /// Whether a file can have two names.
    pub(super) links: AtomicBool,
    reads: Reads,
    /// What somebody else does right before a file is opened.
    meanwhile: Mutex<Option<(PathBuf, Act)>>,
}

type Act = Box<dyn FnOnce() + Send>;

impl FailingFs {
    pub(super) fn new(kind: io::ErrorKind, for_good: bool) -> Arc<Self> {
        Arc::new(Self {
            inner: RealFs,
            done: Arc::default(),
            fail_at: Arc::new(AtomicUsize::new(usize::MAX)),
            for_good,
            kind,
            exchanges: AtomicBool::new(true),
            links: AtomicBool::new(true),
            reads: Reads::default(),
            meanwhile: Mutex::default(),
        })
    }

    /// Does something once, right before this file is opened.
    pub(super) fn before_open(&self, path: PathBuf, act: impl FnOnce() + Send + 'static) {
        *self.meanwhile.lock().expect("no test panics while it holds this") = Some((path, Box::new(act)));
    }

    /// Lets the operation `count` operations from now fail; 0 is the next one.
    pub(super) fn fail_after(&self, count: usize) {
        self.done.store(0, Ordering::SeqCst);
        self.fail_at.store(count, Ordering::SeqCst);
    }

    pub(super) fn heal(&self) {
        self.fail_at.store(usize::MAX, Ordering::SeqCst);
    }

    pub(super) fn failed(&self) -> bool {
        self.done.load(Ordering::SeqCst) > self.fail_at.load(Ordering::SeqCst)
    }

    /// What was read of a file: all bytes, and the most that were in memory at once.
    pub(super) fn read_of(&self, path: &Path) -> (usize, usize) {
        self.reads.0.lock().expect("no test panics while it counts").get(path).copied().unwrap_or_default()
    }

    /// A full disk still gives room back.
    fn step_back(&self) -> io::Result<()> {
        if self.for_good && self.kind == io::ErrorKind::StorageFull { Ok(()) } else { self.step() }
    }

    fn step(&self) -> io::Result<()> {
        count(&self.done, &self.fail_at, self.for_good, self.kind)
    }
}

fn count(done: &AtomicUsize, fail_at: &AtomicUsize, for_good: bool, kind: io::ErrorKind) -> io::Result<()> {
    let (number, at) = (done.fetch_add(1, Ordering::SeqCst), fail_at.load(Ordering::SeqCst));
    if number == at || (for_good && number > at) { Err(kind.into()) } else { Ok(()) }
}

struct FailingFile {
    inner: Box<dyn NewFile>,
    done: Arc<AtomicUsize>,
    fail_at: Arc<AtomicUsize>,
    for_good: bool,
    kind: io::ErrorKind,
}

impl NewFile for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Err(error) = count(&self.done, &self.fail_at, self.for_good, self.kind) {
            // A full disk takes a part first.
            self.inner.write(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        self.inner.write(bytes)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        count(&self.done, &self.fail_at, self.for_good, self.kind)?;
        self.inner.write_at(at, bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        count(&self.done, &self.fail_at, self.for_good, self.kind)?;
        self.inner.sync()
    }
}

struct FailingRead {
    inner: Box<dyn OpenFile>,
    done: Arc<AtomicUsize>,
    fail_at: Arc<AtomicUsize>,
    kind: io::ErrorKind,
    path: PathBuf,
    reads: Reads,
}

impl io::Seek for FailingRead {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

impl io::Read for FailingRead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        count(&self.done, &self.fail_at, false, self.kind)?;
        self.inner.read(buffer).inspect(|read| self.reads.add(&self.path, *read))
    }
}

impl VaultFs for FailingFs {
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.inner.list(folder)
    }

    fn read(&self, path: &Path, cap: u64) -> io::Result<Vec<u8>> {
        if !self.for_good {
            self.step()?;
        }
        self.inner.read(path, cap).inspect(|bytes| self.reads.add(path, bytes.len()))
    }

    fn read_head(&self, path: &Path, count: usize) -> io::Result<Head> {
        if !self.for_good {
            self.step()?;
        }
        self.inner.read_head(path, count).inspect(|head| self.reads.add(path, head.bytes.len()))
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        let mut meanwhile = self.meanwhile.lock().expect("no test panics while it holds this");
        let act = meanwhile.take_if(|(before, _)| before == path);
        drop(meanwhile);
        if let Some((_, act)) = act {
            act();
        }
        if self.for_good {
            return self.inner.open(path);
        }
        self.step()?;
        let inner = self.inner.open(path)?;
        let (done, fail_at) = (Arc::clone(&self.done), Arc::clone(&self.fail_at));
        let (path, reads) = (path.to_owned(), self.reads.clone());
        Ok(Box::new(FailingRead { inner, done, fail_at, kind: self.kind, path, reads }))
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.step()?;
        let inner = self.inner.create_new(path)?;
        let (done, fail_at) = (Arc::clone(&self.done), Arc::clone(&self.fail_at));
        Ok(Box::new(FailingFile { inner, done, fail_at, for_good: self.for_good, kind: self.kind }))
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step()?;
        self.inner.append(path, bytes)
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.sync_dir(folder)
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if !self.exchanges.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step()?;
        self.inner.exchange(one, other)
    }

    fn rename_noreplace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.rename_noreplace(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.rename(from, to)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.links.load(Ordering::SeqCst) {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step()?;
        self.inner.link(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step_back()?;
        self.inner.remove(path)
    }

    fn create_dir(&self, folder: &Path) -> io::Result<()> {
        self.step()?;
        self.inner.create_dir(folder)
    }

    fn remove_dir(&self, folder: &Path) -> io::Result<()> {
        self.step_back()?;
        self.inner.remove_dir(folder)
    }

    fn resolve(&self, folder: &Path) -> io::Result<PathBuf> {
        self.inner.resolve(folder)
    }

    fn room(&self, folder: &Path) -> io::Result<Option<u64>> {
        self.inner.room(folder)
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.inner.lock(path)
    }
}
