//! Reads a folder's articles, topic files and problems.
//!
//! A bad file or folder below the root becomes a [`Problem`], and all others load. Only a root that cannot be read at all is
//! an error.

use std::path::Path;

use super::load_error::LoadError;
use super::read::{Content, FileOutcome, read};
use super::walk::{each_file, each_yaml_file};
use article_format::Article;
use article_format::problem::Problem;
use article_format::shared_texts::SharedTexts;
use article_format::topic_file::TopicFile;

/// The content of a folder.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The valid articles, by id.
    pub articles: Vec<Article>,
    /// The valid topic files, by path.
    pub topic_files: Vec<TopicFile>,
    /// The problems of all other files, by path and position.
    pub problems: Vec<Problem>,
    /// How many files were read, with those that have problems.
    pub files_read: usize,
    /// How many bytes were read.
    pub bytes_read: u64,
}

/// Reads everything below `root`, which may itself be a link. A [`super::incremental::Loader`] reads a folder repeatedly.
///
/// # Errors
/// Only when the root is missing or unreadable. All other faults are among the problems.
pub fn load(root: &Path) -> Result<Loaded, LoadError> {
    let texts = SharedTexts::default();
    let found = each_file(root, |files, file| read(files, &file, &texts))?;
    let mut problems: Vec<Problem> = found.faults.into_iter().map(|fault| fault.problem).collect();
    let count = found.files.iter().filter(|outcome| matches!(outcome.content, Content::Article(_))).count();
    let mut loaded = Loaded { articles: Vec::with_capacity(count), ..Loaded::default() };
    for FileOutcome { bytes_read, content, .. } in found.files {
        loaded.files_read += usize::from(bytes_read.is_some());
        loaded.bytes_read += bytes_read.unwrap_or(0);
        match content {
            Content::Article(article) => loaded.articles.push(*article),
            Content::TopicFile(topic_file) => loaded.topic_files.push(*topic_file),
            Content::Problems(found) => problems.extend(found),
            Content::ProblemsIfKnown(_) | Content::Foreign | Content::Gone => {}
        }
    }
    loaded.articles.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    problems.sort_unstable();
    loaded.problems = problems;
    Ok(loaded)
}

