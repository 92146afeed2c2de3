//! What goes wrong, and at which operation.

use super::SimFs;
use std::io;

/// What happens at one operation.
pub(crate) enum Trouble {
    /// It fails and did nothing, or half of a write.
    Fails(io::Error),
    /// It is done, and the system says that it failed.
    DoneAndFails(io::Error),
}

/// The ways in which a disk says no.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Error {
    Full,
    Failing,
    Quota,
    Denied,
    ReadOnly,
    Interrupted,
    Short,
    /// As over a network: it was done, and the answer got lost.
    Lost,
}

pub(crate) const ERRORS: [Error; 8] = [
    Error::Full,
    Error::Failing,
    Error::Quota,
    Error::Denied,
    Error::ReadOnly,
    Error::Interrupted,
    Error::Short,
    Error::Lost,
];

impl Error {
    fn trouble(self) -> Trouble {
        use rustix::io::Errno;
        let raw = |errno: Errno| io::Error::from_raw_os_error(errno.raw_os_error());
        Trouble::Fails(match self {
            Self::Full => raw(Errno::NOSPC),
            Self::Failing => raw(Errno::IO),
            Self::Quota => raw(Errno::DQUOT),
            Self::Denied => raw(Errno::ACCESS),
            Self::ReadOnly => raw(Errno::ROFS),
            Self::Interrupted => raw(Errno::INTR),
            Self::Short => io::ErrorKind::WriteZero.into(),
            Self::Lost => return Trouble::DoneAndFails(raw(Errno::IO)),
        })
    }
}

/// What is planned for the operations to come.
#[derive(Default)]
pub(crate) struct Fault {
    done: usize,
    planned: Option<(usize, Error)>,
}

impl Fault {
    pub(super) fn next(&mut self) -> Option<Trouble> {
        let (at, error) = self.planned?;
        self.done += 1;
        (self.done - 1 == at).then(|| error.trouble())
    }
}

impl SimFs {
    /// Lets the operation `count` operations from now fail; 0 is the next one.
    pub(crate) fn fail_after(&self, count: usize, error: Error) {
        self.inner().fault = Fault { done: 0, planned: Some((count, error)) };
    }

    /// Nothing is planned any more; says whether what was planned happened.
    pub(crate) fn heal(&self) -> bool {
        let fault = std::mem::take(&mut self.inner().fault);
        fault.planned.is_some_and(|(at, _)| fault.done > at)
    }
}
