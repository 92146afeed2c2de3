//! The operations of the simulated disk.

use super::disk::{Effect, Node, Sabotage, SimFs, gone};
use super::fault::Trouble;
use crate::fs::{Head, Held, Listed, NewFile, OpenFile, VaultFs};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

struct SimFile {
    fs: SimFs,
    number: usize,
}

impl SimFile {
    fn put(&mut self, at: Option<u64>, bytes: &[u8]) -> io::Result<()> {
        let (fs, number) = (self.fs.clone(), self.number);
        let planned = fs.inner().fault.next();
        let end = fs.inner().files[number].bytes.len();
        let at = at.map_or(Ok(end), usize::try_from).map_err(io::Error::other)?;
        match planned {
            None => {}
            Some(Trouble::Fails(error) | Trouble::DoneAndFails(error)) => {
                // A full disk takes a part first.
                fs.inner().write(number, at, &bytes[..bytes.len() / 2]);
                return Err(error);
            }
        }
        fs.inner().write(number, at, bytes);
        Ok(())
    }
}

impl NewFile for SimFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.put(None, bytes)
    }

    fn write_at(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.put(Some(at), bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        let number = self.number;
        self.fs.step(|inner| {
            if inner.sabotage != Some(Sabotage::FileNotFlushed) {
                inner.log.push(Effect::Flushed(number));
            }
            Ok(())
        })
    }
}

struct SimLock {
    fs: SimFs,
    path: PathBuf,
}

impl Held for SimLock {}

impl Drop for SimLock {
    fn drop(&mut self) {
        self.fs.inner().held.remove(&self.path);
    }
}

impl VaultFs for SimFs {
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        self.step(|inner| {
            inner.folder(folder)?;
            let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
            let children = inner.children(folder);
            Ok(children.filter_map(|(p, n)| Some(Listed { name: name(p)?, file: *n != Node::Folder })).collect())
        })
    }

    fn read(&self, path: &Path, cap: u64) -> io::Result<Vec<u8>> {
        self.step(|inner| {
            let content = Arc::clone(&inner.files[inner.file(path)?]);
            if content.bytes.len() as u64 > cap {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            Ok(content.bytes.clone())
        })
    }

    fn read_head(&self, path: &Path, count: usize) -> io::Result<Head> {
        self.step(|inner| {
            let content = Arc::clone(&inner.files[inner.file(path)?]);
            let bytes = content.bytes[..content.bytes.len().min(count)].to_vec();
            Ok(Head { bytes, len: content.bytes.len() as u64 })
        })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn OpenFile>> {
        self.step(|inner| {
            let content = Arc::clone(&inner.files[inner.file(path)?]);
            Ok(Box::new(io::Cursor::new(content.bytes.clone())) as Box<dyn OpenFile>)
        })
    }

    fn room(&self, _: &Path) -> io::Result<Option<u64>> {
        Ok(None)
    }

    fn create_new(&self, path: &Path) -> io::Result<Box<dyn NewFile>> {
        self.step(|inner| {
            inner.free(path)?;
            Ok(Box::new(SimFile { fs: self.clone(), number: inner.create(path) }) as Box<dyn NewFile>)
        })
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step(|inner| {
            let number = match inner.file(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    inner.parent(path)?;
                    inner.create(path)
                }
                found => found?,
            };
            let end = inner.files[number].bytes.len();
            inner.write(number, end, bytes);
            Ok(())
        })
    }

    fn sync_dir(&self, folder: &Path) -> io::Result<()> {
        self.step(|inner| {
            inner.folder(folder)?;
            if inner.sabotage != Some(Sabotage::FolderNotFlushed) {
                inner.log.push(Effect::FolderFlushed(folder.to_owned()));
            }
            Ok(())
        })
    }

    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if !self.inner().exchanges {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step(|inner| {
            let (first, second) = (inner.file(one)?, inner.file(other)?);
            inner.set(vec![(one.into(), Some(Node::File(second))), (other.into(), Some(Node::File(first)))]);
            Ok(())
        })
    }

    fn rename_noreplace(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|inner| {
            let number = inner.file(from)?;
            inner.free(to)?;
            inner.set(vec![(from.into(), None), (to.into(), Some(Node::File(number)))]);
            Ok(())
        })
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(|inner| {
            let number = inner.file(from)?;
            inner.parent(to)?;
            match inner.names.get(to) {
                Some(Node::Folder) => Err(io::ErrorKind::IsADirectory.into()),
                // Two names of one file: the system then does nothing.
                Some(Node::File(there)) if *there == number => Ok(()),
                _ => {
                    inner.set(vec![(from.into(), None), (to.into(), Some(Node::File(number)))]);
                    Ok(())
                }
            }
        })
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !self.inner().links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.step(|inner| {
            let number = inner.file(from)?;
            inner.free(to)?;
            inner.set(vec![(to.into(), Some(Node::File(number)))]);
            Ok(())
        })
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.step(|inner| {
            inner.file(path)?;
            inner.set(vec![(path.into(), None)]);
            Ok(())
        })
    }

    fn create_dir(&self, folder: &Path) -> io::Result<()> {
        self.step(|inner| {
            let mut missing: Vec<&Path> =
                folder.ancestors().take_while(|path| !inner.names.contains_key(*path)).collect();
            missing.pop_if(|path| path.parent().is_none());
            for path in missing.into_iter().rev() {
                inner.set(vec![(path.to_owned(), Some(Node::Folder))]);
            }
            inner.folder(folder)
        })
    }

    fn remove_dir(&self, folder: &Path) -> io::Result<()> {
        self.step(|inner| {
            inner.folder(folder)?;
            if inner.children(folder).next().is_some() {
                return Err(io::ErrorKind::DirectoryNotEmpty.into());
            }
            inner.set(vec![(folder.into(), None)]);
            Ok(())
        })
    }

    fn resolve(&self, folder: &Path) -> io::Result<PathBuf> {
        self.step(|inner| inner.names.get(folder).map(|_| folder.to_owned()).ok_or_else(gone))
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Held>> {
        self.step(|inner| {
            if !inner.held.insert(path.to_owned()) {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Ok(Box::new(SimLock { fs: self.clone(), path: path.to_owned() }) as Box<dyn Held>)
        })
    }
}
