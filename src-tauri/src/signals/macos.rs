//! macOS: the workspace tells of sleep and of another user, the system's own centre of a
//! locked screen. Written from Apple's documentation; not tried on a Mac.

use super::LockSignals;
use api::app::LockSignal;
use block2::RcBlock;
use objc2_app_kit::{NSWorkspace, NSWorkspaceSessionDidResignActiveNotification, NSWorkspaceWillSleepNotification};
use objc2_foundation::{
    NSDistributedNotificationCenter, NSNotification, NSNotificationCenter, NSNotificationName, NSString,
};
use std::ptr::NonNull;
use std::sync::Arc;

/// The notifications of AppKit.
pub(crate) struct Workspace;

impl LockSignals for Workspace {
    fn start(self, heard: Arc<dyn Fn(LockSignal) + Send + Sync>) {
        let workspace = NSWorkspace::sharedWorkspace().notificationCenter();
        #[expect(unsafe_code, reason = "the names are constants of AppKit")]
        // SAFETY: both are set before the first line of the program runs.
        let (sleep, resign) =
            unsafe { (NSWorkspaceWillSleepNotification, NSWorkspaceSessionDidResignActiveNotification) };
        observe(&workspace, sleep, LockSignal::Sleep, &heard);
        observe(&workspace, resign, LockSignal::ScreenLock, &heard);
        let system = NSDistributedNotificationCenter::defaultCenter();
        observe(&system, &NSString::from_str("com.apple.screenIsLocked"), LockSignal::ScreenLock, &heard);
    }
}

fn observe(
    centre: &NSNotificationCenter,
    name: &NSNotificationName,
    signal: LockSignal,
    heard: &Arc<dyn Fn(LockSignal) + Send + Sync>,
) {
    let heard = Arc::clone(heard);
    let block = RcBlock::new(move |_: NonNull<NSNotification>| heard(signal));
    #[expect(unsafe_code, reason = "the centre takes a block of this shape")]
    // SAFETY: the block takes one notification and can be called from any thread.
    let observer = unsafe { centre.addObserverForName_object_queue_usingBlock(Some(name), None, None, &block) };
    // It listens for as long as the program runs.
    std::mem::forget(observer);
}
