//! `heatwire fetch`: fetches all sources once, or shows what a fetch would give.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use article_format::problem::printable;
use article_format::source_list::{FeedRules, Origin, QUALITY_DEFAULT, Source, SourceList};
use article_sources::git::{self, Git, GitBounds, GitPlaces, GitPreview};
use article_sources::http::{HttpClient, HttpError};
use article_sources::runner::{Clock, Runner, SourceFetch};
use article_sources::{FeedSource, FetchError, Fetcher, ListSource, Preview, TopicKeywords, dry_run_of_list};
use indicatif::ProgressBar;
use jiff::Timestamp;
use url::Url;

use super::stop::stop_on_signal;
use crate::collection::load::load_topic_files;
use crate::config::Config;
use crate::sources::{ListFaults, read_list, rescore_once};

/// How this program names itself to servers: with its version, and with the address that `repository` in `Cargo.toml` says. No
/// address is made up.
fn user_agent(version: &str, repository: &str) -> String {
    if repository.is_empty() {
        return format!("heatwire/{version}");
    }
    format!("heatwire/{version} (+{repository})")
}

/// Names of files that a dry run shows for one source.
const FILES_SHOWN_MAX: usize = 20;

/// Makes a fetcher from the settings.
///
/// # Errors
/// No usable TLS, or a folder of articles that cannot be made.
pub(super) fn fetcher(
    config: &Config,
    topics: impl Fn() -> Arc<TopicKeywords> + Send + Sync + 'static,
    clock: Clock,
) -> anyhow::Result<Fetcher> {
    let user_agent = user_agent(env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_REPOSITORY"));
    Ok(Fetcher {
        client: HttpClient::new(&user_agent).context("no request can be made, because TLS cannot be used")?,
        git: Git::default(),
        git_bounds: GitBounds::default(),
        articles: config.articles_dir.clone(),
        list_folder: config.sources_file.parent().unwrap_or(Path::new("")).to_owned(),
        topics: Box::new(topics),
        clock,
    })
}

/// Fetches each source once, and prints a line for each. Returns whether all were fetched.
///
/// # Errors
/// A wrong list of sources, a folder that cannot be made, or an `output` that cannot be written.
pub(crate) async fn all(
    config: &Config,
    shows_progress: bool,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let list = list_of(config)?;
    std::fs::create_dir_all(&config.articles_dir)
        .context("the folder of the articles cannot be made; check the setting ARTICLES_DIR")?;
    let fetcher = one_time_fetcher(config)?;
    let stop = stop_on_signal()?;
    let bar = progress(shows_progress, list.sources.len());
    let mut runner = Runner::new(fetcher, Arc::new(Timestamp::now));
    runner.set_list(list).await;
    let mut lines = Vec::new();
    let mut failed = 0;
    let fetching = runner.run_once(|source, fetched| {
        bar.inc(1);
        failed += usize::from(fetched.outcome.is_err());
        lines.push(line_of(source, fetched));
    });
    let is_stopped = tokio::select! {
        () = fetching => false,
        () = stop.cancelled() => true,
    };
    bar.finish_and_clear();
    lines.sort();
    for line in &lines {
        writeln!(output, "{}", shown(line))?;
    }
    if !is_stopped {
        write_new_heat(&config.articles_dir, output).await?;
    }
    if is_stopped {
        writeln!(output, "Stopped. What is missing comes with the next fetch.")?;
    }
    if failed > 0 {
        writeln!(output, "{failed} of {} sources were not fetched.", lines.len())?;
    }
    output.flush()?;
    Ok(failed == 0 && !is_stopped)
}

/// Writes new heat where other sources picked a story up, and prints in how many articles.
async fn write_new_heat(articles: &Path, output: &mut impl Write) -> anyhow::Result<()> {
    let articles = articles.to_owned();
    let rescored = tokio::task::spawn_blocking(move || rescore_once(&articles, Timestamp::now())).await?;
    let written = rescored.context("the folder of the articles cannot be read")?.written;
    if written > 0 {
        writeln!(output, "{written} articles have new heat, because more providers report their stories.")?;
    }
    Ok(())
}

/// Prints what a fetch would write. Returns whether all sources could be read.
///
/// # Errors
/// A wrong list of sources, or an `output` that cannot be written.
pub(crate) async fn dry_run(config: &Config, output: &mut impl Write) -> anyhow::Result<bool> {
    let list = list_of(config)?;
    let fetcher = one_time_fetcher(config)?;
    let mut is_complete = true;
    let mut feeds = Vec::new();
    for source in &list.sources {
        let found = if let Some(feed) = FeedSource::of(source) {
            feeds.push(feed);
            continue;
        } else if let Some(list) = ListSource::of(source, &fetcher.list_folder) {
            let asked = dry_run_of_list(&fetcher.client, &fetcher.articles, &list, Timestamp::now()).await;
            asked.map_err(|error| error.to_string()).map(|found| {
                let line = format!("a list of {} feeds", found.len());
                feeds.extend(found);
                line
            })
        } else {
            dry_run_of_repository(&fetcher, source).await
        };
        is_complete &= found.is_ok();
        let line = found.unwrap_or_else(|cause| format!("not read: {cause}"));
        writeln!(output, "{}", shown(&format!("{}: {line}", source.name)))?;
        output.flush()?;
    }
    let settings = fetcher.settings(list.keep_days);
    for feed in feeds {
        match article_sources::dry_run(&fetcher.client, &settings, &feed, Timestamp::now()).await {
            Ok(preview) => write_preview(&feed, &preview, output)?,
            Err(error) => {
                is_complete = false;
                writeln!(output, "{}", shown(&format!("{}: not read: {error}", feed.name)))?;
            }
        }
        output.flush()?;
    }
    Ok(is_complete)
}

/// What a fetch would do with a repository, or why it could do nothing.
async fn dry_run_of_repository(fetcher: &Fetcher, source: &Source) -> Result<String, String> {
    let Origin::Git(repository) = &source.origin else { return Ok(String::new()) };
    let places = GitPlaces::new(&fetcher.articles, &source.name);
    match git::preview(&fetcher.git, repository, &places, &fetcher.git_bounds).await {
        Ok(GitPreview::Unchanged { files }) => Ok(format!("no new commit; {files} files")),
        Ok(GitPreview::Commit(commit)) => {
            let commit: String = commit.chars().take(COMMIT_CHARACTERS).collect();
            Ok(format!("a new commit, {commit}; its files would take the place of the files in the folder"))
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Characters of a commit's name that are shown.
const COMMIT_CHARACTERS: usize = 12;

fn write_preview(feed: &FeedSource, preview: &Preview, output: &mut impl Write) -> io::Result<()> {
    let counts = &preview.counts;
    writeln!(
        output,
        "{}: {} entries; {} new files, {} changed, {} too old, {} without a title and a link",
        feed.name, counts.entries, counts.created, counts.rewritten, counts.too_old, counts.unusable
    )?;
    for file in preview.files.iter().take(FILES_SHOWN_MAX) {
        let what = if file.is_rewritten { "change" } else { "write" };
        writeln!(output, "  {what} {}/{}", feed.name, shown(&file.name))?;
    }
    let further = preview.files.len().saturating_sub(FILES_SHOWN_MAX);
    if further > 0 { writeln!(output, "  and {further} more") } else { Ok(()) }
}

/// Prints the articles that the feed at an address would give, and the first file. Returns whether there is a feed.
///
/// # Errors
/// An address that is none, or an `output` that cannot be written.
pub(crate) async fn try_address(
    config: &Config,
    address: &str,
    is_private: bool,
    output: &mut impl Write,
) -> anyhow::Result<bool> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let address = url.context("this is no web address; write it in full, as https://example.com/feed.xml")?;
    let fetcher = one_time_fetcher(config)?;
    let rules = FeedRules { topics: Box::default(), quality: QUALITY_DEFAULT, is_private };
    let feed =
        FeedSource { name: "try".into(), address, rules, every: article_format::source_list::EVERY_DEFAULT };
    let settings = fetcher.settings(None);
    match article_sources::try_address(&fetcher.client, &settings, &feed, Timestamp::now()).await {
        Ok(preview) => write_trial(&preview, output)?,
        Err(error) => {
            let is_refused = matches!(error, FetchError::Http(HttpError::Private { .. }));
            let remedy = if is_refused { "; to try it now, add --private" } else { "" };
            writeln!(output, "{}{remedy}", shown(&error.to_string()))?;
            output.flush()?;
            return Ok(false);
        }
    }
    output.flush()?;
    Ok(true)
}

/// Columns of the table: quality, date, title.
fn write_trial(preview: &Preview, output: &mut impl Write) -> io::Result<()> {
    let title = preview.title.as_deref().unwrap_or("a feed without a title");
    let address = preview.address.as_ref().map_or("", Url::as_str);
    writeln!(output, "{}\n{}\n", shown(title), shown(address))?;
    writeln!(output, "quality  date        title")?;
    for file in &preview.files {
        let Some(article) = article_format::parse_strictly(file.text.as_bytes()) else { continue };
        let date = file.name.get(..DATE_CHARACTERS).unwrap_or_default();
        writeln!(output, "{:>7}  {date}  {}", article.quality.unwrap_or_default(), shown(&article.title))?;
    }
    writeln!(output, "\n{} entries, {} articles.", preview.counts.entries, preview.files.len())?;
    let Some(first) = preview.files.first() else { return Ok(()) };
    writeln!(output, "\nThe first file, {}:\n", shown(&first.name))?;
    for line in first.text.lines() {
        writeln!(output, "{}", shown(line))?;
    }
    Ok(())
}

/// The name of a file begins with its date, as 2026-11-28.
const DATE_CHARACTERS: usize = 10;

/// # Errors
/// No list, or a wrong list.
fn list_of(config: &Config) -> Result<SourceList, ListFaults> {
    read_list(&config.sources_file)?.ok_or_else(|| {
        let remedy = "write one as sources.example.yaml shows, or set SOURCES_FILE to its path";
        ListFaults(vec![format!("{} does not exist; {remedy}", config.sources_file.display())])
    })
}

/// A fetcher with the keywords of the topic files that are there now.
fn one_time_fetcher(config: &Config) -> anyhow::Result<Fetcher> {
    // Without a folder there are no topic files. The first fetch makes the folder.
    let files = load_topic_files(&config.articles_dir).unwrap_or_default();
    let topics = Arc::new(TopicKeywords::of(&files)?);
    fetcher(config, move || Arc::clone(&topics), Arc::new(Timestamp::now))
}

fn line_of(source: &Source, fetched: &SourceFetch) -> String {
    let name = &source.name;
    match &fetched.outcome {
        Ok(_) if matches!(source.origin, Origin::Opml { .. }) => {
            format!("{name}: a list of {} feeds", fetched.feeds.len())
        }
        Ok(counts) => {
            format!("{name}: {} written, {} deleted, {} files", counts.written, counts.deleted, counts.files)
        }
        Err(failure) => format!("{name}: not fetched: {}", failure.cause),
    }
}

fn progress(is_shown: bool, sources: usize) -> ProgressBar {
    if is_shown {
        ProgressBar::new(u64::try_from(sources).unwrap_or(u64::MAX))
    } else {
        ProgressBar::hidden()
    }
}

/// Text of others on one line that a terminal does not act on.
fn shown(text: &str) -> String {
    text.chars().map(printable).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_learn_the_version_and_an_address_that_is_known() {
        assert_eq!(user_agent("1.2.3", ""), "heatwire/1.2.3");
        let address = "https://code.example/heatwire";
        assert_eq!(user_agent("1.2.3", address), "heatwire/1.2.3 (+https://code.example/heatwire)");
    }
}
