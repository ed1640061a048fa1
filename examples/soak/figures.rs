//! Times and memory in numbers.

use std::fs;
use std::time::{Duration, Instant};

use crate::bot::Bot;

const MEMORY_EVERY: Duration = Duration::from_secs(1);
/// The part of the time that counts as warm-up, in which caches fill.
const WARM_UP: f64 = 1.0 / 3.0;
const SECONDS_PER_HOUR: f64 = 3600.0;

/// The resident memory of a bot: seconds since the beginning, and MB.
pub(crate) type Memory = Vec<(f64, f64)>;

/// Watches the memory of each bot, until then.
pub(crate) async fn watch_memory(bots: &[Bot], began: Instant, until: Instant) -> Vec<Memory> {
    let mut memories = vec![Memory::new(); bots.len()];
    let mut ticks = tokio::time::interval(MEMORY_EVERY);
    while Instant::now() < until {
        ticks.tick().await;
        for (bot, memory) in bots.iter().zip(&mut memories) {
            memory.extend(bot.resident_mb().map(|resident| (began.elapsed().as_secs_f64(), resident)));
        }
    }
    memories
}

/// For how long a task of this machine waited for a processor since the start of the machine (Linux' docs, "PSI"). Zero where the
/// system does not count that.
pub(crate) fn time_without_processor() -> Duration {
    let text = fs::read_to_string("/proc/pressure/cpu").unwrap_or_default();
    let total = text.lines().find(|line| line.starts_with("some")).and_then(|line| line.split_once("total="));
    Duration::from_micros(total.and_then(|(_, total)| total.trim().parse().ok()).unwrap_or(0))
}

/// What is measured after the warm-up.
pub(crate) fn after_warm_up(memory: &Memory) -> &[(f64, f64)] {
    let begins = memory.last().map_or(0.0, |(at, _)| at * WARM_UP);
    let first = memory.partition_point(|(at, _)| *at < begins);
    &memory[first..]
}

/// The slope of the line that fits best (least squares), in MB an hour.
pub(crate) fn slope_per_hour(memory: &[(f64, f64)]) -> f64 {
    let count = as_float(memory.len().max(1));
    let mean = |part: fn(&(f64, f64)) -> f64| memory.iter().map(part).sum::<f64>() / count;
    let (at, resident) = (mean(|point| point.0), mean(|point| point.1));
    let together: f64 = memory.iter().map(|point| (point.0 - at) * (point.1 - resident)).sum();
    let alone: f64 = memory.iter().map(|point| (point.0 - at).powi(2)).sum();
    if alone > 0.0 { together / alone * SECONDS_PER_HOUR } else { 0.0 }
}

/// The time that this share of a hundred does not exceed. Zero where there are no times.
pub(crate) fn percentile(times: &mut [Duration], share: usize) -> Duration {
    times.sort_unstable();
    let index = (times.len() * share).div_ceil(100).saturating_sub(1);
    times.get(index).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "no count here has more than 52 bits")]
pub(crate) fn as_float(count: usize) -> f64 {
    count as f64
}
