//! Makes a site of any size out of the shipped course: its modules again and again under other
//! names, their links and ids rewritten so that every copy is whole.
//!
//! `cargo bench --bench repeat -- DIR PAGES`

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The modules that are repeated; the root's pages and the paths stay as they are.
const MODULES: &[&str] = &["communication", "complaints", "fees"];

fn main() -> io::Result<()> {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"));
    let (Some(dir), Some(pages)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cargo bench --bench repeat -- DIR PAGES");
        return Ok(());
    };
    let pages: usize = pages.parse().map_err(io::Error::other)?;
    let written = repeat(Path::new(&dir), pages)?;
    println!("{written} pages in {dir}");
    Ok(())
}

/// Writes a site of at least `pages` pages to `dir`, and says how many there are.
fn repeat(dir: &Path, pages: usize) -> io::Result<usize> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(dir)?;
    fs::copy(root.join("keben.yaml"), dir.join("keben.yaml"))?;
    let files = files(&root.join("content"))?;
    let mut written = copy(&root.join("content"), dir, &files, 0)?;
    let mut number = 1;
    while written < pages {
        let modules: Vec<PathBuf> = files
            .iter()
            .filter(|file| in_module(file))
            .cloned()
            .collect();
        written += copy(&root.join("content"), dir, &modules, number)?;
        number += 1;
    }
    Ok(written)
}

fn in_module(file: &Path) -> bool {
    MODULES.iter().any(|module| file.starts_with(module))
}

fn files(content: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(content).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let file = entry
                .path()
                .strip_prefix(content)
                .map_err(io::Error::other)?;
            files.push(file.to_owned());
        }
    }
    Ok(files)
}

/// Copies files as the copy of a number, and says how many of them are pages.
fn copy(content: &Path, dir: &Path, files: &[PathBuf], number: usize) -> io::Result<usize> {
    let mut pages = 0;
    for file in files {
        let target = dir
            .join("content")
            .join(renamed(&file.to_string_lossy(), number));
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        if file.extension().is_some_and(|extension| extension == "md") {
            let text = fs::read_to_string(content.join(file))?;
            fs::write(target, rewritten(&text, number))?;
            pages += 1;
        } else {
            fs::copy(content.join(file), target)?;
        }
    }
    Ok(pages)
}

fn renamed(path: &str, number: usize) -> String {
    if number == 0 {
        path.to_owned()
    } else {
        format!("n{number:04}-{path}")
    }
}

/// A copy's links lead to the copies of other modules, and its ids are its own.
fn rewritten(text: &str, number: usize) -> String {
    if number == 0 {
        return text.to_owned();
    }
    let mut text = text.to_owned();
    for module in MODULES {
        text = text.replace(
            &format!("../{module}/"),
            &format!("../n{number:04}-{module}/"),
        );
    }
    let own_ids = |line: &str| {
        for (before, after) in [("<!-- id: ", " -->"), ("- {id: ", ",")] {
            if let Some((head, rest)) = line.split_once(before)
                && let Some((id, tail)) = rest.split_once(after)
            {
                return format!("{head}{before}{id}-n{number}{after}{tail}\n");
            }
        }
        format!("{line}\n")
    };
    // Links to an id of the same copy follow it.
    let text: String = text.lines().map(own_ids).collect();
    text
}
