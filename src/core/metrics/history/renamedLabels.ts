import { readServices, readStage } from "../../markup/labels";
import { ownKinds } from "../../model/issue";
import { hasName } from "../../model/names";
import { compareTexts } from "../../model/sorting";
import type { DeskHistory } from "./deskHistory";
import type { DeskNames } from "./deskNames";
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
  const missing = new Set(unexplained);
  const gone = spans.filter(({ name, to }) => to === Infinity && missing.has(name));
  if (gone.length === 0) return { spans, unexplained, isRenamed: false };
  const left = new Map<string | undefined, Set<NameSpan>>();
  for (const span of gone) {
    const meaning = meaningOf(span.name, desks);
    left.set(meaning, (left.get(meaning) ?? new Set()).add(span));
  }
  const formerOf = new Map<NameSpan, NameSpan>();
  const begun = spans.filter(({ from }) => from === -Infinity).toSorted((a, b) => (a.to === b.to ? 0 : a.to - b.to));
  for (const span of begun) {
    const meaning = meaningOf(span.name, desks);
    const same = meaning === undefined ? undefined : left.get(meaning);
    const former = onlyOne([...(same ?? [])], (one) => one.from < span.to && !desks.names.haveBoth(one.name, span.name));
    if (former === undefined || onlyOne(begun, (one) => one.to === span.to && meaningOf(one.name, desks) === meaning && !desks.names.haveBoth(former.name, one.name)) === undefined) continue;
    same?.delete(former);
    formerOf.set(span, former);
  }
  const joined = new Set(formerOf.values());
  const found = new Set([...joined].map(({ name }) => name));
  return {
    spans: spans.flatMap((span): readonly LabelSpan[] => {
      const former = formerOf.get(span);
      return joined.has(span) ? [] : [former === undefined ? span : { ...span, from: former.from, former: former.name }];
    }).toSorted((a, b) => (a.from === b.from ? compareTexts(a.name, b.name) : a.from - b.from)),
    unexplained: unexplained.filter((name) => !found.has(name)),
    isRenamed: joined.size > 0,
  };
}

/** The value that fits, if there is exactly one. */
function onlyOne<T>(all: readonly T[], fits: (one: T) => boolean): T | undefined {
  const first = all.findIndex(fits);
  return all.some((one, index) => index > first && fits(one)) ? undefined : all[first];
}

/** What a label says about an issue, if figures depend on it and a desk.yml can name it. */
export function meaningOf(label: string, { names }: Pick<DeskHistory, "names">): "stage" | "service" | "priority" | "severity" | "kind" | undefined {
  if (readStage([label]) !== undefined) return "stage";
  if (readServices([label]).length > 0) return "service";
  if (names.newestWith("priorityLabels", [label]) !== undefined) return "priority";
  if (names.newestWith("severities", [label]) !== undefined) return "severity";
  return isKindLabel(label, names) ? "kind" : undefined;
}

/** Whether the kind of an issue depends on a label. */
export function isKindLabel(label: string, names: DeskNames): boolean {
  return hasName(ownKinds, label) || names.newestWith("kindLabels", [label]) !== undefined;
}
