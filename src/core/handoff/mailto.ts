const oneAddress = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+$/;

/** Whether the text is exactly one email address. */
export function isOneAddress(text: string): boolean {
  return oneAddress.test(text);
}

/** A `mailto:` link (RFC 6068) for exactly these addresses. Returns `undefined` if there are none or one is invalid. */
export function mailto(addresses: readonly string[], subject: string, body: string): string | undefined {
  if (addresses.length === 0 || !addresses.every(isOneAddress)) return undefined;
  const to = addresses.map((address) => encode(address).replaceAll("%40", "@")).join(",");
  return `mailto:${to}?subject=${encode(subject)}&body=${encode(body.replace(/\r\n|\n|\r/g, "\r\n"))}`;
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}
