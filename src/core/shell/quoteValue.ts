import type { ShellDialect } from "./dialect";

/** Characters that mean themselves wherever they stand, in every shell. */
const plain = /^[A-Za-z0-9_./:-]+$/;

/** Whether the value needs no quotes in any shell and at any place. */
export function isPlainValue(value: string): boolean {
  return plain.test(value);
}

/**
 * The value as one word of the shell, whatever is in it; `undefined` where that cannot be promised: control characters, and
 * what `cmd`, PowerShell's `"` to other programs, or an unknown shell would take apart.
 */
export function quoteValue(value: string, dialect: ShellDialect | undefined): string | undefined {
  if (isPlainValue(value)) return value;
  if (/\p{Cc}|\p{Cs}/u.test(value)) return undefined;
  switch (dialect) {
    case "posix":
      return `'${value.replaceAll("'", "'\\''")}'`;
    case "fish":
      return `'${value.replace(/['\\]/g, "\\$&")}'`;
    case "powershell":
      // PowerShell takes typographic quotes for quotes.
      return value.includes('"') ? undefined : `'${value.replace(/['\u2018-\u201B]/g, "$&$&")}'`;
    case "cmd":
    case undefined:
      return undefined;
  }
}
