//! A disk in memory. It does what the operating system promises and writes down every
//! effect, so that [`super::crash`] can say what a power cut may have left of them.

use super::fault::{Fault, Trouble};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The bytes of a file, and their hash.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) hash: [u8; 32],
}

impl Content {
    pub(crate) fn new(bytes: Vec<u8>) -> Arc<Self> {
        let hash = Sha256::digest(&bytes).into();
        Arc::new(Self { bytes, hash })
    }
}

/// What a name stands for: a folder, or a file by its number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Node {
    Folder,
    File(usize),
}

/// Something that happened to the disk, in the order in which it happened.
#[derive(Clone)]
pub(crate) enum Effect {
    /// Names that changed in one step; a name that went stands for nothing.
    Names(Vec<(PathBuf, Option<Node>)>),
    /// Bytes from this place on in a file.
    Written(usize, usize, Arc<Vec<u8>>),
    /// The bytes of a file were made durable.
    Flushed(usize),
    /// The names in a folder were made durable.
    FolderFlushed(PathBuf),
    /// The program told its owner something; the number is for who asks.
    Told(usize),
}

/// Everything on a disk, all of it durable.
#[derive(Clone, Default)]
pub(crate) struct Disk(pub(crate) BTreeMap<PathBuf, Option<Arc<Content>>>);

impl Disk {
    /// Copies a real folder, to stand at `at`.
    pub(crate) fn load(&mut self, from: &Path, at: &Path) {
        self.0.insert(at.to_owned(), None);
        for entry in std::fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            let (path, to) = (entry.path(), at.join(entry.file_name()));
            if path.is_dir() {
                self.load(&path, &to);
            } else {
                self.0.insert(to, Some(Content::new(std::fs::read(path).expect("a file"))));
            }
        }
    }

    /// One number for everything below a folder.
    pub(crate) fn hash(&self, below: &Path) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (path, content) in self.0.iter().filter(|(path, _)| path.starts_with(below)) {
            hash.update(path.as_os_str().as_encoded_bytes());
            hash.update(content.as_ref().map_or([0; 32], |content| content.hash));
        }
        hash.finalize().into()
    }

    /// The files below a folder.
    pub(crate) fn files<'a>(&'a self, below: &'a Path) -> impl Iterator<Item = (&'a Path, &'a Content)> {
        let inside = self.0.iter().filter(move |(path, _)| path.starts_with(below));
        inside.filter_map(|(path, content)| Some((path.as_path(), &**content.as_ref()?)))
    }
}

/// A flush that a disk, a driver or a programmer leaves out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Sabotage {
    /// Flushing a file says that it is done, and is not.
    FileNotFlushed,
    /// Flushing a folder says that it is done, and is not.
    FolderNotFlushed,
    /// One bit of everything that is written is another one.
    WrongBit,
}

#[derive(Default)]
pub(super) struct Inner {
    pub(super) names: BTreeMap<PathBuf, Node>,
    pub(super) files: Vec<Arc<Content>>,
    pub(super) log: Vec<Effect>,
    pub(super) held: HashSet<PathBuf>,
    pub(super) fault: Fault,
    pub(super) exchanges: bool,
    pub(super) links: bool,
    pub(super) sabotage: Option<Sabotage>,
}

/// [`VaultFs`] on a disk in memory.
#[derive(Clone, Default)]
pub(crate) struct SimFs(Arc<Mutex<Inner>>);

impl SimFs {
    /// A computer on which this disk was just mounted.
    pub(crate) fn on(disk: &Disk) -> Self {
        let mut inner = Inner { exchanges: true, links: true, ..Inner::default() };
        for (path, content) in &disk.0 {
            let node = content.as_ref().map_or(Node::Folder, |content| {
                inner.files.push(Arc::clone(content));
                Node::File(inner.files.len() - 1)
            });
            inner.names.insert(path.clone(), node);
        }
        Self(Arc::new(Mutex::new(inner)))
    }

