import { outsideCode } from "./markdownText";
import type { Holders } from "./shift";

/** A name after @, such as `@primary`, that is not part of an address or a path. */
export const roleMention = /(?<![\w@./+-])@([\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*)(?![\w@/])/gu;

/** The desk's roles that a text mentions with @ outside of code, without duplicates, in the desk's spelling. */
export function readRoles(text: string, roles: readonly string[]): readonly string[] {
  if (!text.includes("@")) return [];
  const found = [...outsideCode(text).matchAll(roleMention)].flatMap(([, name]) => roles.find((role) => role.toLowerCase() === name?.toLowerCase()) ?? []);
  return [...new Set(found)];
}

/** Replaces every role mention that somebody holds with their login. Other @names stay. */
export function fillRoles(text: string, holders: Holders): string {
  if (!text.includes("@")) return text;
  const logins = new Map(Object.entries(holders).map(([role, login]) => [role.toLowerCase(), login]));
  const parts: string[] = [];
  let kept = 0;
  for (const match of outsideCode(text).matchAll(roleMention)) {
    const login = logins.get(match[1]?.toLowerCase() ?? "");
    if (login === undefined) continue;
    parts.push(text.slice(kept, match.index), `@${login}`);
    kept = match.index + match[0].length;
  }
  return parts.length === 0 ? text : parts.join("") + text.slice(kept);
}
