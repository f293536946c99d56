/** A line of inline Markdown as data that a view can draw without HTML. Unsafe links come as plain text. */
export type InlineSpan =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "emphasis"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "struck"; readonly spans: readonly InlineSpan[] }
  | { readonly kind: "link"; readonly href: string; readonly spans: readonly InlineSpan[] };

/** The words of inline Markdown, without marks and destinations. */
export function plainText(spans: readonly InlineSpan[]): string {
  return spans.map((span) => (span.kind === "text" || span.kind === "code" ? span.text : plainText(span.spans))).join("");
}
