// Draws deploy/grafana.json from the metrics of a soak, after `npm ci --prefix tests/browser`:
// `node tests/browser/dashboard.mjs SERIES PROCESSES`. SERIES is the file that the soak wrote with `--series`, PROCESSES the
// beginning of their names in that file: sqlite or postgres. The picture is docs/dashboard.png. Grafana has no part in it: this
// script reads the queries of the dashboard, in the forms that the dashboard has.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { startBrowser } from './demo.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const STEP_S = 10;
/** What Grafana puts in the place of $__rate_interval: four times the time between two scrapes, or more. */
const RATE_INTERVAL_S = 60;
const INTERVALS_S = { $__rate_interval: RATE_INTERVAL_S, '1h': 3600 };
const COLOURS = ['#73bf69', '#f2cc0c', '#5794f2', '#ff9830', '#f2495c', '#b877d9', '#8ab8ff', '#96d98d', '#ffcb7d', '#c0d8ff'];
const [COLUMN_PX, ROW_PX, GAP_PX] = [64, 30, 8];

/** Metrics over the time: name, labels, and points `[seconds, value]` where the value changed. */
function readSeries(file, processes) {
  const all = new Map();
  let end = 0;
  for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
    const [, seconds, process, quoted, value] = /^(\d+),([^,]+),"(.*)",([^,]+)$/.exec(line);
    if (!process.startsWith(processes)) continue;
    const metric = quoted.replaceAll('""', '"');
    const key = `${process} ${metric}`;
    if (!all.has(key)) all.set(key, { ...parsed(metric), points: [] });
    all.get(key).labels.instance = process;
    all.get(key).points.push([Number(seconds), Number(value)]);
    end = Math.max(end, Number(seconds));
  }
  return { all: [...all.values()], end };
}

function parsed(metric) {
  const [, name, inner] = /^([^{]+)(?:\{(.*)\})?$/.exec(metric);
  const labels = {};
  for (const [, label, value] of (inner ?? '').matchAll(/(\w+)="([^"]*)"/g)) labels[label] = value;
  return { name, labels };
}

/** The value at a time: that of the last change before it; the first one before the first change. */
function valueAt(points, seconds) {
  let value = points[0][1];
  for (const [at, next] of points) {
    if (at > seconds) break;
    value = next;
  }
  return value;
}

/** The series that a selector such as `name{label="value"}` means. */
function selected(series, selector) {
  const [, name, inner] = /^(\w+)(?:\{(.*)\})?$/.exec(selector);
  const wanted = [...(inner ?? '').matchAll(/(\w+)(=~?)"([^"]*)"/g)];
  const matches = ([, label, kind, value], labels) =>
    kind === '=' ? labels[label] === value : new RegExp(`^(?:${value})$`).test(labels[label] ?? '');
  return series.filter((one) => one.name === name && wanted.every((label) => matches(label, one.labels)));
}

/** The values of an expression at a time: labels and value. */
function evaluate(series, text, seconds) {
  const quantile = /^histogram_quantile\(([\d.]+), (.*)\)$/.exec(text);
  if (quantile) return quantiles(Number(quantile[1]), evaluate(series, quantile[2], seconds));
  const aggregate = /^(sum|max|count)(?: by \(([^)]*)\) )?\((.*)\)$/.exec(text);
  if (aggregate) {
    const [, kind, by, inner] = aggregate;
    return aggregated(kind, by ? by.split(', ') : [], evaluate(series, inner, seconds));
  }
  const change = /^(rate|increase)\((.*)\[(.*)\]\)$/.exec(text);
  if (!change) {
    return selected(series, text).map(({ labels, points }) => ({ labels, value: valueAt(points, seconds) }));
  }
  const [, kind, selector, interval] = change;
  const length = INTERVALS_S[interval];
  return selected(series, selector).map(({ labels, points }) => {
    const grown = valueAt(points, seconds) - valueAt(points, seconds - length);
    return { labels, value: kind === 'rate' ? grown / Math.min(length, Math.max(seconds, STEP_S)) : grown };
  });
}

function aggregated(kind, by, values) {
  const groups = new Map();
  for (const { labels, value } of values) {
    const kept = Object.fromEntries(by.map((label) => [label, labels[label] ?? '']));
    const key = JSON.stringify(kept);
    const group = groups.get(key) ?? { labels: kept, values: [] };
    group.values.push(value);
    groups.set(key, group);
  }
  const of = { sum: (list) => list.reduce((a, b) => a + b, 0), max: (list) => Math.max(...list), count: (list) => list.length };
  return [...groups.values()].map(({ labels, values: list }) => ({ labels, value: of[kind](list) }));
}

/** As Prometheus does it: linear within the bucket. */
function quantiles(share, buckets) {
  const groups = new Map();
  for (const { labels: { le, ...labels }, value } of buckets) {
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, buckets: [] };
    group.buckets.push([le === '+Inf' ? Infinity : Number(le), value]);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ labels, buckets: list }) => {
    list.sort(([a], [b]) => a - b);
    const rank = share * (list.at(-1)?.[1] ?? 0);
    if (rank === 0) return { labels, value: NaN };
    const index = list.findIndex(([, count]) => count >= rank);
    const [lower, before] = index > 0 ? list[index - 1] : [0, 0];
    const [upper, count] = list[index];
    return { labels, value: upper === Infinity ? lower : lower + ((upper - lower) * (rank - before)) / (count - before) };
  });
}

