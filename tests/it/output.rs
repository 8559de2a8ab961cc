//! The safety of the output: all or nothing, nobody else's files, the same bytes again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bytes::Bytes;
use keben::output::Output;
use keben::output::manifest::{self, Manifest};
use keben::output::write::{WriteError, check_target, write};
use keben::pipeline::build;
use tempfile::tempdir;

use crate::fixture::options;

fn output(files: &[(&str, &str)]) -> Output {
    let mut output = Output::default();
    for (path, text) in files {
        output.insert(*path, Bytes::copy_from_slice(text.as_bytes()));
    }
    output
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below the folder");
            (
                path.display().to_string(),
                fs::read(entry.path()).expect("a file"),
            )
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_second_site_takes_the_place_of_the_first_and_leaves_nothing_beside_it() {
    let dir = tempdir().expect("a folder");
    let target = dir.path().join("public");
    write(
        &output(&[("index.html", "一"), ("old/gone.html", "旧")]),
        &target,
        "1",
    )
    .expect("first");
    write(
        &output(&[("index.html", "二"), ("new/page.html", "新")]),
        &target,
        "2",
    )
    .expect("second");
    let tree = tree(&target);
    assert_eq!(tree["index.html"], "二".as_bytes());
    assert_eq!(
        tree.keys().collect::<Vec<_>>(),
        [manifest::FILE, "index.html", "new/page.html"]
    );
    assert_eq!(names(dir.path()), ["public"]);
}

#[test]
fn a_build_that_fails_half_way_leaves_the_last_site_whole() {
    let dir = tempdir().expect("a folder");
    let target = dir.path().join("public");
    write(&output(&[("index.html", "一")]), &target, "1").expect("first");
    let before = tree(&target);
    // A file and a folder of one name: the writer fails after it has begun.
    let broken = output(&[("a", "文件"), ("a/b.html", "页"), ("index.html", "二")]);
    assert!(matches!(
        write(&broken, &target, "2"),
        Err(WriteError::Io(_))
    ));
    assert_eq!(tree(&target), before);
    assert_eq!(names(dir.path()), ["public"]);
}

#[test]
fn what_a_killed_build_left_does_not_stop_the_next_one() {
    let dir = tempdir().expect("a folder");
    let target = dir.path().join("public");
    write(&output(&[("index.html", "一")]), &target, "1").expect("first");
    // Killed while writing: the marker is there and nobody holds its lock.
    let staging = dir.path().join(".public.keben-new");
    fs::create_dir(&staging).expect("a folder");
    fs::write(staging.join(".keben-staging"), "").expect("a marker");
    fs::write(staging.join("half.html"), "半").expect("a file");
    write(&output(&[("index.html", "二")]), &target, "2").expect("second");
    // Killed between the two renames: the last site waits beside its place.
    fs::rename(&target, dir.path().join(".public.keben-old")).expect("a rename");
    write(&output(&[("index.html", "三")]), &target, "3").expect("third");
    assert_eq!(tree(&target)["index.html"], "三".as_bytes());
    assert_eq!(names(dir.path()), ["public"]);
}

#[test]
fn a_folder_that_only_looks_like_ours_is_not_removed() {
    let dir = tempdir().expect("a folder");
    let target = dir.path().join("public");
    let staging = dir.path().join(".public.keben-new");
    fs::create_dir(&staging).expect("a folder");
    fs::write(staging.join("notes.txt"), "别人的").expect("a file");
    assert!(write(&output(&[("index.html", "一")]), &target, "1").is_err());
    assert_eq!(names(&staging), ["notes.txt"]);
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let dir = tempdir().expect("a folder");
    let target = dir.path().join("public");
    let staging = dir.path().join(".public.keben-new");
    fs::create_dir(&staging).expect("a folder");
    let marker = fs::File::create(staging.join(".keben-staging")).expect("a marker");
    marker.lock().expect("the lock of a running build");
    let result = write(&output(&[("index.html", "一")]), &target, "1");
    assert!(matches!(result, Err(WriteError::Busy)), "{result:?}");
    assert!(staging.join(".keben-staging").exists());
}

#[test]
fn places_that_are_not_ours_are_refused() {
    let dir = tempdir().expect("a folder");
    let root = dir.path().join("site");
    let own = [root.join("content"), root.join("themes")];
    fs::create_dir_all(&own[0]).expect("a folder");
    fs::create_dir_all(&own[1]).expect("a folder");
    let forbidden = |path: &Path| {
        matches!(
            check_target(path, &root, &own),
            Err(WriteError::Forbidden(_))
        )
    };
    assert!(forbidden(Path::new("/")));
    assert!(forbidden(dir.path()));
    assert!(forbidden(&root));
    assert!(forbidden(&own[0]));
    assert!(forbidden(&own[0].join("public")));
    assert!(forbidden(&root.join("public/../content")));
    assert!(check_target(&root.join("public"), &root, &own).is_ok());
    assert!(check_target(&dir.path().join("elsewhere"), &root, &own).is_ok());
}

#[cfg(unix)]
#[test]
fn a_link_to_the_content_is_seen_through() {
    let dir = tempdir().expect("a folder");
    let root = dir.path().join("site");
    let own = [root.join("content")];
    fs::create_dir_all(&own[0]).expect("a folder");
    let link = dir.path().join("link");
    std::os::unix::fs::symlink(&own[0], &link).expect("a link");
    assert!(matches!(
        check_target(&link, &root, &own),
        Err(WriteError::Forbidden(_))
    ));
}

#[test]
fn foreign_files_are_named_and_kept() {
    let dir = tempdir().expect("a folder");
    let root = dir.path().join("site");
    let target = dir.path().join("public");
    fs::create_dir_all(&root).expect("a folder");
    write(&output(&[("index.html", "一")]), &target, "1").expect("first");
    assert!(check_target(&target, &root, &[]).is_ok());
    fs::create_dir(target.join("mine")).expect("a folder");
    fs::write(target.join("mine/notes.txt"), "我的").expect("a file");
    match check_target(&target, &root, &[]) {
        Err(WriteError::Foreign(files)) => assert_eq!(files, ["mine/notes.txt"]),
        other => panic!("{other:?}"),
    }
    assert!(target.join("mine/notes.txt").exists());
}

#[test]
fn the_same_input_gives_the_same_bytes_and_is_not_written_twice() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = tempdir().expect("a folder");
    let (one, two) = (dir.path().join("one"), dir.path().join("two"));
    let (first, _) = build(&options(root), &one, &|_| {});
    let (second, _) = build(&options(root), &two, &|_| {});
    assert_eq!(first, second);
    assert_eq!(tree(&one), tree(&two));
    let (again, _) = build(&options(root), &one, &|_| {});
    assert!(again.expect("a summary").unchanged);
    // A file that somebody removed is written again.
    fs::remove_file(one.join("index.html")).expect("a file");
    let (repaired, _) = build(&options(root), &one, &|_| {});
    assert!(!repaired.expect("a summary").unchanged);
    assert_eq!(tree(&one), tree(&two));
}

#[test]
fn the_manifest_names_every_file() {
    let dir = tempdir().expect("a folder");
    let target = dir.path().join("public");
    write(
        &output(&[("index.html", "一"), ("a/b.html", "二")]),
        &target,
        "x",
    )
    .expect("written");
    let manifest = Manifest::read(&target).expect("a manifest");
    assert_eq!(
        manifest.files.keys().collect::<Vec<_>>(),
        ["a/b.html", "index.html"]
    );
    assert!(manifest.is_intact(&target));
}
