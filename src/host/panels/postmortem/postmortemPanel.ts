import * as vscode from "vscode";
import { isDate } from "../../../core/model/calendarDate";
import { type IssueRef, refKey, sameRef } from "../../../core/model/issueRef";
import { createQueue, throttle } from "../../../core/model/queues";
import { assertNever, type Result } from "../../../core/model/result";
import { addingEdits, newEntries, repeatedEntries, showingEdit } from "../../../core/postmortem/timeline/eventRows";
import { withFile } from "../../../core/postmortem/timeline/evidence";
import { type Postmortem, writeIssue } from "../../../core/postmortem/postmortem";
import type { PostmortemEdit } from "../../../core/postmortem/postmortemEdit";
import { formatEntryTime } from "../../../core/postmortem/postmortemTime";
import { lanesOf } from "../../../core/sync/lanes";
import type { Submission } from "../../../core/sync/outbox";
import {
  type PostmortemContent,
  postmortemProtocol,
  type PostmortemReply,
  type PostmortemState,
  type PostmortemSubject,
  type PostmortemToHost,
  type PostmortemView,
  type UnsavedPostmortem,
} from "../../../protocol/postmortem";
import { runInBackground } from "../../platform/background";
import { filterEvent } from "../../platform/followEvents";
import { systemTimer } from "../../platform/ports";
import { describeFailure, describeNotDone } from "../../ui/failureMessages";
import { formatDay } from "../../ui/format";
import { plainLabel } from "../../ui/safeText";
import { openFile } from "../shared/openTarget";
import { createOtherPostmortems, suggestedNames } from "./otherPostmortems";
import { type PanelBody, type PanelDeps, type PanelFactory, panelFactory, type PanelTools } from "../shared/panel";
import { acceptAction, findActionIssue, lookForActionIssues, lostActionProblems } from "./postmortemActions";
import { adviceInput, postmortemAdvice } from "./postmortemAdvice";
import { createPostmortemEvents } from "./postmortemEvents";
import { createPostmortemEditor, type PostmortemEditor } from "./postmortemEditor";
import { chooseFiles, compareWithFile, linkPostmortem, type LoadedPostmortem, loadFile, loadPostmortem, openEvidence, saveLast, type Wanted } from "./postmortemFile";
import { postmortemLabels } from "./postmortemLabels";
import { noticeOf, problemOf, savingOf, unavailable } from "./postmortemProblems";
import { shownPostmortem, stateChanges } from "./postmortemState";

/** The post-mortem panels: one per issue, and one per file that was written without an issue. */
export function postmortemPanel(deps: PanelDeps): PanelFactory {
  return panelFactory<PostmortemSubject, PostmortemState, PostmortemToHost, PostmortemReply>(deps, {
    viewType: "responseDesk.postmortem",
    bundle: "postmortem",
    icon: "postmortem",
    images: true,
    protocol: postmortemProtocol,
    key: (subject) => ("ref" in subject ? refKey(subject.ref) : `file ${subject.path}`),
    title: subjectTitle,
    open: openPostmortemBody,
  });
}

function subjectTitle(subject: PostmortemSubject): string {
  const t = vscode.l10n.t;
  return "ref" in subject ? t("Post-mortem #{0}", subject.ref.number) : t("Post-mortem: {0}", subject.path.split("/").at(-1) ?? subject.path);
}

/** The first letter is saved immediately, so a crash of the host loses no more than this; after that, saves are grouped. */
const saveDelay = 250;

type Body = PanelBody<PostmortemSubject, PostmortemState, PostmortemToHost, PostmortemReply>;