const legend = (format, labels) => format.replace(/\{\{(\w+)\}\}/g, (_, label) => labels[label] ?? '');

/** The lines of a panel: a name and its points. */
function linesOf(panel, series, end) {
  const lines = new Map();
  for (const { expr, legendFormat } of panel.targets) {
    for (let seconds = 0; seconds <= end; seconds += STEP_S) {
      for (const { labels, value } of evaluate(series, expr, seconds)) {
        const name = legend(legendFormat, labels);
        if (!lines.has(name)) lines.set(name, []);
        lines.get(name).push([seconds, value]);
      }
    }
  }
  return [...lines].map(([name, points]) => ({ name, points }));
}

function shown(value, unit) {
  const short = (number) => String(Number(number.toPrecision(3)));
  if (unit === 's') return value < 1 ? `${short(value * 1000)} ms` : `${short(value)} s`;
  return unit === 'reqps' ? `${short(value)}/s` : short(value);
}

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function chart(lines, unit, width, height, end) {
  const [left, bottom] = [58, 18];
  const finite = lines.flatMap(({ points }) => points.map(([, value]) => value)).filter(Number.isFinite);
  const highest = Math.max(...finite, 0) || 1;
  const x = (seconds) => left + ((width - left - 6) * seconds) / end;
  const y = (value) => height - bottom - ((height - bottom - 8) * value) / highest;
  let svg = '';
  for (const part of [0, 0.5, 1]) {
    svg += `<line x1="${left}" x2="${width - 6}" y1="${y(part * highest)}" y2="${y(part * highest)}" stroke="#2c3235"/>`;
    svg += `<text x="${left - 6}" y="${y(part * highest) + 4}" text-anchor="end">${shown(part * highest, unit)}</text>`;
  }
  for (const part of [0, 0.5, 1]) {
    const anchor = ['start', 'middle', 'end'][part * 2];
    svg += `<text x="${x(part * end)}" y="${height - 3}" text-anchor="${anchor}">${Math.round((part * end) / 6) / 10} min</text>`;
  }
  lines.forEach(({ points }, number) => {
    const known = points.filter(([, value]) => Number.isFinite(value));
    const path = known.map(([seconds, value]) => `${x(seconds).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
    svg += `<polyline points="${path}" fill="none" stroke="${COLOURS[number % COLOURS.length]}" stroke-width="1.5"/>`;
  });
  return `<svg width="${width}" height="${height}">${svg}</svg>`;
}

function panelOf(panel, series, end) {
  const { x, y, w, h } = panel.gridPos;
  const [width, height] = [w * COLUMN_PX - GAP_PX, h * ROW_PX - GAP_PX];
  const unit = panel.fieldConfig.defaults.unit;
  const lines = linesOf(panel, series, end);
  const dot = (number) => `<i style="background:${COLOURS[number % COLOURS.length]}"></i>`;
  let body = '<p class="none">No data</p>';
  if (panel.type === 'stat') {
    body = lines.map(({ name, points }) => `<p class="stat">${shown(points.at(-1)[1], unit)} <span>${escaped(name)}</span></p>`).join('');
  } else if (lines.length > 0) {
    const names = lines.map(({ name }, number) => `<span>${dot(number)}${escaped(name)}</span>`).join(' ');
    body = `${chart(lines, unit, width - 16, height - 66, end)}<p class="legend">${names}</p>`;
  }
  const place = `left:${x * COLUMN_PX}px;top:${y * ROW_PX}px;width:${width}px;height:${height}px`;
  return `<section style="${place}"><h2>${escaped(panel.title)}</h2>${body}</section>`;
}

const [file, processes] = process.argv.slice(2);
const { all, end } = readSeries(file, processes);
const dashboard = JSON.parse(readFileSync(`${ROOT}deploy/grafana.json`, 'utf8'));
const rows = Math.max(...dashboard.panels.map(({ gridPos }) => gridPos.y + gridPos.h));
const page = `<style>
  body { margin: 0; background: #111217; color: #ccccdc; font: 12px sans-serif; }
  main { position: relative; margin: 8px; width: ${24 * COLUMN_PX}px; height: ${rows * ROW_PX}px; }
  section { position: absolute; box-sizing: border-box; padding: 6px 8px; background: #181b1f; border: 1px solid #2c3235; overflow: hidden; }
  h2 { margin: 0 0 6px; font-size: 13px; font-weight: 600; }
  p { margin: 0; }
  text { fill: #9fa1ab; font-size: 10px; }
  .stat { font-size: 34px; color: #73bf69; } .stat span { font-size: 14px; color: #ccccdc; }
  .legend span { white-space: nowrap; }
  .legend { height: 30px; overflow: hidden; line-height: 15px; } i { display: inline-block; width: 12px; height: 3px; margin: 3px 4px 3px 6px; }
  .none { color: #9fa1ab; text-align: center; padding-top: 60px; }
</style><main>${dashboard.panels.map((panel) => panelOf(panel, all, end)).join('')}</main>`;

const browser = await startBrowser();
try {
  const window = await browser.newPage({ viewport: { width: 24 * COLUMN_PX + 16, height: rows * ROW_PX + 16 } });
  await window.setContent(page);
  await window.screenshot({ path: `${ROOT}docs/dashboard.png` });
  console.log('docs/dashboard.png');
} finally {
  await browser.close();
}
