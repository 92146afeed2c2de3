//! A logind of the test's own on the message bus that the program listens to: one session
//! and one answer for each question the program asks.

use gio::glib::{MainContext, MainLoop, Variant, VariantTy, variant::ToVariant as _};
use gio::{BusNameOwnerFlags, Cancellable, DBusConnection, DBusConnectionFlags, DBusMethodInvocation, DBusNodeInfo};
use std::collections::HashMap;
use std::io::{PipeReader, Read as _};
use std::os::fd::IntoRawFd as _;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/_31";
const MANAGER: &str = "org.freedesktop.login1.Manager";
const OF_SESSION: &str = "org.freedesktop.login1.Session";
const INTERFACE: &str = "<node><interface name='org.freedesktop.login1.Manager'>\
    <method name='GetSessionByPID'><arg type='u' direction='in'/><arg type='o' direction='out'/></method>\
    <method name='GetSession'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>\
    <method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/>\
    <arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='h' direction='out'/></method>\
    </interface></node>";

/// How long the program may take to ask.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long after its question it listens, which it does right away on a machine that has
/// nothing else to do.
const LISTENS_AFTER: Duration = Duration::from_secs(2);

/// What logind says when the lid closes, the screen is locked, another user comes.
#[derive(Clone, Copy, Debug)]
pub enum Says {
    /// The computer goes to sleep.
    Sleep,
    /// `loginctl lock-session`, and most desktops.
    Lock,
    /// Another user took the screen.
    Inactive,
}

/// The service, for as long as the value lives.
pub struct Logind {
    bus: DBusConnection,
    looping: MainLoop,
    serving: Option<JoinHandle<()>>,
    /// The other ends of what was handed out to hold sleep up.
    delays: Arc<Mutex<Vec<PipeReader>>>,
    asked: mpsc::Receiver<String>,
}

impl Logind {
    /// Starts on the bus of the run; waits until it has its name there.
    #[must_use]
    pub fn start() -> Self {
        let (ready, started) = mpsc::channel();
        let (asks, asked) = mpsc::channel();
        let delays = Arc::new(Mutex::new(Vec::new()));
        let held = Arc::clone(&delays);
        let serving = std::thread::spawn(move || {
            let context = MainContext::new();
            let served = context.with_thread_default(|| {
                let looping = MainLoop::new(Some(&context), false);
                let bus = serve(asks, held);
                let tell = Mutex::new(Some((ready, looping.clone())));
                let named = move |bus: DBusConnection, _: &str| {
                    if let Some((ready, looping)) = tell.lock().unwrap_or_else(PoisonError::into_inner).take() {
                        drop(ready.send((bus, looping)));
                    }
                };
                let owner = gio::bus_own_name_on_connection(&bus, NAME, BusNameOwnerFlags::NONE, named, |_, name| {
                    panic!("somebody else is {name} on this bus")
                });
                looping.run();
                gio::bus_unown_name(owner);
            });
            served.expect("this thread is its context's only one");
        });
        let (bus, looping) = started.recv_timeout(Duration::from_secs(10)).expect("a name on the bus");
        Self { bus, looping, serving: Some(serving), delays, asked }
    }

    /// Waits until the program has asked for its session, after which it listens.
    pub fn heard_of(&self) {
        while self.asked.recv_timeout(PATIENCE).expect("the program asks for its session") != "GetSessionByPID" {}
        std::thread::sleep(LISTENS_AFTER);
    }

    /// Waits until whoever asked last listens.
    pub fn settle(&self) {
        while self.asked.recv_timeout(LISTENS_AFTER).is_ok() {}
    }

    /// Says it to everybody on the bus.
    pub fn say(&self, what: Says) {
        let (path, interface, signal, words): (_, _, _, Variant) = match what {
            Says::Sleep => (PATH, MANAGER, "PrepareForSleep", (true,).to_variant()),
            Says::Lock => (SESSION, OF_SESSION, "Lock", ().to_variant()),
            Says::Inactive => {
                let changed = HashMap::from([("Active", false.to_variant())]);
                let words = (OF_SESSION, changed, Vec::<String>::new()).to_variant();
                (SESSION, "org.freedesktop.DBus.Properties", "PropertiesChanged", words)
            }
        };
        self.bus.emit_signal(None, path, interface, signal, Some(&words)).expect("the bus takes a signal");
        self.bus.flush_sync(None::<&Cancellable>).expect("the bus takes a signal");
    }

    /// Waits until the first process that held sleep up no longer does.
    pub fn lets_sleep(&self) {
        let mut held = self.delays.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(!held.is_empty(), "the program asked sleep to wait");
        let mut first = held.remove(0);
        drop(held);
        let mut nothing = Vec::new();
        first.read_to_end(&mut nothing).expect("the pipe ends with the process");
    }
}

impl Drop for Logind {
    fn drop(&mut self) {
        self.looping.quit();
        // The name is given back first: the loop would be told that a closed bus lost it, by a
        // call that names no bus, and the binding ends the whole test over that.
        drop(self.serving.take().map(JoinHandle::join));
        drop(self.bus.close_sync(None::<&Cancellable>));
    }
}

fn serve(asks: mpsc::Sender<String>, held: Arc<Mutex<Vec<PipeReader>>>) -> DBusConnection {
    let flags = DBusConnectionFlags::AUTHENTICATION_CLIENT | DBusConnectionFlags::MESSAGE_BUS_CONNECTION;
    let address = crate::setting("LUWTE_E2E_BUS");
    let bus = DBusConnection::for_address_sync(&address, flags, None, None::<&Cancellable>).expect("a bus");
    let asks = Mutex::new(asks);
    let answer = move |_: DBusConnection,
                       _: &str,
                       _: &str,
                       _: &str,
                       method: &str,
                       _: Variant,
                       invocation: DBusMethodInvocation| {
        drop(asks.lock().unwrap_or_else(PoisonError::into_inner).send(method.to_owned()));
        if method == "Inhibit" {
            let (ours, theirs) = std::io::pipe().expect("a pipe can be made");
            held.lock().unwrap_or_else(PoisonError::into_inner).push(ours);
            let files = gio::UnixFDList::from_array([theirs.into_raw_fd()]);
            let place = Variant::parse(Some(VariantTy::new("(h)").expect("a type")), "(0,)").expect("the first file");
            invocation.return_value_with_unix_fd_list(Some(&place), Some(&files));
        } else {
            let path = Variant::parse(Some(VariantTy::new("(o)").expect("a type")), &format!("('{SESSION}',)"));
            invocation.return_value(Some(&path.expect("a path")));
        }
    };
    let node = DBusNodeInfo::for_xml(INTERFACE).expect("the interface is well written");
    let manager = node.lookup_interface(MANAGER).expect("it stands there");
    let none = |_: DBusConnection, _: &str, _: &str, _: &str, _: &str| ().to_variant();
    let refused = |_: DBusConnection, _: &str, _: &str, _: &str, _: &str, _: Variant| false;
    let _id = bus.register_object(PATH, &manager, answer, none, refused).expect("the object has a place");
    bus
}
