import { folderMark } from "../workspaceFolder";

/** How the file at `from` links to the file at `to`: relative, with the signs encoded that a destination cannot hold. */
export function relativeLink(from: string, to: string): string {
  const here = from.split("/").slice(0, -1);
  const there = to.split("/");
  const parting = here.findIndex((part, index) => part !== there[index]);
  const shared = parting < 0 ? here.length : parting;
  return encodePath([...here.slice(shared).map(() => ".."), ...there.slice(shared)].join("/"));
}

/** Whether one file can link to another: where workspace folders lie beside each other is each machine's own affair. */
export function canLink(from: string, to: string): boolean {
  return folderMark(from) === folderMark(to);
}

/** A path as a link's destination holds it. */
export function encodePath(path: string): string {
  return path.replace(/[%\s<>()[\]\\#?`"]/g, (sign) => encodeURIComponent(sign).replace("(", "%28").replace(")", "%29"));
}
