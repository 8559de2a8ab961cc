//! The dev server.

mod answers;
mod author;

use std::fs;
use std::path::Path;

use tempfile::{TempDir, tempdir};

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
