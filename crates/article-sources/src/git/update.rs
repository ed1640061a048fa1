//! One fetch of a repository.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use article_format::source_list::Repository;
use serde::{Deserialize, Serialize};

use super::error::GitError;
use super::listing::Listing;
use super::places::{GitPlaces, exists, remove};
use super::program::{Git, GitRun, GitRunEnd, Stopped, bytes_below};
use crate::lock::FileLock;

/// How much a repository may take. Beyond a bound nothing changes, and the error names the bound.
#[derive(Debug, Clone)]
pub struct GitBounds {
    /// For the whole fetch.
    pub time_out: Duration,
    /// Taken files.
    pub files_max: usize,
    /// Bytes of one taken file.
    pub file_bytes_max: u64,
    /// Bytes of all taken files, and bytes that one fetch may bring.
    pub bytes_max: u64,
}

impl Default for GitBounds {
    fn default() -> Self {
        Self {
            time_out: Duration::from_secs(10 * 60),
            files_max: 50_000,
            file_bytes_max: 32 * MEBIBYTE,
            bytes_max: 1024 * MEBIBYTE,
        }
    }
}

const MEBIBYTE: u64 = 1024 * 1024;

/// Packs in the hidden repository. With more packs, the next fetch begins a new one, so old contents go.
const PACKS_MAX: usize = 100;

/// Output of git that lists the contents of a repository.
const LIST_BYTES_MAX: usize = 128 * 1024 * 1024;

/// Attributes that win over those of the repository: each file is written as it is, and no filter runs.
const ATTRIBUTES: &str = "* -text -ident -filter !eol !working-tree-encoding\n";

/// What a fetch did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitOutcome {
    /// The branch has no new commit.
    Unchanged {
        /// How many files the last update brought.
        files: usize,
    },
    /// The folder has the files of another commit.
    Updated {
        /// How many files the folder has.
        files: usize,
        /// Symbolic links, submodules, hidden files and unsafe names.
        left_out: usize,
    },
}

/// What is in the folder.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    commit: Box<str>,
    folders: Box<[Box<str>]>,
    files: usize,
}

/// Brings the newest commit of the repository's branch into its folder.
///
/// One fetch of a source at a time: a file is locked meanwhile. If the future is dropped, git and its children are killed,
/// and the next fetch repairs what is half-done.
///
/// # Errors
/// See [`GitError`]. The files in the folder are then the last good ones.
pub async fn update(
    git: &Git,
    repository: &Repository,
    places: &GitPlaces,
    bounds: &GitBounds,
) -> Result<GitOutcome, GitError> {
    let lock = match places.lock() {
        Ok(Some(lock)) => Arc::new(lock),
        Ok(None) => return Err(GitError::Busy),
        Err(error) => return Err(GitError::Disk("lock the hidden folder of the source", error)),
    };
    let fetch = Fetch { git, repository, places, bounds, lock };
    tokio::time::timeout(bounds.time_out, fetch.run())
        .await
        .unwrap_or(Err(GitError::TimedOut(bounds.time_out.as_secs())))
}

/// What a fetch would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GitPreview {
    /// The branch has no new commit.
    Unchanged {
        /// How many files the last update brought.
        files: usize,
    },
    /// The files of this commit would take the place of the files in the folder.
    Commit(Box<str>),
}

/// What [`update`] would do now, as far as the remote says it without sending files. Nothing is locked and nothing written.
///
/// # Errors
/// The remote does not answer, or has no such branch.
pub async fn preview(
    git: &Git,
    repository: &Repository,
    places: &GitPlaces,
    bounds: &GitBounds,
) -> Result<GitPreview, GitError> {
    let existing = places.workspace.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let asked = remote_commit(git, repository, existing, bounds);
    let asked = tokio::time::timeout(bounds.time_out, asked).await;
    let (commit, _) = asked.unwrap_or(Err(GitError::TimedOut(bounds.time_out.as_secs())))?;
    Ok(match current_files(places, repository, &commit) {
        Some(files) => GitPreview::Unchanged { files },
        None => GitPreview::Commit(commit.into()),
    })
}

