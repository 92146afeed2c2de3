//! System packages: what each job needs, why, and how it gets there on Debian.

use crate::step::{Failure, run, say};
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::process::{Command, Stdio};

/// Whether system packages may be installed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Install {
    /// Install what is missing.
    Allowed,
    /// Only say what is missing.
    Refused,
}

impl Install {
    /// From `--no-install`.
    pub(crate) fn from_flag(refused: bool) -> Self {
        if refused { Self::Refused } else { Self::Allowed }
    }
}

/// A job that needs packages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Job {
    /// Compiling the core and the command line.
    Core,
    /// Compiling and opening the window.
    Window,
    /// The tests of the core: other people's programs open our files.
    CoreTests,
    /// The run of the real window without a screen.
    WindowTests,
    /// The comparison with another encrypted database.
    Bench,
    /// The long runs.
    Campaign,
}

/// How to see that a package is there.
enum Sign {
    Program(&'static str),
    Library(&'static str),
    /// Only Debian's own list knows.
    Listed,
}

struct Package {
    name: &'static str,
    sign: Sign,
    job: Job,
    why: &'static str,
}

const PACKAGES: &[Package] = &[
    Package { name: "build-essential", sign: Sign::Program("cc"), job: Job::Core, why: "SQLite is compiled from C" },
    Package { name: "pkg-config", sign: Sign::Program("pkg-config"), job: Job::Window, why: "finds WebKitGTK" },
    Package {
        name: "libwebkit2gtk-4.1-dev",
        sign: Sign::Library("webkit2gtk-4.1"),
        job: Job::Window,
        why: "draws the window",
    },
    Package { name: "age", sign: Sign::Program("age"), job: Job::CoreTests, why: "the stock program opens our files" },
    Package {
        name: "sqlite3",
        sign: Sign::Program("sqlite3"),
        job: Job::CoreTests,
        why: "the stock program reads them",
    },
    Package {
        name: "unzip",
        sign: Sign::Program("unzip"),
        job: Job::CoreTests,
        why: "the stock program unpacks a back-up",
    },
    Package {
        name: "poppler-utils",
        sign: Sign::Program("pdftotext"),
        job: Job::CoreTests,
        why: "reads the text of our reports",
    },
    Package {
        name: "syncthing",
        sign: Sign::Program("syncthing"),
        job: Job::Campaign,
        why: "carries a vault between two computers",
    },
    Package {
        name: "webkit2gtk-driver",
        sign: Sign::Program("WebKitWebDriver"),
        job: Job::WindowTests,
        why: "types and clicks",
    },
    Package { name: "xvfb", sign: Sign::Program("Xvfb"), job: Job::WindowTests, why: "a screen in memory" },
    Package {
        name: "libgl1-mesa-dri",
        sign: Sign::Listed,
        job: Job::WindowTests,
        why: "draws on it without a graphics card",
    },
    Package { name: "openbox", sign: Sign::Program("openbox"), job: Job::WindowTests, why: "gives windows the focus" },
    Package {
        name: "xdotool",
        sign: Sign::Program("xdotool"),
        job: Job::WindowTests,
        why: "types in the system's file dialog",
    },
    Package {
        name: "xclip",
        sign: Sign::Program("xclip"),
        job: Job::WindowTests,
        why: "looks at the clipboard as another program",
    },
    Package {
        name: "dbus",
        sign: Sign::Program("dbus-daemon"),
        job: Job::WindowTests,
        why: "a message bus of its own",
    },
    Package {
        name: "util-linux",
        sign: Sign::Program("setpriv"),
        job: Job::WindowTests,
        why: "ends helpers with this program",
    },
    Package {
        name: "strace",
        sign: Sign::Program("strace"),
        job: Job::Campaign,
        why: "watches and fails system calls",
    },
    Package {
        name: "util-linux",
        sign: Sign::Program("unshare"),
        job: Job::Campaign,
        why: "starts a program without a network",
    },
    Package {
        name: "iproute2",
        sign: Sign::Program("ip"),
        job: Job::Campaign,
        why: "leaves that program its loopback",
    },
    Package { name: "sqlcipher", sign: Sign::Program("sqlcipher"), job: Job::Bench, why: "the yardstick for speed" },
];

/// Sees to it that the packages for these jobs are there.
pub(crate) fn packages(jobs: &[Job], install: Install) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<&Package> = PACKAGES.iter().filter(|p| jobs.contains(&p.job) && !p.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    say("Not on this computer yet:");
    for package in &missing {
        say(&format!("    {:<22} {}", package.name, package.why));
    }
    let names: BTreeSet<&str> = missing.iter().map(|p| p.name).collect();
    apt(&names.into_iter().collect::<Vec<_>>(), install)
}

/// Installs Debian packages, or says in one sentence why not.
pub(crate) fn apt(names: &[&str], install: Install) -> Result<(), Failure> {
    let line = format!("apt-get install --no-install-recommends {}", names.join(" "));
    if !finds("apt-get") {
        return Err(Failure::before(format!(
            "This system has no apt-get: install what it calls {}, and run this command again.",
            names.join(", ")
        )));
    }
    let root = answers("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    let by_hand = || Failure::before(format!("Run `sudo {line}` first, and then this command again."));
    if install == Install::Refused {
        return Err(by_hand());
    }
    let start = || {
        let mut command = Command::new(if root { "apt-get" } else { "sudo" });
        if !root {
            command.arg("apt-get");
        }
        // Another installation may be busy; it is waited for.
        command.args(["-o", "DPkg::Lock::Timeout=300"]).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    let may_ask = std::io::stdin().is_terminal() && finds("sudo");
    if !root && !may_ask {
        return Err(by_hand());
    }
    run("Renewing the list of packages", start().args(["update", "-qq"]))?;
    run(&line, start().args(["install", "-y", "-qq", "--no-install-recommends"]).args(names))
}

impl Package {
    fn is_there(&self) -> bool {
        match self.sign {
            Sign::Program(program) => finds(program),
            Sign::Library(library) => answers("pkg-config", &["--exists", library]).is_some(),
            Sign::Listed if !finds("dpkg-query") => true,
            Sign::Listed => answers("dpkg-query", &["-W", "-f", "${Status}", self.name])
                .is_some_and(|status| status == "install ok installed"),
        }
    }
}

/// Whether a program stands on the search path.
pub(crate) fn finds(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// What a program prints; `None` when it is not there or fails.
pub(crate) fn answers(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
