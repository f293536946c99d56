const oneAddress = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+$/;

/** Whether the text is exactly one email address. */
export function isOneAddress(text: string): boolean {
  return oneAddress.test(text);
}

/**
 * A `mailto:` link (RFC 6068) for exactly these addresses. Returns `undefined` if there are none or one is invalid. With `bcc`, no
 * recipient sees the others, so nobody can reply to all of them.
 */
export function mailto(addresses: readonly string[], subject: string, body: string, field: "to" | "bcc" = "to"): string | undefined {
  if (addresses.length === 0 || !addresses.every(isOneAddress)) return undefined;
  const list = addresses.map((address) => encode(address).replaceAll("%40", "@")).join(",");
  const start = field === "to" ? `${list}?` : `?bcc=${list}&`;
  return `mailto:${start}subject=${encode(subject)}&body=${encode(body.replace(/\r\n|\n|\r/g, "\r\n"))}`;
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}
