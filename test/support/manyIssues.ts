import { renderChecklist } from '../../src/core/markup/checklistRegion';
import type { FakeGithub } from './fakeGithub/fakeGithub';
import { sampleChecklist, step } from './sampleChecklist';

/** Five repositories that contain all issues of a desk. */
export const manyRepositories = ["acme/incidents", "acme/requests", "acme/engine", "acme/portal", "acme/docs"] as const;

/** A desk with kinds in these repositories. */
export const manyDesk = `team: Test
kinds:
  incident: { repository: acme/incidents, label: incident, prefix: "[INCIDENT]" }
  request: { repository: acme/requests, label: request, prefix: "[REQUEST]" }
  issue: { repositories: [acme/engine, acme/portal, acme/docs] }
priorities:
  high: { label: "priority: high" }
  normal: { label: "priority: normal" }
stages: [To do, In progress, Done]
people: [{ login: ana }, { login: ben }, { login: cho }]
`;

const areas = ["sign-in", "search", "export", "billing", "maps", "mail", "reports", "uploads"];

const signs = ["is slow", "shows a white page", "loses the last change", "answers with an error", "cannot be reached"];

const people = ["ana", "ben", "cho", "dee", "eli", "fay"];

const kinds: Readonly<Record<string, string>> = { "acme/incidents": "incident", "acme/requests": "request" };

const minute = 60_000;

/** Fills each repository with open issues of the last months, newest last. Every fifth has a checklist in progress. */
export function openMany(github: FakeGithub, each: number, now: () => number = Date.now): void {
  for (const repository of manyRepositories) {
    github.addRepository(repository);
    for (let number = 1; number <= each; number += 1) {
      github.setNow(() => now() - (each - number + 10) * 97 * minute);
      github.repository(repository).open(draftOf(repository, number), people[number % people.length] ?? "ana");
    }
  }
  github.setNow(now);
}

function draftOf(repository: string, number: number): { readonly title: string; readonly body: string; readonly labels: readonly string[]; readonly assignees: readonly string[] } {
  const kind = kinds[repository];
  const prefix = kind === undefined ? "" : `[${kind.toUpperCase()}] `;
  return {
    title: `${prefix}${areas[number % areas.length] ?? ""} ${signs[number % signs.length] ?? ""} (${number})`,
    body: number % 5 === 0 ? `${report(number)}\n\n${checklist(number, repository)}\n` : report(number),
    labels: [...(kind === undefined ? [] : [kind]), number % 10 === 0 ? "priority: high" : "priority: normal", ...(number % 4 === 0 ? ["stage: In progress"] : []), "reviewed"],
    assignees: number % 7 === 0 ? [] : [people[number % people.length] ?? "ana"],
  };
}

/** A text of realistic length: a thousand characters. */
function report(number: number): string {
  const line = `Since this morning customer ${number} sees it with every second try, on two machines, with the newest and with the former version. `;
  return `### What happened\n\n${line.repeat(4)}\n\n### What we tried\n\n- cleared the cache\n- another browser\n- another account\n\n### What else\n\n${line.repeat(2)}`;
}

function checklist(number: number, repository: string): string {
  const steps = Array.from({ length: 12 }, (_, index) =>
    step(`s${index + 1}`, { text: `Look at part ${index + 1} of the system and write down what it says`, ...(index < number % 12 ? { mark: { kind: "done", by: "ana", at: "2026-11-20T16:10:00Z" } as const } : {}) }),
  );
  return renderChecklist(sampleChecklist(steps), repository);
}