    /// Says which of the two ways to give files other names this disk knows.
    pub(crate) fn with(self, exchanges: bool, links: bool) -> Self {
        let mut inner = self.inner();
        (inner.exchanges, inner.links) = (exchanges, links);
        drop(inner);
        self
    }

    /// Whether it can exchange files, and give them two names.
    pub(crate) fn abilities(&self) -> (bool, bool) {
        let inner = self.inner();
        (inner.exchanges, inner.links)
    }

    /// A disk that does not do what it says.
    pub(crate) fn sabotaged(self, how: Option<Sabotage>) -> Self {
        self.inner().sabotage = how;
        self
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What programs see on it now.
    pub(crate) fn disk(&self) -> Disk {
        let inner = self.inner();
        let content = |node: &Node| match node {
            Node::Folder => None,
            Node::File(number) => Some(Arc::clone(&inner.files[*number])),
        };
        Disk(inner.names.iter().map(|(path, node)| (path.clone(), content(node))).collect())
    }

    /// What happened since it was mounted.
    pub(crate) fn log(&self) -> Vec<Effect> {
        self.inner().log.clone()
    }

    /// Notes that the owner was told something.
    pub(crate) fn told(&self, number: usize) {
        self.inner().log.push(Effect::Told(number));
    }

    /// One operation: whether it fails, and if so before or after it was done.
    pub(super) fn step<T>(&self, act: impl FnOnce(&mut Inner) -> io::Result<T>) -> io::Result<T> {
        let planned = self.inner().fault.next();
        match planned {
            None => act(&mut self.inner()),
            Some(Trouble::Fails(error)) => Err(error),
            Some(Trouble::DoneAndFails(error)) => act(&mut self.inner()).and(Err(error)),
        }
    }
}

pub(super) fn gone() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Inner {
    pub(super) fn file(&self, path: &Path) -> io::Result<usize> {
        match self.names.get(path) {
            Some(Node::File(number)) => Ok(*number),
            Some(Node::Folder) => Err(io::ErrorKind::InvalidInput.into()),
            None => Err(gone()),
        }
    }

    pub(super) fn folder(&self, path: &Path) -> io::Result<()> {
        match self.names.get(path) {
            Some(Node::Folder) => Ok(()),
            Some(Node::File(_)) => Err(io::ErrorKind::NotADirectory.into()),
            None => Err(gone()),
        }
    }

    pub(super) fn parent(&self, path: &Path) -> io::Result<()> {
        self.folder(path.parent().ok_or_else(gone)?)
    }

    pub(super) fn free(&self, path: &Path) -> io::Result<()> {
        self.parent(path)?;
        if self.names.contains_key(path) { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) }
    }

    pub(super) fn set(&mut self, names: Vec<(PathBuf, Option<Node>)>) {
        for (path, node) in &names {
            match node {
                Some(node) => self.names.insert(path.clone(), *node),
                None => self.names.remove(path),
            };
        }
        self.log.push(Effect::Names(names));
    }

    pub(super) fn create(&mut self, path: &Path) -> usize {
        self.files.push(Content::new(Vec::new()));
        let number = self.files.len() - 1;
        self.set(vec![(path.to_owned(), Some(Node::File(number)))]);
        number
    }

    pub(super) fn write(&mut self, number: usize, at: usize, bytes: &[u8]) {
        let mut added = bytes.to_vec();
        if self.sabotage == Some(Sabotage::WrongBit)
            && let Some(byte) = added.last_mut()
        {
            *byte ^= 1;
        }
        let mut whole = self.files[number].bytes.clone();
        whole.resize(whole.len().max(at + added.len()), 0);
        whole[at..at + added.len()].copy_from_slice(&added);
        self.files[number] = Content::new(whole);
        self.log.push(Effect::Written(number, at, Arc::new(added)));
    }

    pub(super) fn children<'a>(&'a self, folder: &'a Path) -> impl Iterator<Item = (&'a PathBuf, &'a Node)> {
        self.names.iter().filter(move |(path, _)| path.parent() == Some(folder))
    }
}
