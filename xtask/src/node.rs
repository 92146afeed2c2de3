//! Node and the packages of the front end.

use crate::setup::{Install, answers, apt, finds};
use crate::step::{Failure, npm, root, run};
use std::fs;
use std::time::SystemTime;

/// A version of Node, its first two numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Version(u32, u32);

impl Version {
    /// From `v20.19.2` or Debian's `20.19.2+dfsg-1`.
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.trim().trim_start_matches('v').split('.');
        Some(Self(numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
    }

    /// Whether the front end's build tool runs on it.
    fn suffices(self) -> bool {
        match self.0 {
            20 => self >= Self(20, 19),
            22 => self >= Self(22, 12),
            major => major > 22,
        }
    }
}

/// Sees to it that Node and the locked packages are there. Scripts of packages never run.
pub(crate) fn ready(install: Install) -> Result<(), Failure> {
    node(install)?;
    if packages_are_older_than_the_lock_file() {
        run(
            "Fetching the packages of the front end",
            &mut npm(&["ci", "--ignore-scripts", "--no-audit", "--no-fund"]),
        )?;
    }
    Ok(())
}

fn node(install: Install) -> Result<(), Failure> {
    let installed = answers("node", &["--version"]).and_then(|v| Version::read(&v));
    if installed.is_some_and(Version::suffices) && finds(if cfg!(windows) { "npm.cmd" } else { "npm" }) {
        return Ok(());
    }
    if candidate().is_some_and(Version::suffices) {
        return apt(&["nodejs", "npm"], install);
    }
    let here = match installed {
        Some(Version(major, minor)) => format!("this computer has {major}.{minor}"),
        None => "this computer has none".to_owned(),
    };
    Err(Failure::before(format!(
        "The window needs Node 20.19 or newer with npm and {here}: install it from nodejs.org and run this command again \
         (`cargo xtask test --core` and the command line `cargo run -p cli` need no Node)."
    )))
}

fn candidate() -> Option<Version> {
    let policy = answers("apt-cache", &["policy", "nodejs"])?;
    let line = policy.lines().find_map(|line| line.trim().strip_prefix("Candidate:"))?;
    Version::read(line)
}

fn packages_are_older_than_the_lock_file() -> bool {
    let changed = |path: &str| fs::metadata(root().join("ui").join(path)).and_then(|m| m.modified()).ok();
    let fetched: Option<SystemTime> = changed("node_modules/.package-lock.json");
    fetched < changed("package-lock.json") || fetched.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_node_that_can_build_the_window_is_accepted() {
        for (text, suffices) in [
            ("v20.19.0", true),
            ("v20.18.9", false),
            ("v21.7.3", false),
            ("v22.11.0", false),
            ("22.12.0", true),
            ("18.20.4+dfsg-1~deb12u3", false),
            ("v24.1.0", true),
        ] {
            assert_eq!(Version::read(text).is_some_and(Version::suffices), suffices, "{text}");
        }
    }

    #[test]
    fn no_candidate_is_no_version() {
        assert!(Version::read("(none)").is_none());
    }
}
