//! What a soak found.

use std::io::{self, Write};
use std::time::Duration;

use crate::bot::Bot;
use crate::chart;
use crate::commands::{DISCORD_WAITS, WAITING_MAX};
use crate::figures::{after_warm_up, as_float, percentile, slope_per_hour};
use crate::posts::PostFigures;
use crate::scene::{Busy, FIRST_ANSWER_MAX, Home, Scene};

/// Resident memory may grow by so much in an hour: the articles of the soak, and the noise of the allocator.
const SLOPE_MB_PER_HOUR_MAX: f64 = 100.0;
/// In a shorter time the slope is noise, and breaks no promise.
const MEASURED_MIN: Duration = Duration::from_secs(600);
/// So many of a thousand answers may come too late for Discord: the machine may be busy with other things.
const LATE_MAX_OF_1000: usize = 1;
/// If a task waits for a processor in more than this part of the time, other programs keep the machine so busy that missing and late
/// answers say nothing of the bot.
const SHORT_OF_PROCESSORS_MAX: f64 = 0.9;
/// Lines of a log that are shown.
const LOG_LINES_MAX: usize = 20;
/// Names of stories that are shown.
const NAMES_MAX: usize = 10;

pub(crate) struct Report {
    title: String,
    length: Duration,
    busy: Busy,
    posts: PostFigures,
    corrections: usize,
    /// Numbers of bots that ended.
    ended: Vec<usize>,
    /// The last warnings of the bots.
    warnings: Vec<String>,
    folder: String,
}

impl Report {
    pub(crate) fn of(scene: &mut Scene, busy: Busy, length: Duration) -> Self {
        let title = match scene.home {
            Home::Sqlite => "SQLite, one process",
            Home::Postgres(_) => "PostgreSQL, two processes",
        };
        let ended = scene.bots.iter_mut().enumerate();
        let ended = ended.filter_map(|(number, bot)| (!bot.is_running()).then_some(number + 1)).collect();
        let logs: Vec<String> = scene.bots.iter().map(Bot::log).collect();
        let warnings = logs.iter().flat_map(|log| log.lines());
        let warnings = warnings.filter(|line| line.contains(" WARN ") || line.contains(" ERROR "));
        let mut warnings: Vec<String> = warnings.rev().take(LOG_LINES_MAX).map(str::to_owned).collect();
        warnings.reverse();
        Self {
            title: title.to_owned(),
            length,
            busy,
            posts: scene.posts.compare(&scene.articles.stories),
            corrections: scene.articles.corrections,
            ended,
            warnings,
            folder: scene.folder(),
        }
    }

    /// Each promise that broke, in words.
    pub(crate) fn broken_promises(&self) -> Vec<String> {
        let Self { busy, posts, .. } = self;
        let is_judged = self.is_speed_judged();
        let counts = [
            (if is_judged { busy.asked.unanswered } else { 0 }, "questions without an answer"),
            (busy.asked.errors, "answers that are errors"),
            (posts.lost.len(), "lost posts"),
            (posts.doubled.len(), "doubled posts"),
            (posts.wrong.len(), "posts that should not stand"),
            (self.ended.len(), "processes that ended"),
        ];
        let late = self.late();
        let broken = counts.into_iter().filter(|(count, _)| *count > 0);
        let mut broken: Vec<String> = broken.map(|(count, what)| format!("{count} {what}")).collect();
        if is_judged && late * 1_000 > busy.asked.timings.len() * LATE_MAX_OF_1000 {
            broken.push(format!("{late} answers that came too late for Discord"));
        }
        for (number, memory) in busy.memories.iter().enumerate() {
            let slope = slope_per_hour(after_warm_up(memory));
            if self.is_memory_judged() && slope > SLOPE_MB_PER_HOUR_MAX {
                broken.push(format!("memory of process {} that grew by {slope:.0} MB an hour", number + 1));
            }
        }
        broken
    }

    fn is_speed_judged(&self) -> bool {
        self.busy.short_of_processors <= SHORT_OF_PROCESSORS_MAX
    }

    fn is_memory_judged(&self) -> bool {
        self.length >= MEASURED_MIN
    }

    fn late(&self) -> usize {
        self.busy.asked.timings.iter().filter(|timing| timing.is_late()).count()
    }

    pub(crate) fn write(&self, output: &mut impl Write) -> io::Result<()> {
        writeln!(output, "\n{}, {} s", self.title, self.length.as_secs())?;
        self.write_answers(output)?;
        self.write_posts(output)?;
        let troubles = &self.busy.troubles;
        writeln!(
            output,
            "  beside that  {} requests failed, the gateway's connections broke {} times",
            troubles.failed_requests, troubles.breaks
        )?;
        self.write_machine(output)?;
        self.write_memory(output)?;
        self.write_chart(output)?;
        let broken = self.broken_promises();
        if broken.is_empty() {
            let kept =
                if self.is_speed_judged() { "All promises" } else { "The promises that could be judged" };
            return writeln!(output, "  {kept} were kept.");
        }
        writeln!(output, "  BROKEN: {}", broken.join(", "))?;
        let PostFigures { lost, doubled, wrong, .. } = &self.posts;
        let posts = [lost, doubled, wrong].into_iter().flat_map(|names| names.iter().take(NAMES_MAX));
        for line in self.busy.asked.words.iter().chain(posts) {
            writeln!(output, "    {line}")?;
        }
        writeln!(output, "  The logs are in {}. Their last warnings:", self.folder)?;
        self.warnings.iter().try_for_each(|line| writeln!(output, "    {line}"))
    }

