const longest = 300;

/**
 * A person's text as one line that VS Code shows as it is: line ends and control characters become spaces, marks that
 * reorder text are dropped, `$(name)` draws no icon, `[a](b)` makes no link, and what is over 300 characters is cut.
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

/** Has no width and joins nothing, and so takes the meaning from two signs without being seen. */
const joiner = "\u200B";

/** A step's words without the signs of emphasis, code and links, for a list that draws none of them. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, "$2")
    .replace(/(?<!\w)([*_])(\S(?:.*?\S)?)\1(?!\w)/g, "$2");
}

/** The text with every sign that Markdown or HTML could read written as an entity. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
