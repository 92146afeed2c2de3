//! The run of the real window without a screen: a screen in memory, a window manager,
//! a message bus and a driver, all started here and ended with this program.

use crate::setup::finds;
use crate::step::{Failure, Tally, binaries, cargo, say, target};
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// The package that uses the window. It is no part of plain `cargo test`.
pub(crate) const TESTS: &str = "luwte-e2e";

/// How long a helper may take to be ready.
const READY: Duration = Duration::from_secs(20);

/// What the app sees besides its screen and its home.
const SURROUNDINGS: &[(&str, &str)] = &[
    ("GDK_BACKEND", "x11"),
    ("LANG", "C.UTF-8"),
    ("LIBGL_ALWAYS_SOFTWARE", "1"),
    // Without a desktop there is no accessibility bus to wait for.
    ("NO_AT_BRIDGE", "1"),
    // Lets the driver into the web view; without it nothing can.
    ("TAURI_WEBVIEW_AUTOMATION", "true"),
    // The app would set 1; with that the driver's screenshots never come back.
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "0"),
];

/// A helper that is ended when this value goes, with everything it started.
struct Helper {
    name: &'static str,
    child: Child,
    first_line: mpsc::Receiver<String>,
}

impl Helper {
    /// Starts a helper whose words go to a file, in a process group of its own. It is
    /// ended by the kernel too when this program is killed.
    fn start(name: &'static str, command: &Command, logs: &Path) -> Result<Self, Failure> {
        let log = fs::File::create(logs.join(format!("{name}.log"))).map_err(|e| cannot(name, &e))?;
        let mut bound = if finds("setpriv") {
            let mut bound = Command::new("setpriv");
            bound.args(["--pdeathsig", "KILL"]).arg(command.get_program());
            bound
        } else {
            Command::new(command.get_program())
        };
        bound.args(command.get_args()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => bound.env(name, value),
                None => bound.env_remove(name),
            };
        }
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut bound, 0);
        let mut child = bound.spawn().map_err(|e| cannot(name, &e))?;
        let out = child.stdout.take().expect("stdout was asked for as a pipe");
        let (send, first_line) = mpsc::channel();
        // Everything is read, so that the helper never blocks on a full pipe.
        std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).for_each(|l| drop(send.send(l))));
        Ok(Self { name, child, first_line })
    }

    /// The first line the helper prints.
    fn first_line(&self) -> Result<String, Failure> {
        let line = self.first_line.recv_timeout(READY).map(|line| line.trim().to_owned());
        line.map_err(|_| Failure::wrong(format!("{} did not become ready.", self.name)))
    }
}

impl Drop for Helper {
    fn drop(&mut self) {
        let group = format!("-{}", self.child.id());
        for signal in ["-TERM", "-KILL"] {
            let _ = Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status();
            let patience = Instant::now();
            while patience.elapsed() < Duration::from_secs(3) {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    break;
                }
                sleep(Duration::from_millis(50));
            }
        }
        let _ = self.child.wait();
    }
}

