import { type Desk, openRepositories } from "../../../core/model/desk";
import type { IssueRef, Repository } from "../../../core/model/issueRef";
import type { IssueTemplate } from "../../../core/model/runbook";
import { type FilledTemplate, fillTemplate } from "../../../core/runbook/templates";
import type { LinkOrigin } from "./linkedPlace";
import { titleFromText } from "./linkedState";

/** Something of which a set may get an issue, or one in each of several repositories. */
export interface SetChoice {
  readonly id: string;
  readonly kind: string;
  readonly template?: IssueTemplate;
  /** Whether the place itself asks for it. */
  readonly asked: boolean;
}

/** What a person changed in one issue of a set before it is created. */
export interface MemberEdit {
  readonly title?: string;
  readonly body?: string;
  readonly left?: boolean;
}

/** What a person has answered so far about several linked issues. */
export interface SetState {
  /** `none`: they stand alone. */
  readonly parent: IssueRef | "none" | undefined;
  readonly chosen: readonly SetChoice[];
  /** The repositories of those whose kind has several. */
  readonly places: readonly { readonly id: string; readonly repository: Repository }[];
  readonly values: Readonly<Record<string, string>>;
  readonly edits: Readonly<Record<string, MemberEdit>>;
}

/** One issue of a set as it will be created. */
export interface SetMember {
  readonly id: string;
  readonly choice: SetChoice;
  readonly repository: Repository | undefined;
  readonly filled: FilledTemplate | undefined;
  readonly title: string;
  readonly body: string;
  /** Whether it is left out. */
  readonly left: boolean;
}

/** What a set can be made of at a place: its templates, the kinds its step names beside them, and every other kind of the desk. */
export function setChoices(desk: Desk, origin: LinkOrigin): readonly SetChoice[] {
  const exact = origin.step !== undefined || origin.runbook?.step !== undefined;
  const templates = origin.templates.map((template) => ({ kind: template.kind, template, asked: exact }));
  const kinds = desk.kinds.filter(({ name }) => !origin.templates.some(({ kind }) => kind === name)).map(({ name }) => ({ kind: name, asked: exact && origin.kinds.includes(name) }));
  return [...templates, ...kinds.filter(({ asked }) => asked), ...kinds.filter(({ asked }) => !asked)].map((choice, index) => ({ id: String(index), ...choice }));
}

/** The repositories a choice leaves open. */
export function repositoriesOf(desk: Desk, { kind, template }: Pick<SetChoice, "kind" | "template">): readonly Repository[] {
  return openRepositories(desk, template ?? { kind });
}

/** The issues of the set as they would be created now, in the order they were offered. */
export function setMembers(desk: Desk, origin: LinkOrigin, state: SetState, known: Readonly<Record<string, string>>): readonly SetMember[] {
  return state.chosen.flatMap((choice) => {
    const open = repositoriesOf(desk, choice);
    const repositories = open.length > 1 ? state.places.flatMap(({ id, repository }) => (id === choice.id ? [repository] : [])) : [open[0]];
    const filled = choice.template === undefined ? undefined : fillTemplate(choice.template, { ...known, ...state.values });
    return repositories.map((repository): SetMember => {
      const id = `${choice.id} ${repository ?? ""}`;
      const edit = state.edits[id] ?? {};
      return {
        id,
        choice,
        filled,
        repository,
        title: edit.title ?? filled?.title ?? (choice.asked ? titleFromText(origin.words, origin.kinds) : ""),
        body: edit.body ?? filled?.body ?? "",
        left: edit.left === true,
      };
    });
  });
}
