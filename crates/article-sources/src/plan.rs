//! What a fetch writes: the entries of a feed beside what is known of the source and what its folder holds.

use std::collections::{BTreeMap, HashSet};
use std::io;

use article_format::source_list::FeedRules;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use web_feed::Feed;

use crate::article_file::name::{date_in, date_of, file_name};
use crate::article_file::{Content, Identity, Kept, WrittenFile, identity_in};
use crate::memory::{KnownEntry, Memory};
use crate::topics::TopicKeywords;

/// Files of a source at most. Of more, the oldest imported ones are deleted.
pub(crate) const FILES_MAX: usize = 20_000;

/// Gives the bytes of a file, as [`crate::folder::Folder::read`].
pub(crate) type ReadFile<'a> = &'a dyn Fn(&str) -> io::Result<Option<Vec<u8>>>;

/// A file that is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Write {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) identity: Identity,
    pub(crate) fingerprint: u64,
    /// The bytes that the file has now. `None` for a new file.
    pub(crate) old: Option<Vec<u8>>,
}

/// What became of the entries of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EntryCounts {
    /// All entries of the feed.
    pub entries: usize,
    /// New files.
    pub created: usize,
    /// Files that follow a change of their entry.
    pub rewritten: usize,
    /// Entries that did not change.
    pub unchanged: usize,
    /// Changed entries whose file a person changed or deleted.
    pub left_to_people: usize,
    /// Entries older than `keep_days`.
    pub too_old: usize,
    /// Entries without a title, text and link, or the same entry a second time.
    pub unusable: usize,
    /// Old files that were deleted.
    pub deleted: usize,
}

/// What a fetch does, in this order, and what is known then.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) writes: Vec<Write>,
    pub(crate) deletions: Vec<(String, Identity)>,
    pub(crate) counts: EntryCounts,
}

/// What a plan is made of.
pub(crate) struct Planning<'a> {
    pub(crate) read: ReadFile<'a>,
    pub(crate) names: &'a HashSet<String>,
    pub(crate) rules: &'a FeedRules,
    pub(crate) topics: &'a TopicKeywords,
    pub(crate) keep_days: Option<u32>,
    pub(crate) now: Timestamp,
}