    fn write_answers(&self, output: &mut impl Write) -> io::Result<()> {
        let asked = &self.busy.asked;
        let mut first: Vec<Duration> = asked.timings.iter().map(|timing| timing.first).collect();
        let mut whole: Vec<Duration> = asked.timings.iter().map(|timing| timing.whole).collect();
        let count = first.len() + asked.unanswered + asked.errors;
        writeln!(
            output,
            "  answers      {count} questions: {} unanswered within {} s, {} answered after more than {} s, {} errors; {} more were \
             not asked, because {WAITING_MAX} waited",
            asked.unanswered,
            FIRST_ANSWER_MAX.as_secs(),
            self.late(),
            DISCORD_WAITS.as_secs(),
            asked.errors,
            asked.held_back
        )?;
        for (what, times) in [("first answer", &mut first), ("whole answer", &mut whole)] {
            let of = |times: &mut [Duration], share| milliseconds(percentile(times, share));
            writeln!(
                output,
                "               {what}: p50 {:.1} ms, p99 {:.1} ms, longest {:.1} ms",
                of(times, 50),
                of(times, 99),
                of(times, 100)
            )?;
        }
        Ok(())
    }

    fn write_machine(&self, output: &mut impl Write) -> io::Result<()> {
        let share = self.busy.short_of_processors;
        let too_busy = ": TOO BUSY with other programs to judge missing and late answers";
        let verdict = if self.is_speed_judged() { "" } else { too_busy };
        writeln!(
            output,
            "  the machine  in {:.0}% of the time a task waited for a processor{verdict}",
            share * 100.0
        )
    }

    fn write_posts(&self, output: &mut impl Write) -> io::Result<()> {
        let posts = &self.posts;
        writeln!(
            output,
            "  posts        {} expected: {} once, {} lost, {} doubled, {} that should not stand",
            posts.expected,
            posts.once,
            posts.lost.len(),
            posts.doubled.len(),
            posts.wrong.len()
        )?;
        writeln!(
            output,
            "               {} corrections, {} withdrawn stories",
            self.corrections, posts.withdrawn
        )?;
        let waits = [("a file", &posts.waits), ("an entry of a web feed", &posts.waits_of_entries)];
        for (what, waits) in waits {
            let mut waits = waits.clone();
            let [half, all] = [50, 100].map(|share| percentile(&mut waits, share).as_secs_f64());
            writeln!(
                output,
                "               from {what} to its post: half within {half:.1} s, all within {all:.1} s"
            )?;
        }
        Ok(())
    }

    fn write_memory(&self, output: &mut impl Write) -> io::Result<()> {
        for (number, memory) in self.busy.memories.iter().enumerate() {
            let measured = after_warm_up(memory);
            let (begins, ends) = (measured.first().copied(), measured.last().copied());
            let (Some((at, first)), Some((_, last))) = (begins, ends) else { continue };
            writeln!(
                output,
                "  memory       process {}: {first:.1} MB after {at:.0} s of warm-up, {last:.1} MB at the end, slope {:+.1} MB an hour{}",
                number + 1,
                slope_per_hour(measured),
                if self.is_memory_judged() { "" } else { " (not judged: the time is short)" }
            )?;
        }
        Ok(())
    }

    fn write_chart(&self, output: &mut impl Write) -> io::Result<()> {
        let length = self.length.as_secs_f64();
        let largest = |values: &mut Vec<f64>| values.iter().copied().fold(0.0, f64::max);
        for (number, memory) in self.busy.memories.iter().enumerate() {
            let (line, highest) = chart::line(memory, length, largest);
            writeln!(output, "  {line}  memory of process {}, to {highest:.1} MB", number + 1)?;
        }
        let timings = self.busy.asked.timings.iter();
        let mut times: Vec<(f64, f64)> =
            timings.map(|timing| (timing.asked_at.as_secs_f64(), milliseconds(timing.first))).collect();
        times.sort_by(|one, other| one.0.total_cmp(&other.0));
        let of_hundred = |values: &mut Vec<f64>, share: usize| {
            values.sort_by(f64::total_cmp);
            values[(values.len() * share).div_ceil(100).saturating_sub(1)]
        };
        for share in [50, 99] {
            let (line, highest) = chart::line(&times, length, |values| of_hundred(values, share));
            writeln!(output, "  {line}  p{share} of the first answer, to {highest:.1} ms")?;
        }
        let seconds = length / as_float(chart::WIDTH);
        let (line, highest) = chart::line(&times, length, |values| as_float(values.len()) / seconds);
        writeln!(output, "  {line}  answers a second, to {highest:.1}")
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
