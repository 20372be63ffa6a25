//! The allocator of the programs in the browser: the standard library's own, kept out of line.
//!
//! The release build compiles the standard library with the program (`tools/release.sh`). The compiler then inlined
//! asking for memory and giving it back into one function, and since memory just asked for is promised to be reached by
//! nobody else, took the allocator's own note in front of it for unwritten: giving back the 64 MiB of a passphrase's
//! work failed the allocator's check. Calls that stay calls cannot be looked through.

use std::alloc::{GlobalAlloc, Layout, System};

struct OutOfLine;

#[global_allocator]
static MEMORY: OutOfLine = OutOfLine;

// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for OutOfLine {
    #[inline(never)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    #[inline(never)]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline(never)]
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }

    #[inline(never)]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        unsafe { System.realloc(memory, layout, size) }
    }
}
