//! Puts new bytes in the place of one of the author's files, whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

/// Writes `bytes` to the file at `path`, which lies below `folder`, links followed. The file keeps
/// its rights; what is written beside it is gone afterwards.
///
/// # Errors
/// Where the file lies elsewhere, or the system refuses.
pub fn replace(path: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = path.canonicalize()?;
    let parent = path.parent().filter(|_| {
        folder
            .canonicalize()
            .is_ok_and(|folder| path.starts_with(folder))
    });
    let parent = parent.ok_or(io::ErrorKind::PermissionDenied)?;
    let new = parent.join(format!(".keben-{}.new", std::process::id()));
    let written = fs::write(&new, bytes)
        .and_then(|()| fs::set_permissions(&new, fs::metadata(&path)?.permissions()))
        .and_then(|()| fs::rename(&new, &path));
    if written.is_err() {
        // It may not even have been made.
        let _ = fs::remove_file(&new);
    }
    written
}
