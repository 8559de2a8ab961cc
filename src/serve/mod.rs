//! The dev server: builds the site in memory, serves it on this machine, and reloads the page when
//! the text changes.
//!
//! ```text
//! watch → builder → state → respond
//! ```
//!
//! Nothing is written to the disk, and nothing is served but the built site.

pub mod builder;
pub mod problems;
pub mod respond;
pub mod state;
mod watch;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State as Shared};
use axum::response::sse::{Event as Message, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use tokio::sync::oneshot::{self, error::RecvError};
use tokio_stream::wrappers::WatchStream;
use tokio_stream::{Stream, StreamExt};

use crate::diag::Language;
use crate::pipeline::Options;
use builder::{Builder, Listener};
use state::{Edition, State};

/// Where the browser hears of new editions.
pub const EVENTS: &str = "/_keben/events";
/// The script that listens there.
pub const CLIENT: &str = "/_keben/client.js";
/// Where programs search.
pub const API: &str = "/api/search";

/// A browser that lost the server looks for it again after this time.
const RETRY: Duration = Duration::from_secs(1);

/// Why a site is not served, or no longer.
#[derive(Debug)]
pub enum Error {
    /// The system refused.
    Io(io::Error),
    /// The system does not let us watch the files.
    Watch(notify::Error),
    /// The builder ended, which it never should.
    Stopped,
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Takes a port of this machine, and gives the address of the site there.
///
/// # Errors
/// Where the port is taken.
pub fn bind(port: u16) -> io::Result<(TcpListener, String)> {
    let socket = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    socket.set_nonblocking(true)?;
    let url = format!("http://{}/", socket.local_addr()?);
    Ok((socket, url))
}

/// Serves a site until somebody interrupts it.
///
/// # Errors
/// Where the system refused.
pub fn run(
    socket: TcpListener,
    options: Options,
    language: Language,
    listener: Listener,
) -> Result<(), Error> {
    let state = Arc::new(State::new(socket.local_addr()?.port()));
    let builder = Builder::new(options, language, Arc::clone(&state), listener);
    let runtime = tokio::runtime::Runtime::new()?;
    let result = runtime.block_on(async {
        let socket = tokio::net::TcpListener::from_std(socket)?;
        let (end, ended) = oneshot::channel();
        thread::spawn(move || end.send(builder.follow()));
        let router = axum::Router::new().fallback(answer).with_state(state);
        tokio::select! {
            result = axum::serve(socket, router) => Ok(result?),
            _ = tokio::signal::ctrl_c() => Ok(()),
            end = ended => Err(why(end)),
        }
    });
    // Open event streams never end by themselves, and nothing else is worth waiting for.
    runtime.shutdown_background();
    result
}

/// Why the builder ended.
fn why(end: Result<notify::Result<()>, RecvError>) -> Error {
    match end {
        Ok(Err(error)) => Error::Watch(error),
        Ok(Ok(())) | Err(_) => Error::Stopped,
    }
}

/// Answers one request.
async fn answer(Shared(state): Shared<Arc<State>>, request: Request) -> Response {
    let request = request.map(|_| ());
    if let Err(refusal) = respond::admit(&request, state.port()) {
        return (*refusal).map(Body::from);
    }
    let path = request.uri().path();
    if path == EVENTS {
        return events(&state).into_response();
    }
    let needs_search = path == API || path.starts_with("/search/");
    let served = state.served(needs_search).await;
    respond::respond(&served, &request).map(Body::from)
}

/// The edition now, and each one after it.
fn events(state: &State) -> Sse<impl Stream<Item = Result<Message, axum::Error>> + use<>> {
    let message = |edition: Edition| {
        edition
            .is_built()
            .then(|| Ok(Message::default().retry(RETRY).data(edition.message())))
    };
    Sse::new(WatchStream::new(state.editions()).filter_map(message))
        .keep_alive(KeepAlive::default())
}
