import { progress } from "../../../core/checklist/marking";
import { freshChecklist } from "../../../core/checklist/startChecklist";
import { compareChecklists } from "../../../core/checklist/updateFromRunbook";
import type { BusinessTime } from "../../../core/calendar/businessTime";
import { type Delivery, waitingAudiences } from "../../../core/incident/delivery";
import { incidentState } from "../../../core/incident/incidentState";
import { roleProblems } from "../../../core/incident/roles";
import { type IssueFacts, issueFacts } from "../../../core/issue/issueFacts";
import { isBroken } from "../../../core/markup/checklistRegion";
import { issueNumber } from "../../../core/markup/issueFile";
import type { Checklist } from "../../../core/model/checklist";
import { type Desk, rolePeople } from "../../../core/model/desk";
import type { Instant, Issue, IssueSnapshot } from "../../../core/model/issue";
import { formatRef, type IssueRef, sameRef } from "../../../core/model/issueRef";
import type { MarkdownContent } from "../../../core/model/markdownBlocks";
import { type InlineSpan, plainText } from "../../../core/model/markdownDocument";
import { partsOf, type PendingOperation } from "../../../core/model/operation";
import type { LinkedPullRequest } from "../../../core/model/relations";
import type { Runbook } from "../../../core/model/runbook";
import type { Holders } from "../../../core/model/shift";
import type { TimelineEvent } from "../../../core/model/timelineEvent";
import type { ResponseClock } from "../../../core/response/responseClock";
import { urgenciesOf, type Urgency } from "../../../core/response/urgency";
import { stepCommands } from "../../../core/runbook/stepCommands";
import type { Banner, Button, IssueAction, IssueContent, IssueState, IssueSubject } from "../../../protocol/issue";
import type { IssueLabels } from "../../../protocol/issueLabels";
import type { TimelineState } from "../../../protocol/issueTimeline";
import type { MarkdownLabels } from "../../../protocol/markdown";
import { fill } from "../../../protocol/fill";
import { changeLines } from "../../ui/changeLines";
import { formatAnyOf } from "../../ui/format";
import type { FullUrgency } from "../../ui/urgencyLabels";
import { buildChecklistView } from "./checklistView";
import { issueHead } from "./issueHead";
import { type FindIssue, issueFinder } from "../shared/links";

/** What the page of an issue is built from. */
export interface IssueInput {
  readonly subject: IssueSubject;
  readonly desk: Desk;
  readonly now: Instant;
  /** The business time of the desk. */
  readonly time: BusinessTime;
  readonly snapshot: IssueSnapshot | undefined;
  /** Called for each other issue that is shown. */
  readonly watchedIssues?: (ref: IssueRef) => void;
  /** What the issue is now, if it was transferred. */
  readonly transferredTo?: IssueRef;
  /** Why the last read failed, and whether signing in would fix it. */
  readonly failure: { readonly text: string; readonly signIn: boolean } | undefined;
  readonly pending: readonly PendingOperation[];
  /** Updates that are not complete. */
  readonly deliveries: readonly Delivery[];
  readonly writable: boolean;
  readonly me: string | undefined;
  readonly language: string;
  readonly labels: IssueLabels;
  /** The current runbook of the shown checklist. */
  readonly runbook: Runbook | undefined;
  /** The runbooks and sections that its steps link to, by the paths in the links. */
  readonly procedures: ReadonlyMap<string, { readonly path: string; readonly title: string }>;
  readonly holders: Holders;
  readonly readInline: (text: string) => readonly InlineSpan[];
  readonly readBlocks: (markdown: string) => MarkdownContent;
  readonly markdown: MarkdownLabels;
  readonly clockOf: (issue: Issue) => ResponseClock;
  readonly formatUrgency: (urgency: Urgency) => FullUrgency;
  readonly pullRequests: readonly LinkedPullRequest[];
  readonly timelineOf: (issue: Issue, facts: IssueFacts) => TimelineState;
  /** The events of the issue, if approvals are comments too, once they are read. */
  readonly approvals?: readonly TimelineEvent[] | undefined;
  /** The commands that exist. */
  readonly commands: ReadonlySet<string>;
  /** Changes when the page is to show its checklist. */
  readonly goTo?: string;
  /** Why the file of an issue cannot be read, as the end of a sentence. */
  readonly brokenReason: (path: string) => string;
}

