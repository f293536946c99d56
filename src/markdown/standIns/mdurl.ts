// Stand in for the package `mdurl` in the host bundle, as far as markdown-it asks: it takes an address apart to spell its host
// for machines or for people and to escape the rest. JavaScript's own functions leave the same signs alone.

interface Parts {
  readonly auth: string;
  readonly literal: string;
  readonly hostname: string;
  readonly pathname: string;
}

/** `auth` is all that comes before the host, `pathname` all that comes after it; `literal` is an IPv6 address in its brackets. */
export function parse(url: string): Parts {
  const [, auth = "", literal = "", hostname = "", pathname = ""] =
    /^((?:(?:https?:)?\/\/(?:[^/?#@]*@)?|mailto:[^/?#@]*@)?)(\[[\da-f:.]+\])?((?<=[/@])[^/?#:[\]]+)?(.*)$/is.exec(url.trim()) ?? [];
  return { auth, literal, hostname, pathname };
}

export function format({ auth, literal, hostname, pathname }: Parts): string {
  return auth + literal + hostname + pathname;
}

/** Escapes what an address cannot hold; what is escaped already stays. */
export function encode(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD").replace(/%[\da-f]{2}|%|[^%]+/gi, (part) => (part.length === 3 && part.startsWith("%") ? part : encodeURI(part)));
}

/** Shows escaped letters as such, but not signs that would change what the address means; what cannot be read stays escaped. */
export function decode(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (escaped) => {
    try {
      return decodeURI(escaped.replaceAll("%25", "%2525"));
    } catch {
      return escaped;
    }
  });
}

decode.defaultChars = "";
