//! A crash writes no memory to a disk.
//!
//! `PR_SET_DUMPABLE` would do it too, and would break the file dialogs of sandboxed
//! desktops, which read `/proc/PID` of the program that asks.

/// Core dumps of this process and its children, the web view's among them, are refused.
/// Where the system does not allow even that, a dump still holds no keys: see
/// [`crate::Guarded`].
pub(crate) fn refuse() {
    #[cfg(unix)]
    limit();
    #[cfg(target_os = "linux")]
    leave_out_everything();
}

#[cfg(unix)]
fn limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    // At exactly 1 Linux aborts a dump that a program like systemd-coredump would take
    // from a pipe; at 0 it only writes no file of its own.
    let wanted = if cfg!(target_os = "linux") { 1 } else { 0 };
    let allowed = getrlimit(Resource::Core).maximum.map_or(wanted, |maximum| maximum.min(wanted));
    let limit = Rlimit { current: Some(allowed), maximum: Some(allowed) };
    // Lowering a limit is always allowed.
    let _ = setrlimit(Resource::Core, limit);
}

/// For a system whose limit was already 0: a dump is then made of no memory at all.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "not a disk: this is how Linux takes the setting")]
fn leave_out_everything() {
    let _ = std::fs::write("/proc/self/coredump_filter", "0");
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::process::{Resource, getrlimit};

    #[test]
    #[expect(clippy::disallowed_methods, reason = "not a disk: this is how Linux tells the setting")]
    fn a_crash_leaves_no_dump() {
        crate::prepare().expect("no test of this crate uses SQLite before");
        assert!(getrlimit(Resource::Core).current.is_some_and(|limit| limit <= 1));
        let filter = std::fs::read_to_string("/proc/self/coredump_filter").expect("Linux tells it");
        assert_eq!(u32::from_str_radix(filter.trim(), 16), Ok(0));
    }
}
