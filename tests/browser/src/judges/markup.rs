//! Markup and styles as the Nu Html Checker judges them, the validator behind the W3C's own service.

use std::process::Command;

use serde::Deserialize;

use crate::harness::Outcome;
use crate::lab::{Lab, Which, repository};

/// Messages that are not errors of ours, each with its reason.
const IGNORED: [(&str, &str); 0] = [];

/// What the checker says about one place.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Message {
    r#type: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    last_line: u32,
    #[serde(default)]
    extract: String,
}

#[derive(Debug, Deserialize)]
struct Report {
    messages: Vec<Message>,
}

/// Validates every page and style of the shipped site.
pub fn valid(lab: &Lab) -> Outcome {
    let site = lab.site(Which::Shipped)?;
    let jar = repository().join("node_modules/vnu-jar/build/dist/vnu.jar");
    let output = Command::new("java")
        .arg("-jar")
        .arg(&jar)
        .args([
            "--format",
            "json",
            "--stdout",
            "--also-check-css",
            "--skip-non-html",
            "--exit-zero-always",
        ])
        .arg(site.folder())
        .output()
        .map_err(|error| format!("java: {error}. scripts/setup.sh installs it"))?;
    let report: Report = serde_json::from_slice(&output.stdout).map_err(|error| {
        format!(
            "{}: {error}: {}",
            jar.display(),
            String::from_utf8_lossy(&output.stderr)
        )
    })?;
    let wrong = report
        .messages
        .iter()
        .filter(|message| message.r#type != "info" && !ignored(message));
    let wrong: Vec<String> = wrong
        .map(
            |Message {
                 message,
                 url,
                 last_line,
                 extract,
                 ..
             }| format!("{url}:{last_line}: {message}\n    {extract}"),
        )
        .collect();
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.join("\n").into())
    }
}

fn ignored(message: &Message) -> bool {
    IGNORED
        .iter()
        .any(|(text, _)| message.message.contains(text))
}