impl Planning<'_> {
    /// Plans the writes for a feed. The memory learns at once what needs no write: which entries are still there, and which
    /// files are gone.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn plan(&self, feed: &Feed, memory: &mut Memory) -> io::Result<Plan> {
        let mut plan = Plan {
            counts: EntryCounts { entries: feed.entries.len(), ..EntryCounts::default() },
            ..Plan::default()
        };
        let mut taken: HashSet<String> = self.names.iter().map(|name| name.to_lowercase()).collect();
        let mut seen = HashSet::new();
        let is_history = !memory.progress.is_known;
        for entry in &feed.entries {
            let topics = self.topics.of_entry(entry, &self.rules.topics);
            let content = Content::of(entry, self.rules, &topics);
            let Some(content) = content.filter(|content| seen.insert(content.identity())) else {
                plan.counts.unusable += 1;
                continue;
            };
            if let Some(known) = memory.entries.get_mut(&content.identity()) {
                self.plan_known(&content, known, &mut plan)?;
                continue;
            }
            let published_at = content.first_date(self.now);
            if self.cutoff().is_some_and(|cutoff| date_of(published_at) < cutoff) {
                plan.counts.too_old += 1;
                continue;
            }
            let name =
                file_name(content.title(), published_at, content.identity(), |name| taken.contains(name));
            taken.insert(name.clone());
            plan.counts.created += 1;
            plan.writes.push(Write {
                text: content.file(&Kept::new(published_at, !is_history)),
                name,
                identity: content.identity(),
                fingerprint: content.fingerprint(),
                old: None,
            });
        }
        self.plan_deletions(memory, &mut plan)?;
        Ok(plan)
    }

    /// Plans what is due without a new feed.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn plan_without_feed(&self, memory: &mut Memory) -> io::Result<Plan> {
        let mut plan = Plan::default();
        self.plan_deletions(memory, &mut plan)?;
        Ok(plan)
    }

    fn plan_known(&self, content: &Content, known: &mut KnownEntry, plan: &mut Plan) -> io::Result<()> {
        known.seen = self.now.as_second();
        let fingerprint = content.fingerprint();
        if known.fingerprint == fingerprint {
            plan.counts.unchanged += 1;
            return Ok(());
        }
        let Some(name) = &known.file else {
            plan.counts.left_to_people += 1;
            return Ok(());
        };
        let Some(bytes) = (self.read)(name)? else {
            known.file = None;
            plan.counts.left_to_people += 1;
            return Ok(());
        };
        let written = WrittenFile::of(&bytes).filter(|written| written.identity == content.identity());
        let Some(kept) = written.and_then(|written| written.kept()) else {
            known.fingerprint = fingerprint;
            plan.counts.left_to_people += 1;
            return Ok(());
        };
        let text = content.file(&kept);
        if text.as_bytes() == bytes {
            known.fingerprint = fingerprint;
            plan.counts.unchanged += 1;
            return Ok(());
        }
        plan.counts.rewritten += 1;
        let (name, identity) = (name.clone(), content.identity());
        plan.writes.push(Write { name, text, identity, fingerprint, old: Some(bytes) });
        Ok(())
    }

    /// Old files are searched for once a day: a file that a person changed is read each time.
    fn plan_deletions(&self, memory: &mut Memory, plan: &mut Plan) -> io::Result<()> {
        let today = date_of(self.now);
        let too_many = (self.names.len() + plan.counts.created).saturating_sub(FILES_MAX);
        let is_tidy = memory.tidied_on == Some(today);
        if too_many == 0 && (is_tidy || self.keep_days.is_none()) {
            return Ok(());
        }
        let cutoff = self.cutoff().filter(|_| !is_tidy);
        let mut by_age: Vec<(Date, &String)> =
            self.names.iter().filter_map(|name| Some((date_in(name)?, name))).collect();
        by_age.sort_unstable();
        for (date, name) in by_age {
            let is_old = cutoff.is_some_and(|cutoff| date < cutoff);
            if !is_old && plan.deletions.len() >= too_many {
                break;
            }
            let is_rewritten = plan.writes.iter().any(|write| write.name == *name);
            let bytes = if is_rewritten { None } else { (self.read)(name)? };
            if let Some(written) = bytes.as_deref().and_then(WrittenFile::of) {
                plan.deletions.push((name.clone(), written.identity));
            }
        }
        plan.counts.deleted = plan.deletions.len();
        memory.tidied_on = Some(today);
        Ok(())
    }

    /// The first day whose articles stay.
    fn cutoff(&self) -> Option<Date> {
        let days = Span::new().try_days(i64::from(self.keep_days?)).ok()?;
        date_of(self.now).checked_sub(days).ok()
    }

    /// The memory learns of files that it does not know: it was lost, or the last fetch did not end.
    ///
    /// # Errors
    /// A file cannot be read.
    pub(crate) fn recover(&self, memory: &mut Memory) -> io::Result<()> {
        let mut found: BTreeMap<Identity, (bool, &String)> = BTreeMap::new();
        let mut names: Vec<&String> = self.names.iter().filter(|name| name.ends_with(".md")).collect();
        names.sort_unstable();
        for name in names {
            let Some(bytes) = (self.read)(name)? else { continue };
            let is_written = WrittenFile::of(&bytes).is_some();
            let Some(identity) = identity_in(&bytes) else { continue };
            // A person may have copied a file: the one that is as written counts.
            if found.get(&identity).is_none_or(|(was_written, _)| is_written && !was_written) {
                found.insert(identity, (is_written, name));
            }
        }
        for (identity, (_, name)) in found {
            let unknown = || KnownEntry { file: Some(name.clone()), ..KnownEntry::seen_at(self.now) };
            memory.entries.entry(identity).or_insert_with(unknown);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
