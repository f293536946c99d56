import { render } from "lit";
import * as v from "valibot";
import { parseJson } from "../../core/model/parseData";
import type { PostmortemEntry } from "../../core/postmortem/postmortem";
import { applyEdit, type PostmortemEdit } from "../../core/postmortem/postmortemEdit";
import {
  type NumberedEdit,
  postmortemProtocol,
  type PostmortemReply,
  type PostmortemState,
  type PostmortemToHost,
  type PostmortemView,
  type UnsavedPostmortem,
  unsavedPostmortem,
} from "../../protocol/postmortem";
import { connect, type PanelLine } from "../shared/connect";
import { firstControl, keepFocus, returnFocus } from "../shared/keepFocus";
import { keepScroll } from "../shared/memory";
import type { Handlers, Ui } from "./parts";
import { type RowTimes, rowTimes } from "./rowTimes";
import { postmortemPage } from "./view";

/** How many rows of the timeline are rendered at first, and how many more with each further frame. */
const [firstRows, moreRows] = [40, 120] as const;

function start(root: HTMLElement): void {
  const page: { state?: PostmortemState; shown?: PostmortemView; rows: readonly PostmortemEntry[]; ui: Ui; placed: boolean; growing: boolean; zone?: { readonly of: string; readonly times: RowTimes } } = {
    ui: { announcement: "", rowsShown: firstRows, dismissed: new Set(), hiddenShown: false },
    placed: false,
    growing: false,
    rows: [],
  };
  const line = connect({
    protocol: postmortemProtocol,
    again: (message) => message,
    onReply: () => undefined,
    show(state, { memory }) {
      // Otherwise the page would not be long enough to scroll to where it was.
      if (page.state === undefined && memory.now().scroll > 0) page.ui = { ...page.ui, rowsShown: Number.MAX_SAFE_INTEGER };
      // The texts do not change, and keeping them keeps what depends on them.
      page.state = { ...state, labels: page.state?.labels ?? state.labels };
      if (state.content.kind === "document") {
        const { life } = state.content;
        const kept = parseJson(dismissals, line.memory.now().choices["dismissed"]);
        page.ui = { ...page.ui, dismissed: new Set(kept?.life === life ? kept.questions : []) };
        unsaved.take(state.content);
      }
      draw();
    },
  });
  const unsaved = unsavedText(line);
  const restoreScroll = keepScroll(line.memory);
  returnFocus(root, nearby);

  function draw(): void {
    const { state } = page;
    if (state === undefined) return;
    const { content } = state;
    const waiting = content.kind === "document" && unsaved.isResuming(content);
    delete page.shown;
    if (content.kind === "document" && !waiting) page.shown = withEdits(content);
    const focused = document.activeElement;
    const restoreFocus = keepFocus(root, nearby);
    render(postmortemPage({ ...state, content: waiting ? { kind: "loading" } : (page.shown ?? content) }, page.ui, timesOf, handlers), root);
    // A row that is moved loses the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement && root.contains(focused)) focused.focus({ preventScroll: true });
    restoreFocus();
    focusWanted();
    if (page.shown === undefined) return;
    showMore(page.shown);
    if (page.placed) return;
    page.placed = true;
    restoreScroll();
  }

  /** Where the focus goes when its element was removed: to the first control of what contained it. */
  function nearby(around: readonly Element[]): HTMLElement | null {
    const left = around.find((element) => element.isConnected && !element.matches("main"));
    return left === undefined ? null : firstControl(left);
  }

  /** The document with unconfirmed edits applied. Rows that did not change stay the same objects. */
  function withEdits(content: PostmortemView): PostmortemView {
    const edits = unsaved.edits(content);
    const times = timesOf(content);
    const { timeline, ...rest } = edits.reduce((now, edit) => applyEdit(now, edit, (text) => times.read(text)), content.postmortem);
    const postmortem = { ...rest, timeline: keepRows(page.rows, timeline) };
    page.rows = postmortem.timeline;
    return { ...content, postmortem, saving: edits.length > 0 && content.saving === "saved" ? "saving" : content.saving };
  }

  function timesOf({ timezone }: PostmortemView): RowTimes {
    const of = `${page.state?.language ?? ""} ${timezone}`;
    if (page.zone?.of !== of) page.zone = { of, times: rowTimes(page.state?.language ?? "", timezone) };
    return page.zone.times;
  }

  /** Renders the rest of a long timeline after the first rows are on the screen. */
  function showMore({ postmortem }: PostmortemView): void {
    const { rowsShown } = page.ui;
    if (rowsShown >= postmortem.timeline.length || page.growing) return;
    page.growing = true;
    requestAnimationFrame(() => setTimeout(() => {
      page.growing = false;
      handlers.change({ rowsShown: page.ui.rowsShown + moreRows });
    }));
  }

  function focusWanted(): void {
    const { focus, ...rest } = page.ui;
    if (focus === undefined) return;
    page.ui = rest;
    document.getElementById(focus)?.focus();
  }

  const handlers: Handlers = {
    edit: (edit) => handlers.apply([edit], {}),
    apply(edits, ui) {
      if (page.state?.content.kind !== "document" || page.state.readonly) return;
      unsaved.add(edits, page.state.content);
      handlers.change(ui);
    },
    send: (message) => line.send(message),
    change(part) {
      page.ui = { ...page.ui, ...part };
      draw();
    },
    notice: () => page.ui.notice,
    now: () => page.shown,
    dismiss(question) {
      const dismissed = new Set([...page.ui.dismissed, question]);
      const { choices } = line.memory.now();
      if (page.shown !== undefined) line.memory.change({ choices: { ...choices, dismissed: JSON.stringify({ life: page.shown.life, questions: [...dismissed] }) } });
      handlers.change({ dismissed });
    },
    goToRow(id) {
      if (document.getElementById(`event-${id}`) === null) handlers.change({ rowsShown: Number.MAX_SAFE_INTEGER });
      const element = document.getElementById(`event-${id}`);
      element?.scrollIntoView({ block: "center" });
      element?.focus({ preventScroll: true });
    },
  };
}

