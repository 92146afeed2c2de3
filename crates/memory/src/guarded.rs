//! Pages of their own for keys: locked in memory, and left out of dumps.
#![expect(unsafe_code, reason = "a value is put into pages that the system gave")]

use region::{Allocation, LockGuard, Protection};
use std::ops::Deref;
use std::ptr::NonNull;

/// A value in pages of its own, which are never swapped to a disk and never in a dump,
/// and which go back to the system when it is dropped.
///
/// It has no `Debug`, `Clone` or `Serialize`. Where the system does not lock pages, for
/// example because its limit is zero, the value is kept all the same.
pub struct Guarded<T> {
    value: NonNull<T>,
    // Unlocked before the pages are given back.
    _locked: Option<LockGuard>,
    _pages: Allocation,
}

impl<T> Guarded<T> {
    /// Makes a value in pages of its own.
    #[must_use]
    pub fn new(make: impl FnOnce() -> T) -> Self {
        let made: Result<Self, std::convert::Infallible> = Self::try_new(|| Ok(make()));
        match made {
            Ok(guarded) => guarded,
            Err(never) => match never {},
        }
    }

    /// The same for a value that may turn out not to be one.
    ///
    /// # Errors
    /// What `make` says.
    pub fn try_new<E>(make: impl FnOnce() -> Result<T, E>) -> Result<Self, E> {
        assert!(align_of::<T>() <= region::page::size(), "keys are small");
        let mut pages = region::alloc(size_of::<T>().max(1), Protection::READ_WRITE)
            .expect("a system that has no page left ends the program anyway");
        let locked = region::lock(pages.as_ptr::<u8>(), pages.len()).ok();
        leave_out_of_dumps(&mut pages);
        let value = NonNull::new(pages.as_mut_ptr::<T>()).expect("the system gave pages");
        // SAFETY: the pages are ours, writable, large enough and aligned.
        unsafe { value.write(make()?) };
        Ok(Self { value, _locked: locked, _pages: pages })
    }
}

#[cfg(target_os = "linux")]
fn leave_out_of_dumps(pages: &mut Allocation) {
    // SAFETY: the advice changes nothing in the pages, which are ours.
    let _ = unsafe { rustix::mm::madvise(pages.as_mut_ptr(), pages.len(), rustix::mm::Advice::LinuxDontDump) };
}

#[cfg(not(target_os = "linux"))]
fn leave_out_of_dumps(_: &mut Allocation) {}

impl<T> Deref for Guarded<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: it was written when this was made, and lives until this is dropped.
        unsafe { self.value.as_ref() }
    }
}

impl<T> Drop for Guarded<T> {
    fn drop(&mut self) {
        // SAFETY: the value is dropped once, and nobody can look any more. Then nothing
        // of it is left in the pages, which are still ours.
        unsafe {
            self.value.drop_in_place();
            let bytes = self.value.cast::<u8>();
            for at in 0..size_of::<T>() {
                bytes.add(at).write_volatile(0);
            }
        }
    }
}

// SAFETY: it owns its value, like a `Box`.
unsafe impl<T: Send> Send for Guarded<T> {}
// SAFETY: it gives out shared references only, like a `Box` that nobody may change.
unsafe impl<T: Sync> Sync for Guarded<T> {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::cell::Cell;
    use std::rc::Rc;

    /// The flags that Linux has for the pages at an address.
    #[expect(clippy::disallowed_methods, reason = "not a disk: Linux tells about this process")]
    fn flags(address: usize) -> String {
        let maps = std::fs::read_to_string("/proc/self/smaps").expect("Linux tells about its own process");
        let mut inside = false;
        for line in maps.lines() {
            let range = line.split(' ').next().and_then(|range| range.split_once('-'));
            let ends = range.and_then(|(from, to)| {
                Some((usize::from_str_radix(from, 16).ok()?, usize::from_str_radix(to, 16).ok()?))
            });
            match (ends, line.strip_prefix("VmFlags:")) {
                (Some((from, to)), _) => inside = (from..to).contains(&address),
                (None, Some(flags)) if inside => return flags.to_owned(),
                _ => {}
            }
        }
        String::new()
    }

    #[test]
    fn a_key_is_locked_in_memory_and_not_in_a_dump() {
        let key = Guarded::new(|| [7_u8; 32]);
        assert_eq!(*key, [7; 32]);
        let flags = flags(std::ptr::from_ref(&*key).addr());
        for flag in [" lo", " dd"] {
            assert!(flags.contains(flag), "{flag} is not in{flags}");
        }
    }

    #[test]
    fn a_value_is_dropped_once() {
        struct Counted(Rc<Cell<u32>>);
        impl Drop for Counted {
            fn drop(&mut self) {
                self.0.set(self.0.get() + 1);
            }
        }
        let count = Rc::new(Cell::new(0));
        let value = Guarded::new(|| Counted(Rc::clone(&count)));
        assert_eq!(value.0.get(), 0);
        drop(value);
        assert_eq!(count.get(), 1);
    }
}