/** What the page shows of an issue, its timeline, and one of its checklists. */
export function issueState(input: IssueInput): IssueState {
  const { labels, subject, snapshot } = input;
  const issue = snapshot?.issues.find(({ ref }) => sameRef(ref, subject.ref));
  const shown = issue === undefined ? { banners: [], content: withoutIssue(input) } : withIssue(input, issue, noted(issueFinder(snapshot?.issues ?? []), input.watchedIssues));
  const untrusted: Banner[] = input.writable ? [] : [{ tone: "warning", text: labels.untrusted, details: [], buttons: [button(labels.manageTrust, "shield", { kind: "trust" })] }];
  return {
    language: input.language,
    timezone: input.desk.timezone,
    labels,
    markdown: input.markdown,
    ...(input.goTo === undefined ? {} : { goTo: input.goTo }),
    ...(input.me === undefined ? {} : { me: input.me }),
    readonly: !input.writable,
    banners: [...untrusted, ...shown.banners],
    content: shown.content,
  };
}

function noted(find: FindIssue, watchedIssues: IssueInput["watchedIssues"]): FindIssue {
  if (watchedIssues === undefined) return find;
  return (ref) => {
    watchedIssues(ref);
    return find(ref);
  };
}

/** The checklist to show: the requested one, else the latest that is not complete, else the latest. */
export function shownChecklist(checklists: readonly Checklist[], asked: string | undefined): Checklist | undefined {
  const unfinished = (checklist: Checklist): boolean => {
    const { done, total } = progress(checklist);
    return done < total;
  };
  return checklists.find(({ id }) => id === asked) ?? checklists.findLast(unfinished) ?? checklists.at(-1);
}

function withoutIssue({ labels, subject, snapshot, transferredTo, failure, brokenReason }: IssueInput): IssueContent {
  const name = formatRef(subject.ref, subject.ref.repository);
  const refresh = button(labels.refresh, "refresh", { kind: "refresh" });
  if (failure !== undefined) return { kind: "unavailable", title: labels.failedTitle, text: failure.text, buttons: [mending(failure, labels)] };
  if (snapshot === undefined) return { kind: "loading" };
  const broken = snapshot.broken.find(({ path }) => issueNumber(path.split("/").at(-1) ?? "") === subject.ref.number);
  if (broken === undefined && transferredTo !== undefined) {
    const to = formatRef(transferredTo, subject.ref.repository);
    return { kind: "unavailable", title: fill(labels.transferred, name), text: fill(labels.transferredText, to), buttons: [button(fill(labels.openTransferred, to), "issues", { kind: "openIssue", ref: transferredTo }), refresh] };
  }
  if (broken === undefined) return { kind: "unavailable", title: fill(labels.gone, name), text: labels.goneText, buttons: [refresh] };
  return {
    kind: "unavailable",
    title: fill(labels.broken, name),
    text: fill(labels.brokenText, broken.path, brokenReason(broken.path)),
    buttons: [button(labels.openFile, "go-to-file", { kind: "openFile", path: broken.path }), refresh],
  };
}