/** The rows, as the same objects as before where they are equal, so that they are not rendered again. */
function keepRows(before: readonly PostmortemEntry[], after: readonly PostmortemEntry[]): readonly PostmortemEntry[] {
  const known = new Map(before.map((row) => [row.id, row]));
  const rows = after.map((row) => {
    const old = known.get(row.id);
    return old !== undefined && (old === row || JSON.stringify(old) === JSON.stringify(row)) ? old : row;
  });
  return rows.length === before.length && rows.every((row, index) => row === before[index]) ? before : rows;
}

const root = document.getElementById("root");

if (root !== null) start(root);

/** Edits that are stored until the file contains them, and sent again after page or host were restarted. */
interface UnsavedText {
  /** Called for each document. Drops edits that it contains. On the first one, sends edits of an earlier page. */
  take(content: PostmortemView): void;
  add(edits: readonly PostmortemEdit[], content: PostmortemView): void;
  /** The edits that the document does not contain yet. */
  edits(content: PostmortemView): readonly PostmortemEdit[];
  /** Whether the host has not applied the edits of an earlier page yet. */
  isResuming(content: PostmortemView): boolean;
}

/** Questions that were dismissed while this host runs. */
const dismissals = v.object({ life: v.string(), questions: v.array(v.string()) });

const draft = "unsaved";

/** Stores the edits in the memory of the page. */
function unsavedText(line: PanelLine<PostmortemToHost, PostmortemReply>): UnsavedText {
  const now: { edits: readonly NumberedEdit[]; last: number; resumed: number; first: boolean; start?: { readonly of: PostmortemView; readonly text: string } } = { edits: [], last: 0, resumed: 0, first: true };

  function remember(content: PostmortemView): void {
    const { [draft]: _old, ...others } = line.memory.now().drafts;
    const nothing = now.edits.length === 0 && content.saving === "saved";
    line.memory.change({ drafts: nothing ? others : { ...others, [draft]: textOf(content) } });
  }

  /** An `UnsavedPostmortem` as JSON. The document, which is long, is converted once for many edits. */
  function textOf(content: PostmortemView): string {
    if (now.start?.of !== content) {
      const { life, base, postmortem: mine } = content;
      const unsaved: Omit<UnsavedPostmortem, "edits"> = { life, base, mine };
      now.start = { of: content, text: JSON.stringify(unsaved).slice(0, -1) };
    }
    return `${now.start.text},"edits":${JSON.stringify(now.edits)}}`;
  }

  return {
    take(content) {
      const kept = now.first ? parseJson(unsavedPostmortem, line.memory.now().drafts[draft]) : undefined;
      if (now.first) {
        now.first = false;
        now.last = Math.max(content.taken, kept?.edits.at(-1)?.number ?? 0);
        if (kept !== undefined) {
          now.resumed = now.last += 1;
          line.send({ kind: "resume", number: now.resumed, unsaved: kept });
        }
      }
      if (content.taken < now.resumed) return;
      now.edits = now.edits.filter(({ number }) => number > content.taken);
      remember(content);
    },
    add(edits, content) {
      const added = edits.map((edit) => ({ number: (now.last += 1), edit }));
      now.edits = [...now.edits, ...added];
      remember(content);
      for (const edit of added) line.send({ kind: "edit", ...edit });
    },
    edits: (content) => now.edits.flatMap(({ number, edit }) => (number > content.taken ? [edit] : [])),
    isResuming: (content) => content.taken < now.resumed,
  };
}
