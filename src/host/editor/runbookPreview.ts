import * as vscode from "vscode";
import { debounce } from "../../core/model/queues";
import { type Parser, previewPlugin } from "../../markdown/previewPlugin";
import { runInBackground } from "../platform/background";
import { followEvents } from "../platform/followEvents";
import { systemTimer } from "../platform/ports";
import { plainLabel } from "../ui/safeText";
import type { RunbookDocuments } from "./runbookDocuments";

/** Connects the preview plugin to the desk. The runbook parser is loaded when the first preview of a runbook is shown. */
export function previewWiring(documents: RunbookDocuments, extensionId: string, load: () => Promise<ReaderCode>): vscode.Disposable & { extendMarkdownIt(parser: Parser): Parser } {
  const t = vscode.l10n.t;
  const asked = new Set<string>();
  let reader: ReaderCode | undefined;
  let shownFor = "";

  async function prepare(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (asked.has(key)) return;
    asked.add(key);
    const location = await documents.at(uri);
    if (location === undefined) return;
    reader ??= await load();
    await refresh(reader);
  }

  const catchUp = debounce(systemTimer, debounceMilliseconds, () => {
    if (reader !== undefined && shownNow(reader) !== shownFor) runInBackground(refresh(reader));
  });
  const watching = followEvents(catchUp, documents.onDidChange, documents.onDidChangeIssues);

  /** The content that the desk adds to the previews shown so far. */
  function shownNow({ previewChecklists }: ReaderCode): string {
    const locations = [...asked].flatMap((uri) => documents.peek(vscode.Uri.parse(uri)) ?? []);
    return JSON.stringify(locations.map(({ session, path }) => {
      const desk = session.desk.config();
      const checklists = previewChecklists(session, path);
      return [desk.kinds, desk.folders, checklists.map((checklist) => [checklist.issue, checklist.run, checklist.words, [...checklist.steps]])];
    }));
  }

  async function refresh(ready: ReaderCode): Promise<void> {
    shownFor = shownNow(ready);
    await vscode.commands.executeCommand("markdown.preview.refresh");
  }

  return {
    extendMarkdownIt(parser) {
      previewPlugin(parser, {
        uriHandler: `${vscode.env.uriScheme}://${extensionId}`,
        labels: {
          startChecklist: t("Start checklist"),
          startProcedure: t("Start a procedure…"),
          startSection: t("Start section"),
          startSectionNamed: (title) => t("Start section “{0}”", plainLabel(title)),
          declareIncident: t("Declare incident"),
          newRequest: t("New request"),
          linkExisting: t("Link existing"),
          actions: t("Runbook actions"),
          runCommand: t("Run…"),
          stepOpen: t("Step, not done"),
          stepDone: t("Step, done in the text"),
          openChecklist: t("Open Checklist"),
          chartSteps: t("Steps of the flowchart"),
          create: (kind) => t("Create {0}", kind),
          createSet: (count) => t("Create all {0}", count),
          template: (kind) => t("Template: {0}", kind),
        },
        runbookPath(environment) {
          const uri = documentOf(environment);
          if (uri === undefined) return undefined;
          const location = reader === undefined ? undefined : documents.peek(uri);
          if (location === undefined) runInBackground(prepare(uri));
          return location?.path;
        },
        read(path, text) {
          const location = documents.peekPath(path);
          if (reader === undefined || location === undefined) return undefined;
          const context = reader.runbookContext(location.session.desk.config());
          const runs = reader.previewChecklists(location.session, path);
          return { runbook: reader.readRunbook(path, text, context), kinds: context.kinds, runnable: location.session.account.writable(), runs };
        },
      });
      return parser;
    },
    dispose: () => vscode.Disposable.from(watching, catchUp).dispose(),
  };
}

/** Ticks and their confirmations arrive within a short time. */
const debounceMilliseconds = 150;

/** The code that reads runbooks for the preview. */
export type ReaderCode =
  Pick<typeof import("../../markdown/readMarkdown"), "readRunbook"> & Pick<typeof import("../../core/runbook/runbookContext"), "runbookContext"> & Pick<typeof import("./shownChecklist"), "previewChecklists">;

/** The built-in preview passes the document to its renderer. */
function documentOf(environment: unknown): vscode.Uri | undefined {
  if (typeof environment !== "object" || environment === null || !("currentDocument" in environment)) return undefined;
  const { currentDocument } = environment;
  return currentDocument instanceof vscode.Uri ? currentDocument : undefined;
}
