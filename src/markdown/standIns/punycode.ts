/** Stands in for the package `punycode.js` in the host bundle: `URL` spells a host in ASCII; the text of a link stays as it is spelled. */
export default {
  toASCII: (host: string): string => (/^[\x21-\x7e]*$/.test(host) ? host : new URL(`http://${host}`).hostname),
  toUnicode: (host: string): string => host,
};
