//! One site from the start of the server to Ctrl-C, as an author lives it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::tempdir;

use super::{site, write};

/// Whatever is awaited comes within this time, or not at all.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running `keben serve`; it ends with the value.
struct Server {
    child: Child,
    port: u16,
}

impl Server {
    fn start(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_keben"))
            .args(["serve", "--port", "0", "--lang", "en", "--site"])
            .arg(root)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("keben runs");
        let mut line = String::new();
        let out = child.stdout.take().expect("standard output");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let port = line
            .trim()
            .strip_prefix("http://127.0.0.1:")
            .and_then(|rest| rest.strip_suffix('/'));
        let port = port.and_then(|port| port.parse().ok());
        Self {
            child,
            port: port.unwrap_or_else(|| panic!("no address: {line}")),
        }
    }

    /// HTTP/1.0, so that the end of the answer is the end of the connection.
    fn connect(&self, path: &str) -> BufReader<TcpStream> {
        let mut stream =
            TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).expect("a connection");
        stream.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        let request = format!(
            "GET {path} HTTP/1.0\r\nHost: localhost:{}\r\n\r\n",
            self.port
        );
        stream.write_all(request.as_bytes()).expect("a request");
        BufReader::new(stream)
    }

    /// The status line, the headers and the body.
    fn get(&self, path: &str) -> String {
        let mut answer = Vec::new();
        self.connect(path)
            .read_to_end(&mut answer)
            .expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn events(&self) -> Events {
        Events(self.connect("/_keben/events"))
    }

    /// Asks until the answer has `part` in it: the index comes after the pages.
    fn await_answer(&self, path: &str, part: &str) {
        let end = Instant::now() + DEADLINE;
        let mut answer = self.get(path);
        while !answer.contains(part) {
            assert!(Instant::now() < end, "{path} never had {part}: {answer}");
            std::thread::yield_now();
            answer = self.get(path);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a browser hears.
struct Events(BufReader<TcpStream>);

impl Events {
    /// The next edition for which `wanted` is true.
    fn edition(&mut self, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let end = Instant::now() + DEADLINE;
        loop {
            let mut line = String::new();
            assert!(
                self.0.read_line(&mut line).expect("an event in time") > 0,
                "the stream ended"
            );
            assert!(Instant::now() < end, "the wanted edition did not come");
            let Some(data) = line.strip_prefix("data: ") else {
                continue;
            };
            let edition: serde_json::Value = serde_json::from_str(data).expect("JSON");
            if wanted(&edition) {
                return edition;
            }
        }
    }
}

#[test]
fn an_author_edits_breaks_and_mends_a_site() {
    let dir = site("# 首页\n\n第一版。\n");
    let server = Server::start(dir.path());
    assert!(server.get("/").contains("第一版"));
    assert!(server.get("/nothing.html").starts_with("HTTP/1.0 404"));
    assert!(server.get("/keben.yaml").starts_with("HTTP/1.0 404"));
    assert!(
        server
            .get("/api/search?q=%E5%82%AC%E8%B4%B9")
            .contains("fees/a.html")
    );
    let manifest = server.get("/search/manifest.js");
    let index = manifest.split('"').find(|part| part.starts_with("index."));
    let index = format!("/search/{}", index.expect("the name of the index"));
    assert!(server.get(&index).starts_with("HTTP/1.0 200"));
    let mut events = server.events();
    let first = events.edition(|_| true);
    assert!(first["problems"].is_null());

    // What is no part of the site is no edition: the next one is that of the home page.
    write(dir.path(), "notes.txt", "x");
    write(
        dir.path(),
        "content/index.md",
        "# 首页\n\n第二版，关于漏水。\n",
    );
    let second = events.edition(|edition| edition["version"] != first["version"]);
    assert!(second["problems"].is_null(), "{second}");
    assert!(server.get("/").contains("第二版"));
    server.await_answer("/api/search?q=%E6%BC%8F%E6%B0%B4", "\"url\":\"index.html\"");
    assert!(
        server.get(&index).starts_with("HTTP/1.0 200"),
        "the last index still answers"
    );

    write(
        dir.path(),
        "content/index.md",
        "# 首页\n\n第三版，[见](missing.md)。\n",
    );
    let broken = events.edition(|edition| !edition["problems"].is_null());
    assert_eq!(broken["version"], second["version"]);
    assert!(
        broken["problems"]["texts"][0]
            .as_str()
            .is_some_and(|text| text.contains("K301"))
    );
    assert!(
        server.get("/").contains("第二版"),
        "the last good site is still served"
    );
    assert!(
        server
            .get("/api/search?q=%E6%BC%8F%E6%B0%B4")
            .contains("index.html")
    );

    write(dir.path(), "content/missing.md", "# 新页\n");
    let mended = events.edition(|edition| edition["problems"].is_null());
    assert_ne!(mended["version"], second["version"]);
    assert!(server.get("/").contains("第三版"));
    assert!(server.get("/missing.html").contains("新页"));
}

#[test]
fn a_site_that_begins_broken_recovers_and_taking_a_mistake_back_is_no_new_edition() {
    let dir = site("# 首页\n\n[见](missing.md)\n");
    let server = Server::start(dir.path());
    let page = server.get("/fees/a.html");
    assert!(
        page.starts_with("HTTP/1.0 503") && page.contains("K301"),
        "{page}"
    );
    let mut events = server.events();
    let first = events.edition(|_| true);
    assert!(first["problems"].is_null(), "the page itself shows them");
    write(dir.path(), "content/index.md", "# 首页\n");
    let good = events.edition(|edition| edition["version"] != first["version"]);
    assert!(server.get("/fees/a.html").contains("物业费怎么催"));

    write(
        dir.path(),
        "content/index.md",
        "# 首页\n\n[见](missing.md)\n",
    );
    events.edition(|edition| !edition["problems"].is_null());
    write(dir.path(), "content/index.md", "# 首页\n");
    let again = events.edition(|edition| edition["problems"].is_null());
    assert_eq!(again["version"], good["version"]);
}

#[test]
fn settings_themes_and_a_replaced_content_folder_are_followed() {
    let dir = site("# 首页\n\n旧文。\n");
    let server = Server::start(dir.path());
    let mut events = server.events();
    let mut version = events.edition(|_| true)["version"].clone();
    let mut changed = || {
        let edition = events.edition(|edition| edition["version"] != version);
        assert!(edition["problems"].is_null(), "{edition}");
        version = edition["version"].clone();
    };
    write(dir.path(), "keben.yaml", "title: 新名\n");
    changed();
    assert!(server.get("/").contains("新名"));

    let style = dir.path().join("themes/default/styles");
    let staged = dir.path().join("staged/default/styles");
    fs::create_dir_all(&staged).expect("a folder");
    fs::write(staged.join("custom.css"), ":root{--test:1}").expect("a file");
    fs::rename(dir.path().join("staged"), dir.path().join("themes")).expect("renamed");
    changed();
    fs::write(style.join("custom.css"), ":root{--test:2}").expect("a file");
    changed();

    let other = dir.path().join("other");
    fs::create_dir_all(&other).expect("a folder");
    fs::write(other.join("index.md"), "# 首页\n\n换过的文。\n").expect("a file");
    fs::rename(dir.path().join("content"), dir.path().join("old")).expect("renamed");
    fs::rename(&other, dir.path().join("content")).expect("renamed");
    changed();
    assert!(server.get("/").contains("换过的文"));
    write(dir.path(), "content/index.md", "# 首页\n\n再改的文。\n");
    changed();
    assert!(server.get("/").contains("再改的文"));
}

#[test]
fn a_taken_port_and_a_folder_without_a_site_are_said_and_end_with_two() {
    let dir = site("# 首页\n");
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let empty = tempdir().expect("a folder");
    for (root, port, part) in [
        (dir.path(), port.as_str(), "is in use"),
        (empty.path(), "0", "K001"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_keben"))
            .args(["serve", "--lang", "en", "--port", port, "--site"])
            .arg(root)
            .output()
            .expect("keben runs");
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stdout, b"");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains(part), "{told}");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_is_a_clean_end_even_while_a_browser_listens() {
    let dir = site("# 首页\n");
    let mut server = Server::start(dir.path());
    let mut events = server.events();
    events.edition(|_| true);
    let id = server.child.id().to_string();
    let kill = Command::new("kill")
        .args(["-INT", &id])
        .status()
        .expect("kill runs");
    assert!(kill.success());
    assert_eq!(server.child.wait().expect("an end").code(), Some(0));
}
