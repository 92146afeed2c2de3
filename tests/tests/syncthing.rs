//! Two real Syncthing programs carry one vault between two computers, over loopback and
//! without a network: what both wrote in the same note while one was offline is in both
//! vaults at the end.
#![expect(clippy::disallowed_methods, reason = "the test plays two computers and looks at their folders")]

use api::app::App;
use luwte_tests::{Desk, StoppedClock};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Far more than it takes; a busy machine is no reason to fail.
const PATIENCE: Duration = Duration::from_secs(240);

/// One computer's Syncthing, with its own home.
struct Syncthing {
    home: TempDir,
    device: String,
    port: u16,
    folder: PathBuf,
    running: Option<Child>,
}

impl Syncthing {
    fn new(folder: &Path) -> Self {
        let home = TempDir::new().expect("a temporary folder can be made");
        let made = command(home.path()).args(["generate", "--home"]).arg(home.path()).output();
        assert!(made.expect("syncthing is there: apt install syncthing").status.success(), "it makes its keys");
        let config = fs::read_to_string(home.path().join("config.xml")).expect("it was written");
        let (_, after) = config.split_once("<device id=\"").expect("it names itself");
        let device = after.split('"').next().expect("an id").to_owned();
        // Free a moment ago; nothing else on this computer asks for ports at random.
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        Self { home, device, port, folder: folder.to_owned(), running: None }
    }

    /// Nothing outside this computer is asked for or told anything.
    fn configure(&self, other: &Self) {
        let devices = [self, other].map(|one| {
            format!(
                r#"<device id="{}" name="een" compression="never"><address>tcp://127.0.0.1:{}</address></device>"#,
                one.device, one.port
            )
        });
        let config = format!(
            r#"<configuration version="36">
<folder id="kluis" label="kluis" path="{}" type="sendreceive" rescanIntervalS="2" fsWatcherEnabled="true" fsWatcherDelayS="1">
<device id="{}"></device><device id="{}"></device><maxConflicts>-1</maxConflicts></folder>
{}
<gui enabled="false"></gui>
<options><listenAddress>tcp://127.0.0.1:{}</listenAddress>
<globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
<relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><reconnectionIntervalS>2</reconnectionIntervalS>
<urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled><autoUpgradeIntervalH>0</autoUpgradeIntervalH>
<startBrowser>false</startBrowser><announceLANAddresses>false</announceLANAddresses></options>
</configuration>"#,
            self.folder.display(),
            self.device,
            other.device,
            devices.concat(),
            self.port
        );
        fs::write(self.home.path().join("config.xml"), config).expect("it can be written");
    }

    fn start(&mut self) {
        let mut serve = command(self.home.path());
        serve.args(["serve", "--no-browser", "--no-restart", "--home"]).arg(self.home.path());
        self.running = Some(serve.spawn().expect("syncthing is there: apt install syncthing"));
    }

    fn stop(&mut self) {
        if let Some(mut running) = self.running.take() {
            // Asked, it ends its second process too; killed, that one would keep the database
            // from whoever is started next.
            let _ = Command::new("kill").args(["-TERM", &running.id().to_string()]).status();
            let _ = running.wait();
        }
    }
}

impl Drop for Syncthing {
    fn drop(&mut self) {
        self.stop();
    }
}

fn command(home: &Path) -> Command {
    let mut command = Command::new("syncthing");
    command.env("HOME", home).env("STNOUPGRADE", "1").stdin(Stdio::null());
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The files of a vault with their bytes; not what Syncthing itself keeps there.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut files, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(folder).expect("it is in there").to_owned();
            if name.to_string_lossy().starts_with(".st") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                files.insert(name, bytes);
            }
        }
    }
    files
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < PATIENCE, "waited in vain until {what}");
        sleep(Duration::from_millis(300));
    }
}

