//! How fast the states of a scenario are explored, and how much memory they take: a conversation
//! with more than a million of them, far beyond what anybody would write.
//!
//! ```text
//! cargo bench --bench scenario
//! cargo bench --bench scenario -- 1000000
//! ```
//!
//! Prints the states and moves, the seconds to explore them, the seconds of the whole proof, and the
//! most memory that the process ever held. To stay within: 5 s and 1 GiB for a million.

use std::error::Error;
use std::time::Instant;

use keben::page;
use keben::scenario::explore::explore;
use keben::scenario::play::Game;
use keben::scenario::proof::prove;
use keben::source::Sources;
use keben::syntax;

const STATES: u32 = 1_000_000;

/// Three numbers that are raised and lowered one at a time, two flags, and a way out.
const TEXT: &str = "\
---
kind: scenario
title: x
---

| Variable | Start | Meaning |
| --- | --- | --- |
| trust | 30 | 0–63 |
| mood | 30 | 0–63 |
| patience | 30 | 0–63 |
| noted | no | |
| promised | no | |

### call

- [a](#call) `trust +1`
- [b](#call) `trust -2`
- [c](#call) `mood +1, patience -1` `if trust >= 10`
- [d](#call) `mood -1` `if not noted`
- [e](#call) `patience +2` `if mood < 60`
- [f](#call) `noted = yes` `if trust >= 40`
- [g](#call) `promised = yes` `if noted and patience > 20`
- [h](#end)

### end

- `if noted and promised and trust >= 60` → [good](#good)
- `else` → [bad](#bad)

### good

**Ending: success, 100 points.**

### bad

**Ending: failure, 0 points.**
";

fn main() -> Result<(), Box<dyn Error>> {
    let number = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with("--"));
    let limit = number.map_or(Ok(STATES), |number| number.parse())?;
    let file = Sources::default().add("scenario.md", TEXT);
    let (document, _) = syntax::parse(file, TEXT);
    let (page, diagnostics) = page::lower(file, "scenario.md", TEXT, &document);
    let scenario = page.scenario.as_deref().ok_or("no scenario")?;
    if !diagnostics.is_empty() {
        return Err(format!("{diagnostics:?}").into());
    }
    let game = Game::new(scenario).ok_or("no place to begin")?;

    let start = Instant::now();
    let explored = explore(&game, limit);
    let explored_in = start.elapsed();
    let (states, moves) = (explored.len(), explored.move_count());
    drop(explored);
    let start = Instant::now();
    // Twice the states, so that the proof itself is never cut short.
    let findings = prove(scenario, limit.saturating_mul(8));
    let proven_in = start.elapsed();
    println!(
        "{states} states, {moves} moves: explored in {:.2} s; all states proven in {:.2} s ({} findings); at most {} MiB",
        explored_in.as_secs_f64(),
        proven_in.as_secs_f64(),
        findings.len(),
        most_memory()
    );
    Ok(())
}

/// The most memory that this process ever held, where the system tells (Linux).
fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.unwrap_or(0) / 1024
}