/// Reads the topic files below `root`, by path, and no article. A bad file is passed over.
///
/// # Errors
/// Those of [`load`].
pub(crate) fn load_topic_files(root: &Path) -> Result<Vec<TopicFile>, LoadError> {
    let texts = SharedTexts::default();
    let found = each_yaml_file(root, |files, file| read(files, &file, &texts))?;
    let topic_file = |outcome: FileOutcome| match outcome.content {
        Content::TopicFile(topic_file) => Some(*topic_file),
        _ => None,
    };
    Ok(found.files.into_iter().filter_map(topic_file).collect())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::fs::{self, File};
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::os::unix::net::UnixListener;

    use super::super::load_error::place_of;
    use super::*;
    use article_format::bounds::FILE_BYTES_MAX;

    /// A folder below the system's temporary one, with these files.
    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn shown(loaded: &Loaded) -> (Vec<&str>, Vec<String>) {
        let ids = loaded.articles.iter().map(|article| article.id.as_str()).collect();
        (ids, loaded.problems.iter().map(Problem::to_string).collect())
    }

    const ARTICLE: &str = "---\ntitle: T\n---\n";

    #[test]
    fn articles_and_topics_are_found_at_any_depth() {
        let folder = folder(&[
            ("b.md", ARTICLE),
            ("a/deep/er/c.md", ARTICLE),
            ("a-.md", ARTICLE),
            ("x.md/d.md", ARTICLE),
            ("README.md", "not an article"),
            ("a/README.md", "not an article"),
            (".hidden.md", "not an article"),
            (".git/e.md", "not an article"),
            ("notes.txt", "not an article"),
            ("f.markdown", "not an article"),
            ("topics/ai.yaml", "taxonomy: topic\nname: AI"),
            ("docker-compose.yaml", "services: ["),
        ]);
        let loaded = load(folder.path()).unwrap();
        assert_eq!(shown(&loaded), (vec!["a-", "a/deep/er/c", "b", "x.md/d"], vec![]));
        assert_eq!(loaded.topic_files.iter().map(|topic| &*topic.name).collect::<Vec<_>>(), ["AI"]);
        assert_eq!((loaded.files_read, loaded.bytes_read), (6, 4 * 17 + 24 + 11));
        assert_eq!(load_topic_files(folder.path()).unwrap(), loaded.topic_files);
    }

    #[test]
    fn one_bad_file_costs_no_other() {
        let large = format!("---\ntitle: T\n---\n{}", "x".repeat(FILE_BYTES_MAX));
        let folder = folder(&[
            ("good.md", ARTICLE),
            ("bad/b.md", "---\nheat: hot\n---\n"),
            ("bad/a.md", "no front matter"),
            ("large.md", &large),
            ("topic.yaml", "taxonomy: topic\nname: ["),
        ]);
        let loaded = load(folder.path()).unwrap();
        let (ids, problems) = shown(&loaded);
        assert_eq!(ids, ["good"]);
        let expected = [
            "bad/a.md:1:1: the file does not begin",
            "bad/b.md:2:1: the article has no title",
            "bad/b.md:2:7: heat is “hot”",
            "large.md: the file is larger",
            "topic.yaml:2:8: a value is missing here",
        ];
        assert_eq!(problems.len(), expected.len(), "{problems:#?}");
        for (problem, expected) in problems.iter().zip(expected) {
            assert!(problem.starts_with(expected), "{problem}, not {expected}");
        }
        assert_eq!(loaded.bytes_read, 17 + 18 + 15 + FILE_BYTES_MAX as u64 + 1 + 23);
    }

    #[test]
    fn only_regular_files_are_read() {
        let outside = folder(&[("secret.md", ARTICLE)]);
        let folder = folder(&[("a.md", ARTICLE), ("sub/b.md", ARTICLE)]);
        let path = |name: &str| folder.path().join(name);
        symlink(outside.path().join("secret.md"), path("outside.md")).unwrap();
        symlink("sub/b.md", path("inside.md")).unwrap();
        symlink("sub", path("folder.md")).unwrap();
        symlink("/nowhere", path("absolute.md")).unwrap();
        symlink("nowhere", path("dangling.md")).unwrap();
        symlink("/nowhere", path("dangling")).unwrap();
        symlink(outside.path(), path("linked")).unwrap();
        symlink(folder.path(), path("sub/circle")).unwrap();
        let _socket = UnixListener::bind(path("socket.md")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(path("fifo.md")).status().unwrap();
        assert!(made.success());
        fs::create_dir(path("c.md")).unwrap();
        let loaded = load(folder.path()).unwrap();
        let (ids, problems) = shown(&loaded);
        assert_eq!(ids, ["a", "inside", "sub/b"]);
        let nothing = "this link leads to nothing; put the file itself here, or delete the link";
        let out = "this link leads out of the articles folder; put the file itself here, or link to a file in the folder";
        let to_folder =
            "this is a link to a folder, and only links to files are followed; put the folder itself here";
        let special = "this is not a regular file; put a regular file here, or rename it";
        let expected = [
            format!("absolute.md: {out}"),
            format!("dangling.md: {nothing}"),
            format!("fifo.md: {special}"),
            format!("folder.md: {to_folder}"),
            format!("linked: {to_folder}"),
            format!("outside.md: {out}"),
            format!("socket.md: {special}"),
            format!("sub/circle: {to_folder}"),
        ];
        assert_eq!(problems, expected);
    }

    #[test]
    fn a_folder_that_is_swapped_for_a_link_during_the_load_shows_nothing_of_the_outside() {
        let outside =
            folder(&[("a.md", "---\ntitle: Outside\n---\n"), ("deep/b.md", "---\ntitle: Outside\n---\n")]);
        let folder =
            folder(&[("in/a.md", ARTICLE), ("in/deep/b.md", ARTICLE), ("topic.yaml", "taxonomy: other")]);
        symlink(outside.path(), folder.path().join(".link")).unwrap();
        let is_over = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let [inside, link, kept] = ["in", ".link", ".kept"].map(|name| folder.path().join(name));
                while !is_over.load(std::sync::atomic::Ordering::Relaxed) {
                    fs::rename(&inside, &kept).unwrap();
                    fs::rename(&link, &inside).unwrap();
                    fs::rename(&inside, &link).unwrap();
                    fs::rename(&kept, &inside).unwrap();
                }
            });
            let titles = |loaded: Loaded| loaded.articles.into_iter().map(|article| article.title);
            let seen: Vec<_> = (0..3_000).flat_map(|_| titles(load(folder.path()).unwrap())).collect();
            is_over.store(true, std::sync::atomic::Ordering::Relaxed);
            assert!(!seen.is_empty());
            assert_eq!(seen.iter().filter(|title| &***title != "T").count(), 0);
        });
    }

    #[test]
    fn a_read_me_is_passed_over_however_it_is_written() {
        let folder = folder(&[("readme.md", "# Hello"), ("a/Readme.md", "# Hello"), ("READMEs.md", ARTICLE)]);
        assert_eq!(shown(&load(folder.path()).unwrap()), (vec!["READMEs"], vec![]));
    }

    #[test]
    fn names_are_shown_so_that_no_terminal_obeys_them() {
        let folder = folder(&[("bad\u{1B}[31m\n.md", "x"), ("good é.md", ARTICLE)]);
        fs::write(folder.path().join(OsStr::from_bytes(b"latin-\xE9.md")), ARTICLE).unwrap();
        let loaded = load(folder.path()).unwrap();
        let (ids, problems) = shown(&loaded);
        assert_eq!(ids, ["good é"]);
        assert!(problems[0].starts_with("bad\u{FFFD}[31m .md:1:1: the file does not begin"), "{problems:?}");
        assert_eq!(problems[1], "latin-\u{FFFD}.md: the name is not UTF-8; rename the file or its folder");
    }

    #[test]
    fn what_cannot_be_read_is_a_problem_without_the_path_of_the_server() {
        let folder = folder(&[("a.md", ARTICLE), ("closed.md", ARTICLE), ("closed/b.md", ARTICLE)]);
        for name in ["closed.md", "closed"] {
            fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(0o000)).unwrap();
        }
        // Permissions do not bind the superuser, as whom some build machines run tests.
        let is_bound = File::open(folder.path().join("closed.md")).is_err();
        let loaded = load(folder.path()).unwrap();
        fs::set_permissions(folder.path().join("closed"), fs::Permissions::from_mode(0o700)).unwrap();
        if is_bound {
            let unread = "this cannot be read: the bot may not read it; check its permissions and the disk";
            let problems = vec![format!("closed: {unread}"), format!("closed.md: {unread}")];
            assert_eq!(shown(&loaded), (vec!["a"], problems));
        }
        // A root whose entries cannot be read, and a root that cannot be opened.
        for mode in [0o444, 0o000] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            let loaded = load(folder.path());
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
            assert_eq!(matches!(loaded, Err(LoadError::Unreadable(_))), is_bound, "{loaded:?}");
        }
    }

    #[test]
    fn a_root_that_cannot_be_read_is_an_error() {
        let folder = folder(&[("a.md", ARTICLE)]);
        let path = |name: &str| folder.path().join(name);
        let words = |path: &Path| load(path).unwrap_err().to_string();
        assert_eq!(words(&path("nowhere")), "the articles folder does not exist");
        assert_eq!(words(&path("a.md")), "the articles folder is not a folder");
        let place = place_of(Path::new("~/articles"), &LoadError::Missing);
        let here = std::env::current_dir().unwrap();
        let tried = here.join("~/articles");
        assert_eq!(
            place,
            format!(
                " (the bot looked for {}, because ~ is not expanded: write the whole path)",
                tried.display()
            )
        );
        assert!(place_of(Path::new("articles"), &LoadError::NotAFolder).ends_with("/articles)"));
        assert_eq!(place_of(Path::new("articles"), &LoadError::Emptied), "");
        // A root that is a link, or hidden, is what the operator chose.
        symlink(folder.path(), path(".link")).unwrap();
        assert_eq!(shown(&load(&path(".link")).unwrap()).0, ["a"]);
        let empty = tempfile::tempdir().unwrap();
        assert!(load(empty.path()).unwrap().articles.is_empty());
    }
}
