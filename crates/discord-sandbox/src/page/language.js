// The language of the reader's client. Every interaction reports it to the bot.

// Some of the languages that Discord's clients have.
const LOCALES = ['en-US', 'en-GB', 'de', 'fr', 'es-ES', 'es-419', 'it', 'nl', 'pl', 'pt-BR', 'sv-SE', 'tr', 'uk', 'ja', 'ko', 'zh-CN', 'ar'];
const KEY = 'language';

/** The chosen language: the stored one, else the browser's, else English. */
export class Language {
  /** `select` is filled here; `changed()` follows a choice. */
  constructor(select, changed) {
    this.locale = known(stored()) ?? known(navigator.language) ?? LOCALES[0];
    for (const locale of LOCALES) {
      const option = document.createElement('option');
      option.value = locale;
      option.textContent = new Intl.DisplayNames([locale], { type: 'language' }).of(locale);
      select.append(option);
    }
    select.value = this.locale;
    select.addEventListener('change', () => {
      this.locale = select.value;
      store(this.locale);
      changed();
    });
  }

  /** The translation of a text, if the bot has one. */
  of(text, translations) {
    return translations?.[this.locale] ?? text;
  }
}

/** The locale itself, or the first of the same language; undefined when there is none. */
function known(wanted) {
  if (!wanted) return undefined;
  const language = (locale) => locale.split('-')[0];
  return LOCALES.find((locale) => locale === wanted) ?? LOCALES.find((locale) => language(locale) === language(wanted));
}

function stored() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function store(locale) {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
