//! Reading secrets from files and standard input, wiped after use.

use crate::arguments::PassphraseSource;
use api::error::{ApiError, ErrorCode};
use std::io::BufRead as _;
use std::path::Path;
use zeroize::Zeroizing;

/// One secret line.
pub(crate) type Secret = Zeroizing<String>;

/// The first line of a file.
pub(crate) fn from_file(path: &Path) -> Result<Secret, ApiError> {
    let bytes = Zeroizing::new(api::files::read_small(path)?);
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable(path))?;
    first_line(text).ok_or_else(|| unreadable(path))
}

/// The next line of standard input.
pub(crate) fn from_stdin() -> Result<Secret, ApiError> {
    let mut line = Zeroizing::new(String::new());
    let read = std::io::stdin().lock().read_line(&mut line);
    let missing = || ApiError::field(ErrorCode::FieldRequired, "passphrase");
    if read.map_err(|_| missing())? == 0 {
        return Err(missing());
    }
    first_line(&line).ok_or_else(missing)
}

/// The passphrase, from wherever the arguments say.
pub(crate) fn passphrase(source: &PassphraseSource) -> Result<Secret, ApiError> {
    match &source.passphrase_file {
        Some(path) => from_file(path),
        None => from_stdin(),
    }
}

/// A second secret: from its own file, or the next line of standard input.
pub(crate) fn second(file: Option<&Path>) -> Result<Secret, ApiError> {
    file.map_or_else(from_stdin, from_file)
}

/// Only the end of the line is dropped: spaces belong to a passphrase.
fn first_line(text: &str) -> Option<Secret> {
    text.split(['\n', '\r']).next().filter(|line| !line.is_empty()).map(|line| Zeroizing::new(line.to_owned()))
}

fn unreadable(path: &Path) -> ApiError {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    ApiError::new(ErrorCode::InputUnreadable).with(name)
}
