//! A plain static host on the loopback, as simple as the simplest one that people deploy to.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use tokio::net::TcpListener;

/// Serves a folder on a free port until the runtime ends, and says where.
pub async fn serve(folder: PathBuf) -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let folder = Arc::new(folder);
    let app = Router::new().fallback(move |uri: Uri| {
        let folder = Arc::clone(&folder);
        async move { answer(&folder, &uri) }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    Ok(address)
}

fn answer(folder: &Path, uri: &Uri) -> Response {
    let path = percent_decode_str(uri.path().trim_start_matches('/')).decode_utf8_lossy();
    let mut file = folder.join(&*path);
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    let inside = !path.split('/').any(|part| part == "..");
    match std::fs::read(&file) {
        Ok(bytes) if inside => {
            ([(header::CONTENT_TYPE, content_type(&file))], bytes).into_response()
        }
        _ => missing(folder),
    }
}

fn missing(folder: &Path) -> Response {
    let page = std::fs::read(folder.join("404.html")).unwrap_or_default();
    (
        StatusCode::NOT_FOUND,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8")],
        page,
    )
        .into_response()
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("xml") => "application/xml",
        Some("gz") => "application/gzip",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
