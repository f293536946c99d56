/** Decodes UTF-8 and keeps a byte order mark. Throws on other encodings, because writing the text back would change the bytes. */
export function exactText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
}

/** Decodes UTF-8 for display. Invalid bytes become a replacement character. */
export function readableText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
