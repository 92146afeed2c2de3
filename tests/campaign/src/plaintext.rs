//! P1 to P3 and N1: what a whole session leaves outside the sealed files, and whom it
//! speaks to. Every look begins by finding what was put there on purpose.

use crate::campaign::{Outcome, Run, Trouble, say};
use crate::place::Place;
use crate::session::{file_to_attach, hits, spellings};
use crate::trace;
use std::collections::BTreeSet;
use std::fs;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Calls that can bring bytes into a file or make one.
const WRITING: &str =
    "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,mmap,openat,creat,mkdir,socket";
/// Calls in which the kernel moves bytes that strace cannot show.
const UNSEEN: [&str; 3] = ["sendfile", "copy_file_range", "splice"];

const NOTES: usize = 50;
/// How much of one write strace shows.
const LONGEST: &str = "67108864";

/// The session under strace: what it wrote, made and connected to.
struct Watched {
    calls: Vec<trace::Call>,
    folder: PathBuf,
    _place: Place,
}

fn watch(act: &str) -> Result<Watched, Trouble> {
    trace::works()?;
    let (place, attachment) = (Place::new()?, file_to_attach()?);
    let log = place.folder.path().join("calls");
    let me = std::env::current_exe()?;
    let mut command = trace::watched(&me, WRITING, &log, &["-s", LONGEST, "-xx"]);
    let folder = place.folder.path().to_owned();
    command.args(["worker", act]).arg(&folder).arg(NOTES.to_string()).arg(attachment.path());
    let said = command.env("HOME", &folder).env("XDG_DATA_HOME", folder.join("home")).output()?;
    if !said.status.success() {
        return Err(Trouble::new(format!("the session failed: {}", String::from_utf8_lossy(&said.stdout))));
    }
    Ok(Watched { calls: trace::read(&log)?, folder, _place: place })
}

impl Watched {
    /// Writes to ordinary files that hold a canary, and how many writes there were.
    fn plaintext(&self) -> (Vec<String>, usize) {
        let spellings = spellings();
        let writes = |call: &&trace::Call| {
            let file = unhex(call.descriptor());
            ["write", "pwrite64", "writev", "pwritev", "pwritev2"].contains(&call.name.as_str())
                && file.starts_with(b"/")
                && !file.starts_with(b"/dev/")
                && !file.starts_with(b"/proc/")
        };
        let all: Vec<&trace::Call> = self.calls.iter().filter(writes).collect();
        let found = all.iter().filter(|call| hits(&unhex(&call.arguments), &spellings) > 0);
        let names =
            found.map(|call| format!("{} to {}", call.name, String::from_utf8_lossy(&unhex(call.descriptor()))));
        let mut found: Vec<String> = names.collect();
        let unseen = self.calls.iter().filter(|call| UNSEEN.contains(&call.name.as_str()));
        found.extend(unseen.map(|call| format!("{}, of which the bytes cannot be seen", call.name)));
        if all.iter().any(|call| call.arguments.contains("\"...")) {
            found.push("write that was too long to be seen whole".to_owned());
        }
        (found, all.len())
    }

    /// Files that are mapped so that stores reach the disk.
    fn shared_maps(&self) -> Vec<String> {
        let shared = |call: &&trace::Call| {
            call.name == "mmap"
                && call.arguments.contains("PROT_WRITE")
                && call.arguments.contains("MAP_SHARED")
                && call.arguments.contains('<')
        };
        self.calls
            .iter()
            .filter(shared)
            .map(|call| String::from_utf8_lossy(&unhex(call.descriptor())).into_owned())
            .collect()
    }

    /// Files that were opened for writing outside the vault and the state.
    fn outside(&self) -> BTreeSet<String> {
        let opened = self.calls.iter().filter(|call| call.name == "openat" && call.succeeded());
        let written =
            opened.filter(|call| ["O_WRONLY", "O_RDWR", "O_TMPFILE"].iter().any(|f| call.arguments.contains(f)));
        let paths = written.filter_map(|call| call.texts().first().map(|path| unhex(path)));
        let allowed = [self.folder.join("vault"), self.folder.join("state"), PathBuf::from("/dev")];
        let path = |bytes: Vec<u8>| PathBuf::from(String::from_utf8_lossy(&bytes).into_owned());
        paths.map(path).filter(|p| !allowed.iter().any(|a| p.starts_with(a))).map(|p| p.display().to_string()).collect()
    }

    fn internet_sockets(&self) -> usize {
        self.calls.iter().filter(|call| call.name == "socket" && call.arguments.contains("AF_INET")).count()
    }
}