/// Runs the window's tests. The app and the front end must have been built. With names
/// only those run, the long ones of the campaigns among them.
///
/// The test finds in its environment: `LUWTE_E2E_DRIVER` (address of the driver),
/// `LUWTE_E2E_APP` (the program), `LUWTE_E2E_SURROUNDINGS` (what the program finds in its
/// environment, a line each), `LUWTE_E2E_HOME` (the home folder the program sees),
/// `LUWTE_E2E_BUS` (address of the message bus, the system's and her own in one) and
/// `LUWTE_E2E_PICTURES` (where screenshots go, kept after the run).
pub(crate) fn test(names: &[&str], tally: &mut Tally) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        say("The run of the window needs Linux (Xvfb and WebKitWebDriver); left out here.");
        return Ok(());
    }
    let place = target()?.join("e2e");
    let (home, pictures, logs) = (place.join("home"), place.join("pictures"), place.join("logs"));
    for folder in [&home, &pictures, &logs] {
        anew(folder)?;
    }
    let app = binaries()?.join("luwte-desktop");

    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]);
    let screen = Helper::start("Xvfb", &command, &logs)?;
    let display = format!(":{}", screen.first_line()?);
    let within = |program: &str| {
        let mut command = Command::new(program);
        command.env_remove("WAYLAND_DISPLAY").env("DISPLAY", &display).envs(SURROUNDINGS.iter().copied());
        command.env("HOME", &home).env("XDG_DATA_HOME", home.join(".local/share"));
        command.env("XDG_CONFIG_HOME", home.join(".config")).env("XDG_CACHE_HOME", home.join(".cache"));
        command
    };

    let mut command = within("dbus-daemon");
    command.args(["--session", "--nofork", "--print-address=1"]);
    let bus = Helper::start("dbus-daemon", &command, &logs)?;
    let address = bus.first_line()?;
    let _manager = Helper::start("openbox", &within("openbox"), &logs)?;

    let (port, inside) = (free_port()?, free_port()?);
    let mut command = within("WebKitWebDriver");
    // The test starts the app and the driver finds it, so that it also finds the process
    // that takes the app's place at every lock.
    command.args(["--host=127.0.0.1", &format!("--port={port}"), &format!("--target=127.0.0.1:{inside}")]);
    command.arg("--replace-on-new-session").env("DBUS_SESSION_BUS_ADDRESS", &address);
    let _driver = Helper::start("WebKitWebDriver", &command, &logs)?;
    wait_for(port)?;

    let mut app_command = within("app");
    app_command.env("DBUS_SESSION_BUS_ADDRESS", &address).env("DBUS_SYSTEM_BUS_ADDRESS", &address);
    app_command.env("WEBKIT_INSPECTOR_SERVER", format!("127.0.0.1:{inside}"));
    let set = app_command.get_envs().filter_map(|(name, value)| Some((name.to_str()?, value?.to_str()?)));
    let surroundings: Vec<String> = set.map(|(name, value)| format!("{name}={value}")).collect();

    let mut test = cargo(&["test", "--package", TESTS, "--no-fail-fast", "--", "--test-threads=1"]);
    if !names.is_empty() {
        test.arg("--include-ignored").args(names);
    }
    test.env("DISPLAY", &display)
        .env("LUWTE_E2E_BUS", &address)
        .env("LUWTE_E2E_DRIVER", format!("http://127.0.0.1:{port}"))
        .env("LUWTE_E2E_APP", app)
        .env("LUWTE_E2E_SURROUNDINGS", surroundings.join("\n"))
        .env("LUWTE_E2E_HOME", &home)
        .env("LUWTE_E2E_PICTURES", &pictures);
    tally.run("Using the real window as the adviser would", &mut test)?;
    say(&format!("Screenshots: {}", pictures.display()));
    Ok(())
}

fn anew(folder: &PathBuf) -> Result<(), Failure> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|e| cannot(&folder.display().to_string(), &e))?;
    }
    fs::create_dir_all(folder).map_err(|e| cannot(&folder.display().to_string(), &e))
}

fn cannot(what: &str, error: &std::io::Error) -> Failure {
    Failure::wrong(format!("Could not start {what}: {error}."))
}

fn free_port() -> Result<u16, Failure> {
    let bound = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    bound.map(|address| address.port()).map_err(|e| cannot("the driver", &e))
}

fn wait_for(port: u16) -> Result<(), Failure> {
    let patience = Instant::now();
    while patience.elapsed() < READY {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(());
        }
        sleep(Duration::from_millis(100));
    }
    Err(Failure::wrong("WebKitWebDriver did not become ready."))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_helper_takes_everything_it_started_with_it() {
        let logs = std::env::temp_dir().join(format!("xtask-helper-{}", std::process::id()));
        fs::create_dir_all(&logs).expect("the temporary folder is writable");
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' TERM; sleep 600 & echo $!; wait; wait"]);
        let Ok(helper) = Helper::start("sh", &command, &logs) else { panic!("sh can be started") };
        let Ok(grandchild) = helper.first_line() else { panic!("sh prints a line") };
        assert!(Path::new("/proc").join(&grandchild).exists(), "it runs while the helper lives");
        drop(helper);
        let gone = |pid: &str| match fs::read_to_string(Path::new("/proc").join(pid).join("stat")) {
            Ok(stat) => stat.contains(") Z "),
            Err(_) => true,
        };
        let patience = Instant::now();
        while !gone(&grandchild) && patience.elapsed() < READY {
            sleep(Duration::from_millis(50));
        }
        assert!(gone(&grandchild), "nothing is left running");
        fs::remove_dir_all(&logs).expect("our own folder can be removed");
    }
}
