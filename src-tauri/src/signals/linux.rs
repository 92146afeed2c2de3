//! Linux: logind on the system's bus, the screen saver on her own.

use super::LockSignals;
use api::app::LockSignal;
use gtk::gio::{self, BusType, Cancellable, DBusCallFlags, DBusConnection, DBusSignalFlags};
use gtk::glib::{MainContext, MainLoop, Variant, VariantDict, variant::ToVariant as _};
use gtk::prelude::UnixFDListExtManual as _;
use std::cell::RefCell;
use std::os::fd::{FromRawFd as _, OwnedFd};
use std::sync::Arc;

const LOGIND: &str = "org.freedesktop.login1";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const SESSION: &str = "org.freedesktop.login1.Session";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const SCREEN_SAVERS: [&str; 2] = ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"];
/// How long a bus may take to answer, in milliseconds; it has a thread of its own.
const PATIENCE: i32 = 5_000;

/// The message buses of a Linux desktop.
pub(crate) struct MessageBus;

type Heard = Arc<dyn Fn(LockSignal) + Send + Sync>;

impl LockSignals for MessageBus {
    fn start(self, heard: Heard) {
        // A loop of its own, so that a bus that hangs never holds the window up.
        std::thread::spawn(move || {
            let context = MainContext::new();
            let listened = context.with_thread_default(|| {
                let buses = [logind(&heard), screen_savers(&heard)];
                MainLoop::new(Some(&context), false).run();
                drop(buses);
            });
            drop(listened);
        });
    }
}

/// Sleep, "lock this session" and a change of user. The connection keeps the signals
/// coming for as long as it lives.
fn logind(heard: &Heard) -> Option<DBusConnection> {
    let bus = gio::bus_get_sync(BusType::System, None::<&Cancellable>).ok()?;
    // Sleep waits for the end of this process: the kernel closes the file then.
    let delay = RefCell::new(inhibit(&bus));
    let tell = Arc::clone(heard);
    let again = bus.clone();
    subscribe(&bus, LOGIND, MANAGER, "PrepareForSleep", None, move |said| {
        match said.try_child_value(0).and_then(|going| going.get::<bool>()) {
            Some(true) => tell(LockSignal::Sleep),
            // Woken without having locked: the next sleep is to wait again.
            _ => drop(delay.replace(inhibit(&again))),
        }
    });
    let own = own_session(&bus)?;
    let tell = Arc::clone(heard);
    subscribe(&bus, LOGIND, SESSION, "Lock", Some(&own), move |_| tell(LockSignal::ScreenLock));
    let tell = Arc::clone(heard);
    subscribe(&bus, LOGIND, PROPERTIES, "PropertiesChanged", Some(&own), move |said| {
        let changed = VariantDict::new(said.try_child_value(1).as_ref());
        let is = |name: &str, value: bool| changed.lookup::<bool>(name).ok().flatten() == Some(value);
        if is("LockedHint", true) || is("Active", false) {
            tell(LockSignal::ScreenLock);
        }
    });
    Some(bus)
}

/// The session this window is in. A program that the user's service manager started is
/// in none; `auto` then means the one with the screen.
fn own_session(bus: &DBusConnection) -> Option<String> {
    let path = "/org/freedesktop/login1";
    let ask = |method: &str, about: &Variant| {
        let none = None::<&Cancellable>;
        let flags = DBusCallFlags::NONE;
        let said = bus.call_sync(Some(LOGIND), path, MANAGER, method, Some(about), None, flags, PATIENCE, none);
        said.ok()?.try_child_value(0)?.str().map(str::to_owned)
    };
    ask("GetSessionByPID", &(std::process::id(),).to_variant()).or_else(|| ask("GetSession", &("auto",).to_variant()))
}

/// Asks that sleep waits a moment for us.
fn inhibit(bus: &DBusConnection) -> Option<OwnedFd> {
    let why = ("sleep", "Luwte", "Luwte locks", "delay").to_variant();
    let said = bus.call_with_unix_fd_list_sync(
        Some(LOGIND),
        "/org/freedesktop/login1",
        MANAGER,
        "Inhibit",
        Some(&why),
        None,
        DBusCallFlags::NONE,
        PATIENCE,
        None::<&gio::UnixFDList>,
        None::<&Cancellable>,
    );
    let file = said.ok()?.1.get(0).ok()?;
    #[expect(unsafe_code, reason = "the list hands out a copy that nobody else closes")]
    // SAFETY: `UnixFDList::get` duplicates the descriptor for its caller.
    Some(unsafe { OwnedFd::from_raw_fd(file) })
}

/// The screen savers of most desktops tell on her own bus.
fn screen_savers(heard: &Heard) -> Option<DBusConnection> {
    let bus = gio::bus_get_sync(BusType::Session, None::<&Cancellable>).ok()?;
    for saver in SCREEN_SAVERS {
        let tell = Arc::clone(heard);
        subscribe(&bus, saver, saver, "ActiveChanged", None, move |said| {
            if said.try_child_value(0).and_then(|active| active.get::<bool>()) == Some(true) {
                tell(LockSignal::ScreenLock);
            }
        });
    }
    Some(bus)
}

fn subscribe(
    bus: &DBusConnection,
    sender: &str,
    interface: &str,
    member: &str,
    object: Option<&str>,
    heard: impl Fn(&Variant) + 'static,
) {
    let flags = DBusSignalFlags::NONE;
    let _ = bus.signal_subscribe(Some(sender), Some(interface), Some(member), object, None, flags, {
        move |_, _, _, _, _, said| heard(said)
    });
}
