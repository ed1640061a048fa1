//! A line of a chart, for a terminal.

use crate::figures::as_float;

const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Columns of a chart.
pub(crate) const WIDTH: usize = 60;

/// Values over the time, as a line of blocks from 0 to the highest value. `points` has times from 0 to `length`; a column is
/// what `sum_up` makes of its values.
pub(crate) fn line(
    points: &[(f64, f64)],
    length: f64,
    sum_up: impl Fn(&mut Vec<f64>) -> f64,
) -> (String, f64) {
    let mut columns = vec![Vec::new(); WIDTH];
    let mut edges = (1..=WIDTH).map(|column| as_float(column) * length / as_float(WIDTH));
    let (mut column, mut edge) = (0, edges.next().unwrap_or(length));
    for (at, value) in points {
        while *at >= edge && column + 1 < WIDTH {
            column += 1;
            edge = edges.next().unwrap_or(length);
        }
        columns[column].push(*value);
    }
    let values: Vec<f64> =
        columns.iter_mut().map(|values| if values.is_empty() { 0.0 } else { sum_up(values) }).collect();
    let highest = values.iter().copied().fold(0.0, f64::max);
    let line = values.iter().map(|value| {
        let edges = (1..LEVELS.len()).map(|step| highest * as_float(step) / as_float(LEVELS.len()));
        LEVELS[edges.filter(|edge| value > edge).count()]
    });
    (line.collect(), highest)
}
