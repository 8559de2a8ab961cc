//! The dev server: what it answers, as a function of what is served; and one course from its start
//! to Ctrl-C, as an author lives it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::http::{Request, StatusCode};
use keben::diag::Language;
use keben::output::Output;
use keben::pipeline::{self, Cache, Options};
use keben::serve::problems::Problems;
use keben::serve::respond::{Answer, respond};
use keben::serve::state::{Edition, Search, Served};
use keben_search_core::{Engine, Section, build};
use tempfile::{TempDir, tempdir};

const PORT: u16 = 4000;
/// Whatever is awaited comes within this time, or not at all.
const DEADLINE: Duration = Duration::from_secs(60);

/// A site of a few files.
fn pages() -> Output {
    let mut output = Output::default();
    for (path, text) in [
        ("index.html", "<body>home</body>"),
        ("404.html", "<body>missing</body>"),
        ("fees/index.html", "<body>fees</body>"),
        ("fees/图 一.svg", "<svg/>"),
        ("assets/site.0123456789ab.css", "p{}"),
        ("assets/nav.js", "nav()"),
        ("feed.xml", "<feed/>"),
        ("robots.txt", "robots"),
        ("photo.PNG", "png"),
    ] {
        output.insert(path, text.as_bytes().to_vec());
    }
    output
}

fn search(files: &[&str], before: &[&str]) -> Search {
    let section = |module: &str| Section {
        page_url: format!("{module}/a.html"),
        url: format!("{module}/a.html"),
        page_title: "漏水怎么办".to_owned(),
        kind: "lesson".to_owned(),
        module: module.to_owned(),
        ..Section::default()
    };
    let bundle = build([section("fees"), section("repairs")]).expect("an index");
    let output = |names: &[&str]| {
        let mut output = Output::default();
        names
            .iter()
            .for_each(|name| output.insert(*name, name.as_bytes().to_vec()));
        Arc::new(output)
    };
    let engine = Engine::open(bundle).expect("an engine");
    Search {
        engine,
        files: output(files),
        before: output(before),
    }
}

fn served() -> Served {
    let edition = Edition::good("one".to_owned(), pages());
    let search = search(
        &["search/manifest.js", "search/index.bbbbbbbbbbbb.gz"],
        &["search/manifest.js", "search/index.aaaaaaaaaaaa.gz"],
    );
    Served {
        port: PORT,
        edition,
        search: Some(Arc::new(search)),
    }
}

fn ask(served: &Served, method: &str, host: &str, path: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("host", host)
        .body(());
    respond(served, &request.expect("a request"))
}

fn get(served: &Served, path: &str) -> Answer {
    ask(served, "GET", "localhost:4000", path)
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

fn body(answer: &Answer) -> String {
    String::from_utf8_lossy(answer.body()).into_owned()
}

#[test]
fn a_path_names_a_file_or_the_first_page_of_a_folder() {
    let served = served();
    for (path, part) in [
        ("/", "home"),
        ("/index.html", "home"),
        ("/?q=1", "home"),
        ("/fees/", "fees"),
        ("/fees/%E5%9B%BE%20%E4%B8%80.svg", "<svg/>"),
        ("/search/index.bbbbbbbbbbbb.gz", "bbbb"),
        ("/search/index.aaaaaaaaaaaa.gz", "aaaa"),
        ("/_keben/client.js", "EventSource"),
    ] {
        let answer = get(&served, path);
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert!(body(&answer).contains(part), "{path}: {}", body(&answer));
    }
    let folder = get(&served, "/fees");
    assert_eq!(folder.status(), StatusCode::TEMPORARY_REDIRECT);
    assert_eq!(header(&folder, "location"), "/fees/");
}

#[test]
fn no_path_leaves_the_site() {
    let served = served();
    for path in [
        "/../keben.yaml",
        "/%2e%2e/keben.yaml",
        "/%2e%2e%2fkeben.yaml",
        "/fees/../../keben.yaml",
        "/fees/../index.html",
        "/..%5ckeben.yaml",
        "//etc/passwd",
        "///",
        "/%00",
        "/%ff",
        "/%",
        "/.keben-manifest.json",
        "/keben.yaml",
        "/content/index.md",
        "/_keben/other",
        "//example.org/fees",
    ] {
        let answer = get(&served, path);
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert!(body(&answer).starts_with("<body>missing"), "{path}");
        assert_eq!(header(&answer, "content-type"), "text/html; charset=utf-8");
    }
}

#[test]
fn only_this_machine_is_answered() {
    let served = served();
    for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000"] {
        assert_eq!(
            ask(&served, "GET", host, "/").status(),
            StatusCode::OK,
            "{host}"
        );
    }
    for host in [
        "example.org",
        "example.org:4000",
        "localhost",
        "localhost:4001",
        "192.168.0.1:4000",
    ] {
        for path in [
            "/",
            "/assets/nav.js",
            "/_keben/client.js",
            "/api/search?q=a",
        ] {
            let answer = ask(&served, "GET", host, path);
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{host}{path}");
        }
    }
    let nameless = Request::builder().uri("/").body(()).expect("a request");
    assert_eq!(respond(&served, &nameless).status(), StatusCode::FORBIDDEN);
}