/// The newest commit of the repository's branch, and the name of the branch for a fetch. Git runs in `folder`.
async fn remote_commit(
    git: &Git,
    repository: &Repository,
    folder: &Path,
    bounds: &GitBounds,
) -> Result<(String, String), GitError> {
    let branch = repository.branch.as_deref();
    let reference = branch.map_or_else(|| "HEAD".to_owned(), |branch| format!("refs/heads/{branch}"));
    let arguments = ["ls-remote", "--quiet", "--", &repository.address, &reference];
    let run = GitRun::new(arguments.iter().map(OsString::from).collect(), folder);
    let end = finished(git, run, bounds).await?;
    if !end.status.success() {
        return Err(GitError::Remote(end.said));
    }
    let text = String::from_utf8_lossy(&end.output);
    let mut refs = text.lines().filter_map(|line| line.split_once('\t'));
    match (refs.find(|(_, name)| *name == reference), branch) {
        (Some((commit, _)), _) => Ok((commit.to_owned(), reference)),
        (None, Some(branch)) => Err(GitError::BranchMissing(branch.into())),
        (None, None) => Err(GitError::Empty),
    }
}

/// How many files the folder has, if they are those of the commit.
fn current_files(places: &GitPlaces, repository: &Repository, commit: &str) -> Option<usize> {
    let state: State = serde_json::from_slice(&fs::read(places.state()).ok()?).ok()?;
    let is_current = *state.commit == *commit && state.folders == repository.folders;
    (is_current && exists(&places.tree).unwrap_or(false)).then_some(state.files)
}

async fn finished(git: &Git, run: GitRun<'_>, bounds: &GitBounds) -> Result<GitRunEnd, GitError> {
    git.run(run).await.map_err(|stopped| match stopped {
        Stopped::Failed(error) => error,
        Stopped::TooMuchOutput | Stopped::Grown => GitError::TooLarge(bounds.bytes_max),
    })
}

struct Fetch<'a> {
    git: &'a Git,
    repository: &'a Repository,
    places: &'a GitPlaces,
    bounds: &'a GitBounds,
    /// Work on the disk keeps the lock too, because such work may end after the fetch.
    lock: Arc<FileLock>,
}

