// Emoji of buttons and menu options.

/** An emoji as text: its own character, or the name of a custom one. */
export function emojiText(emoji) {
  if (!emoji?.name) return '';
  return emoji.id ? `:${emoji.name}:` : emoji.name;
}
