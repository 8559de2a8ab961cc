//! From a request to its answer: a pure function of what is served.
//!
//! The server is for the author alone. It answers only requests that were addressed to this
//! machine by name, so that no page of the web can read a draft by pointing its own name here
//! (DNS rebinding); it only reads; and what it can answer is what is in the map of the site.

use std::borrow::Cow;

use axum::extract::Query;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Method, Request, Response, StatusCode, Uri};
use bytes::Bytes;
use keben_search_core::Query as Question;
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::json;

use super::state::Served;
use super::{API, CLIENT};
use crate::output::Output;
use crate::site::url::encode;

/// The script that the served pages carry.
const CLIENT_SCRIPT: &str = include_str!("client.js");
/// So many pages are answered at most.
const MOST_PAGES: usize = 200;
/// As many hexadecimal digits name a file by its content.
const CONTENT_NAME: usize = 12;

/// An answer.
pub type Answer = Response<Bytes>;

/// Keeps pages of other origins from including what is served.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Answers a request.
pub fn respond(served: &Served, request: &Request<()>) -> Answer {
    match admit(request, served.port) {
        Ok(()) => finish(route(served, request.uri()), request.method()),
        Err(refusal) => *refusal,
    }
}

/// Lets a request in.
///
/// # Errors
/// The answer to one that was meant for another server, or wants to write.
pub fn admit(request: &Request<()>, port: u16) -> Result<(), Box<Answer>> {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let mut refusal = if !host.is_some_and(|host| is_ours(host, port)) {
        text(
            StatusCode::FORBIDDEN,
            "this server answers to localhost only\n",
        )
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        text(
            StatusCode::METHOD_NOT_ALLOWED,
            "this server answers GET and HEAD only\n",
        )
    } else {
        return Ok(());
    };
    if refusal.status() == StatusCode::METHOD_NOT_ALLOWED {
        refusal
            .headers_mut()
            .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    Err(Box::new(finish(refusal, request.method())))
}

/// Adds what every answer has.
fn finish(mut answer: Answer, method: &Method) -> Answer {
    let length = HeaderValue::from(answer.body().len());
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_LENGTH, length);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if method == Method::HEAD {
        *answer.body_mut() = Bytes::new();
    }
    answer
}

/// Whether a `Host` header names this machine and our port.
fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = match host.rsplit_once(':') {
        Some((name, given)) if !given.ends_with(']') => (name, given.parse().ok()),
        _ => (host, Some(80)),
    };
    let ours = ["localhost", "127.0.0.1", "[::1]"];
    given == Some(port) && ours.iter().any(|own| own.eq_ignore_ascii_case(name))
}

fn route(served: &Served, uri: &Uri) -> Answer {
    match uri.path() {
        CLIENT => answer(StatusCode::OK, "client.js", CLIENT_SCRIPT),
        API => search(served, uri),
        path => file(served, path),
    }
}

/// A file of the site, the site's own page for one that is missing, or the page of problems.
fn file(served: &Served, path: &str) -> Answer {
    let Some(pages) = &served.edition.pages else {
        return problems(served);
    };
    let Ok(path) = percent_decode_str(path).decode_utf8() else {
        return missing(served, pages);
    };
    let path = path.strip_prefix('/').unwrap_or(&path);
    let name = if path.is_empty() || path.ends_with('/') {
        Cow::Owned(format!("{path}index.html"))
    } else {
        Cow::Borrowed(path)
    };
    if let Some(bytes) = served.file(&name) {
        return found(served, &name, bytes, StatusCode::OK);
    }
    if pages.get(&format!("{path}/index.html")).is_some() {
        return folder(path);
    }
    missing(served, pages)
}

fn missing(served: &Served, pages: &Output) -> Answer {
    match pages.get("404.html") {
        Some(bytes) => found(served, "404.html", bytes, StatusCode::NOT_FOUND),
        None => text(StatusCode::NOT_FOUND, "not found\n"),
    }
}

fn found(served: &Served, name: &str, bytes: &Bytes, status: StatusCode) -> Answer {
    if name.ends_with(".html") {
        return answer(status, name, with_client(bytes, &served.edition.version));
    }
    let mut answer = answer(status, name, bytes.clone());
    if is_named_by_content(name) {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        answer.headers_mut().insert(header::CACHE_CONTROL, forever);
    }
    answer
}

/// Sends a reader from a folder to its first page, so that relative links lead where they should.
fn folder(path: &str) -> Answer {
    let mut answer = text(StatusCode::TEMPORARY_REDIRECT, "");
    if let Ok(location) = HeaderValue::from_str(&format!("/{}/", encode(path))) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}

/// There is no good site yet.
fn problems(served: &Served) -> Answer {
    let page = served
        .edition
        .problems
        .as_ref()
        .map(|problems| problems.page());
    answer(
        StatusCode::SERVICE_UNAVAILABLE,
        "problems.html",
        page.unwrap_or_default(),
    )
}

