import { render } from "lit";
import { handoffProtocol, type HandoffState } from "../../protocol/handoff";
import { connect } from "../shared/connect";
import { freshKey } from "../shared/freshKey";
import { keepScroll } from "../shared/memory";
import { fillForm, type Handlers, messagesOnly, missingField, toForm, type Ui } from "./form";
import { handoffPage } from "./view";

function start(root: HTMLElement): void {
  const page: { state?: HandoffState; ui: Ui; placed: boolean } = { ui: {}, placed: false };
  const line = connect({
    protocol: handoffProtocol,
    again: (message) => message,
    onReply(_kept, result) {
      const reply = result.kind === "reply" ? result.reply : undefined;
      if (reply?.kind === "done") line.memory.change({ drafts: messagesOnly(line.memory.now().drafts) });
      page.ui = { refused: reply?.kind === "refused" ? reply.text : result.kind === "error" ? result.message : undefined };
      draw();
    },
    show(state) {
      page.state = state;
      draw();
    },
  });
  const restoreScroll = keepScroll(line.memory);

  function draw(): void {
    const { state } = page;
    if (state === undefined) return;
    render(handoffPage(state, line.memory.now().drafts, page.ui, handlers), root);
    if (page.placed || state.content.kind === "loading") return;
    page.placed = true;
    restoreScroll();
  }

  function create(): void {
    const content = page.state?.content;
    if (content?.kind !== "shift" || content.stage.kind !== "draft" || page.state?.readonly === true) return;
    const form = fillForm(content, line.memory.now().drafts);
    const missing = missingField(form);
    page.ui = { missing };
    draw();
    if (missing !== undefined) {
      document.getElementById(missing)?.focus();
      return;
    }
    // Until the host answers, ignore further clicks.
    if (line.memory.now().unsent.some(({ message }) => message.kind === "create")) return;
    const key = freshKey();
    line.deliver({ kind: "create", key, form: toForm(form) }, key);
  }

  const handlers: Handlers = {
    write(name, value) {
      line.memory.change({ drafts: { ...line.memory.now().drafts, [name]: value } });
      if (page.ui.missing === name) page.ui = {};
      draw();
    },
    create,
    copy(name, text) {
      line.send({ kind: "copy", text });
      page.ui = { ...page.ui, copied: name };
      draw();
    },
    send: (message) => line.send(message),
  };
}

const root = document.getElementById("root");

if (root !== null) start(root);
