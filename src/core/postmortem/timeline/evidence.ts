import { encodePath } from "../../markup/linkRegion";

/** A part of the evidence of a row: something to open, or `words` that name nothing. */
export interface EvidencePiece {
  readonly kind: "issue" | "web" | "file" | "picture" | "words";
  /** As it is written, with its Markdown. */
  readonly written: string;
  readonly label: string;
  /** What a link names: a reference, an address or a path. Empty for words. */
  readonly target: string;
}

const link = String.raw`!?\[(?<label>[^[\]]*)\]\(\s*<?(?<target>[^()\s<>]+)>?[^()]*\)`;
const address = String.raw`https?:\/\/[^\s<>"'()|[\]]*[^\s<>"'()|[\].,;:!?]`;
const issue = String.raw`(?<![\w/#.-])(?:[\w.-]+\/[\w.-]+)?#[1-9]\d{0,9}(?![\w#])`;
const path = String.raw`(?<![\w/.@-])\/?(?:[\w@.-]+\/)*[\w@.-]*\w\.[a-z][a-z0-9]{0,7}(?![\w/])`;
const piece = new RegExp([link, address, issue, path].map((form) => `(?:${form})`).join("|"), "gi");

/** Splits the evidence of a row into issues, links, files, pictures, and the words between them. */
export function readEvidence(text: string): readonly EvidencePiece[] {
  const pieces: EvidencePiece[] = [];
  let end = 0;
  for (const found of text.matchAll(piece)) {
    addWords(pieces, text.slice(end, found.index));
    end = found.index + found[0].length;
    const { label, target } = { label: found.groups?.["label"] ?? "", target: found.groups?.["target"] ?? found[0] };
    pieces.push({ kind: kindOf(target), written: found[0], label: label.trim() === "" ? shortLabel(target) : label, target });
  }
  addWords(pieces, text.slice(end));
  return pieces;
}

function addWords(pieces: EvidencePiece[], text: string): void {
  const label = text.replace(/^[\s,;·]+|[\s,;·]+$/g, "");
  if (label !== "") pieces.push({ kind: "words", written: label, label, target: "" });
}

function kindOf(target: string): EvidencePiece["kind"] {
  if (/^https?:\/\//i.test(target)) return "web";
  if (/^(?:[\w.-]+\/[\w.-]+)?#\d+$/.test(target)) return "issue";
  return /\.(?:png|jpe?g|gif|webp|avif|bmp|svg)(?:[?#].*)?$/i.test(target) ? "picture" : "file";
}

/** The end of a path, or an address without its scheme. */
function shortLabel(target: string): string {
  if (/^https?:\/\//i.test(target)) return target.replace(/^https?:\/\/(?:www\.)?/i, "").replace(/\/$/, "");
  return kindOf(target) === "issue" ? target : target.replace(/[?#].*$/, "").split("/").findLast((part) => part !== "") ?? target;
}

/** The evidence with a file of the workspace added to it. Pictures are shown where the Markdown file is shown. */
export function withFile(evidence: string, file: string): string {
  const name = (file.split("/").at(-1) ?? file).replace(/[[\]\\|]/g, " ");
  const written = `${kindOf(file) === "picture" ? "!" : ""}[${name}](/${encodePath(file)})`;
  return evidence.trim() === "" ? written : `${evidence.trim()} ${written}`;
}
