import { contended, type Failure, isContended } from "../../../core/model/failure";
import type { Files, Ids } from "../../../core/model/ports";
import { createQueue } from "../../../core/model/queues";
import { keepIds } from "../../../core/postmortem/document/alignRows";
import type { FrontMatterProblem } from "../../../core/postmortem/document/frontMatter";
import { resolveConflict } from "../../../core/postmortem/document/gitConflict";
import { growsFrom, mergeTexts } from "../../../core/postmortem/document/mergeTexts";
import { parsePostmortem, type PostmortemDocument } from "../../../core/postmortem/document/parsePostmortem";
import type { Postmortem } from "../../../core/postmortem/postmortem";
import { applyEdit, type PostmortemEdit } from "../../../core/postmortem/postmortemEdit";
import { readEntryTime } from "../../../core/postmortem/postmortemTime";
import { renderPostmortem, unwrittenEdits } from "../../../core/postmortem/document/renderPostmortem";

/** A post-mortem that is being edited. Merges the edits of this panel with changes of the file. */
export interface PostmortemEditor {
  readonly path: string;
  now(): EditorState;
  /** Applies an edit and saves soon. */
  edit(edit: PostmortemEdit): void;
  /** Writes unsaved edits. Resolves when they are in the file, or cannot be written for now. */
  save(): Promise<void>;
  /** Reads the file again, as after someone else changed it. */
  reread(): Promise<void>;
  /**
   * Continues edits that an earlier editor of the file could not save: `mine` is based on the file as in `base`, and `edits` came
   * after it. What the earlier editor saved in between is not a conflict.
   */
  resume(base: string, mine: Postmortem, edits: readonly PostmortemEdit[]): Promise<void>;
  resolve(choice: "mine" | "theirs"): Promise<void>;
}

export interface EditorState {
  readonly base: PostmortemDocument;
  readonly mine: Postmortem;
  readonly saved: boolean;
  readonly problem?: SaveProblem;
}

/** Why edits are not saved. Nothing is written until this is resolved. */
type SaveProblem =
  | { readonly kind: "clash"; readonly theirs: string }
  /** The front matter cannot be changed. Edits of other parts are saved if it was so from the start. */
  | { readonly kind: "broken"; readonly reason: FrontMatterProblem | "mergeConflict" }
  | { readonly kind: "deleted" }
  | { readonly kind: "failed"; readonly failure: Failure };

interface EditorPorts {
  readonly files: Files;
  readonly ids: Ids;
  readonly timezone: () => string;
  /** Calls `save` after a short time without edits. */
  readonly saveSoon: () => void;
  readonly changed: () => void;
  /** Waits longer than another window takes between reading and writing the file. */
  readonly pause: () => Promise<void>;
}

const maxAttempts = 6;

const conflicted: SaveProblem = { kind: "broken", reason: "mergeConflict" };

