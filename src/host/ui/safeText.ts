const longest = 300;

/**
 * User text as one line that VS Code shows literally. Line ends and control characters become spaces, characters that
 * reorder text are removed, `$(name)` and `[a](b)` are not interpreted, and text over 300 characters is truncated.
 */
export function plainLabel(text: string): string {
  const line = text
    .slice(0, longest * 4)
    .replace(/[\u202A-\u202E\u2066-\u2069\u206A-\u206F\uFEFF]/g, "")
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ")
    .trim();
  const characters = [...line];
  const cut = characters.length > longest || text.length > longest * 4;
  const shown = cut ? `${characters.slice(0, longest).join("")}…` : line;
  return shown.replace(/\$\(/g, `$${joiner}(`).replace(/\]\(/g, `]${joiner}(`);
}

/** A zero-width space between two characters keeps VS Code from interpreting them. */
const joiner = "\u200B";

/** A step's text without the markup of emphasis, code and links, for lists that do not render it. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, "$2")
    .replace(/(?<!\w)([*_])(\S(?:.*?\S)?)\1(?!\w)/g, "$2");
}

/** The text with every character that has a meaning in Markdown or HTML written as an entity. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
