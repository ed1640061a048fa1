//! Articles and topic files that the bot does not load, because their names have the wrong ending.

use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use crate::collection::beneath::Root;
use crate::collection::file_problem::displayed_name;
use crate::collection::load_error::LoadError;
use crate::collection::read::read_bytes;
use crate::collection::walk::{self, FileKind, FoundFile};
use article_format::problem::Problem;
use article_format::topic_file::{self, Faulty};

/// A problem for each such file.
///
/// # Errors
/// A folder that cannot be read.
pub(super) fn problems(folder: &Path, root: &Root) -> Result<Vec<Problem>, LoadError> {
    let files = walk::find_misnamed(folder)?;
    Ok(files.par_iter().filter_map(|file| problem(root, file)).collect())
}

/// `None` for a file that only has such a name: many YAML files belong to other programs.
fn problem(root: &Root, file: &FoundFile) -> Option<Problem> {
    let bytes = read_bytes(root, &file.name).ok()?;
    let path = displayed_name(&file.name);
    let (is_ours, what, suffix) = match file.kind {
        FileKind::Article => (article_format::looks_like_one(&bytes), "article", FileKind::ARTICLE_SUFFIX),
        FileKind::Yaml => (is_topic_file(&path, &bytes), "topic file", FileKind::YAML_SUFFIX),
    };
    let (_, ending) = path.rsplit_once('.')?;
    is_ours.then(|| Problem {
        position: None,
        cause: format!("the bot does not load this {what}, because its name ends in .{ending}").into(),
        remedy: format!("rename the file so that its name ends in {suffix}").into(),
        path: path.as_str().into(),
    })
}

fn is_topic_file(path: &str, bytes: &[u8]) -> bool {
    matches!(topic_file::parse(path, bytes), Ok(Some(_)) | Err(Faulty { says_topic: true, .. }))
}
