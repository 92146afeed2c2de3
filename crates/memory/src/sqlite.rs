//! SQLite takes its memory from the global allocator, and so it is wiped like all other.
//!
//! SQLite frees a block without saying how large it is, so each block has its size in 16
//! bytes before it.
#![expect(unsafe_code, reason = "SQLite takes its allocator as C functions")]

use crate::PrepareError;
use rusqlite::ffi;
use std::alloc::Layout;
use std::ffi::{c_int, c_void};
use std::ptr;

/// Room for the size, and what SQLite expects a block to be aligned to.
const HEADER: usize = 16;

/// Puts our functions in the place of SQLite's, which it allows until its first use.
pub(crate) fn use_global_allocator() -> Result<(), PrepareError> {
    let methods = ffi::sqlite3_mem_methods {
        xMalloc: Some(allocate),
        xFree: Some(free),
        xRealloc: Some(reallocate),
        xSize: Some(size),
        xRoundup: Some(round_up),
        xInit: Some(start),
        xShutdown: Some(stop),
        pAppData: ptr::null_mut(),
    };
    // SAFETY: this option takes one pointer to such a struct, which SQLite copies before
    // it returns. It refuses the call when it is in use already.
    let answer = unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MALLOC, &raw const methods) };
    if answer == ffi::SQLITE_OK { Ok(()) } else { Err(PrepareError::TooLate) }
}

/// The layout of a block for SQLite, with its header; `None` for sizes that cannot be.
fn layout(bytes: usize) -> Option<Layout> {
    Layout::from_size_align(bytes.checked_add(HEADER)?, HEADER).ok()
}

unsafe extern "C" fn allocate(bytes: c_int) -> *mut c_void {
    let Some((layout, bytes)) = usize::try_from(bytes).ok().and_then(|bytes| Some((layout(bytes)?, bytes))) else {
        return ptr::null_mut();
    };
    // SAFETY: the size is never zero, because of the header.
    let block = unsafe { std::alloc::alloc(layout) };
    if block.is_null() {
        return ptr::null_mut();
    }
    // SAFETY: the block is larger than the header and aligned for a `usize`.
    unsafe {
        block.cast::<usize>().write(bytes);
        block.add(HEADER).cast()
    }
}

/// The beginning of the block and how many bytes SQLite has of it.
///
/// # Safety
/// `given` came from [`allocate`] or [`reallocate`] and is not freed.
unsafe fn block(given: *mut c_void) -> (*mut u8, usize) {
    // SAFETY: every block that SQLite is given stands behind a header with its size.
    unsafe {
        let block = given.cast::<u8>().sub(HEADER);
        (block, block.cast::<usize>().read())
    }
}

unsafe extern "C" fn free(given: *mut c_void) {
    if given.is_null() {
        return;
    }
    // SAFETY: SQLite frees what it was given, once; the layout is the one it was made with.
    unsafe {
        let (block, bytes) = block(given);
        let layout = layout(bytes).expect("a block of this layout was made");
        std::alloc::dealloc(block, layout);
    }
}

unsafe extern "C" fn reallocate(given: *mut c_void, bytes: c_int) -> *mut c_void {
    if given.is_null() {
        // SAFETY: `allocate` takes any size.
        return unsafe { allocate(bytes) };
    }
    // SAFETY: SQLite gives a block of ours; the copy fits in both, and the old block is
    // freed only when there is a new one.
    unsafe {
        let fresh = allocate(bytes);
        if !fresh.is_null() {
            let (_, before) = block(given);
            let (_, after) = block(fresh);
            ptr::copy_nonoverlapping(given.cast::<u8>(), fresh.cast::<u8>(), before.min(after));
            free(given);
        }
        fresh
    }
}

unsafe extern "C" fn size(given: *mut c_void) -> c_int {
    if given.is_null() {
        return 0;
    }
    // SAFETY: SQLite asks about blocks that it has.
    let (_, bytes) = unsafe { block(given) };
    c_int::try_from(bytes).unwrap_or(c_int::MAX)
}

unsafe extern "C" fn round_up(bytes: c_int) -> c_int {
    bytes.checked_add(7).map_or(bytes, |more| more & !7)
}

unsafe extern "C" fn start(_: *mut c_void) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn stop(_: *mut c_void) {}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn sqlite_works_with_our_memory_and_comes_too_late_after_its_first_use() {
        assert_eq!(crate::prepare(), Ok(()));
        let connection = Connection::open_in_memory().expect("memory is there");
        connection.execute_batch("CREATE TABLE words (word TEXT)").expect("a table");
        for count in 0..2_000 {
            connection.execute("INSERT INTO words VALUES (?)", ["woord".repeat(count)]).expect("a row");
        }
        let sum = "SELECT sum(length(word)) FROM (SELECT word FROM words ORDER BY word DESC)";
        let length: i64 = connection.query_row(sum, [], |row| row.get(0)).expect("a sum");
        assert_eq!(length, 5 * 1_999 * 2_000 / 2);
        assert_eq!(use_global_allocator(), Err(PrepareError::TooLate));
        assert_eq!(crate::prepare(), Ok(()), "it was done in time");
    }

    #[test]
    fn a_block_keeps_its_bytes_and_its_size_when_it_changes() {
        // SAFETY: the functions are called as SQLite calls them.
        unsafe {
            let first = allocate(40);
            assert_eq!((size(first), first as usize % HEADER), (40, 0));
            first.cast::<u8>().write_bytes(7, 40);
            let larger = reallocate(first, 100_000);
            assert_eq!(size(larger), 100_000);
            assert!(std::slice::from_raw_parts(larger.cast::<u8>(), 40).iter().all(|byte| *byte == 7));
            let smaller = reallocate(larger, 8);
            assert_eq!((size(smaller), smaller.cast::<u8>().add(7).read()), (8, 7));
            free(smaller);
            free(ptr::null_mut());
            assert!(allocate(-1).is_null());
            assert_eq!((round_up(13), round_up(c_int::MAX), size(ptr::null_mut())), (16, c_int::MAX, 0));
        }
    }
}
