import type { BusinessTime } from "../../core/calendar/businessTime";
import type { CalendarProblem } from "../../core/calendar/holidays";
import { progress } from "../../core/checklist/marking";
import type { HandoffShift } from "../../core/handoff/handoffDue";
import { pendingHandoffs } from "../../core/handoff/handoffIssues";
import { type Desk, type DeskProblemCode, rotationsOf } from "../../core/model/desk";
import type { Instant, Issue } from "../../core/model/issue";
import { refKey } from "../../core/model/issueRef";
import { sameLogin } from "../../core/model/names";
import type { Problem } from "../../core/model/problem";
import type { ChecklistTime, Runbook } from "../../core/model/runbook";
import { holdingAt, nextShift, shiftAt } from "../../core/oncall/rotation";
import type { StoreNow } from "../app/store/store";
import { checklistDay, findChecklist } from "../../core/oncall/roleChecklist";
import type { ChecklistNode, DeskNode, GroupNode } from "./node";
import { calendarNodes, type ScheduleContext, scheduleGroups } from "./scheduleNodes";

export interface OnCallContext {
  readonly desk: Desk;
  readonly path?: string;
  readonly problems: readonly Problem<DeskProblemCode>[];
  readonly stale: boolean;
  readonly issues: readonly Issue[];
  readonly runbooks: readonly Runbook[];
  readonly me?: string;
  readonly store: StoreNow;
  readonly now: Instant;
  readonly pending: number;
  readonly time: BusinessTime;
  /** Formats an instant in the desk's time zone. */
  readonly formatInstant: (at: Instant) => string;
  readonly checklistsTitle: string;
  readonly calendarProblems: readonly CalendarProblem[];
  readonly scheduleTitles: ScheduleContext["titles"];
  /** Issues that need the current user now, small issues, and earlier checklists with open steps. A group without rows is not shown. */
  readonly needed: Omit<GroupNode, "kind" | "id" | "count">;
  /** Overdue action items of post-mortems that the current user owns. */
  readonly ownActions: Omit<GroupNode, "kind" | "id" | "count">;
  readonly leftOpen: Omit<GroupNode, "kind" | "id" | "count">;
  readonly lowHanging: Omit<GroupNode, "kind" | "id" | "count">;
  /** The shift of the current user that ends soon and is not handed off. */
  readonly ending?: HandoffShift;
}

/** The rows of the On Call view: who is on call, whether the desk is open, and the checklists of the day. */
export function onCallNodes(context: OnCallContext): readonly DeskNode[] {
  return [
    ...problemNodes(context),
    ...calendarNodes(context.calendarProblems),
    ...pendingNodes(context),
    ...handoffNodes(context),
    ...shiftNodes(context),
    ...hoursNodes(context),
    meNode(context),
    ...groupOf("needed", context.needed),
    ...checklistGroup(context),
    ...groupOf("ownActions", context.ownActions),
    ...groupOf("leftOpen", context.leftOpen),
    ...groupOf("lowHanging", context.lowHanging),
    ...scheduleGroups({ ...context, titles: context.scheduleTitles }),
  ];
}

function groupOf(id: string, group: OnCallContext["needed"]): readonly DeskNode[] {
  return group.children.length === 0 ? [] : [{ kind: "group", id, ...group, count: group.children.length }];
}

function problemNodes({ path, problems, stale }: OnCallContext): readonly DeskNode[] {
  const serious = problems.filter((problem) => problem.severity !== "information");
  if (path === undefined || (serious.length === 0 && !stale)) return [];
  return [{ kind: "problem", id: "problem", path, line: serious[0]?.range.startLine ?? 0, stale, count: serious.length }];
}

function pendingNodes({ pending }: OnCallContext): readonly DeskNode[] {
  return pending === 0 ? [] : [{ kind: "pending", id: "pending", count: pending }];
}

