//! The program `git`: one run, with bounds.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

use super::error::{GitError, GitSaid};

/// The program `git`.
#[derive(Debug, Clone)]
pub struct Git {
    /// A name that is searched in `PATH`, or a path.
    pub program: OsString,
}

impl Default for Git {
    /// The program `git` of the system.
    fn default() -> Self {
        Self { program: "git".into() }
    }
}

/// Settings that win over those of the user and of the system. A repository that is fetched cannot change settings.
const SETTINGS: [&str; 16] = [
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.symlinks=false",
    "core.autocrlf=false",
    "core.protectNTFS=true",
    "core.fileMode=false",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.writeCommitGraph=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "credential.interactive=false",
    "advice.detachedHead=false",
];

/// Variables of git that would lead to another repository or to other settings.
const REMOVED_VARIABLES: [&str; 13] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_CONFIG",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_TEMPLATE_DIR",
    "GIT_ATTR_SOURCE",
    "GIT_EXTERNAL_DIFF",
];

/// Bytes of the standard error that are kept: its end tells the reason.
const SAID_BYTES_MAX: usize = 2000;

/// Bytes of an output that is short.
const OUTPUT_BYTES_MAX: usize = 64 * 1024;

/// Time between two measurements of the disk.
const MEASURE_EVERY: Duration = Duration::from_millis(500);

/// One run of git.
pub(super) struct GitRun<'a> {
    pub(super) arguments: Vec<OsString>,
    /// The folder in which git runs.
    pub(super) folder: &'a Path,
    pub(super) index: Option<PathBuf>,
    pub(super) input: Vec<u8>,
    /// Bytes of the standard output at most. More output stops the run.
    pub(super) output_bytes_max: usize,
    /// A folder, and the bytes up to which it may grow. Beyond them, the run is stopped.
    pub(super) grows: Option<(PathBuf, u64)>,
}

impl<'a> GitRun<'a> {
    /// A run in a folder, without input, whose output is short.
    pub(super) fn new(arguments: Vec<OsString>, folder: &'a Path) -> Self {
        let output_bytes_max = OUTPUT_BYTES_MAX;
        Self { arguments, folder, index: None, input: Vec::new(), output_bytes_max, grows: None }
    }
}

/// How a run ended.
pub(super) struct GitRunEnd {
    pub(super) status: ExitStatus,
    pub(super) output: Vec<u8>,
    pub(super) said: GitSaid,
}

/// Why a run did not come to its end.
pub(super) enum Stopped {
    TooMuchOutput,
    Grown,
    Failed(GitError),
}

/// Kills git and the programs that git started, if the run does not come to its end.
struct Group(Option<Pid>);

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // A group that is gone needs no kill.
            let _is_gone = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Git {
    pub(super) async fn run(&self, run: GitRun<'_>) -> Result<GitRunEnd, Stopped> {
        let mut child = self.start(&run)?;
        let mut group = Group(child.id().and_then(|id| Pid::from_raw(i32::try_from(id).ok()?)));
        let (input, output, said) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let write = async {
            if let Some(mut input) = input {
                // A program that reads no more says why in its exit code.
                let _not_read = input.write_all(&run.input).await;
            }
        };
        let talk = async {
            let ((), output, said) = tokio::join!(
                write,
                read_beginning(output, run.output_bytes_max),
                read_end(said, SAID_BYTES_MAX)
            );
            let status = child.wait().await;
            (status, output, said)
        };
        let (status, output, said) = tokio::select! {
            end = talk => end,
            () = grown(run.grows.as_ref()) => return Err(Stopped::Grown),
        };
        let status = status.map_err(|error| failed("wait for git", error))?;
        group.0 = None;
        let output = output.map_err(|error| failed("read the output of git", error))?;
        let Some(output) = output else { return Err(Stopped::TooMuchOutput) };
        Ok(GitRunEnd { status, output, said: GitSaid(in_one_line(&said)) })
    }

    fn start(&self, run: &GitRun<'_>) -> Result<Child, Stopped> {
        let mut command = Command::new(&self.program);
        for setting in SETTINGS {
            command.arg("-c").arg(setting);
        }
        command.args(&run.arguments).current_dir(run.folder);
        for name in REMOVED_VARIABLES {
            command.env_remove(name);
        }
        // Nobody is there to answer a question. The words of git are read by nobody but the log.
        command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        if let Some(index) = &run.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.process_group(0).kill_on_drop(true);
        command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Stopped::Failed(GitError::GitMissing),
            _ => failed("start git", error),
        })
    }
}

fn failed(step: &'static str, error: io::Error) -> Stopped {
    Stopped::Failed(GitError::Disk(step, error))
}

/// Reads everything; `None` if there is more than `bytes_max`.
async fn read_beginning(
    from: Option<impl AsyncRead + Unpin>,
    bytes_max: usize,
) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let Some(from) = from else { return Ok(Some(bytes)) };
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX).saturating_add(1);
    from.take(limit).read_to_end(&mut bytes).await?;
    Ok((bytes.len() <= bytes_max).then_some(bytes))
}

/// Reads everything, and keeps the last bytes.
async fn read_end(from: Option<impl AsyncRead + Unpin>, bytes_max: usize) -> Vec<u8> {
    let mut kept = Vec::new();
    let Some(mut from) = from else { return kept };
    let mut part = [0; 1024];
    while let Ok(count @ 1..) = from.read(&mut part).await {
        kept.extend(part.get(..count).unwrap_or_default());
        kept.drain(..kept.len().saturating_sub(bytes_max));
    }
    kept
}

/// Ends if the folder has more bytes than it may have.
async fn grown(grows: Option<&(PathBuf, u64)>) {
    let Some((folder, bytes_max)) = grows else { return std::future::pending().await };
    let mut ticks = tokio::time::interval(MEASURE_EVERY);
    loop {
        ticks.tick().await;
        let (folder, bytes_max) = (folder.clone(), *bytes_max);
        let measured = tokio::task::spawn_blocking(move || bytes_below(&folder) > bytes_max).await;
        if measured.unwrap_or(false) {
            return;
        }
    }
}

/// The bytes of all files below a folder. Files that go meanwhile count nothing.
pub(super) fn bytes_below(folder: &Path) -> u64 {
    let mut folders = vec![folder.to_owned()];
    let mut bytes = 0_u64;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.metadata() {
                Ok(found) if found.is_dir() => folders.push(entry.path()),
                Ok(found) => bytes = bytes.saturating_add(found.len()),
                Err(_) => {}
            }
        }
    }
    bytes
}

/// The lines of git for a log: one line, and no control characters.
fn in_one_line(said: &[u8]) -> Box<str> {
    let said = String::from_utf8_lossy(said);
    let lines: Vec<&str> = said.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty()).collect();
    let signs = lines.join("; ");
    signs.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}
