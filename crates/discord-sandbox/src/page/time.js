// Moments in the reader's own time zone and language.

const STYLES = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const DAY = 86_400_000;

function format(date, style) {
  return new Intl.DateTimeFormat(undefined, style).format(date);
}

export function fullTime(date) {
  return format(date, STYLES.F);
}

export function clockTime(date) {
  return format(date, STYLES.t);
}

export function dayName(date) {
  return format(date, STYLES.D);
}

export function sameDay(one, other) {
  return one.toDateString() === other.toDateString();
}

/** A time as in chats: "Today at 14:05". */
export function chatTime(date, now = new Date()) {
  if (sameDay(date, now)) return `Today at ${clockTime(date)}`;
  if (sameDay(date, new Date(now.getTime() - DAY))) return `Yesterday at ${clockTime(date)}`;
  return format(date, STYLES.s);
}

function relative(date, now) {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS[UNITS.length - 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** The text of a <t:...> tag. */
export function stampText(unix, style, now = new Date()) {
  const date = new Date(unix * 1000);
  return style === 'R' ? relative(date, now) : format(date, STYLES[style]);
}

/** A date, or null when the text is none. */
export function parseDate(text) {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Updates texts such as "3 minutes ago" while the page is open. */
export function keepRelativeTimes(root) {
  setInterval(() => {
    for (const time of root.querySelectorAll('time[data-relative]')) {
      time.textContent = stampText(Number(time.dataset.relative), 'R');
    }
  }, 10_000);
}