function handoffNodes({ issues, desk, me, ending, formatInstant }: OnCallContext): readonly DeskNode[] {
  const waiting = pendingHandoffs(issues, desk).map(({ issue: { ref }, handoff: { outgoing, incoming, items } }): DeskNode => {
    return { kind: "handoff", id: `handoff:${refKey(ref)}`, ref, outgoing, incoming, isMine: sameLogin(incoming, me ?? ""), count: items.length };
  });
  if (ending === undefined) return waiting;
  return [...waiting, { kind: "handoffDue", id: "handoffDue", ...(ending.incoming === undefined ? {} : { incoming: ending.incoming }), until: formatInstant(ending.to) }];
}

function shiftNodes({ desk, path, now, me, formatInstant }: OnCallContext): readonly DeskNode[] {
  const rotations = rotationsOf(desk);
  const [first] = rotations;
  if (first === undefined) return [{ kind: "noRotation", id: "noRotation", hasDesk: path !== undefined }];
  const shift = shiftAt(desk, now);
  const next = nextShift(desk, now);
  const nextRoles = rotations.find(({ name }) => name === next?.rotation)?.roles ?? [];
  const holdings = holdingAt(desk, now);
  const current = rotations.flatMap(({ roles }) =>
    roles.flatMap((role): readonly DeskNode[] => {
      const { login, to } = holdings[role] ?? { login: undefined, to: first.roles.includes(role) ? shift?.to : undefined };
      if (to === undefined) return [];
      const { name, email, phone } = desk.people.find((person) => sameLogin(person.login, login ?? "")) ?? {};
      return [
        {
          kind: "onCall",
          id: `onCall:${role}`,
          role,
          ...(login === undefined ? {} : { login }),
          ...(name === undefined ? {} : { name }),
          ...(email === undefined ? {} : { email }),
          ...(phone === undefined ? {} : { phone }),
          isMine: login !== undefined && sameLogin(login, me ?? ""),
          until: formatInstant(to),
        },
      ];
    }),
  );
  const following: readonly DeskNode[] =
    next === undefined
      ? []
      : [{ kind: "nextShift", id: "nextShift", from: formatInstant(next.from), holders: nextRoles.flatMap((role) => (next.holders[role] === undefined ? [] : [{ role, login: next.holders[role] }])) }];
  return [...current, ...following];
}

function hoursNodes({ desk, now, time, formatInstant }: OnCallContext): readonly DeskNode[] {
  if (desk.hours.length === 0) return [];
  const { open, until } = time.openAt(now);
  return [{ kind: "hours", id: "hours", open, ...(until === undefined ? {} : { until: formatInstant(until) }) }];
}

function meNode({ me, store }: OnCallContext): DeskNode {
  return { kind: "me", id: "me", ...(me === undefined ? {} : { login: me }), store };
}

function checklistGroup(context: OnCallContext): readonly DeskNode[] {
  const order: readonly ChecklistTime[] = ["start-of-shift", "start-of-day", "during-day", "end-of-day", "end-of-shift"];
  const children = order.flatMap((when) => context.runbooks.filter((runbook) => runbook.details.when === when).map((runbook) => checklistNode(context, runbook, when)));
  return children.length === 0 ? [] : [{ kind: "group", id: "checklists", title: context.checklistsTitle, count: children.length, children }];
}

function checklistNode({ desk, issues, now }: OnCallContext, runbook: Runbook, when: ChecklistTime): ChecklistNode {
  const found = findChecklist(issues, desk, runbook, checklistDay(desk, when, now));
  const checklist = found?.checklists.find((each) => each.runbook === runbook.path);
  return {
    kind: "checklist",
    id: `checklist:${runbook.path}`,
    path: runbook.path,
    title: runbook.title,
    when,
    ...(runbook.details.role === undefined ? {} : { role: runbook.details.role }),
    ...(checklist === undefined ? {} : { progress: progress(checklist) }),
    ...(found === undefined ? {} : { ref: found.issue.ref }),
  };
}