impl Fetch<'_> {
    async fn run(&self) -> Result<GitOutcome, GitError> {
        self.on_disk("prepare the hidden folder of the source", GitPlaces::recover).await?;
        let (commit, reference) =
            remote_commit(self.git, self.repository, &self.places.workspace, self.bounds).await?;
        if let Some(files) = current_files(self.places, self.repository, &commit) {
            return Ok(GitOutcome::Unchanged { files });
        }
        self.prepare_repository(&commit).await?;
        self.check_unedited().await?;
        self.mark_unfinished(true).await?;
        let commit = self.fetch_commit(&reference).await?;
        let text = self.list(&commit).await?;
        let listing = Listing::read(&text);
        self.check_count(&listing)?;
        let sizes = self.fetch_contents(&listing).await?;
        self.mark_unfinished(false).await?;
        self.check_sizes(&listing, &sizes)?;
        self.write_next(&listing).await?;
        self.check_unedited().await?;
        self.on_disk("put the new files in place", GitPlaces::swap).await?;
        let folders = self.repository.folders.clone();
        let state = State { commit: commit.into(), folders, files: listing.files.len() };
        self.on_disk("note what was fetched", move |places| write_state(places, &state)).await?;
        self.on_disk("remove the old files", GitPlaces::clean).await?;
        Ok(GitOutcome::Updated { files: listing.files.len(), left_out: listing.left_out })
    }

    /// Refuses a folder whose files are not those of the last fetch.
    async fn check_unedited(&self) -> Result<(), GitError> {
        let tree = &self.places.tree;
        let Ok(found) = tree.symlink_metadata() else { return Ok(()) };
        if !found.is_dir() {
            return Err(GitError::NotOurs);
        }
        let mut edited = GitError::NotOurs;
        let (current, coming) = (self.places.index(), self.places.coming_index());
        for index in [&current, &coming] {
            if !exists(index).unwrap_or(false) {
                continue;
            }
            match self.first_edit(index).await? {
                Some(path) => edited = GitError::Edited { path },
                None if index == &coming => {
                    // A kill came between the swap of the files and the swap of the indexes.
                    return self
                        .on_disk("note what was fetched", |places| {
                            fs::rename(places.coming_index(), places.index())
                        })
                        .await;
                }
                None => return Ok(()),
            }
        }
        let is_empty = fs::read_dir(tree).is_ok_and(|mut entries| entries.next().is_none());
        if is_empty { Ok(()) } else { Err(edited) }
    }

    /// The first file of the folder that differs from an index.
    async fn first_edit(&self, index: &Path) -> Result<Option<String>, GitError> {
        for arguments in [&["ls-files", "--others", "-z"][..], &["diff-files", "--name-only", "-z"]] {
            if arguments.contains(&"diff-files") {
                // Compares contents where times differ. The exit code says that a file differs, as the next command does.
                self.in_tree(&["update-index", "-q", "--refresh"], index, &self.places.tree).await?;
            }
            let end = self.in_tree(arguments, index, &self.places.tree).await?;
            if !end.status.success() {
                return Err(GitError::Local("compared the files with the last fetch", end.said));
            }
            if let Some(path) = end.output.split(|byte| *byte == 0).find(|path| !path.is_empty()) {
                return Ok(Some(printable(path)));
            }
        }
        Ok(None)
    }

    /// The mark stays if the fetch fails or a kill ends it. Then the next fetch begins with a new hidden repository.
    async fn mark_unfinished(&self, is_unfinished: bool) -> Result<(), GitError> {
        self.on_disk("note that a fetch begins", move |places| {
            if is_unfinished { fs::write(places.unfinished(), b"") } else { remove(&places.unfinished()) }
        })
        .await
    }

    /// Makes the hidden repository ready for a fetch.
    async fn prepare_repository(&self, commit: &str) -> Result<(), GitError> {
        self.on_disk("prepare the hidden repository", |places| {
            let packs = fs::read_dir(places.repository().join("objects/pack")).map_or(0, Iterator::count);
            if packs / 2 > PACKS_MAX {
                remove(&places.repository())?;
            }
            Ok(())
        })
        .await?;
        self.mark_unfinished(true).await?;
        let repository = self.places.repository();
        let format = if commit.len() == SHA256_DIGITS { "sha256" } else { "sha1" };
        let format = format!("--object-format={format}");
        let arguments = ["init", "--quiet", "--bare", "--template=", &format, "--"].map(OsString::from);
        let arguments = arguments.into_iter().chain([repository.clone().into_os_string()]).collect();
        self.succeed("made the hidden repository", self.run_of(arguments)).await?;
        self.on_disk("prepare the hidden repository", |places| {
            let info = places.repository().join("info");
            fs::create_dir_all(&info)?;
            fs::write(info.join("attributes"), ATTRIBUTES)
        })
        .await?;
        let set_address = ["config", "remote.origin.url", &self.repository.address];
        self.succeed("noted the address", self.in_repository(&set_address)).await?;
        self.mark_unfinished(false).await
    }

    /// Fetches the commit and its folders, without the contents of files.
    async fn fetch_commit(&self, reference: &str) -> Result<String, GitError> {
        let mut arguments = FETCH.to_vec();
        arguments.extend(["--depth=1", "--force", "origin", reference]);
        self.fetch(self.in_repository(&arguments)).await?;
        let end = self
            .succeed("read the fetched commit", self.in_repository(&["rev-parse", "FETCH_HEAD^{commit}"]))
            .await?;
        Ok(String::from_utf8_lossy(&end.output).trim().to_owned())
    }

    async fn list(&self, commit: &str) -> Result<Vec<u8>, GitError> {
        let mut arguments = vec!["ls-tree", "-r", "-z", "--full-tree", commit, "--"];
        arguments.extend(self.repository.folders.iter().map(|folder| &**folder));
        let run = GitRun { output_bytes_max: LIST_BYTES_MAX, ..self.in_repository(&arguments) };
        match self.git.run(run).await {
            Ok(end) if end.status.success() => Ok(end.output),
            Ok(end) => Err(GitError::Local("listed the files", end.said)),
            Err(Stopped::Failed(error)) => Err(error),
            Err(_too_much) => Err(GitError::TooManyFiles(self.bounds.files_max)),
        }
    }

    fn check_count(&self, listing: &Listing<'_>) -> Result<(), GitError> {
        match listing.files.len() {
            0 => Err(GitError::NoFiles),
            count if count > self.bounds.files_max => Err(GitError::TooManyFiles(self.bounds.files_max)),
            _ => Ok(()),
        }
    }

    /// Fetches the contents of the listed files that the repository does not have yet. Returns the sizes of all.
    async fn fetch_contents(&self, listing: &Listing<'_>) -> Result<HashMap<String, u64>, GitError> {
        let local = self.local_sizes().await?;
        let wanted: BTreeSet<&str> = listing.files.iter().map(|file| file.content).collect();
        let missing: Vec<&str> = wanted.into_iter().filter(|content| !local.contains_key(*content)).collect();
        if missing.is_empty() {
            return Ok(local);
        }
        // The wanted contents are named one by one, so git need not say what it has.
        let mut arguments = vec!["-c", "fetch.negotiationAlgorithm=noop"];
        arguments.extend(FETCH);
        arguments.extend(["--no-write-fetch-head", "--stdin", "origin"]);
        let input = missing.iter().flat_map(|content| [content, "\n"]).collect::<String>().into_bytes();
        self.fetch(GitRun { input, ..self.in_repository(&arguments) }).await?;
        self.local_sizes().await
    }

    fn check_sizes(&self, listing: &Listing<'_>, sizes: &HashMap<String, u64>) -> Result<(), GitError> {
        let mut bytes = 0_u64;
        for file in &listing.files {
            let size = sizes.get(file.content).copied().unwrap_or_default();
            if size > self.bounds.file_bytes_max {
                let path = printable(file.path);
                return Err(GitError::FileTooLarge { path, bytes_max: self.bounds.file_bytes_max });
            }
            bytes = bytes.saturating_add(size);
        }
        if bytes > self.bounds.bytes_max { Err(GitError::TooLarge(self.bounds.bytes_max)) } else { Ok(()) }
    }

    /// The sizes of all contents in the hidden repository, by their hashes. Fetches nothing.
    async fn local_sizes(&self) -> Result<HashMap<String, u64>, GitError> {
        let arguments = ["cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objectsize)"];
        let run = GitRun { output_bytes_max: LIST_BYTES_MAX, ..self.in_repository(&arguments) };
        let end = self.succeed("listed the fetched contents", run).await?;
        let text = String::from_utf8_lossy(&end.output);
        let sizes = text.lines().filter_map(|line| line.split_once(' '));
        Ok(sizes.filter_map(|(content, size)| Some((content.to_owned(), size.parse().ok()?))).collect())
    }

    /// Writes the listed files beside the folder.
    async fn write_next(&self, listing: &Listing<'_>) -> Result<(), GitError> {
        self.on_disk("make a folder for the new files", |places| fs::create_dir(places.next())).await?;
        let (next, index) = (self.places.next(), self.places.next_index());
        let mut run = self.in_repository(&["update-index", "-z", "--index-info"]);
        run.input = listing.index_entries();
        run.index = Some(index.clone());
        self.succeed("noted the new files", run).await?;
        let end = self.in_tree(&["checkout-index", "--all", "--index", "--quiet"], &index, &next).await?;
        if end.status.success() { Ok(()) } else { Err(GitError::Local("wrote the new files", end.said)) }
    }

    /// A run that brings data over the network.
    async fn fetch(&self, mut run: GitRun<'_>) -> Result<(), GitError> {
        let repository = self.places.repository();
        let before = bytes_below(&repository);
        run.grows = Some((repository, before.saturating_add(self.bounds.bytes_max)));
        match self.git.run(run).await {
            Ok(end) if end.status.success() => Ok(()),
            Ok(end) => Err(GitError::Remote(end.said)),
            Err(Stopped::Failed(error)) => Err(error),
            Err(Stopped::Grown | Stopped::TooMuchOutput) => Err(GitError::TooLarge(self.bounds.bytes_max)),
        }
    }

    fn run_of(&self, arguments: Vec<OsString>) -> GitRun<'_> {
        GitRun::new(arguments, &self.places.workspace)
    }

    fn in_repository(&self, arguments: &[&str]) -> GitRun<'_> {
        let mut git_dir = OsString::from("--git-dir=");
        git_dir.push(self.places.repository());
        let arguments = arguments.iter().map(OsString::from);
        self.run_of([git_dir].into_iter().chain(arguments).collect())
    }

    /// A run in a folder of files with their index.
    async fn in_tree(&self, arguments: &[&str], index: &Path, tree: &Path) -> Result<GitRunEnd, GitError> {
        let mut run = self.in_repository(arguments);
        let mut work_tree = OsString::from("--work-tree=");
        work_tree.push(tree);
        run.arguments.insert(1, work_tree);
        run.folder = tree;
        run.index = Some(index.to_owned());
        run.output_bytes_max = LIST_BYTES_MAX;
        self.finished(run).await
    }

    async fn finished(&self, run: GitRun<'_>) -> Result<GitRunEnd, GitError> {
        finished(self.git, run, self.bounds).await
    }

    async fn succeed(&self, step: &'static str, run: GitRun<'_>) -> Result<GitRunEnd, GitError> {
        let end = self.finished(run).await?;
        if end.status.success() { Ok(end) } else { Err(GitError::Local(step, end.said)) }
    }

    /// Works on the disk where the work holds up nobody. The work goes on to its end if the future is dropped.
    async fn on_disk(
        &self,
        step: &'static str,
        work: impl FnOnce(&GitPlaces) -> io::Result<()> + Send + 'static,
    ) -> Result<(), GitError> {
        let (places, lock) = (self.places.clone(), Arc::clone(&self.lock));
        let done = tokio::task::spawn_blocking(move || {
            let _locked = lock;
            work(&places)
        })
        .await;
        done.unwrap_or_else(|panicked| Err(io::Error::other(panicked)))
            .map_err(|error| GitError::Disk(step, error))
    }
}

/// Digits of a hash in a repository of the newer kind.
const SHA256_DIGITS: usize = 64;

/// A fetch that brings no tag, no submodule and no content of a file that is not named.
const FETCH: [&str; 5] = ["fetch", "--quiet", "--no-tags", "--recurse-submodules=no", "--filter=blob:none"];

fn write_state(places: &GitPlaces, state: &State) -> io::Result<()> {
    let next = places.workspace.join("next.json");
    fs::write(&next, serde_json::to_vec(state)?)?;
    fs::rename(next, places.state())
}

/// A path for a message.
fn printable(path: &[u8]) -> String {
    let path = String::from_utf8_lossy(path);
    path.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).take(PATH_SHOWN_MAX).collect()
}

/// Characters of a path in a message.
const PATH_SHOWN_MAX: usize = 200;
