import { render } from "lit";
import { parseJson } from "../../core/model/parseData";
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
import { keepScroll } from "../shared/memory";
import type { Handlers, Ui } from "./parts";
import { postmortemPage } from "./view";

function start(root: HTMLElement): void {
  const page: { state?: PostmortemState; ui: Ui; placed: boolean } = { ui: {}, placed: false };
  const line = connect({
    protocol: postmortemProtocol,
    again: (message) => message,
    onReply: () => undefined,
    show(state) {
      page.state = state;
      if (state.content.kind === "document") unsaved.take(state.content);
      draw();
    },
  });
  const unsaved = unsavedText(line);
  const restoreScroll = keepScroll(line.memory);

  function draw(): void {
    const { state } = page;
    if (state === undefined) return;
    const { content } = state;
    const waiting = content.kind === "document" && unsaved.isResuming(content);
    render(postmortemPage({ ...state, content: waiting ? { kind: "loading" } : content.kind === "document" ? withEdits(content) : content }, page.ui, handlers), root);
    focusWanted();
    if (!page.placed && content.kind === "document" && !waiting) {
      page.placed = true;
      restoreScroll();
    }
  }

  /** The document with unconfirmed edits applied. Edits of times are left to the host, which knows the time zone. */
  function withEdits(content: PostmortemView): PostmortemView {
    const edits = unsaved.edits(content);
    const postmortem = edits.reduce((now, edit) => applyEdit(now, edit, () => undefined), content.postmortem);
    return { ...content, postmortem, saving: edits.length > 0 && content.saving === "saved" ? "saving" : content.saving };
  }

  function focusWanted(): void {
    const { focus, ...rest } = page.ui;
    if (focus === undefined) return;
    page.ui = rest;
    document.getElementById(focus)?.focus();
  }

  const handlers: Handlers = {
    edit(edit: PostmortemEdit) {
      if (page.state?.content.kind !== "document" || page.state.readonly) return;
      unsaved.add(edit, page.state.content);
      draw();
    },
    send: (message) => line.send(message),
    change(part) {
      page.ui = { ...page.ui, ...part };
      draw();
    },
  };
}

const root = document.getElementById("root");

if (root !== null) start(root);

/** Edits that are stored until the file contains them, and sent again after page or host were restarted. */
interface UnsavedText {
  /** Called for each document. Drops edits that it contains. On the first one, sends edits of an earlier page. */
  take(content: PostmortemView): void;
  add(edit: PostmortemEdit, content: PostmortemView): void;
  /** The edits that the document does not contain yet. */
  edits(content: PostmortemView): readonly PostmortemEdit[];
  /** Whether the host has not applied the edits of an earlier page yet. */
  isResuming(content: PostmortemView): boolean;
}

const draft = "unsaved";

/** Stores the edits in the memory of the page. */
function unsavedText(line: PanelLine<PostmortemToHost, PostmortemReply>): UnsavedText {
  const now: { edits: readonly NumberedEdit[]; last: number; resumed: number; first: boolean } = { edits: [], last: 0, resumed: 0, first: true };

  function remember(content: PostmortemView): void {
    const { life, base, postmortem: mine } = content;
    const { [draft]: _old, ...others } = line.memory.now().drafts;
    const nothing = now.edits.length === 0 && content.saving === "saved";
    const unsaved: UnsavedPostmortem = { life, base, mine, edits: now.edits };
    line.memory.change({ drafts: nothing ? others : { ...others, [draft]: JSON.stringify(unsaved) } });
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
    add(edit, content) {
      const number = (now.last += 1);
      now.edits = [...now.edits, { number, edit }];
      remember(content);
      line.send({ kind: "edit", number, edit });
    },
    edits: (content) => now.edits.flatMap(({ number, edit }) => (number > content.taken ? [edit] : [])),
    isResuming: (content) => content.taken < now.resumed,
  };
}
