//! Puts an output on the disk, all of it or nothing.
//!
//! The site is written beside the last one and swapped in, so that a build that fails, is killed
//! or fills the disk leaves the last good site as it was. Nothing is ever removed that an earlier
//! build did not write.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;
use walkdir::WalkDir;

use super::Output;
use super::manifest::{self, Manifest};

/// Lies in a folder that is being written, and is locked for as long.
const MARKER: &str = ".keben-staging";
/// What file managers leave behind; nobody misses it.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini", MARKER];
/// So many foreign files are named in a message.
const NAMED: usize = 5;

/// Why a site was not written.
#[derive(Debug)]
pub enum WriteError {
    /// The folder holds files that no build wrote.
    Foreign(Vec<String>),
    /// The folder is the author's own, or holds it.
    Forbidden(PathBuf),
    /// It is no folder.
    NoFolder,
    /// Another build is writing there.
    Busy,
    /// The system refused.
    Io(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Makes sure that a site may be written to `dir`. `own` are the author's folders, which a site
/// may neither replace nor lie in; `root` may hold the output but not be it.
///
/// # Errors
/// Where it may not.
pub fn check_target(dir: &Path, root: &Path, own: &[PathBuf]) -> Result<PathBuf, WriteError> {
    let dir = settle(dir)?;
    let root = settle(root)?;
    if dir.parent().is_none() || root.starts_with(&dir) {
        return Err(WriteError::Forbidden(root));
    }
    for folder in own {
        let folder = settle(folder)?;
        if folder.starts_with(&dir) || dir.starts_with(&folder) {
            return Err(WriteError::Forbidden(folder));
        }
    }
    if dir.exists() && !dir.is_dir() {
        return Err(WriteError::NoFolder);
    }
    foreign_files(&dir)?;
    Ok(dir)
}

/// Writes `output` to `dir`, which [`check_target`] gave, and gives the list of what was written.
///
/// # Errors
/// Where anything could not be written; the last site is then untouched.
pub fn write(output: &Output, dir: &Path, fingerprint: &str) -> Result<Manifest, WriteError> {
    recover(dir)?;
    let staging = Staging::open(beside(dir, "new"))?;
    let folders: BTreeSet<&Path> = output
        .iter()
        .filter_map(|(path, _)| Path::new(path).parent())
        .collect();
    for folder in folders {
        fs::create_dir_all(staging.path.join(folder))?;
    }
    let files: Vec<_> = output.iter().collect();
    files
        .par_iter()
        .try_for_each(|(path, bytes)| fs::write(staging.path.join(path), bytes))?;
    let manifest = Manifest::of(output, fingerprint);
    manifest.write(&staging.path)?;
    staging.swap_in(dir)?;
    Ok(manifest)
}

/// An absolute path without links and dots, as far as it exists.
fn settle(path: &Path) -> Result<PathBuf, WriteError> {
    let mut settled = PathBuf::new();
    for part in std::path::absolute(path)?.components() {
        match part {
            Component::ParentDir => {
                settled.pop();
            }
            part => {
                settled.push(part);
                settled = settled.canonicalize().unwrap_or(settled);
            }
        }
    }
    Ok(settled)
}

/// Fails where `dir` holds a file that its manifest does not name.
fn foreign_files(dir: &Path) -> Result<(), WriteError> {
    if !dir.exists() {
        return Ok(());
    }
    let known = Manifest::read(dir);
    let mut foreign = Vec::new();
    for entry in WalkDir::new(dir).sort_by_file_name() {
        let entry = entry.map_err(io::Error::from)?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_dir() || LITTER.contains(&name.as_ref()) {
            continue;
        }
        let path = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let path = path.to_string_lossy().replace('\\', "/");
        let ours = known
            .as_ref()
            .is_some_and(|known| known.files.contains_key(&path));
        if !ours && path != manifest::FILE {
            foreign.push(path);
            if foreign.len() == NAMED {
                break;
            }
        }
    }
    if foreign.is_empty() {
        Ok(())
    } else {
        Err(WriteError::Foreign(foreign))
    }
}

/// A hidden folder on the same file system as `dir`.
fn beside(dir: &Path, what: &str) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!(".{name}.keben-{what}"))
}

/// Puts back the last site if an earlier build died between its two renames.
fn recover(dir: &Path) -> io::Result<()> {
    let old = beside(dir, "old");
    if !old.exists() {
        return Ok(());
    }
    if dir.exists() {
        fs::remove_dir_all(old)
    } else {
        fs::rename(old, dir)
    }
}

/// A folder that is being written. It is removed when it is dropped before the swap.
struct Staging {
    path: PathBuf,
    /// The lock goes with the process, however it ends.
    lock: File,
}

impl Staging {
    fn open(path: PathBuf) -> Result<Self, WriteError> {
        if path.exists() {
            Self::clear(&path)?;
        }
        fs::create_dir_all(&path)?;
        let lock = File::create_new(path.join(MARKER))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path, lock }),
            Err(TryLockError::WouldBlock) => Err(WriteError::Busy),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// Removes what a killed build left; one that still runs holds the lock.
    fn clear(path: &Path) -> Result<(), WriteError> {
        match File::open(path.join(MARKER)) {
            Ok(marker) => match marker.try_lock() {
                Ok(()) => Ok(fs::remove_dir_all(path)?),
                Err(TryLockError::WouldBlock) => Err(WriteError::Busy),
                Err(TryLockError::Error(error)) => Err(error.into()),
            },
            // A build died right after the exchange: this is the site before it.
            Err(_) if Manifest::read(path).is_some() => {
                foreign_files(path)?;
                Ok(fs::remove_dir_all(path)?)
            }
            Err(_) => Ok(fs::remove_dir(path)?),
        }
    }

    /// Puts the folder in the place of `dir`. The marker goes last, so that whatever a killed
    /// build leaves beside the site is known to be ours.
    fn swap_in(self, dir: &Path) -> Result<(), WriteError> {
        let old = beside(dir, "old");
        if !dir.exists() {
            if let Some(parent) = dir.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::rename(&self.path, dir)?;
        } else if exchange(&self.path, dir).is_ok() {
            fs::rename(&self.path, &old)?;
        } else {
            fs::rename(dir, &old)?;
            if let Err(error) = fs::rename(&self.path, dir) {
                fs::rename(&old, dir)?;
                return Err(error.into());
            }
        }
        fs::remove_file(dir.join(MARKER))?;
        if old.exists() {
            fs::remove_dir_all(&old)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After the swap the path no longer exists, or is being removed already.
        if self.path.join(MARKER).exists() {
            let _ = self.lock.unlock();
            let _ = fs::remove_dir_all(&self.path);
        }
    }
}

/// Exchanges two folders in one step, where the system can (`renameat2` on Linux).
#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

/// Other systems rename twice.
#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
