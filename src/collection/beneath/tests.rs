use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};

use super::*;

/// A root with a folder, a file and a secret beside it.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("root/a.md", "a"), ("root/in/deep/b.md", "b"), ("out/secret.md", "s"), ("out/deep/b.md", "s")]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The root as each way opens it.
    fn roots(&self) -> Vec<Root> {
        let one = Root::open(&self.path("root")).unwrap();
        let mut other = Root::open(&self.path("root")).unwrap();
        other.way = Way::EachFolder;
        // Where the kernel has no `openat2`, both are the same.
        vec![one, other]
    }
}

fn read(opener: &mut Opener<'_>, name: &str) -> Result<String, OpenError> {
    let file = opener.open(name)?;
    let stat = opener.stat(name)?;
    assert_eq!(FileType::from_raw_mode(stat.st_mode), FileType::RegularFile);
    Ok(std::io::read_to_string(fs::File::from(file)).unwrap())
}

#[test]
fn only_links_to_files_inside_are_followed() {
    let place = Place::new();
    let link = |target: &str, name: &str| symlink(target, place.path("root").join(name)).unwrap();
    let root = place.path("root").to_str().unwrap().to_owned();
    link("in/deep/b.md", "file.md");
    link("../../a.md", "in/deep/up.md");
    link("file.md", "link-to-link.md");
    link(".rev1", ".data");
    fs::create_dir(place.path("root/.rev1")).unwrap();
    fs::write(place.path("root/.rev1/c.md"), "c").unwrap();
    link(".data/c.md", "c.md");
    link(&format!("{root}/in/deep/b.md"), "absolute.md");
    link(&format!("{root}/../out/secret.md"), "absolute-out.md");
    link("../out/secret.md", "out.md");
    link("../root/a.md", "out-and-in.md");
    link("/etc/passwd", "passwd.md");
    link("in/../../out/secret.md", "around.md");
    link("folder-out/secret.md", "through.md");
    link("../out", "folder-out");
    link("in", "folder.md");
    link(".", "root.md");
    link("nowhere", "dangling.md");
    link("a.md/x", "below-a-file.md");
    link("circle.md", "circle.md");
    let made = std::process::Command::new("mkfifo").arg(place.path("root/fifo")).status().unwrap();
    assert!(made.success());
    link("fifo", "fifo.md");
    for root in place.roots() {
        let mut opener = Opener::new(&root);
        let good = [("a.md", "a"), ("in/deep/b.md", "b"), ("file.md", "b"), ("in/deep/up.md", "a")];
        let linked = [("link-to-link.md", "b"), ("c.md", "c"), ("absolute.md", "b")];
        for (name, text) in good.into_iter().chain(linked) {
            assert_eq!(read(&mut opener, name).as_deref(), Ok(text), "{name} {:?}", root.way);
        }
        for (name, error) in [
            ("absolute-out.md", OpenError::LeadsOutside),
            ("out.md", OpenError::LeadsOutside),
            ("out-and-in.md", OpenError::LeadsOutside),
            ("passwd.md", OpenError::LeadsOutside),
            ("around.md", OpenError::LeadsOutside),
            ("through.md", OpenError::LeadsOutside),
            ("folder.md", OpenError::LeadsToFolder),
            ("root.md", OpenError::LeadsToFolder),
            ("dangling.md", OpenError::Dangling),
            ("below-a-file.md", OpenError::Dangling),
            ("circle.md", OpenError::Circle),
            ("fifo.md", OpenError::NotRegular),
            ("nowhere.md", OpenError::Gone),
            ("nowhere/a.md", OpenError::Gone),
            ("a.md/b.md", OpenError::Gone),
            ("folder-out/secret.md", OpenError::Swapped),
        ] {
            assert_eq!(read(&mut opener, name), Err(error), "{name} {:?}", root.way);
        }
        for (name, error) in [("folder-out", Errno::LOOP), ("a.md", Errno::NOTDIR), ("nowhere", Errno::NOENT)]
        {
            assert_eq!(root.folder(name.as_bytes()).unwrap_err(), error, "{name} {:?}", root.way);
        }
    }
}

#[test]
fn a_folder_that_is_swapped_for_a_link_shows_nothing_of_the_outside() {
    const TRIES: usize = 20_000;
    let place = Place::new();
    symlink("../out", place.path("root/.link")).unwrap();
    symlink("in/deep/b.md", place.path("root/link.md")).unwrap();
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let [inside, link, kept] = ["root/in", "root/.link", "root/.in"].map(|name| place.path(name));
            while !is_over.load(Ordering::Relaxed) {
                fs::rename(&inside, &kept).unwrap();
                fs::rename(&link, &inside).unwrap();
                fs::rename(&inside, &link).unwrap();
                fs::rename(&kept, &inside).unwrap();
            }
        });
        let (mut seen, mut seen_outside) = (0, 0);
        for root in place.roots() {
            for _ in 0..TRIES {
                for name in ["in/deep/b.md", "link.md"] {
                    let mut opener = Opener::new(&root);
                    // The swap of the whole folder may also be met as a file that is gone.
                    if let Ok(file) = opener.open(name) {
                        let text = std::io::read_to_string(fs::File::from(file)).unwrap();
                        seen += 1;
                        seen_outside += usize::from(text != "b");
                    }
                }
            }
        }
        is_over.store(true, Ordering::Relaxed);
        assert!(seen > 0);
        assert_eq!(seen_outside, 0);
    });
}
