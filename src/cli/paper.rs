//! `keben paper`: question papers, answer sheets and keys as files, as PDF where a browser is there.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anstream::{eprintln, println};

use super::args::{Global, Paper};
use super::{Outcome, build, report, words};
use crate::diag::Language;
use crate::output::Output;
use crate::paper::{self, Inputs, Request};

/// Programs that print a page, by the names that they are installed under.
const BROWSERS: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
];

/// Makes the papers of a quiz.
pub fn run(command: &Paper, global: &Global, language: Language) -> Outcome {
    if let Some(form) = command.forms.iter().find(|form| !is_name(form)) {
        eprintln!("{}", words::bad_form(language, form));
        return Outcome::Failed;
    }
    let (_, run) = match build::checked(&command.inputs, global, language) {
        Ok(checked) => checked,
        Err(outcome) => return outcome,
    };
    let Some(checked) = &run.checked else {
        return Outcome::ContentErrors;
    };
    let asks = |id| {
        let place = checked.site.page(id);
        !place.page.questions.is_empty() || !place.pools.is_empty()
    };
    let Some(quiz) = paper::find(&checked.site, &command.quiz).filter(|id| asks(*id)) else {
        eprintln!("{}", words::no_quiz(language, &command.quiz));
        return Outcome::Failed;
    };
    let inputs = Inputs {
        site: &checked.site,
        sources: &run.sources,
        theme: &checked.theme,
        assets: &checked.assets,
    };
    let request = Request {
        quiz,
        forms: &command.forms,
        seed: command.seed,
        count: command.count,
    };
    let (output, problems) = paper::make(inputs, &request);
    report::diagnostics(&problems, &run.sources, global, language);
    let Some(output) = output else {
        return build::outcome(&problems);
    };
    match write(&output, &command.output) {
        Ok(pages) => {
            let printed = print(&pages, language);
            if !global.quiet {
                println!(
                    "{}",
                    words::papers(
                        language,
                        pages.len(),
                        printed,
                        &command.output.display().to_string()
                    )
                );
            }
            Outcome::Clean
        }
        Err(error) => {
            eprintln!("{}: {error}", command.output.display());
            Outcome::Failed
        }
    }
}

/// Whether a form's name can be a part of a file's.
fn is_name(form: &str) -> bool {
    !form.is_empty()
        && form
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

fn write(output: &Output, dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    fs::create_dir_all(dir)?;
    let mut pages = Vec::new();
    for (path, bytes) in output.iter() {
        let path = dir.join(path);
        fs::write(&path, bytes)?;
        pages.push(path);
    }
    Ok(pages)
}

/// Prints every page as PDF, and says how many; none where there is no browser.
fn print(pages: &[PathBuf], language: Language) -> usize {
    let Some(browser) = browser() else {
        eprintln!("{}", words::no_printer(language));
        return 0;
    };
    // A profile of its own: that of the person may be in use.
    let profile = std::env::temp_dir().join(format!("keben-print-{}", std::process::id()));
    let mut printed = 0;
    for page in pages {
        match pdf(&browser, &profile, page) {
            Ok(()) => printed += 1,
            Err(reason) => eprintln!(
                "{}",
                words::not_printed(language, &page.display().to_string(), &reason)
            ),
        }
    }
    // What is left there would only be in the way.
    let _ = fs::remove_dir_all(&profile);
    printed
}

fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("CHROME").map(PathBuf::from);
    if let Some(named) = named.filter(|path| !path.as_os_str().is_empty()) {
        return named.is_file().then_some(named);
    }
    let folders = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let found = |name: &&str| {
        folders
            .iter()
            .map(|folder| folder.join(name))
            .find(|path| path.is_file())
    };
    BROWSERS.iter().find_map(found)
}

fn pdf(browser: &Path, profile: &Path, page: &Path) -> Result<(), String> {
    let target = page.with_extension("pdf");
    let page = page.canonicalize().map_err(|error| error.to_string())?;
    let mut print = OsString::from("--print-to-pdf=");
    print.push(&target);
    let mut user = OsString::from("--user-data-dir=");
    user.push(profile);
    // What a page from this machine needs; the sandbox is refused to the system's administrator.
    let status = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .arg("--no-pdf-header-footer")
        .arg(user)
        .arg(print)
        .arg(&page)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() && target.is_file() {
        Ok(())
    } else {
        Err(status.to_string())
    }
}
