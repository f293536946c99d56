import type { Desk, DeskProblemCode } from "../../core/desk/desk";
import { rotationsOf } from "../../core/desk/roles";
import type { BusinessTime } from "../../core/duty/businessTime";
import type { ClosingsProblem } from "../../core/duty/closing";
import { holdingAt, nextTurns, turnAt } from "../../core/duty/rotation";
import { sameLogin } from "../../core/desk/sameLogin";
import type { HandoffTurn } from "../../core/handoff/handoffTurn";
import { waitingHandoffs } from "../../core/handoff/waitingHandoffs";
import type { Instant, Issue } from "../../core/issue/issue";
import { refKey } from "../../core/issue/issueRef";
import type { Problem } from "../../core/problem";
import { progress } from "../../core/runbook/marking";
import type { ChecklistTime, Runbook } from "../../core/runbook/runbook";
import type { StoreNow } from "../stores/store";
import { checklistDay } from "./checklistDay";
import { findChecklist } from "./findChecklist";
import type { ChecklistNode, DeskNode, GroupNode } from "./node";
import { calendarNodes, rotaGroups, type RotaScene } from "./rotaNodes";

export interface DutyScene {
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
  /** An instant as a person reads it in the desk's time zone. */
  readonly say: (at: Instant) => string;
  readonly checklistsTitle: string;
  readonly calendarProblems: readonly ClosingsProblem[];
  readonly rotaTitles: RotaScene["titles"];
  /** Issues that it is now for the person at the keyboard to see to, those that take at most half a day, and earlier checklists with open steps; without rows there is no such group. */
  readonly needed: Omit<GroupNode, "kind" | "id" | "count">;
  readonly leftOpen: Omit<GroupNode, "kind" | "id" | "count">;
  readonly lowHanging: Omit<GroupNode, "kind" | "id" | "count">;
  /** The turn of mine that ends soon and is not handed off. */
  readonly ending?: HandoffTurn;
}

/** What the primary wants to see at eight: who is on duty, whether the desk is open, and the checklists of the day. */
export function dutyNodes(scene: DutyScene): readonly DeskNode[] {
  return [
    ...problemNodes(scene),
    ...calendarNodes(scene.calendarProblems),
    ...pendingNodes(scene),
    ...handoffNodes(scene),
    ...turnNodes(scene),
    ...hoursNodes(scene),
    meNode(scene),
    ...groupOf("needed", scene.needed),
    ...checklistGroup(scene),
    ...groupOf("leftOpen", scene.leftOpen),
    ...groupOf("lowHanging", scene.lowHanging),
    ...rotaGroups({ ...scene, titles: scene.rotaTitles }),
  ];
}

function groupOf(id: string, group: DutyScene["needed"]): readonly DeskNode[] {
  return group.children.length === 0 ? [] : [{ kind: "group", id, ...group, count: group.children.length }];
}

function problemNodes({ path, problems, stale }: DutyScene): readonly DeskNode[] {
  const serious = problems.filter((problem) => problem.severity !== "information");
  if (path === undefined || (serious.length === 0 && !stale)) return [];
  return [{ kind: "problem", id: "problem", path, line: serious[0]?.range.startLine ?? 0, stale, count: serious.length }];
}

function pendingNodes({ pending }: DutyScene): readonly DeskNode[] {
  return pending === 0 ? [] : [{ kind: "pending", id: "pending", count: pending }];
}

function handoffNodes({ issues, desk, me, ending, say }: DutyScene): readonly DeskNode[] {
  const waiting = waitingHandoffs(issues, desk).map(({ issue: { ref }, handoff: { outgoing, incoming, items } }): DeskNode => {
    return { kind: "handoff", id: `handoff:${refKey(ref)}`, ref, outgoing, incoming, mine: sameLogin(incoming, me ?? ""), count: items.length };
  });
  if (ending === undefined) return waiting;
  return [...waiting, { kind: "handoffDue", id: "handoffDue", ...(ending.incoming === undefined ? {} : { incoming: ending.incoming }), until: say(ending.to) }];
}

function turnNodes({ desk, path, now, me, say }: DutyScene): readonly DeskNode[] {
  const rotations = rotationsOf(desk);
  const [first] = rotations;
  if (first === undefined) return [{ kind: "noRotation", id: "noRotation", hasDesk: path !== undefined }];
  const turn = turnAt(desk, now);
  const [next] = nextTurns(desk, now, 1);
  const holdings = holdingAt(desk, now);
  const current = rotations.flatMap(({ roles }) =>
    roles.flatMap((role): readonly DeskNode[] => {
      const { login, to } = holdings[role] ?? { login: undefined, to: first.roles.includes(role) ? turn?.to : undefined };
      if (to === undefined) return [];
      const { name, email, phone } = desk.people.find((person) => sameLogin(person.login, login ?? "")) ?? {};
      return [
        {
          kind: "duty",
          id: `duty:${role}`,
          role,
          ...(login === undefined ? {} : { login }),
          ...(name === undefined ? {} : { name }),
          ...(email === undefined ? {} : { email }),
          ...(phone === undefined ? {} : { phone }),
          mine: login !== undefined && sameLogin(login, me ?? ""),
          until: say(to),
        },
      ];
    }),
  );
  const following: readonly DeskNode[] =
    next === undefined
      ? []
      : [{ kind: "nextTurn", id: "nextTurn", from: say(next.from), holders: first.roles.flatMap((role) => (next.holders[role] === undefined ? [] : [{ role, login: next.holders[role] }])) }];
  return [...current, ...following];
}

function hoursNodes({ desk, now, time, say }: DutyScene): readonly DeskNode[] {
  if (desk.hours.length === 0) return [];
  const { open, until } = time.openAt(now);
  return [{ kind: "hours", id: "hours", open, ...(until === undefined ? {} : { until: say(until) }) }];
}

function meNode({ me, store }: DutyScene): DeskNode {
  return { kind: "me", id: "me", ...(me === undefined ? {} : { login: me }), store };
}

function checklistGroup(scene: DutyScene): readonly DeskNode[] {
  const order: readonly ChecklistTime[] = ["start-of-turn", "start-of-day", "during-day", "end-of-day", "end-of-turn"];
  const children = order.flatMap((when) => scene.runbooks.filter((runbook) => runbook.details.when === when).map((runbook) => checklistNode(scene, runbook, when)));
  return children.length === 0 ? [] : [{ kind: "group", id: "checklists", title: scene.checklistsTitle, count: children.length, children }];
}

function checklistNode({ desk, issues, now }: DutyScene, runbook: Runbook, when: ChecklistTime): ChecklistNode {
  const found = findChecklist(issues, desk, runbook, checklistDay(desk, when, now));
  const run = found?.runs.find((each) => each.runbook === runbook.path);
  return {
    kind: "checklist",
    id: `checklist:${runbook.path}`,
    path: runbook.path,
    title: runbook.title,
    when,
    ...(runbook.details.role === undefined ? {} : { role: runbook.details.role }),
    ...(run === undefined ? {} : { progress: progress(run) }),
    ...(found === undefined ? {} : { ref: found.issue.ref }),
  };
}
