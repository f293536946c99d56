/** The issues and people that a Markdown text mentions, outside of code and HTML comments. */
export function readReferences(text: string, home: string): { readonly places: readonly { readonly repository: string; readonly number: number }[]; readonly logins: readonly string[] } {
  const spoken = text.replaceAll(/<!--[^]*?-->|^(`{3,}|~{3,})[^]*?^\1|`[^`\n]*`/gm, " ");
  const short = spoken.matchAll(/(?<![\w/#&.-])([\w.-]+\/[\w.-]+)?#([1-9]\d*)(?!\w)/g);
  const long = spoken.matchAll(/https?:\/\/[^/\s]+\/([\w.-]+\/[\w.-]+)\/(?:issues|pull)\/([1-9]\d*)(?!\w)/g);
  return {
    places: [...short, ...long].map(([, repository, number]) => ({ repository: repository ?? home, number: Number(number) })),
    logins: [...new Set([...spoken.matchAll(/(?<![\w/@.-])@([A-Za-z\d](?:[A-Za-z\d-]*[A-Za-z\d])?)(?![\w/])/g)].map(([, login]) => login ?? ""))],
  };
}
