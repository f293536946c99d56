import type { Desk } from "../model/desk";
import { hasName } from "../model/names";

const stage = /^stage:\s*([^]*)$/i;

const service = /^service:\s*([^]*)$/i;

/** The label of a stage, such as `stage: In progress`. */
export function stageLabel(name: string): string {
  return `stage: ${name}`;
}

/** The label of a service, such as `service: Portal`. */
export function serviceLabel(name: string): string {
  return `service: ${name}`;
}

const environment = /^environment:\s*([^]*)$/i;

/** The label of an environment, such as `environment: Production`. */
export function environmentLabel(name: string): string {
  return `environment: ${name}`;
}

/** The environments that the labels name, in order. */
export function readEnvironments(labels: readonly string[]): readonly string[] {
  return labels.map((label) => environment.exec(label)?.[1]?.trim() ?? "").filter((name) => name !== "");
}

/** The label of a test incident. It notifies nobody and is excluded from metrics. */
export const testLabel = "test";

/** The label of an incident that was entered after it was over. It notifies nobody. */
export const backfilledLabel = "backfilled";

/** The label of issues for action items of post-mortems. */
export const actionLabel = "post-mortem action";

export function hasTestLabel(labels: readonly string[]): boolean {
  return hasName(labels, testLabel);
}

export function hasBackfilledLabel(labels: readonly string[]): boolean {
  return hasName(labels, backfilledLabel);
}

/** Whether nothing is ever due on an issue, so that nobody is reminded of it: it is a test or was entered afterwards. */
export function alarmsNobody(labels: readonly string[]): boolean {
  return hasTestLabel(labels) || hasBackfilledLabel(labels);
}

/** Those of the labels that name a stage. */
export function stageLabels(labels: readonly string[]): readonly string[] {
  return labels.filter((label) => stage.test(label));
}

/** The stage that the labels name, in the label's spelling. */
export function readStage(labels: readonly string[]): string | undefined {
  return labels.map((label) => stage.exec(label)?.[1]?.trim()).find((name) => name !== undefined && name !== "");
}

/** The services that the labels name, in order. */
export function readServices(labels: readonly string[]): readonly string[] {
  return labels.map((label) => service.exec(label)?.[1]?.trim() ?? "").filter((name) => name !== "");
}

/** Labels defined by the desk, followed by other labels of its issues. */
export function deskLabels(desk: Desk, onIssues: readonly string[]): readonly string[] {
  const own = [...desk.kinds.flatMap((kind) => kind.label ?? []), ...desk.priorities.map((priority) => priority.label), ...desk.stages.map(stageLabel), ...desk.services.map(serviceLabel), ...desk.environments.map(environmentLabel), ...desk.severities];
  return [...new Set([...own, ...[...onIssues].sort()])];
}
