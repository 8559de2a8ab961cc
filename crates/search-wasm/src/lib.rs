//! The search engine for the browser, behind five plain functions: no generated JavaScript, nothing imported.
//!
//! JavaScript asks [`alloc`] for memory, writes its argument there and hands it over to [`open`] or [`search`], which say
//! whether they succeeded. What they have to say lies at [`answer`], [`answer_length`] bytes of UTF-8, until the next
//! call: the results as JSON, or what went wrong. A module holds one index.

use std::cell::RefCell;

use keben_search_core::{Bundle, Engine, Query};

thread_local! {
    static STATE: RefCell<State> = const { RefCell::new(State { engine: None, answer: Vec::new() }) };
}

/// Everything the module remembers between calls.
struct State {
    engine: Option<Engine>,
    answer: Vec<u8>,
}

/// Reserves memory for the argument of the next call.
#[unsafe(no_mangle)]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    Box::into_raw(vec![0_u8; length].into_boxed_slice()).cast()
}

/// Opens the index whose bytes stand in the argument.
///
/// # Safety
/// The argument must be memory from [`alloc`] of the same length, and must not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(argument: *mut u8, length: usize) -> bool {
    // SAFETY: the caller promises what `take` asks for.
    let bytes = unsafe { take(argument, length) };
    let opened = Bundle::from_vec(bytes).and_then(Engine::open);
    STATE.with_borrow_mut(|state| match opened {
        Ok(engine) => {
            state.engine = Some(engine);
            state.say(Ok(Vec::new()))
        }
        Err(error) => state.say(Err(error.to_string())),
    })
}

/// Answers the query that stands in the argument as JSON.
///
/// # Safety
/// The argument must be memory from [`alloc`] of the same length, and must not be used again.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn search(argument: *mut u8, length: usize) -> bool {
    // SAFETY: the caller promises what `take` asks for.
    let bytes = unsafe { take(argument, length) };
    STATE.with_borrow_mut(|state| {
        let results = state.search(&bytes);
        state.say(results)
    })
}

/// Where the answer to the last call begins.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    STATE.with_borrow(|state| state.answer.as_ptr())
}

/// How long the answer to the last call is.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    STATE.with_borrow(|state| state.answer.len())
}

impl State {
    fn search(&self, query: &[u8]) -> Result<Vec<u8>, String> {
        let engine = self.engine.as_ref().ok_or("no index is open")?;
        let query: Query = serde_json::from_slice(query).map_err(|error| error.to_string())?;
        let results = engine.search(&query).map_err(|error| error.to_string())?;
        serde_json::to_vec(&results).map_err(|error| error.to_string())
    }

    /// Keeps the answer, and tells whether it is a good one.
    fn say(&mut self, answer: Result<Vec<u8>, String>) -> bool {
        let good = answer.is_ok();
        self.answer = answer.unwrap_or_else(String::into_bytes);
        good
    }
}

/// Takes over the memory of an argument.
///
/// # Safety
/// It must come from [`alloc`] with the same length, and be taken once.
unsafe fn take(argument: *mut u8, length: usize) -> Vec<u8> {
    let slice = std::ptr::slice_from_raw_parts_mut(argument, length);
    // SAFETY: `alloc` made it from a boxed slice of this length, and nobody else owns it.
    unsafe { Box::from_raw(slice) }.into_vec()
}
