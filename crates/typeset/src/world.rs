//! Everything the compiler can see.

use crate::embedded::{self, FONTS, Template};
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Dict, Duration, Str, Value};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Where the data stands for the template; it asks `sys.inputs.data` for this path.
const DATA: &str = "data.json";

pub(crate) struct MemoryWorld {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    main: FileId,
    data: Option<Bytes>,
}

impl MemoryWorld {
    /// Without data a template reads the sample beside it, as it does for somebody who
    /// works on it with the stock compiler.
    pub(crate) fn new(template: Template, data: Option<Vec<u8>>) -> Self {
        let path = data.is_some().then(|| (Str::from("data"), Value::Str(Str::from(format!("/{DATA}")))));
        let inputs = Dict::from_iter(path);
        let main = VirtualPath::new(template.path()).expect("the paths of templates are plain");
        Self {
            library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
            book: LazyHash::new(FontBook::from_fonts(FONTS.iter())),
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            data: data.map(Bytes::new),
        }
    }
}

impl World for MemoryWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = project_path(id)?;
        let text = embedded::text(path).filter(|_| path.ends_with(".typ")).ok_or(FileError::AccessDenied)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = project_path(id)?;
        if path == DATA {
            return self.data.clone().ok_or(FileError::AccessDenied);
        }
        embedded::text(path).map(Bytes::from_string).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// There is no clock: dates are data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn project_path(id: FileId) -> FileResult<&'static str> {
    match id.get().root() {
        VirtualRoot::Project => Ok(id.get().vpath().get_without_slash()),
        VirtualRoot::Package(package) => Err(FileError::Package(PackageError::NotFound(package.clone()))),
    }
}
