import { type Desk, openRepositories } from "../../../core/model/desk";
import type { IssueRef, Repository } from "../../../core/model/issueRef";
import type { IssueTemplate } from "../../../core/model/runbook";
import { type FilledTemplate, fillTemplate } from "../../../core/runbook/templates";
import type { LinkOrigin } from "./linkOrigin";
import { titleFromText } from "./linkedState";

/** A kind or template that can be created, in one or several repositories. */
export interface SetChoice {
  readonly id: string;
  readonly kind: string;
  readonly template?: IssueTemplate;
  /** Whether the step mentions it. */
  readonly asked: boolean;
}

/** The edits of one issue before it is created. */
export interface MemberEdit {
  readonly title?: string;
  readonly body?: string;
  readonly excluded?: boolean;
}

/** The answers so far about several linked issues. */
export interface SetState {
  /** `none`: the issues have no parent. */
  readonly parent: IssueRef | "none" | undefined;
  readonly chosen: readonly SetChoice[];
  /** The selected repositories of kinds that have several. */
  readonly repositories: readonly { readonly id: string; readonly repository: Repository }[];
  readonly values: Readonly<Record<string, string>>;
  readonly edits: Readonly<Record<string, MemberEdit>>;
}

/** One issue to create. */
export interface SetMember {
  readonly id: string;
  readonly choice: SetChoice;
  readonly repository: Repository | undefined;
  readonly filled: FilledTemplate | undefined;
  readonly title: string;
  readonly body: string;
  readonly excluded: boolean;
}

/** What can be created at an origin: its templates, the kinds that its step mentions, and every other kind of the desk. */
export function setChoices(desk: Desk, origin: LinkOrigin): readonly SetChoice[] {
  const exact = origin.step !== undefined || origin.runbook?.step !== undefined;
  const templates = origin.templates.map((template) => ({ kind: template.kind, template, asked: exact }));
  const kinds = desk.kinds.filter(({ name }) => !origin.templates.some(({ kind }) => kind === name)).map(({ name }) => ({ kind: name, asked: exact && origin.kinds.includes(name) }));
  return [...templates, ...kinds.filter(({ asked }) => asked), ...kinds.filter(({ asked }) => !asked)].map((choice, index) => ({ id: String(index), ...choice }));
}

/** The repositories in which a choice can be created. */
export function repositoriesOf(desk: Desk, { kind, template }: Pick<SetChoice, "kind" | "template">): readonly Repository[] {
  return openRepositories(desk, template ?? { kind });
}

/** The issues to create, in the order in which they were offered. */
export function setMembers(desk: Desk, origin: LinkOrigin, state: SetState, known: Readonly<Record<string, string>>): readonly SetMember[] {
  return state.chosen.flatMap((choice) => {
    const open = repositoriesOf(desk, choice);
    const repositories = open.length > 1 ? state.repositories.flatMap(({ id, repository }) => (id === choice.id ? [repository] : [])) : [open[0]];
    const filled = choice.template === undefined ? undefined : fillTemplate(choice.template, { ...known, ...state.values });
    return repositories.map((repository): SetMember => {
      const id = `${choice.id} ${repository ?? ""}`;
      const edit = state.edits[id] ?? {};
      return {
        id,
        choice,
        filled,
        repository,
        title: edit.title ?? filled?.title ?? (choice.asked ? titleFromText(origin.text, origin.kinds) : ""),
        body: edit.body ?? filled?.body ?? "",
        excluded: edit.excluded === true,
      };
    });
  });
}
