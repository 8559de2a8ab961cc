//! How long an author waits after saving: from the write of one page to the event that reloads it,
//! under `keben serve`. Prints the median and the worst of a number of edits.
//!
//! ```text
//! cargo bench --bench repeat -- DIR 1000
//! cargo bench --bench serve -- DIR [EDITS] [SECONDS BETWEEN]
//! ```
//!
//! The page is changed where it stands, and is afterwards as it was.

use std::error::Error;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A page that every repeated site has.
const PAGE: &str = "content/complaints/procedure.md";
const EDITS: usize = 31;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let Some(dir) = arguments.next() else {
        eprintln!("usage: cargo bench --bench serve -- DIR [EDITS] [SECONDS BETWEEN]");
        return Ok(());
    };
    let edits = arguments.next().map_or(Ok(EDITS), |edits| edits.parse())?;
    let between = Duration::from_secs_f64(arguments.next().map_or(Ok(2.0), |text| text.parse())?);
    let page = Path::new(&dir).join(PAGE);
    let text = fs::read_to_string(&page)?;
    let mut server = start(&dir)?;
    let times = measure(&mut server, &page, &text, edits, between);
    server.kill()?;
    server.wait()?;
    fs::write(&page, text)?;
    let mut times = times?;
    times.sort();
    let (Some(median), Some(worst)) = (times.get(times.len() / 2), times.last()) else {
        return Ok(());
    };
    println!(
        "{} edits: median {} ms, worst {} ms",
        times.len(),
        median.as_millis(),
        worst.as_millis()
    );
    Ok(())
}

fn start(dir: &str) -> std::io::Result<Child> {
    Command::new(env!("CARGO_BIN_EXE_keben"))
        .args(["serve", "--quiet", "--port", "0", "--site", dir])
        .stdout(Stdio::piped())
        .spawn()
}

fn measure(
    server: &mut Child,
    page: &Path,
    text: &str,
    edits: usize,
    between: Duration,
) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut url = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut url)?;
    let host = url
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned();
    let mut stream = TcpStream::connect(&host)?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        stream,
        "GET /_keben/events HTTP/1.0\r\nHost: {host}\r\n\r\n"
    )?;
    let mut events = BufReader::new(stream);
    let mut version = next(&mut events)?;
    let mut times = Vec::new();
    for edit in 0..edits {
        // As authors do: time to read the page, in which the index is made.
        sleep(between);
        fs::write(page, format!("{text}\n第 {edit} 次修改。\n"))?;
        let start = Instant::now();
        let next = next(&mut events)?;
        times.push(start.elapsed());
        if next == version {
            return Err(format!("the site did not change: {next}").into());
        }
        version = next;
    }
    Ok(times)
}

/// The next edition that a browser hears of.
fn next(events: &mut impl BufRead) -> Result<String, Box<dyn Error>> {
    loop {
        let mut line = String::new();
        if events.read_line(&mut line)? == 0 {
            return Err("the server ended".into());
        }
        if let Some(data) = line.strip_prefix("data: ") {
            return Ok(data.to_owned());
        }
    }
}
