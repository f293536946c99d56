/** The text of bytes in UTF-8, a byte order mark included. Throws on any other encoding: written back, such bytes would not be the same. */
export function exactText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(bytes);
}

/** The text of bytes as well as it can be shown: what is not UTF-8 becomes a replacement character. */
export function readableText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
