/**
 * The @ before a name, as servers and chat programs mention people, groups and channels: typed, or as a reference to the
 * character, which Markdown shows as @. Not inside an email address.
 */
const mention = /(?:(?<![A-Za-z0-9])@|&(?:#0*64|#x0*40|commat);)(?=[\p{L}\p{N}_&])/giu;

/** The start of Slack's mentions such as `<!channel>` and `<@U1>`, and of HTML comments. */
const bracket = /<(?=[!@#]|&(?:#0*64|#x0*40|commat);)/gi;

/** An invisible character that ends a name and allows no line break. */
const joiner = "\u2060";

/**
 * Makes mentions and HTML comments inert with an invisible character, so that a text looks as it was typed but notifies nobody and
 * hides nothing, in issues and in chat programs. Whatever somebody else wrote passes through here before it is copied into an
 * issue, a comment or a message. Repeating it changes nothing.
 */
export function inertText(text: string): string {
  return text.replace(mention, `$&${joiner}`).replace(bracket, `$&${joiner}`);
}

/** The text without what `inertText` added. */
export function withoutInertMarks(text: string): string {
  return text.replace(/(@|&(?:#0*64|#x0*40|commat);|<)\u2060(?=[\p{L}\p{N}_&!@#])/giu, "$1");
}

/** Removes the @ of mentions and the brackets of Slack's mentions, for a text that a person continues to write. */
export function withoutMentions(text: string): string {
  return text.replace(/<[!@#]([^<>\s]*)>/g, "$1").replace(mention, "");
}
