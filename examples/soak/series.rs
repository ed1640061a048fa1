//! The metrics of the bots over the time, as a file.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::bot::Bot;

const STEP: Duration = Duration::from_secs(5);

/// A CSV file: seconds since the beginning, database and process, metric with its labels, value. A value has a line when it
/// changed.
pub(crate) struct Series {
    file: BufWriter<File>,
    last: HashMap<(String, String), String>,
}

impl Series {
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn create(path: &Path) -> io::Result<Self> {
        let mut file = BufWriter::new(File::create(path)?);
        writeln!(file, "seconds,process,metric,value")?;
        Ok(Self { file, last: HashMap::new() })
    }

    fn add(&mut self, seconds: u64, process: &str, text: &str) -> io::Result<()> {
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let Some((metric, value)) = line.rsplit_once(' ') else { continue };
            let key = (process.to_owned(), metric.to_owned());
            if self.last.get(&key).is_none_or(|last| last != value) {
                writeln!(self.file, "{seconds},{process},\"{}\",{value}", metric.replace('"', "\"\""))?;
                self.last.insert(key, value.to_owned());
            }
        }
        self.file.flush()
    }
}

/// Writes the metrics of the bots at a fixed step, until then.
pub(crate) async fn record(
    series: Option<&mut Series>,
    database: &str,
    bots: &[Bot],
    began: Instant,
    until: Instant,
) {
    let Some(series) = series else { return };
    let mut ticks = tokio::time::interval(STEP);
    while Instant::now() < until {
        ticks.tick().await;
        let seconds = began.elapsed().as_secs();
        for (number, bot) in bots.iter().enumerate() {
            if let Some(text) = bot.metrics().await {
                series.add(seconds, &format!("{database}-{}", number + 1), &text).unwrap();
            }
        }
    }
}