/// Both folders hold the same, and did so for longer than a look around takes.
fn until_the_same(one: &Path, other: &Path) {
    let mut steady = 0;
    until("both folders are the same", || {
        let (ours, theirs) = (tree(one), tree(other));
        steady = if ours == theirs && ours.contains_key(Path::new("practice.age")) { steady + 1 } else { 0 };
        steady >= 12
    });
}

fn write(desk: &mut Desk, case: &Value, entry: &Value, words: &str) {
    let note = json!({
        "date": "2026-11-20", "channel": "phone", "minutes": 30, "with_whom": "melder",
        "facts": words, "impressions": "",
    });
    desk.call("save_note", json!({ "case": case["id"], "entry": entry, "note": note }));
}

/// What the two versions of the note say, if there are two.
fn versions(desk: &mut Desk, case: &Value) -> BTreeSet<String> {
    let view = desk.call("case", json!({ "case": case["id"] }));
    let entries = view["versions"].as_array().expect("a list").clone();
    let versions = entries.iter().flat_map(|entry| entry["versions"].as_array().expect("a list"));
    versions.filter_map(|version| version["note"]["facts"].as_str()).map(str::to_owned).collect()
}

#[test]
#[ignore = "two programs that wait for each other take minutes: cargo xtask campaign S1"]
fn what_two_computers_wrote_in_one_note_while_one_was_offline_is_in_both_vaults_at_the_end() {
    let mut here = Desk::new();
    let organisation = here.organisation("Stichting De Voorbeeldhof");
    let case = here.case(&organisation);
    let note = here.note(&case, "het eerste gesprek", "");
    here.call("lock", json!({}));

    let place = TempDir::new().expect("a temporary folder can be made");
    let there_vault = place.path().join("vault");
    fs::create_dir(&there_vault).expect("it can be made");
    let (mut ours, mut theirs) = (Syncthing::new(&here.vault()), Syncthing::new(&there_vault));
    ours.configure(&theirs);
    theirs.configure(&ours);
    ours.start();
    theirs.start();
    until_the_same(&here.vault(), &there_vault);
    theirs.stop();

    let clock = StoppedClock::on("2026-11-21");
    let app = App::new(&place.path().join("state"), Box::new(clock.clone())).expect("a folder of its own");
    let mut there = Desk { place, app, clock, recovery: String::new() };
    there.unlock();
    here.unlock();
    here.call("case", json!({ "case": case["id"] }));
    there.call("case", json!({ "case": case["id"] }));
    write(&mut here, &case, &note, "hier verder geschreven");
    there.clock.wait_seconds(60);
    write(&mut there, &case, &note, "daar verder geschreven");
    let only_there = there.case(&organisation);
    there.note(&only_there, "alleen daar", "");
    here.call("lock", json!({}));
    there.call("lock", json!({}));

    theirs.start();
    let wanted: BTreeSet<String> = ["hier verder geschreven", "daar verder geschreven"].map(str::to_owned).into();
    let mut rounds = 0;
    loop {
        until_the_same(&here.vault(), &there_vault);
        let mut seen = Vec::new();
        for desk in [&mut here, &mut there] {
            desk.unlock();
            let both = versions(desk, &case);
            let cases = desk.call("list_cases", json!({})).as_array().expect("a list").len();
            desk.call("lock", json!({}));
            seen.push((both, cases));
            until_the_same(&ours.folder, &theirs.folder);
        }
        if seen.iter().all(|(both, cases)| *both == wanted && *cases == 2) {
            break;
        }
        rounds += 1;
        assert!(
            rounds < 4,
            "one of the vaults misses something: {:?}",
            seen.iter().map(|s| s.0.len()).collect::<Vec<_>>()
        );
    }
    there.unlock();
    let alone = there.call("case", json!({ "case": only_there["id"] }));
    assert_eq!(alone["notes"][0]["note"]["facts"], "alleen daar");
    assert_eq!(there.call("check_vault", json!({}))["findings"], json!([]));
}