function withIssue(input: IssueInput, issue: Issue, find: FindIssue): { readonly banners: readonly Banner[]; readonly content: IssueContent } {
  const { desk, labels, subject, runbook } = input;
  const facts = issueFacts(issue, desk);
  const clock = input.clockOf(issue);
  const checklist = shownChecklist(facts.checklists, subject.run);
  const view =
    checklist === undefined
      ? undefined
      : buildChecklistView({
          desk, ref: issue.ref, facts, find, checklist, runbook, labels,
          procedures: input.procedures,
          me: input.me,
          commands: runbook === undefined ? new Map() : stepCommands(runbook),
          readonly: !input.writable,
          readInline: input.readInline,
          anyOf: (logins) => formatAnyOf(logins, input.language),
          approvals: input.approvals,
          pending: pendingSteps(input.pending, issue, checklist),
        });
  return {
    banners: [...staleBanners(input), ...roleBanners(input, issue), ...markBanners(issue, labels), ...(checklist === undefined || issue.state === "closed" ? [] : runbookBanners(checklist, input))],
    content: {
      kind: "issue",
      issue: issueHead({
        desk, issue, facts, find, labels, clock,
        writable: input.writable,
        urgencies: urgenciesOf(clock, input.time, input.now),
        formatUrgency: input.formatUrgency,
        pullRequests: input.pullRequests,
        timeline: input.timelineOf(issue, facts),
        waiting: waitingAudiences(issue.ref, input.pending, input.deliveries),
        commands: input.commands,
        description: input.readBlocks(issue.body),
      }),
      checklists: facts.checklists.map((one) => ({ id: one.id, title: one.title, ...progress(one) })),
      ...(view === undefined ? {} : { run: view }),
    },
  };
}

/** Warns about holders of roles in the incident who may not be there. */
function roleBanners({ desk, labels, now, holders, writable }: IssueInput, issue: Issue): readonly Banner[] {
  return roleProblems(desk, incidentState(desk, issue), now, holders).map(({ role, login, code }) => ({
    tone: "warning",
    text: fill(code === "away" ? labels.roleAway : labels.roleOffShift, role, login),
    details: [],
    buttons: [{ ...button(labels.assignRole, "person-add", { kind: "run", command: "issue.assignRole", role }), disabled: !writable }],
  }));
}

function staleBanners({ failure, labels }: IssueInput): readonly Banner[] {
  return failure === undefined ? [] : [{ tone: "warning", text: fill(labels.stale, failure.text), details: [], buttons: [mending(failure, labels)] }];
}

function mending({ signIn }: { readonly signIn: boolean }, labels: IssueLabels): Button {
  return signIn ? button(labels.signIn, "account", { kind: "signIn" }) : button(labels.refresh, "refresh", { kind: "refresh" });
}

function markBanners(issue: Issue, labels: IssueLabels): readonly Banner[] {
  if (!isBroken(issue.body, issue.ref.repository)) return [];
  return [{ tone: "error", text: labels.brokenMarks, details: [], buttons: [button(labels.openSource, "go-to-file", { kind: "openSource", ref: issue.ref })] }];
}

function runbookBanners(checklist: Checklist, { desk, runbook, labels, holders, readInline, writable }: IssueInput): readonly Banner[] {
  if (runbook === undefined) return [{ tone: "warning", text: fill(labels.runbookGone, checklist.runbook), details: [], buttons: [] }];
  if (runbook.revision === checklist.revision) return [];
  const changes = compareChecklists(checklist, freshChecklist(checklist, runbook, holders, rolePeople(desk)));
  const open = button(labels.openRunbook, "book", { kind: "openRunbook", path: checklist.runbook });
  const updateButton: Button = { label: labels.updateFromRunbook, icon: "git-pull-request", action: { kind: "updateFromRunbook", run: checklist.id }, disabled: !writable };
  return [{ tone: "information", text: labels.runbookChanged, details: changeLines(changes, labels, (text) => plainText(readInline(text))), buttons: [updateButton, open] }];
}

function pendingSteps(pending: readonly PendingOperation[], issue: Issue, checklist: Checklist): ReadonlySet<string> {
  return new Set(
    pending.flatMap(partsOf).flatMap(({ operation }) => {
      if (operation.kind !== "edit" || !sameRef(operation.ref, issue.ref)) return [];
      const { change } = operation;
      if ((change.kind === "markStep" || change.kind === "showEvidence" || change.kind === "giveStep") && change.run === checklist.id) return [change.step];
      return change.kind === "choose" && change.run === checklist.id ? [change.option] : [];
    }),
  );
}

function button(label: string, icon: string, action: IssueAction): Button {
  return { label, icon, action, disabled: false };
}