/// Puts the reloading script at the end of a page. It exists in the served page only.
fn with_client(page: &[u8], version: &str) -> Vec<u8> {
    let script = format!("<script src=\"{CLIENT}\" data-version=\"{version}\"></script>\n");
    let end = b"</body>";
    let at = page
        .windows(end.len())
        .rposition(|window| window == end)
        .unwrap_or(page.len());
    [&page[..at], script.as_bytes(), &page[at..]].concat()
}

/// Whether the name of a file changes with its content, as those of the theme and the search do:
/// `assets/site.0123456789ab.css`.
fn is_named_by_content(name: &str) -> bool {
    let is_hash = |part: &str| {
        part.len() == CONTENT_NAME
            && part
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let file = name
        .strip_prefix("assets/")
        .or_else(|| name.strip_prefix("search/"));
    file.is_some_and(|file| !file.contains('/') && file.split('.').skip(1).any(is_hash))
}

/// What may be asked: `/api/search?q=…&limit=…&offset=…&kind=…&module=…`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    q: String,
    limit: Option<usize>,
    #[serde(default)]
    offset: usize,
    kind: Option<String>,
    module: Option<String>,
}

impl Asked {
    fn question(self) -> Result<Question, String> {
        let Self {
            q: text,
            limit,
            offset,
            kind,
            module,
        } = self;
        let limit = limit.unwrap_or(Question::default().limit);
        if !(1..=MOST_PAGES).contains(&limit) {
            return Err(format!("limit: expected 1 to {MOST_PAGES}"));
        }
        // A form sends the empty word for a filter that is not set.
        let set = |filter: Option<String>| filter.filter(|word| !word.is_empty());
        Ok(Question {
            text,
            limit,
            offset,
            kind: set(kind),
            module: set(module),
        })
    }
}

/// The answer of the index, as the browser's own search gives it.
fn search(served: &Served, uri: &Uri) -> Answer {
    let asked = Query::<Asked>::try_from_uri(uri).map_err(|error| error.body_text());
    let question = match asked.and_then(|Query(asked)| asked.question()) {
        Ok(question) => question,
        Err(error) => return json(StatusCode::BAD_REQUEST, &json!({ "error": error })),
    };
    let Some(search) = &served.search else {
        let error = json!({ "error": "the search index is not ready" });
        return json(StatusCode::SERVICE_UNAVAILABLE, &error);
    };
    match search.engine.search(&question) {
        Ok(results) => json(StatusCode::OK, &results),
        Err(error) => json(
            StatusCode::INTERNAL_SERVER_ERROR,
            &json!({ "error": error.to_string() }),
        ),
    }
}

fn json(status: StatusCode, value: &impl serde::Serialize) -> Answer {
    answer(
        status,
        "answer.json",
        serde_json::to_vec(value).unwrap_or_default(),
    )
}

fn text(status: StatusCode, text: &'static str) -> Answer {
    answer(status, "answer.txt", text)
}

fn answer(status: StatusCode, name: &str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    let kind = HeaderValue::from_static(content_type(name));
    answer.headers_mut().insert(header::CONTENT_TYPE, kind);
    answer
}

/// The media type of a file by its extension. `.gz` files are what they are: the browser unpacks
/// them itself, so that no host's idea of encoding comes between.
fn content_type(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "txt" | "csv" | "md" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "wasm" => "application/wasm",
        "gz" => "application/gzip",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{is_named_by_content, is_ours, with_client};

    #[test]
    fn only_this_machine_by_its_own_names_is_ours() {
        for host in [
            "localhost:4000",
            "LOCALHOST:4000",
            "127.0.0.1:4000",
            "[::1]:4000",
        ] {
            assert!(is_ours(host, 4000), "{host}");
        }
        for host in [
            "",
            "localhost",
            "[::1]",
            "localhost:80",
            "example.org:4000",
            "::1:4000",
        ] {
            assert!(!is_ours(host, 4000), "{host}");
        }
        assert!(is_ours("localhost", 80) && is_ours("[::1]", 80));
        assert!(!is_ours("localhost.example.org:4000", 4000));
    }

    #[test]
    fn only_names_that_change_with_their_content_are_kept() {
        assert!(is_named_by_content("assets/site.0123456789ab.css"));
        assert!(is_named_by_content("search/engine.0123456789ab.wasm.gz"));
        for name in [
            "search/manifest.js",
            "assets/nav.js",
            "fees/a.0123456789ab.png",
            "assets/a.b.c",
        ] {
            assert!(!is_named_by_content(name), "{name}");
        }
    }

    #[test]
    fn the_script_goes_before_the_last_end_of_a_body() {
        let page = with_client(b"<body></body></body></html>", "1");
        let page = String::from_utf8_lossy(&page);
        assert!(
            page.ends_with("data-version=\"1\"></script>\n</body></html>"),
            "{page}"
        );
        assert!(String::from_utf8_lossy(&with_client(b"<p>", "1")).starts_with("<p><script"));
    }
}
