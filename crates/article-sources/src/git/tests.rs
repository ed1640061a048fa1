//! Fetches real repositories that the tests make with git, by addresses of files.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use article_format::source_list::Repository;
use tempfile::TempDir;

use super::{Git, GitBounds, GitError, GitOutcome, GitPlaces, GitPreview, preview, update};

/// A remote repository and a folder of articles.
struct Scene {
    folder: TempDir,
    repository: Repository,
    bounds: GitBounds,
    git: Git,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let remote = folder.path().join("remote");
        fs::create_dir_all(folder.path().join("articles")).unwrap();
        fs::create_dir(&remote).unwrap();
        let scene = Self {
            repository: Repository {
                address: format!("file://{}", remote.display()).into(),
                branch: None,
                folders: [].into(),
            },
            folder,
            bounds: GitBounds::default(),
            git: Git::default(),
        };
        scene.in_remote(&["init", "--quiet", "--initial-branch=main"]);
        for setting in ["uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"] {
            scene.in_remote(&["config", setting, "true"]);
        }
        scene.write("news/a.md", "one");
        scene.commit();
        scene
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn in_remote(&self, arguments: &[&str]) {
        let user =
            ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "core.hooksPath=/dev/null"];
        let done = Command::new("git")
            .args(user)
            .args(arguments)
            .current_dir(self.path("remote"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// Writes a file of the remote's work tree.
    fn write(&self, path: &str, text: &str) {
        let path = self.path("remote").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn commit(&self) {
        self.in_remote(&["add", "--all", "--force"]);
        self.in_remote(&["commit", "--quiet", "--allow-empty", "--message=x"]);
    }

    fn places(&self) -> GitPlaces {
        GitPlaces::new(&self.path("articles"), "wire")
    }

    async fn fetch(&self) -> Result<GitOutcome, GitError> {
        update(&self.git, &self.repository, &self.places(), &self.bounds).await
    }

    async fn fetch_files(&self) -> usize {
        match self.fetch().await.unwrap() {
            GitOutcome::Updated { files, .. } => files,
            GitOutcome::Unchanged { .. } => panic!("nothing was fetched"),
        }
    }

    /// The text of an article.
    fn article(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.path("articles/wire").join(path)).ok()
    }

    fn has(&self, path: &str, text: &str) -> bool {
        self.article(path).as_deref() == Some(text)
    }
}

#[tokio::test]
async fn a_preview_says_what_a_fetch_would_do_and_writes_nothing() {
    let scene = Scene::new();
    let places = scene.places();
    let shown = async || preview(&scene.git, &scene.repository, &places, &scene.bounds).await;
    assert!(matches!(shown().await, Ok(GitPreview::Commit(commit)) if commit.len() == 40));
    assert_eq!(fs::read_dir(scene.path("articles")).unwrap().count(), 0);
    update(&scene.git, &scene.repository, &places, &scene.bounds).await.unwrap();
    assert_eq!(shown().await.unwrap(), GitPreview::Unchanged { files: 1 });
    scene.commit();
    assert!(matches!(shown().await, Ok(GitPreview::Commit(_))));
    fs::remove_dir_all(scene.path("remote")).unwrap();
    assert!(matches!(shown().await, Err(GitError::Remote(_))));
}

#[tokio::test]
async fn a_new_commit_replaces_the_files() {
    let scene = Scene::new();
    assert_eq!(scene.fetch_files().await, 1);
    assert!(scene.has("news/a.md", "one"));
    assert_eq!(scene.fetch().await.unwrap(), GitOutcome::Unchanged { files: 1 });
    fs::remove_file(scene.path("remote/news/a.md")).unwrap();
    scene.write("news/b.md", "two");
    scene.write("ä ö.md", "three");
    scene.commit();
    assert_eq!(scene.fetch_files().await, 2);
    assert!(scene.has("news/b.md", "two") && scene.has("ä ö.md", "three"));
    assert_eq!(scene.article("news/a.md"), None);
    let left: Vec<String> = fs::read_dir(scene.path("articles/.heatwire/wire.git"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        left.iter().all(|name| ["repository", "current.index", "state.json", "in-use"].contains(&&**name)),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_force_push_and_another_branch_are_followed() {
    let mut scene = Scene::new();
    scene.write("news/b.md", "lost");
    scene.commit();
    assert_eq!(scene.fetch_files().await, 2);
    scene.in_remote(&["reset", "--quiet", "--hard", "HEAD~1"]);
    scene.write("news/c.md", "forced");
    scene.commit();
    assert_eq!(scene.fetch_files().await, 2);
    assert!(scene.has("news/c.md", "forced") && scene.article("news/b.md").is_none());
    // The default branch has another name now.
    scene.in_remote(&["checkout", "--quiet", "-b", "next"]);
    scene.write("news/c.md", "on next");
    scene.commit();
    assert_eq!(scene.fetch_files().await, 2);
    assert!(scene.has("news/c.md", "on next"));
    scene.repository.branch = Some("main".into());
    assert_eq!(scene.fetch_files().await, 2);
    assert!(scene.has("news/c.md", "forced"));
    scene.repository.branch = Some("gone".into());
    assert!(matches!(scene.fetch().await, Err(GitError::BranchMissing(branch)) if &*branch == "gone"));
    assert!(scene.has("news/c.md", "forced"));
}

#[tokio::test]
async fn a_remote_that_vanished_changes_nothing() {
    let scene = Scene::new();
    scene.fetch().await.unwrap();
    fs::rename(scene.path("remote"), scene.path("away")).unwrap();
    let error = scene.fetch().await.unwrap_err();
    assert!(matches!(error, GitError::Remote(_)), "{error:?}");
    let folder = scene.folder.path().display().to_string();
    assert!(!error.to_string().contains(&folder), "{error}");
    assert!(scene.has("news/a.md", "one"));
    fs::rename(scene.path("away"), scene.path("remote")).unwrap();
    assert_eq!(scene.fetch().await.unwrap(), GitOutcome::Unchanged { files: 1 });
}

#[tokio::test]
async fn a_repository_without_commits_or_without_the_folders_is_refused() {
    let mut scene = Scene::new();
    scene.fetch().await.unwrap();
    scene.repository.folders = ["nowhere".into()].into();
    assert!(matches!(scene.fetch().await, Err(GitError::NoFiles)));
    assert!(scene.has("news/a.md", "one"));
    scene.repository.folders = [].into();
    fs::remove_dir_all(scene.path("remote/.git")).unwrap();
    scene.in_remote(&["init", "--quiet"]);
    assert!(matches!(scene.fetch().await, Err(GitError::Empty)));
    assert!(scene.has("news/a.md", "one"));
}

#[tokio::test]
async fn only_the_wanted_folders_are_fetched() {
    let mut scene = Scene::new();
    let large = "large ".repeat(1000);
    scene.write("other/large.md", &large);
    scene.write("data/topics/t.yaml", "t");
    scene.commit();
    scene.bounds.file_bytes_max = 1000;
    scene.repository.folders = ["news".into(), "data/topics".into()].into();
    assert_eq!(scene.fetch_files().await, 2);
    assert!(scene.has("data/topics/t.yaml", "t") && scene.article("other/large.md").is_none());
    let repository = scene.places().repository();
    let list = ["cat-file", "--batch-all-objects", "--batch-check=%(objectsize)"];
    let sizes = Command::new("git").args(list).current_dir(repository).output().unwrap();
    let sizes = String::from_utf8(sizes.stdout).unwrap();
    assert!(!sizes.lines().any(|size| size == large.len().to_string()), "{sizes}");
    // Other folders are taken although the commit is the same.
    scene.repository.folders = ["data".into()].into();
    assert_eq!(scene.fetch_files().await, 1);
    assert_eq!(scene.article("news/a.md"), None);
}

#[tokio::test]
async fn edited_files_stay_and_are_reported() {
    type Change = (&'static str, fn(&Path));
    let changes: [Change; 3] = [
        ("news/a.md", |tree| fs::write(tree.join("news/a.md"), "two").unwrap()),
        ("news/a.md", |tree| fs::remove_file(tree.join("news/a.md")).unwrap()),
        ("mine.md", |tree| fs::write(tree.join("mine.md"), "mine").unwrap()),
    ];
    for (path, change) in changes {
        let scene = Scene::new();
        scene.fetch().await.unwrap();
        change(&scene.path("articles/wire"));
        let before = (scene.article("news/a.md"), scene.article("mine.md"));
        scene.write("news/a.md", "new");
        scene.commit();
        for _ in 0..2 {
            let error = scene.fetch().await.unwrap_err();
            assert!(matches!(&error, GitError::Edited { path: edited } if edited == path), "{error:?}");
        }
        assert_eq!((scene.article("news/a.md"), scene.article("mine.md")), before);
        fs::remove_dir_all(scene.path("articles/wire")).unwrap();
        scene.fetch().await.unwrap();
        assert!(scene.has("news/a.md", "new"));
    }
}

#[tokio::test]
async fn a_touched_file_is_no_edit() {
    let scene = Scene::new();
    scene.fetch().await.unwrap();
    fs::write(scene.path("articles/wire/news/a.md"), "one").unwrap();
    scene.write("news/a.md", "new");
    scene.commit();
    scene.fetch().await.unwrap();
    assert!(scene.has("news/a.md", "new"));
}

#[tokio::test]
async fn a_folder_that_no_fetch_made_stays() {
    let scene = Scene::new();
    let tree = scene.path("articles/wire");
    fs::create_dir(&tree).unwrap();
    fs::write(tree.join("mine.md"), "mine").unwrap();
    assert!(matches!(scene.fetch().await, Err(GitError::NotOurs)));
    assert!(scene.has("mine.md", "mine"));
    fs::remove_dir_all(&tree).unwrap();
    fs::create_dir(scene.path("elsewhere")).unwrap();
    symlink(scene.path("elsewhere"), &tree).unwrap();
    assert!(matches!(scene.fetch().await, Err(GitError::NotOurs)));
    assert_eq!(fs::read_dir(scene.path("elsewhere")).unwrap().count(), 0);
    fs::remove_file(&tree).unwrap();
    fs::create_dir(&tree).unwrap();
    scene.fetch().await.unwrap();
    assert!(scene.has("news/a.md", "one"));
}

#[tokio::test]
async fn a_half_written_repository_is_made_anew() {
    let scene = Scene::new();
    scene.fetch().await.unwrap();
    let places = scene.places();
    // A kill during the fetch leaves the mark, damaged files and locks.
    fs::write(places.unfinished(), "").unwrap();
    for entry in fs::read_dir(places.repository().join("objects/pack")).unwrap() {
        let path = entry.unwrap().path();
        fs::remove_file(&path).unwrap();
        fs::write(path, "half").unwrap();
    }
    fs::write(places.repository().join("shallow.lock"), "").unwrap();
    fs::write(places.workspace.join("current.index.lock"), "").unwrap();
    fs::create_dir(places.next()).unwrap();
    fs::write(places.next().join("half.md"), "half").unwrap();
    scene.write("news/a.md", "new");
    scene.commit();
    scene.fetch().await.unwrap();
    assert!(scene.has("news/a.md", "new") && scene.article("half.md").is_none());
}

#[tokio::test]
async fn a_kill_between_the_steps_of_the_swap_loses_nothing() {
    let scene = Scene::new();
    scene.fetch().await.unwrap();
    let places = scene.places();
    // The kill came after the exchange of the folders, and before the index took its last name.
    fs::rename(places.index(), places.coming_index()).unwrap();
    fs::remove_file(places.state()).unwrap();
    scene.write("news/a.md", "new");
    scene.commit();
    scene.fetch().await.unwrap();
    assert!(scene.has("news/a.md", "new"));
    // Without an exchange, the kill came between the two renames.
    fs::create_dir(places.next()).unwrap();
    places.swap_in_two_steps().unwrap();
    fs::remove_dir(scene.path("articles/wire")).unwrap();
    assert_eq!(scene.fetch().await.unwrap(), GitOutcome::Unchanged { files: 1 });
    assert!(scene.has("news/a.md", "new"));
}

#[tokio::test]
async fn two_fetches_at_the_same_time_do_not_meet() {
    let scene = Scene::new();
    let lock = scene.places().lock().unwrap();
    assert!(matches!(scene.fetch().await, Err(GitError::Busy)));
    drop(lock);
    scene.fetch().await.unwrap();
}

#[tokio::test]
async fn missing_git_is_named() {
    let mut scene = Scene::new();
    scene.git.program = scene.path("no-git").into();
    assert!(matches!(scene.fetch().await, Err(GitError::GitMissing)));
}

#[tokio::test]
async fn too_many_and_too_large_files_are_refused() {
    let mut scene = Scene::new();
    scene.fetch().await.unwrap();
    for number in 0..20 {
        scene.write(&format!("news/{number}.md"), &"x".repeat(100 + number));
    }
    scene.commit();
    let standard = scene.bounds.clone();
    scene.bounds = GitBounds { files_max: 20, ..standard.clone() };
    assert!(matches!(scene.fetch().await, Err(GitError::TooManyFiles(20))));
    scene.bounds = GitBounds { file_bytes_max: 118, ..standard.clone() };
    let error = scene.fetch().await.unwrap_err();
    assert!(matches!(&error, GitError::FileTooLarge { path, .. } if path == "news/19.md"), "{error:?}");
    scene.bounds = GitBounds { bytes_max: 1500, ..standard.clone() };
    assert!(matches!(scene.fetch().await, Err(GitError::TooLarge(1500))));
    assert!(scene.has("news/a.md", "one") && scene.article("news/1.md").is_none());
    scene.bounds = GitBounds { files_max: 21, file_bytes_max: 119, ..standard };
    assert_eq!(scene.fetch_files().await, 21);
}

#[tokio::test]
async fn a_repository_of_a_hundred_thousand_files_gives_the_wanted_folders_or_is_refused() {
    let mut scene = Scene::new();
    scene.fetch().await.unwrap();
    let mut commit =
        "blob\nmark :1\ndata 3\nany\ncommit refs/heads/main\ncommitter Test <test@example.com> 1 +0000\n\
        data 1\nx\nfrom refs/heads/main^0\nM 100644 :1 news/b.md\n"
            .to_owned();
    for number in 0..100_000 {
        commit += &format!("M 100644 :1 many/{}/{number}.md\n", number % 100);
    }
    let mut import = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(scene.path("remote"))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    import.stdin.take().unwrap().write_all(commit.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
    assert!(matches!(scene.fetch().await, Err(GitError::TooManyFiles(50_000))));
    assert!(scene.has("news/a.md", "one") && scene.article("news/b.md").is_none());
    scene.repository.folders = ["news".into()].into();
    assert_eq!(scene.fetch_files().await, 2);
    assert!(scene.has("news/b.md", "any"));
}

/// The fetch ends in time, and the program that git started for http is gone: the connection is closed.
#[tokio::test]
async fn the_time_is_bounded_and_no_program_is_left() {
    let mut scene = Scene::new();
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    scene.repository.address = format!("http://{}/x.git", server.local_addr().unwrap()).into();
    scene.bounds.time_out = Duration::from_secs(1);
    let silent = tokio::task::spawn_blocking(move || {
        let (mut connection, _) = server.accept().unwrap();
        connection.read_to_end(&mut Vec::new())
    });
    assert!(matches!(scene.fetch().await, Err(GitError::TimedOut(1))));
    // A connection that ends with a reset is closed too.
    let _closed = silent.await.unwrap();
}

#[tokio::test]
async fn links_submodules_and_hidden_files_are_left_out() {
    let scene = Scene::new();
    symlink("/etc", scene.path("remote/etc")).unwrap();
    symlink("news/a.md", scene.path("remote/link.md")).unwrap();
    scene.write(".hidden/a.md", "x");
    scene.write(".gitmodules", "[submodule \"m\"]\n\tpath = m\n\turl = ../elsewhere\n");
    scene.commit();
    let module = "160000,1234567890123456789012345678901234567890,m";
    scene.in_remote(&["update-index", "--add", "--cacheinfo", module]);
    scene.in_remote(&["commit", "--quiet", "--message=x"]);
    assert_eq!(scene.fetch().await.unwrap(), GitOutcome::Updated { files: 1, left_out: 5 });
    let tree = fs::read_dir(scene.path("articles/wire")).unwrap();
    assert_eq!(tree.map(|entry| entry.unwrap().file_name()).collect::<Vec<_>>(), ["news"]);
}

/// A filter of the user's settings runs only if attributes ask for it. The attributes of the repository do not count.
#[tokio::test]
async fn no_hook_and_no_filter_runs() {
    let scene = Scene::new();
    let ran = scene.path("ran");
    scene.write("news/a.md", "one\r\n$Id$\r\n");
    scene.write(".gitattributes", "*.md filter=evil ident text working-tree-encoding=UTF-16\n");
    scene.write("news/.gitattributes", "*.md filter=evil eol=crlf\n");
    scene.write(".git/info/attributes", "* -text -filter -ident !eol !working-tree-encoding\n");
    scene.commit();
    let hook = format!("#!/bin/sh\ntouch {}\n", ran.display());
    let script = scene.path("script");
    fs::write(&script, &hook).unwrap();
    // A template of the user would bring hooks into each new repository.
    let wrapper = scene.path("git");
    let text = format!(
        "#!/bin/sh\nexport GIT_CONFIG_COUNT=3 GIT_CONFIG_KEY_0=filter.evil.smudge GIT_CONFIG_KEY_1=filter.evil.clean \
         GIT_CONFIG_KEY_2=core.fsmonitor\nexport GIT_CONFIG_VALUE_0='sh {script}' GIT_CONFIG_VALUE_1='sh {script}' \
         GIT_CONFIG_VALUE_2='sh {script}'\nexec git \"$@\"\n",
        script = script.display()
    );
    fs::write(&wrapper, text).unwrap();
    fs::set_permissions(&wrapper, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let scene = Scene { git: Git { program: wrapper.into() }, ..scene };
    assert_eq!(scene.fetch_files().await, 1);
    let stored = Command::new("git")
        .args(["cat-file", "blob", "HEAD:news/a.md"])
        .current_dir(scene.path("remote"))
        .output()
        .unwrap();
    assert_eq!(scene.article("news/a.md").unwrap().as_bytes(), stored.stdout);
    assert!(!ran.exists());
}

#[tokio::test]
async fn a_repository_with_the_newer_hashes_is_fetched() {
    let scene = Scene::new();
    fs::remove_dir_all(scene.path("remote/.git")).unwrap();
    scene.in_remote(&["init", "--quiet", "--object-format=sha256"]);
    scene.in_remote(&["config", "uploadpack.allowFilter", "true"]);
    scene.commit();
    assert_eq!(scene.fetch_files().await, 1);
    assert!(scene.has("news/a.md", "one"));
}

impl Scene {
    /// Two articles at one moment. Work on the disk goes on after a fetch was cut off, and may swap the files between two reads.
    fn both_articles(&self) -> (Option<String>, Option<String>) {
        loop {
            let (a, b) = (self.article("news/a.md"), self.article("news/b.md"));
            if self.article("news/a.md") == a {
                return (a, b);
            }
        }
    }
}

#[tokio::test]
async fn a_fetch_that_is_cut_off_anywhere_leaves_all_old_or_all_new_files() {
    let mut scene = Scene::new();
    scene.write("news/b.md", "one");
    scene.commit();
    scene.fetch().await.unwrap();
    scene.write("news/a.md", "new");
    scene.write("news/b.md", "new");
    scene.commit();
    for milliseconds in (0..200).step_by(7) {
        scene.bounds.time_out = Duration::from_millis(milliseconds);
        let outcome = scene.fetch().await;
        let (a, b) = scene.both_articles();
        assert!(a.is_some() && a == b, "{a:?} {b:?}");
        if matches!(outcome, Ok(GitOutcome::Updated { .. })) {
            break;
        }
    }
    scene.bounds = GitBounds::default();
    // Work on the disk may still hold the lock.
    while matches!(scene.fetch().await, Err(GitError::Busy)) {
        tokio::task::yield_now().await;
    }
    assert!(scene.has("news/a.md", "new"));
}
