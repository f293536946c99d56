import { kindLabel } from "../issue/issueFacts";
import { readServices, readStage, serviceLabel, stageLabel } from "../markup/labels";
import type { Desk } from "../model/desk";
import { ownKinds } from "../model/issue";
import { hasName, sameName } from "../model/names";
import type { DeskHistory } from "./deskHistory";
import type { NameHistory, NameSpan } from "./nameSpans";

/** A label that an issue had for some time, with the name that it had before it was renamed on the server. */
export interface LabelSpan extends NameSpan {
  readonly former?: string;
}

interface LabelHistory {
  readonly spans: readonly LabelSpan[];
  readonly unexplained: readonly string[];
  readonly isRenamed: boolean;
}

/**
 * Finds labels that were renamed on the server. No event says so: the issue and later events have the new name, earlier events the
 * old one. So a label that was added under one name and is not there any more, and one of the same meaning that is there without
 * having been added, are the same. If that could be several, or if a desk.yml has both, nothing is joined.
 */
export function joinRenamed({ spans, unexplained }: NameHistory, desks: DeskHistory): LabelHistory {
  const gone = spans.filter(({ name, to }) => to === Infinity && unexplained.includes(name));
  if (gone.length === 0) return { spans, unexplained, isRenamed: false };
  const left = new Set(gone);
  const formerOf = new Map<NameSpan, NameSpan>();
  for (const span of spans.filter(({ from }) => from === -Infinity).toSorted((a, b) => a.to - b.to)) {
    const [former, ...others] = [...left].filter((one) => one.from < span.to && isSameLabel(one.name, span.name, desks));
    if (former === undefined || others.length > 0) continue;
    left.delete(former);
    formerOf.set(span, former);
  }
  const joined = new Set(formerOf.values());
  return {
    spans: spans.flatMap((span): readonly LabelSpan[] => {
      const former = formerOf.get(span);
      return joined.has(span) ? [] : [former === undefined ? span : { ...span, from: former.from, former: former.name }];
    }).toSorted((a, b) => a.from - b.from),
    unexplained: unexplained.filter((name) => ![...joined].some((span) => span.name === name)),
    isRenamed: joined.size > 0,
  };
}

/** Whether two labels can be one that was renamed. */
function isSameLabel(a: string, b: string, { versions }: DeskHistory): boolean {
  const meaning = meaningOf(a, versions.map(({ desk }) => desk));
  return meaning !== undefined && meaning === meaningOf(b, versions.map(({ desk }) => desk)) && !versions.some(({ desk }) => hasName(labelsOf(desk), a) && hasName(labelsOf(desk), b));
}

/** What a label says about an issue, if figures depend on it and a desk.yml can name it. */
export function meaningOf(label: string, desks: readonly Desk[]): "stage" | "service" | "priority" | "severity" | "kind" | undefined {
  if (readStage([label]) !== undefined) return "stage";
  if (readServices([label]).length > 0) return "service";
  if (desks.some(({ priorities }) => priorities.some((one) => sameName(one.label, label)))) return "priority";
  if (desks.some(({ severities }) => hasName(severities, label))) return "severity";
  return hasName(ownKinds, label) || desks.some(({ kinds }) => kinds.some((kind) => sameName(kindLabel(kind), label))) ? "kind" : undefined;
}

function labelsOf({ stages, services, priorities, severities, kinds }: Desk): readonly string[] {
  return [...stages.map(stageLabel), ...services.map(serviceLabel), ...priorities.map(({ label }) => label), ...severities, ...kinds.map(kindLabel)];
}
