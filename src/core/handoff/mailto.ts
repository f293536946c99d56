const oneAddress = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+$/;

/** Whether the text is one e-mail address, and not several. */
export function isOneAddress(text: string): boolean {
  return oneAddress.test(text);
}

/** A link that opens a new message to these addresses and nobody else; `undefined` where one of them is none, or there is none. Written as RFC 6068 says. */
export function mailto(addresses: readonly string[], subject: string, body: string): string | undefined {
  if (addresses.length === 0 || !addresses.every(isOneAddress)) return undefined;
  const to = addresses.map((address) => encode(address).replaceAll("%40", "@")).join(",");
  return `mailto:${to}?subject=${encode(subject)}&body=${encode(body.replace(/\r\n|\n|\r/g, "\r\n"))}`;
}

function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}