/// Turns what `-xx` made of text back into bytes.
fn unhex(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4);
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        match rest.get(at + 2..at + 4).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(b"\\x"),
        }
        rest = rest.get(at + 4..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// What a session would look like that does everything wrong.
pub(crate) fn careless(folder: &Path) -> Result<(), Trouble> {
    for (number, spelling) in spellings().iter().enumerate() {
        fs::write(folder.join(format!("careless-{number}")), spelling)?;
    }
    drop(std::net::TcpListener::bind(("127.0.0.1", 0)));
    say("locked");
    Ok(())
}

/// P1 and P3.
pub(crate) fn writes(_: &Run) -> Result<Outcome, Trouble> {
    let control = watch("careless")?;
    let (found, _) = control.plaintext();
    if found.len() < spellings().len() || control.outside().is_empty() {
        return Err(Trouble::new(format!("only {} of {} planted words were seen", found.len(), spellings().len())));
    }
    let session = watch("session")?;
    let (mut losses, writes) = session.plaintext();
    losses.iter_mut().for_each(|loss| loss.insert_str(0, "plaintext in a "));
    losses.extend(session.shared_maps().into_iter().map(|file| format!("a writable shared map of {file}")));
    losses.extend(session.outside().into_iter().map(|file| format!("a file outside the vault: {file}")));
    let done = format!("{writes} writes of a session of {NOTES} notes; {} planted words seen before", found.len());
    Ok(Outcome { done, losses, short: None })
}

/// N1 of the app behind its door; the window is watched by its own run.
pub(crate) fn sockets(_: &Run) -> Result<Outcome, Trouble> {
    if watch("careless")?.internet_sockets() == 0 {
        return Err(Trouble::new("a socket that was opened on purpose was not seen"));
    }
    let session = watch("session")?;
    let sockets = session.internet_sockets();
    let losses = if sockets == 0 { Vec::new() } else { vec![format!("{sockets} internet sockets")] };
    Ok(Outcome { done: format!("{} calls of a session watched", session.calls.len()), losses, short: None })
}

/// P2: the session on a disk of its own, and then every byte of that disk.
pub(crate) fn disk(_: &Run) -> Result<Outcome, Trouble> {
    let place = Place::new()?;
    let (image, mount) = (place.folder.path().join("disk.img"), place.folder.path().join("disk"));
    fs::create_dir_all(&mount)?;
    let run = |program: &str, arguments: &[&str]| -> Result<(), Trouble> {
        let said = Command::new(program).args(arguments).output()?;
        if said.status.success() { Ok(()) } else { Err(Trouble::new(String::from_utf8_lossy(&said.stderr).trim())) }
    };
    fs::File::create(&image)?.set_len(256 << 20)?;
    let (image_text, mount_text) = (image.display().to_string(), mount.display().to_string());
    let mounted = run("mkfs.ext4", &["-q", "-F", &image_text])
        .and_then(|()| run("mount", &["-o", "loop", &image_text, &mount_text]));
    if let Err(trouble) = mounted {
        return Ok(Outcome::not_run(format!("a disk image cannot be mounted here ({})", trouble.0)));
    }
    let mounted = Mounted(mount.clone());
    for folder in ["work", "home", "tmp", "vartmp"] {
        fs::create_dir_all(mount.join(folder))?;
    }
    // Everything that was deleted is still on the disk, and must be found there.
    let planted = mount.join("planted");
    fs::write(&planted, spellings().concat())?;
    run("sync", &["-f", &mount_text])?;
    fs::remove_file(&planted)?;
    let before = scan(&image, &mounted)?;
    if before < spellings().len() {
        return Err(Trouble::new(format!("only {before} of {} planted words were found", spellings().len())));
    }
    // The place of the control is written over, so that only the session can be found.
    drop(mounted);
    wipe(&image)?;
    run("mkfs.ext4", &["-q", "-F", &image_text])?;
    run("mount", &["-o", "loop", &image_text, &mount_text])?;
    let mounted = Mounted(mount.clone());
    for folder in ["work", "home", "tmp", "vartmp"] {
        fs::create_dir_all(mount.join(folder))?;
    }
    crate::place::copy_folder(&place.vault(), &mount.join("work/vault"))?;
    let me = std::env::current_exe()?.display().to_string();
    let attachment = file_to_attach()?;
    let script = format!(
        "mount --bind {m}/tmp /tmp && mount --bind {m}/vartmp /var/tmp && HOME={m}/home TMPDIR=/var/tmp exec {m}/campaign worker session {m}/work {NOTES} {file}",
        m = "/mnt",
        file = attachment.path().display()
    );
    fs::copy(&me, mount.join("campaign"))?;
    // Under /tmp itself it would disappear behind the new /tmp.
    run("unshare", &["-m", "sh", "-c", &format!("mount --bind {mount_text} /mnt && {script}")])?;
    fs::remove_file(mount.join("campaign"))?;
    let left: u64 = ["home", "tmp", "vartmp"].iter().map(|folder| count_files(&mount.join(folder))).sum();
    let found = scan(&image, &mounted)?;
    let mut losses = Vec::new();
    if found > 0 {
        losses.push(format!("{found} words of the session lie readable on the disk"));
    }
    if left > 0 {
        losses.push(format!("{left} files in the home folder or the temporary folders"));
    }
    Ok(Outcome { done: format!("256 MiB of disk read; {before} deleted words found before"), losses, short: None })
}

fn count_files(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { count_files(&entry.path()) } else { 1 }).sum()
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

fn wipe(image: &Path) -> Result<(), Trouble> {
    let length = fs::metadata(image)?.size();
    fs::File::create(image)?.set_len(0)?;
    Ok(fs::OpenOptions::new().write(true).open(image)?.set_len(length)?)
}

/// Reads the image as it lies on the disk, after everything was written out.
fn scan(image: &Path, mounted: &Mounted) -> Result<usize, Trouble> {
    let _ = Command::new("sync").arg("-f").arg(&mounted.0).status();
    let spellings = spellings();
    let longest = spellings.iter().map(Vec::len).max().unwrap_or(1);
    let (mut file, mut kept, mut found) = (fs::File::open(image)?, Vec::new(), 0);
    let mut buffer = vec![0; 4 << 20];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(found);
        }
        // Most of the image is zeroes.
        if buffer[..count].iter().all(|byte| *byte == 0) {
            kept.clear();
            continue;
        }
        let before = hits(&kept, &spellings);
        kept.extend_from_slice(&buffer[..count]);
        found += hits(&kept, &spellings) - before;
        kept.drain(..kept.len().saturating_sub(longest - 1));
    }
}