/** One open post-mortem: loads or creates its file, applies edits, and keeps file and page in sync. */
function openPostmortemBody(tools: PanelTools, subject: PostmortemSubject): Body {
  const { session } = tools;
  const labels = postmortemLabels(vscode.l10n.t);
  const life = session.ids.next();
  const accepting = new Set<string>();
  const others = createOtherPostmortems(vscode.l10n.t);
  const owned: vscode.Disposable[] = [];
  let loaded: LoadedPostmortem | undefined;
  let loading: Promise<void> | undefined;
  let editor: PostmortemEditor | undefined;
  let taken = 0;
  const inOrder = createQueue();
  let closed = false;

  const saveSoon = throttle(systemTimer, saveDelay, () => runInBackground(editor?.save(), session.log));
  owned.push(saveSoon);

  const incident = createPostmortemEvents({
    ref: () => ("ref" in subject ? subject.ref : editor?.now().mine.issue),
    named: () => editor?.now().mine.issue,
    find: session.issues.find,
    areListed: () => session.issues.snapshot() !== undefined,
    tracker: () => session.store.tracker,
    checklistsOf: (issue) => session.issues.factsOf(issue).checklists,
    pending: () => session.pending.operations().length,
    clock: session.clock,
    describeFailure: (failure) => describeFailure(failure).message,
    formatTime: (at) => formatEntryTime({ kind: "instant", at }, session.desk.config().timezone),
    t: vscode.l10n.t,
    changed: tools.changed,
    log: session.log,
  });

  async function load(wanted: Wanted): Promise<void> {
    const issue = "ref" in subject ? session.issues.find(subject.ref) : undefined;
    if ("path" in subject) loaded = await loadFile(session, subject.path);
    else if (issue === undefined) return;
    else loaded = await loadPostmortem(session, issue, wanted);
    if (closed || loaded.kind !== "document") return tools.changed();
    editor = createPostmortemEditor(
      { files: session.files, ids: session.ids, timezone: () => session.desk.config().timezone, saveSoon, changed: tools.changed, pause: () => session.clock.wait(100) },
      loaded.path,
      loaded.document,
    );
    runInBackground(session.postmortems.read().then(tools.changed), session.log);
    if (loaded.file) {
      watch(loaded.path);
      // A merge can keep the rows of both sides. Copies that appear later belong to somebody who is about to edit them.
      for (const { id } of repeatedEntries(editor.now().mine).equal) edit({ kind: "removeEntry", id });
      if (issue !== undefined && session.account.writable()) runInBackground(linkPostmortem(session, issue, loaded.path).then(notify), session.log);
    }
    tools.changed();
  }

  function watch(path: string): void {
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(session.folder, path));
    const reread = (): void => runInBackground(editor?.reread(), session.log);
    owned.push(watcher, watcher.onDidChange(reread), watcher.onDidCreate(reread), watcher.onDidDelete(reread));
  }

  /** Starts loading once the issue is known. Later calls do nothing. */
  function ensureLoaded(): void {
    if (loaded !== undefined || loading !== undefined || ("ref" in subject && session.issues.find(subject.ref) === undefined)) return;
    loading = load({})
      .catch((error: unknown) => session.log.error(`A post-mortem could not be opened: ${String(error)}`))
      .finally(() => (loading = undefined));
  }

  /** Whether the post-mortem or one of its action items is about this issue. */
  function isNamed(ref: IssueRef): boolean {
    const own = incident.ref();
    return (own !== undefined && sameRef(ref, own)) || editor?.now().mine.actions.some(({ issue }) => issue !== undefined && sameRef(issue, ref)) === true;
  }

  /** Follows the issues of the post-mortem. */
  function followIssues(): void {
    if (editor === undefined) return;
    incident.follow();
    lookForActionIssues(session, editor.now().mine);
    if (!session.account.writable()) return;
    for (const { id, state } of stateChanges(editor.now().mine, findActionIssue(session))) editor.edit({ kind: "action", id, column: "state", value: state });
  }

  async function content(): Promise<PostmortemContent> {
    ensureLoaded();
    if (editor === undefined || loaded?.kind !== "document") return unavailable(session, subject, loaded);
    followIssues();
    const now = editor.now();
    const { base, mine } = now;
    const { path } = loaded;
    const events = incident.known();
    const problem = problemOf(now, path) ?? noticeOf(incident.notice());
    const advice = postmortemAdvice(adviceInput(session, mine, path, (events ?? []).map(({ entry }) => entry)), vscode.l10n.t);
    return {
      kind: "document",
      life,
      taken,
      saving: savingOf(now, loaded.file),
      ...(problem === undefined ? {} : { problem }),
      base: base.text,
      path,
      ...beside(mine, path),
      ...shownPostmortem({
        postmortem: mine,
        layout: base.layout,
        desk: session.desk.config(),
        issues: session.issues.snapshot()?.issues ?? [],
        events,
        accepting,
        today: session.postmortems.today(),
        advice: { ...advice, problems: [...advice.problems, ...lostActionProblems(session, mine), ...incident.problems(mine)] },
        pictureAddress: (target) => tools.imageAddress(target, path),
        t: vscode.l10n.t,
        formatDate: (date) => (isDate(date) ? formatDay(date, vscode.env.language) : plainLabel(date)),
      }),
    };
  }

  function beside(postmortem: Postmortem, path: string): Pick<PostmortemView, "similar" | "suggestions"> {
    const desk = session.desk.config();
    const library = session.postmortems.known()?.postmortems ?? [];
    const known = (session.issues.snapshot()?.issues ?? []).flatMap((one) => session.issues.factsOf(one).services);
    return {
      ...others(library, { postmortem, path, timezone: desk.timezone }),
      suggestions: suggestedNames(library, known, desk.people.map(({ login }) => login)),
    };
  }

  function edit(change: PostmortemEdit): void {
    if (session.account.writable() && loaded?.kind === "document" && loaded.file) editor?.edit(change);
  }

  async function resume(number: number, unsaved: UnsavedPostmortem): Promise<void> {
    if (unsaved.life !== life) await editor?.resume(unsaved.base, unsaved.mine, unsaved.edits.map((one) => one.edit));
    else for (const { edit: change } of unsaved.edits.filter((one) => one.number > taken)) edit(change);
    taken = number;
    tools.changed();
  }

  function addEvents(): void {
    const events = incident.known();
    if (editor === undefined || events === undefined) return;
    const { mine } = editor.now();
    for (const change of addingEdits(mine, events, newEntries(mine, events), session.ids.next)) edit(change);
  }

  function showEvent(key: string): void {
    const event = incident.known()?.find(({ origin }) => origin.key === key);
    if (editor !== undefined && event !== undefined) edit(showingEdit(editor.now().mine, event, session.ids.next()));
  }

  async function accept(id: string): Promise<void> {
    const action = editor?.now().mine.actions.find((one) => one.id === id);
    if (editor === undefined || action === undefined || action.issue !== undefined || accepting.has(id)) return;
    accepting.add(id);
    tools.changed();
    try {
      const created = await acceptAction(session, editor.now().mine, action, editor.path);
      notify(created);
      if (created.kind !== "done") return;
      edit({ kind: "action", id, column: "issue", value: writeIssue(created.outcome.ref) });
      edit({ kind: "action", id, column: "state", value: "accepted" });
      await editor.save();
    } finally {
      accepting.delete(id);
      tools.changed();
    }
  }

  async function addFile(id: string): Promise<void> {
    const files = await chooseFiles(session);
    const row = editor?.now().mine.timeline.find((one) => one.id === id);
    if (row !== undefined && files.length > 0) edit({ kind: "entry", id, column: "evidence", value: files.reduce(withFile, row.evidence) });
  }

  return {
    subject: () => subject,
    showSubject: () => undefined,
    follows: [
      filterEvent(session.issues.onDidChange, ({ refs }) => editor === undefined || refs.some(isNamed)),
      filterEvent(session.pending.onDidChange, (changed) => changed.some((each) => "ref" in subject && lanesOf(each).includes(refKey(subject.ref)))),
      filterEvent(session.ticker.onDidTick, () => {
        if (editor !== undefined) incident.follow();
        return false;
      }),
      session.postmortems.onDidChange,
      session.desk.onDidChange,
      session.account.onDidChange,
      session.store.onDidChange,
    ],
    state: async () => ({ language: vscode.env.language, labels, readonly: !session.account.writable(), content: await content() }),
    title: (state) => (state.content.kind === "document" ? vscode.l10n.t("Post-mortem: {0}", state.content.postmortem.title) : subjectTitle(subject)),
    async handle(message) {
      switch (message.kind) {
        case "edit":
          await inOrder(async () => {
            edit(message.edit);
            taken = message.number;
            tools.changed();
          });
          return undefined;
        case "resume":
          await inOrder(() => resume(message.number, message.unsaved));
          return undefined;
        case "addEvents":
          addEvents();
          return undefined;
        case "showEvent":
          showEvent(message.key);
          return undefined;
        case "accept":
          await accept(message.id);
          return undefined;
        case "resolve":
          await editor?.resolve(message.choice);
          return undefined;
        case "compare":
          if (editor !== undefined) owned.push(await compareWithFile(session, editor));
          return undefined;
        case "retry":
          if (editor === undefined) loaded = undefined;
          await session.refresh();
          incident.retry();
          await editor?.reread();
          return undefined;
        case "useIssue":
          edit({ kind: "issue", issue: message.ref });
          incident.use(message.ref);
          return undefined;
        case "writeAgain":
          await load({ again: true });
          return undefined;
        case "useStandard":
          await load({ again: true, standard: true });
          return undefined;
        case "openFile":
          await editor?.save();
          await openFile(session, editor?.path ?? (loaded !== undefined && "path" in loaded ? loaded.path : ""), vscode.ViewColumn.Beside);
          return undefined;
        case "openIssue":
          await vscode.commands.executeCommand("responseDesk.issue.open", { ref: message.ref });
          return undefined;
        case "openEvidence":
          await openEvidence(session, message.text, incident.ref(), editor?.path ?? "");
          return undefined;
        case "addFile":
          await addFile(message.id);
          return undefined;
        case "openPostmortem":
          await vscode.commands.executeCommand("responseDesk.postmortem.openInBuilder", { path: message.path });
          return undefined;
        case "command":
          await editor?.save();
          if (editor !== undefined) await vscode.commands.executeCommand(`responseDesk.postmortem.${message.command}`, { path: editor.path });
          return undefined;
        case "trust":
          await vscode.commands.executeCommand("workbench.trust.manage");
          return undefined;
        default:
          return assertNever(message);
      }
    },
    dispose() {
      closed = true;
      if (editor !== undefined) runInBackground(saveLast(session, editor), session.log);
      vscode.Disposable.from(...owned).dispose();
    },
  };
}

function notify(end: Result<unknown> | Submission): void {
  if (end.kind === "failed") runInBackground(vscode.window.showErrorMessage(describeFailure(end.failure).message));
  else if (end.kind === "queued") runInBackground(vscode.window.showWarningMessage(describeNotDone(end).text));
}
