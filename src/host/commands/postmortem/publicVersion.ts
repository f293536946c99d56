import * as vscode from "vscode";
import { incidentState } from "../../../core/incident/incidentState";
import { localRepository } from "../../../core/model/issueRef";
import { assertNever } from "../../../core/model/result";
import { intervalPicture } from "../../../core/postmortem/review/intervalPicture";
import { publicPeople } from "../../../core/postmortem/review/publicNames";
import { type PublicChange, type PublicContext, type PublicVersion, publicVersion, renderPublicVersion, repositoriesIn } from "../../../core/postmortem/review/publicVersion";
import type { DeskSession } from "../../app/session";
import { type Choice, pickOne } from "../../ui/quickPick";
import { plainLabel } from "../../ui/safeText";
import type { CommandEnd, DeskTools } from "../input/command";
import { saveHtml } from "./exportHtml";
import { choosePostmortem, type PostmortemFile } from "./postmortemTarget";

/** Creates the public version of a post-mortem: shows what is removed or replaced, then opens it as a new document or exports it. */
export async function createPublicVersion(tools: DeskTools, [argument]: readonly unknown[]): Promise<CommandEnd> {
  const { session } = tools;
  const t = vscode.l10n.t;
  const title = t("Create public version");
  const file = await choosePostmortem(session, argument, title);
  if (file?.kind !== "ok") return file;
  const context = await tools.working(t("Checking which repositories are public…"), contextOf(session, file.value));
  if (context === undefined) return undefined;
  const version = publicVersion(file.value.document, context);
  const target = await pickTarget(title, version);
  if (target === undefined) return undefined;
  if (target === "document") {
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content: renderPublicVersion(version) });
    await vscode.window.showTextDocument(document, { preview: false });
    return undefined;
  }
  const { path } = file.value;
  const { facts, tables, body: text } = version;
  return saveHtml(session, { path, title: version.title, text, name: path.replace(/(?:\.md)?$/i, "-public.md"), facts, tables, picture: intervalPicture(file.value.document.postmortem), isPublic: true });
}

const maxRepositories = 30;

async function contextOf(session: DeskSession, { document }: PostmortemFile): Promise<PublicContext> {
  const desk = session.desk.config();
  const { postmortem, text } = document;
  const now = session.store.now();
  const servers = [...new Set(["https://github.com", ...(now.kind === "github" && now.server !== "" ? [now.server] : [])])];
  const home = postmortem.issue?.repository ?? desk.kinds[0]?.repositories[0] ?? localRepository;
  const asked = [...new Set([home.toLowerCase(), ...repositoriesIn(text, servers)])].slice(0, maxRepositories);
  const publisher = session.store.publisher();
  // What cannot be confirmed counts as private.
  const answers = publisher === undefined ? [] : await Promise.all(asked.map(async (repository) => ((await publisher.isPublic(repository)) ? [repository] : [])));
  const known = new Set(answers.flat());
  const issue = postmortem.issue === undefined ? undefined : session.issues.find(postmortem.issue);
  const roles = [...(postmortem.lead === undefined ? [] : [{ role: "lead", login: postmortem.lead.replace(/^@/, "") }]), ...(issue === undefined ? [] : incidentState(desk, issue).roles)];
  const others = [postmortem.lead, postmortem.owner, ...postmortem.reviewers, issue?.author, ...(issue?.assignees ?? [])];
  return { ...publicPeople(desk.people, roles, others), timezone: desk.timezone, home, servers, isPublic: (repository) => known.has(repository.toLowerCase()) };
}

type Target = "document" | "html";

/** Lists what is removed or replaced below the choices. Choosing such a line shows the list again. */
async function pickTarget(title: string, { changes, pictures }: PublicVersion): Promise<Target | undefined> {
  const t = vscode.l10n.t;
  for (;;) {
    const answer = await pickOne<Target | undefined>({
      flowStep: { title, back: false },
      placeholder: changes.length === 0 ? t("Nothing needs to be removed") : t("Check what is removed or replaced, then select what to create"),
      choices: [
        { label: `$(file) ${t("Open as New Document")}`, detail: t("Nothing is saved. Read it before you share it."), value: "document" },
        { label: `$(export) ${t("Export as HTML…")}`, value: "html" },
        ...groups.flatMap((kind) => changes.filter((change) => change.kind === kind).map((change, index): Choice<Target | undefined> => ({
          label: plainLabel(change.from),
          description: describeChange(change),
          value: undefined,
          ...(index === 0 ? { heading: headingOf(kind) } : {}),
        }))),
        ...pictures.map((picture, index): Choice<Target | undefined> => ({
          label: plainLabel(picture),
          description: t("stays; check what it shows"),
          value: undefined,
          ...(index === 0 ? { heading: t("Pictures") } : {}),
        })),
      ],
    });
    // A line of the list has no value, so it does not answer.
    if (answer.kind !== "next") return undefined;
    if (answer.value !== undefined) return answer.value;
  }
}

const groups: readonly PublicChange["kind"][] = ["row", "name", "issue", "link", "owner", "field", "comment"];

function headingOf(kind: PublicChange["kind"]): string {
  const t = vscode.l10n.t;
  switch (kind) {
    case "row":
      return t("Internal rows of the timeline");
    case "name":
      return t("Names and contact details");
    case "issue":
      return t("References to issues");
    case "link":
      return t("Links that only the team can open");
    case "owner":
      return t("Owners of action items");
    case "field":
      return t("Fields at the start of the file");
    case "comment":
      return t("Hidden comments and marks");
    default:
      return assertNever(kind);
  }
}

function describeChange({ to, count }: PublicChange): string {
  const t = vscode.l10n.t;
  const what = to === "" ? t("removed") : t("replaced with “{0}”", plainLabel(to));
  return count === 1 ? what : t("{0}, {1} times", what, count);
}