#[test]
fn nothing_can_be_written() {
    let served = served();
    for method in [
        "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT",
    ] {
        let answer = ask(&served, method, "localhost:4000", "/");
        assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert_eq!(header(&answer, "allow"), "GET, HEAD");
    }
    let head = ask(&served, "HEAD", "localhost:4000", "/feed.xml");
    assert_eq!((head.status(), head.body().len()), (StatusCode::OK, 0));
    assert_eq!(header(&head, "content-length"), "7");
}

#[test]
fn every_file_has_its_type_and_only_lasting_names_are_kept() {
    let served = served();
    for (path, kind, kept) in [
        ("/", "text/html; charset=utf-8", false),
        (
            "/assets/site.0123456789ab.css",
            "text/css; charset=utf-8",
            true,
        ),
        ("/assets/nav.js", "text/javascript; charset=utf-8", false),
        (
            "/search/manifest.js",
            "text/javascript; charset=utf-8",
            false,
        ),
        ("/search/index.bbbbbbbbbbbb.gz", "application/gzip", true),
        ("/fees/%E5%9B%BE%20%E4%B8%80.svg", "image/svg+xml", false),
        ("/feed.xml", "application/xml", false),
        ("/robots.txt", "text/plain; charset=utf-8", false),
        ("/photo.PNG", "image/png", false),
        ("/api/search?q=a", "application/json", false),
    ] {
        let answer = get(&served, path);
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&answer, "content-type"), kind, "{path}");
        assert_eq!(
            header(&answer, "cache-control").contains("immutable"),
            kept,
            "{path}"
        );
        assert_eq!(
            header(&answer, "cache-control") == "no-store",
            !kept,
            "{path}"
        );
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
        assert_eq!(header(&answer, "content-encoding"), "");
    }
}

#[test]
fn served_pages_carry_the_script_and_other_files_do_not() {
    let served = served();
    let script = "<script src=\"/_keben/client.js\" data-version=\"one\"></script>\n</body>";
    assert!(body(&get(&served, "/")).ends_with(script));
    assert!(body(&get(&served, "/nothing")).ends_with(script));
    assert_eq!(body(&get(&served, "/feed.xml")), "<feed/>");
}

#[test]
fn the_index_answers_with_filters_and_says_what_it_did_not_understand() {
    let served = served();
    let pages = |query: &str| {
        let answer = get(&served, &format!("/api/search?{query}"));
        assert_eq!(answer.status(), StatusCode::OK, "{query}");
        let value: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        value["pages"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(pages("q=%E6%BC%8F%E6%B0%B4"), 2);
    assert_eq!(pages("q=%E6%BC%8F%E6%B0%B4&limit=1"), 1);
    assert_eq!(pages("q=%E6%BC%8F%E6%B0%B4&offset=1"), 1);
    assert_eq!(pages("q=%E6%BC%8F%E6%B0%B4&module=fees&kind="), 1);
    assert_eq!(pages("q=%E6%BC%8F%E6%B0%B4&kind=quiz"), 0);
    assert_eq!(pages("q="), 0);
    for query in [
        "",
        "limit=3",
        "q=a&limit=x",
        "q=a&limit=0",
        "q=a&limit=201",
        "q=a&offset=-1",
        "q=a&p=1",
    ] {
        let answer = get(&served, &format!("/api/search?{query}"));
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
        let value: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert!(
            value["error"]
                .as_str()
                .is_some_and(|error| !error.is_empty()),
            "{query}"
        );
    }
    let early = Served {
        search: None,
        ..served
    };
    assert_eq!(
        get(&early, "/api/search?q=a").status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
}

#[test]
fn where_there_is_no_good_site_its_problems_are_the_page() {
    let dir = site("# 首页\n\n[<img onerror=1>](missing.md)\n");
    let options = Options {
        root: dir.path().to_owned(),
        drafts: false,
        base_url: None,
        today: jiff::civil::date(2026, 1, 1),
    };
    let run = pipeline::check(&options, &mut Cache::default());
    let edition = Edition::default().broken(Problems::of(&run, Language::Chinese));
    let served = Served {
        port: PORT,
        edition,
        search: None,
    };
    let answer = get(&served, "/fees/a.html");
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    let page = body(&answer);
    assert!(
        page.contains("K301") && page.contains("content/index.md:3"),
        "{page}"
    );
    assert!(
        page.contains("&lt;img onerror") && !page.contains("<img"),
        "{page}"
    );
    assert!(page.contains(&format!("data-version=\"{}\"", served.edition.version)));
    assert!(served.edition.message().contains("\"problems\":null"));
}

/// A site with a home page, and one more.
fn site(home: &str) -> TempDir {
    let dir = tempdir().expect("a folder");
    fs::create_dir_all(dir.path().join("content/fees")).expect("a folder");
    write(dir.path(), "keben.yaml", "title: 样例\n");
    write(dir.path(), "content/index.md", home);
    write(
        dir.path(),
        "content/fees/a.md",
        "# 催费\n\n物业费怎么催。\n",
    );
    dir
}

fn write(root: &Path, path: &str, text: &str) {
    fs::write(root.join(path), text).expect("a file");
}

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