/** Edits the file at a path, whose content is `document`. */
export function createPostmortemEditor(ports: EditorPorts, path: string, document: PostmortemDocument): PostmortemEditor {
  const { files, ids, timezone } = ports;
  const opened = resolveConflict(document.text);
  let base = opened.kind === "resolved" ? parsePostmortem(opened.text, timezone()) : document;
  let mine = base.postmortem;
  let problem: SaveProblem | undefined = opened.kind === "conflict" ? conflicted : undefined;
  /** The last text that could not be written, and this panel's part of it. */
  let interrupted: { readonly text: string; readonly merged: string } | undefined;
  const queue = createQueue();

  const edited = (before: Postmortem, edit: PostmortemEdit): Postmortem => applyEdit(before, edit, (text) => readEntryTime(text, timezone()));
  const last: { of: readonly unknown[]; text: string; unwritten: readonly PostmortemEdit[] } = { of: [], text: "", unwritten: [] };

  /** The text of the file, and the edits that it cannot contain. Rendering a long timeline takes time, so this is done once for each change. */
  function output(): typeof last {
    const of = [mine, base, timezone()];
    if (of.some((one, index) => one !== last.of[index])) Object.assign(last, { of, text: renderPostmortem(mine, timezone(), base), unwritten: unwrittenEdits(mine, base) });
    return last;
  }

  const rendered = (): string => output().text;

  function inTurn(work: () => Promise<void>): Promise<void> {
    return queue(() => work().finally(ports.changed));
  }

  function adopt(read: PostmortemDocument): void {
    base = read;
    mine = keepIds(mine, read.postmortem, ids.next);
    problem = undefined;
  }

  function trouble(): SaveProblem | undefined {
    return problem ?? (output().unwritten.length > 0 ? { kind: "broken", reason: base.problem ?? "badFields" } : undefined);
  }

  /**
   * Merges file and edits, and repeats it while other windows overwrite the result. Either no edit is lost, or there is a problem
   * and nothing is written.
   */
  async function settle(): Promise<void> {
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) if (await saveOnce()) return;
    problem = { kind: "failed", failure: { kind: "unwritable", path, reason: contended } };
  }

  /** Returns false if another window overwrote the result. */
  async function saveOnce(): Promise<boolean> {
    const disk = await files.read(path);
    if (disk.kind === "failed") {
      problem = disk.failure.kind === "missing" ? { kind: "deleted" } : { kind: "failed", failure: disk.failure };
      return true;
    }
    // The write was completed since, so what it contains does not conflict with what was typed after it.
    if (interrupted?.merged === disk.value) adoptUnder(parsePostmortem(disk.value, timezone()), interrupted.text);
    interrupted = undefined;
    const before = mine;
    const text = rendered();
    const resolution = resolveConflict(disk.value);
    if (resolution.kind === "conflict") {
      problem = conflicted;
      return true;
    }
    const current = resolution.kind === "resolved" ? resolution.text : disk.value;
    const merged = mergeTexts(base.text, text, current);
    const theirs = parsePostmortem(current, timezone());
    if (theirs.problem !== undefined && base.problem === undefined) {
      problem = { kind: "broken", reason: theirs.problem };
      return true;
    }
    if (merged === undefined) {
      problem = { kind: "clash", theirs: current };
      return true;
    }
    const read = parsePostmortem(merged, timezone());
    // A resolved conflict is written with the next edit.
    if (merged !== current) {
      const written = await files.write(path, merged, disk.value);
      if (written.kind === "failed") {
        if (isContended(written.failure)) return false;
        interrupted = { text, merged };
        problem = { kind: "failed", failure: written.failure };
        return true;
      }
      await ports.pause();
      const stood = await files.read(path);
      // If the file on disk is based on the text just written, it contains the edits; otherwise they must be merged again.
      if (stood.kind === "ok" && stood.value !== merged && mergeTexts(base.text, text, stood.value) !== stood.value) return false;
    }
    problem = undefined;
    const unwritten = unwrittenEdits(mine, base);
    if (merged === text) base = read;
    else if (mine === before) adopt(read);
    else adoptUnder(read, text);
    mine = unwritten.reduce(edited, mine);
    if (mine !== before) ports.saveSoon();
    return true;
  }

  /** Reapplies edits that were made while `text` was being merged. */
  function adoptUnder(read: PostmortemDocument, text: string): void {
    const both = mergeTexts(text, rendered(), read.text);
    if (both === undefined) {
      problem = { kind: "clash", theirs: read.text };
      return;
    }
    base = read;
    mine = keepIds(mine, parsePostmortem(both, timezone()).postmortem, ids.next);
  }

  return {
    path,
    now() {
      const shown = trouble();
      return { base, mine, saved: shown === undefined && rendered() === base.text, ...(shown === undefined ? {} : { problem: shown }) };
    },
    edit(edit) {
      mine = edited(mine, edit);
      ports.saveSoon();
      ports.changed();
    },
    save: () => inTurn(async () => (problem?.kind === "clash" || problem?.kind === "deleted" || rendered() === base.text ? undefined : settle())),
    reread: () => inTurn(settle),
    resume: (from, unsaved, edits) =>
      inTurn(async () => {
        base = parsePostmortem(from, timezone());
        mine = edits.reduce(edited, unsaved);
        const disk = await files.read(path);
        if (disk.kind === "ok" && growsFrom(disk.value, rendered())) base = parsePostmortem(disk.value, timezone());
        await settle();
      }),
    resolve: (choice) =>
      inTurn(async () => {
        const disk = await files.read(path);
        if (disk.kind === "failed" && disk.failure.kind !== "missing") {
          problem = { kind: "failed", failure: disk.failure };
          return;
        }
        const resolution = disk.kind === "ok" ? resolveConflict(disk.value) : undefined;
        if (resolution?.kind === "conflict") {
          problem = conflicted;
          return;
        }
        const theirs = disk.kind === "ok" ? parsePostmortem(resolution?.kind === "resolved" ? resolution.text : disk.value, timezone()) : undefined;
        if (theirs !== undefined && choice === "theirs") {
          adopt(theirs);
          return;
        }
        const unwritten = unwrittenEdits(mine, theirs ?? base);
        const text = renderPostmortem(mine, timezone(), theirs ?? base);
        const written = await files.write(path, text);
        if (written.kind === "failed") {
          problem = { kind: "failed", failure: written.failure };
          return;
        }
        adopt(parsePostmortem(text, timezone()));
        mine = unwritten.reduce(edited, mine);
      }),
  };
}
