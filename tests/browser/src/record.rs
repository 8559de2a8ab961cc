//! What a tab asked of the network, and what was complained about in it.

use std::pin::Pin;

use chromiumoxide::cdp::IntoEventKind;
use chromiumoxide::cdp::browser_protocol::log::{EventEntryAdded, LogEntryLevel};
use chromiumoxide::cdp::browser_protocol::network::EventRequestWillBeSent;
use chromiumoxide::cdp::js_protocol::runtime::{
    ConsoleApiCalledType, EventConsoleApiCalled, EventExceptionThrown,
};
use chromiumoxide::listeners::EventStream;
use chromiumoxide::page::Page;
use futures_util::{FutureExt, StreamExt};

use crate::harness::Outcome;

/// The record of one tab. Events wait in their streams until somebody looks.
pub struct Record {
    sent: EventStream<EventRequestWillBeSent>,
    said: EventStream<EventConsoleApiCalled>,
    thrown: EventStream<EventExceptionThrown>,
    logged: EventStream<EventEntryAdded>,
    requests: Vec<String>,
    complaints: Vec<String>,
    /// Parts of complaints that are meant to come.
    pub expected: Vec<String>,
}

impl Record {
    /// Begins the record of a page.
    pub async fn of(page: &Page) -> Outcome<Self> {
        let record = Self {
            sent: page.event_listener().await?,
            said: page.event_listener().await?,
            thrown: page.event_listener().await?,
            logged: page.event_listener().await?,
            requests: Vec::new(),
            complaints: Vec::new(),
            expected: Vec::new(),
        };
        page.enable_log().await?;
        page.enable_runtime().await?;
        Ok(record)
    }

    /// Every address that was asked for.
    pub fn requests(&mut self) -> &[String] {
        self.read();
        &self.requests
    }

    /// Fails when a request left `base`, or when there was a complaint that nobody expected.
    pub fn verdict(&mut self, base: &str) -> Outcome {
        self.read();
        let inside = |url: &&String| {
            url.starts_with(base) || url.starts_with("data:") || url.starts_with("about:")
        };
        let strays = self
            .requests
            .iter()
            .filter(|url| !inside(url))
            .map(|url| format!("left the site for {url}"));
        let meant = |complaint: &&String| self.expected.iter().any(|part| complaint.contains(part));
        let complaints = self
            .complaints
            .iter()
            .filter(|complaint| !meant(complaint))
            .cloned();
        let all: Vec<String> = strays.chain(complaints).collect();
        if all.is_empty() {
            Ok(())
        } else {
            Err(all.join("\n").into())
        }
    }

    fn read(&mut self) {
        while let Some(event) = next(&mut self.sent) {
            self.requests.push(event.request.url.clone());
        }
        while let Some(event) = next(&mut self.said) {
            if matches!(
                event.r#type,
                ConsoleApiCalledType::Error
                    | ConsoleApiCalledType::Warning
                    | ConsoleApiCalledType::Assert
            ) {
                let words = event
                    .args
                    .iter()
                    .map(|arg| match (&arg.value, &arg.description) {
                        (Some(value), _) => value.to_string(),
                        (None, description) => description.clone().unwrap_or_default(),
                    });
                self.complaints
                    .push(format!("console: {}", words.collect::<Vec<_>>().join(" ")));
            }
        }
        while let Some(event) = next(&mut self.thrown) {
            let details = &event.exception_details;
            let thrown = details
                .exception
                .as_ref()
                .and_then(|exception| exception.description.clone());
            self.complaints.push(format!(
                "thrown: {}",
                thrown.unwrap_or_else(|| details.text.clone())
            ));
        }
        while let Some(event) = next(&mut self.logged) {
            let entry = &event.entry;
            if matches!(entry.level, LogEntryLevel::Error | LogEntryLevel::Warning) {
                let place = entry.url.as_deref().unwrap_or_default();
                self.complaints.push(format!("log: {} {place}", entry.text));
            }
        }
    }
}

/// The next event that has already come.
fn next<T: IntoEventKind + Unpin>(events: &mut EventStream<T>) -> Option<std::sync::Arc<T>> {
    Pin::new(events).next().now_or_never().flatten()
}
