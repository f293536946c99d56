import { render } from "lit";
import { applyEdit, type PostmortemEdit } from "../../core/postmortem/postmortemEdit";
import { postmortemProtocol, type PostmortemState, type PostmortemView } from "../../protocol/postmortem";
import { connect } from "../shared/connect";
import { keepScroll } from "../shared/keepScroll";
import type { Hands, Ui } from "./ui";
import { unsavedText } from "./unsavedText";
import { postmortemPage } from "./view";

function start(root: HTMLElement): void {
  const page: { state?: PostmortemState; ui: Ui; placed: boolean } = { ui: {}, placed: false };
  const line = connect({
    protocol: postmortemProtocol,
    again: (message) => message,
    settled: () => undefined,
    show(state) {
      page.state = state;
      if (state.content.kind === "document") unsaved.take(state.content);
      draw();
    },
  });
  const unsaved = unsavedText(line);
  const backToPlace = keepScroll(line.memory);

  function draw(): void {
    const { state } = page;
    if (state === undefined) return;
    const { content } = state;
    const waiting = content.kind === "document" && unsaved.isResuming(content);
    render(postmortemPage({ ...state, content: waiting ? { kind: "loading" } : content.kind === "document" ? withEdits(content) : content }, page.ui, hands), root);
    focusWanted();
    if (!page.placed && content.kind === "document" && !waiting) {
      page.placed = true;
      backToPlace();
    }
  }

  /** The document with the edits that the host has not taken yet. Times are left to it, since it knows the desk's zone. */
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

  const hands: Hands = {
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
