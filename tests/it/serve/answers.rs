//! What is answered to a request, as a function of what is served: no socket is opened.

use std::sync::Arc;

use axum::http::{Request, StatusCode};
use keben::diag::Language;
use keben::output::Output;
use keben::pipeline::{self, Cache, Options};
use keben::serve::problems::Problems;
use keben::serve::respond::{Answer, respond};
use keben::serve::state::{Edition, Search, Served};
use keben_search_core::{Engine, Section, build};

use super::site;

const PORT: u16 = 4000;

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
