/** A target that is safe to open: a relative path, `#section`, or an address of http or https. */
export function safeLink(target: string): string | undefined {
  const link = target.trim();
  if (/^https?:\/\/[^\s/]/i.test(link)) return link;
  return link === '' || /^[/\\]|^[a-z][a-z\d+.-]*:|[\p{Cc}\\]/iu.test(link) ? undefined : link;
}
