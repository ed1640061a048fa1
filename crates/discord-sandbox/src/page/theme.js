// Dark or light: the system's preference until the reader chooses.

const KEY = 'theme';

function systemTheme() {
  return matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

function stored() {
  // Without storage the choice lasts as long as the page.
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

export function startTheme(button) {
  const root = document.documentElement;
  const current = () => root.dataset.theme ?? systemTheme();
  const label = () => {
    const other = current() === 'dark' ? 'light' : 'dark';
    button.setAttribute('aria-label', `Switch to the ${other} theme`);
    button.title = `Switch to the ${other} theme`;
  };
  const saved = stored();
  if (saved === 'dark' || saved === 'light') root.dataset.theme = saved;
  button.addEventListener('click', () => {
    root.dataset.theme = current() === 'dark' ? 'light' : 'dark';
    store(root.dataset.theme);
    label();
  });
  matchMedia('(prefers-color-scheme: light)').addEventListener('change', label);
  label();
}
