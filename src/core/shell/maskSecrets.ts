/** Replaces a secret. */
export const mask = "[masked]";

const names = "(?:[\\w.-]{0,60}(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key|credentials?|auth[_-]?key)|(?:[\\w.-]{0,60}[_-])?(?:pwd|pass))[\\w-]{0,60}";
const quoted = `"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'`;

type Rule = readonly [pattern: RegExp, replacement: string];

// The order matters: complete blocks and lines, then values with telling names, then values with a known format.
const rules: readonly Rule[] = [
  [/-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----[^]*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|$)/g, mask],
  [/(?:^[ \t]*[A-Za-z0-9+/=]{16,}[ \t]*\n){0,100}^.*-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/gm, mask],
  [/\b((?:proxy-)?authorization["']?[ \t]*[:=][ \t]*["']?)(?:[^"'\n]+)/gi, `$1${mask}`],
  [/^([<> \t]*(?:set-)?cookie[ \t]*:[ \t]*).+$/gim, `$1${mask}`],
  [/\b(bearer[ \t]+)[\w.~+/=-]{8,}/gi, `$1${mask}`],
  [/(["']?(?:client-key-data|tls\.key|\.dockerconfigjson|\.dockercfg|ssh-privatekey|id_(?:rsa|dsa|ecdsa|ed25519))["']?[ \t]*[:=][ \t]*["']?)[A-Za-z0-9+/=_-]{8,}/g, `$1${mask}`],
  [/\bLS0tLS1CRUdJTi(?!BDRVJU)[A-Za-z0-9+/=]{8,}/g, mask],
  [/\b(hooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]+/gi, `$1${mask}`],
  [/\b((?:curl|wget|xh|https?)[ \t](?:[^\n|;]{0,400}?[ \t])?(?:-[A-Za-z]*u|--user|--proxy-user|-U)[ \t=]*["']?[^\s:"'@/]{1,200}:)(?:(?<="[^"\n]{0,200})[^"\n]+|(?<='[^'\n]{0,200})[^'\n]+|[^\s"']+)/g, `$1${mask}`],
  [new RegExp(`\\b(mysql\\w{0,20}[ \\t](?:[^\\n|;]{0,400}?[ \\t])?-p|sshpass[ \\t]+-p[ \\t]*)(?:${quoted}|[^\\s"'-][^\\s"']*)`, "g"), `$1${mask}`],
  [new RegExp(`(["']?\\b${names}["']?[ \\t]*(?:=>|:=|[:=](?![>=]))[ \\t]*)(?:${quoted})`, "gi"), `$1"${mask}"`],
  [new RegExp(`(["']?\\b${names}["']?[ \\t]*(?:=>|:=|[:=](?![>=]))[ \\t]*)(?!\\[masked\\]|"\\[masked\\]")[^\\s"',;&]+`, "gi"), `$1${mask}`],
  [new RegExp(`((?:^|\\s)--?${names}[ \\t]+)(?:${quoted}|(?!-)[^\\s"']+)`, "gim"), `$1${mask}`],
  [/\b([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{0,500}@(?=[\w.[-])/gi, `$1${mask}@`],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[a-z]-[\w-]{10,}|xapp-[\w-]{10,}|npm_[A-Za-z0-9]{20,}|sk-[\w-]{20,}|[rs]k_(?:live|test)_\w{16,}|AIza[\w-]{30,}|hf_[A-Za-z0-9]{20,}|dop_v1_[a-f0-9]{32,})/g, mask],
  [/\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[A-Z0-9]{16}\b/g, mask],
  [/(?<![\w-])eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?/g, mask],
];

/**
 * Masks text that looks like a secret: private keys, tokens of known services, AWS keys, JSON web tokens, credentials in
 * addresses and headers, and values of names such as `password` or `api_key`. Prefers to mask too much.
 */
export function maskSecrets(text: string): string {
  return rules.reduce((masked, [pattern, replacement]) => masked.replace(pattern, replacement), maskKubernetes(text));
}

/** Values in `data` and `stringData` of Kubernetes Secrets, in YAML and JSON. */
function maskKubernetes(text: string): string {
  if (!/\bkind["']?[ \t]*:[ \t]*["']?Secret\b/.test(text)) return text;
  let inside: number | undefined;
  return text.split("\n").map((line) => {
    const indent = line.search(/\S/);
    if (inside !== undefined && indent >= 0 && indent <= inside) inside = undefined;
    const started = /^[ \t]*"?(?:data|stringData)"?[ \t]*:[ \t]*\{?[ \t]*$/.test(line);
    if (inside === undefined && started) inside = indent;
    else if (inside !== undefined) return line.replace(/^([ \t]*["']?[\w.-]{1,253}["']?[ \t]*:[ \t]*["']?)(?![|>][-+]?[ \t]*$)[^\s"',{][^"'\n]*/, `$1${mask}`).replace(/^([ \t]+)[A-Za-z0-9+/=]{8,}[ \t]*$/, `$1${mask}`);
    return line.replace(/("(?:data|stringData)"[ \t]*:[ \t]*\{)([^{}]+)\}/g, (_, head: string, body: string) => `${head}${body.replace(/(:[ \t]*")(?:[^"\\]|\\.)*"/g, `$1${mask}"`)}}`);
  }).join("\n");
}
