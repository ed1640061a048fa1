//! The tests that need neither Discord nor a database.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use article_sources::progress_of;

use super::report::Report;
use crate::collection::load;
use crate::collection::load_error::place_of;
use crate::config::Config;
use crate::sources::{ListFaults, read_list};

/// The file of the settings.
const ENV_FILE: &str = ".env";
/// The bits of group and others in the mode of a file.
const OTHERS: u32 = 0o077;
/// With less room on a disk, in MiB, the report warns, or says that the test failed.
const ROOM_MIB_WARN: u64 = 512;
const ROOM_MIB_FAIL: u64 = 32;
/// The most lines about sources that fail.
const SOURCES_SHOWN_MAX: usize = 20;

/// The settings were read, so they are valid.
pub(super) fn settings(config: &Config, report: &mut Report) {
    if config.warnings.is_empty() {
        report.ok("settings", "all settings are valid");
    }
    for warning in &config.warnings {
        report.warn("settings", warning.as_str());
    }
}

/// Whether others may read the file with the token.
pub(super) fn env_file(report: &mut Report) {
    match fs::metadata(ENV_FILE) {
        Err(_) => report.ok(ENV_FILE, "there is none here; the settings come from the environment"),
        Ok(found) if found.permissions().mode() & OTHERS == 0 => {
            report.ok(ENV_FILE, "only its owner may read it");
        }
        Ok(_) => report.warn(ENV_FILE, "others on this machine may use the file; run: chmod 600 .env"),
    }
}

/// The collection, as a start of the bot would load it.
pub(super) fn articles(config: &Config, report: &mut Report) {
    let folder = &config.articles_dir;
    match load::load(folder) {
        Err(fault) => {
            let place = place_of(folder, &fault);
            report.fail(
                "articles",
                format!("{fault}{place}; set ARTICLES_DIR to the folder of your article files"),
            );
        }
        Ok(loaded) if !loaded.problems.is_empty() => {
            let (problems, good) = (loaded.problems.len(), loaded.articles.len());
            report.warn(
                "articles",
                format!("{problems} problems of files, and {good} good articles; heatwire check says what to do about each"),
            );
        }
        Ok(loaded) if loaded.articles.is_empty() => {
            report.warn(
                "articles",
                "the folder has no articles; put article files into ARTICLES_DIR, or add sources",
            );
        }
        Ok(loaded) => report.ok("articles", format!("{} articles without a problem", loaded.articles.len())),
    }
}

/// The list of sources, and how the last fetch of each ended.
pub(super) fn sources(config: &Config, report: &mut Report) {
    let list = match read_list(&config.sources_file) {
        Ok(Some(list)) => list,
        Ok(None) => return report.ok("sources", "there is no list of sources"),
        Err(ListFaults(faults)) => {
            return faults
                .iter()
                .for_each(|fault| report.fail("sources", format!("{fault}; correct the list")));
        }
    };
    let failures: Vec<String> = list
        .sources
        .iter()
        .filter_map(|source| {
            let known = progress_of(&config.articles_dir, &source.name).ok()?;
            let cause = known.last_error.filter(|_| known.failures > 0)?;
            Some(format!(
                "{} failed {} times: {cause}; heatwire fetch tries again",
                source.name, known.failures
            ))
        })
        .collect();
    for failure in failures.iter().take(SOURCES_SHOWN_MAX) {
        report.warn("sources", failure.as_str());
    }
    let (all, failed) = (list.sources.len(), failures.len());
    if failed > SOURCES_SHOWN_MAX {
        report.warn("sources", format!("{} further sources failed", failed - SOURCES_SHOWN_MAX));
    }
    report.ok("sources", format!("the list is valid; {} of {all} sources have no failure", all - failed));
}

/// Room on the disks of the articles and of the database.
pub(super) fn disk(config: &Config, database: Option<&Path>, report: &mut Report) {
    let folder_of_database = database.map(|file| match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    });
    let places = [("the articles", Some(config.articles_dir.clone())), ("the database", folder_of_database)];
    for (what, folder) in places {
        // Another line says that a folder is missing.
        let Some(mib) = folder.and_then(|folder| room_mib(&folder)) else { continue };
        let text = format!("{mib} MiB are free on the disk of {what}");
        match mib {
            ..ROOM_MIB_FAIL => report.fail("disk", format!("{text}; make room")),
            ROOM_MIB_FAIL..ROOM_MIB_WARN => report.warn("disk", format!("{text}; make room soon")),
            _ => report.ok("disk", text),
        }
    }
}

fn room_mib(folder: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize) / (1024 * 1024))
}
