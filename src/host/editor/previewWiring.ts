import * as vscode from "vscode";
import { previewPlugin, type Parser } from "../../markdown/previewPlugin";
import type { RunbookDocuments } from "./runbookDocuments";

/** Joins the preview plugin to the desk. What reads runbooks is loaded when the first preview of one is shown. */
export function previewWiring(documents: RunbookDocuments): vscode.Disposable & { extendMarkdownIt(parser: Parser): Parser } {
  const t = vscode.l10n.t;
  const asked = new Set<string>();
  let reader: Reader | undefined;
  let shownFor = "";

  async function prepare(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (asked.has(key)) return;
    asked.add(key);
    const place = await documents.at(uri);
    if (place === undefined) return;
    reader ??= await loadReader();
    await refresh();
  }

  const watching = documents.onDidChange(() => {
    const desk = reader === undefined ? undefined : deskSignature();
    if (desk !== undefined && desk !== shownFor) void refresh();
  });

  function deskSignature(): string {
    for (const uri of asked) {
      const place = documents.peek(vscode.Uri.parse(uri));
      if (place !== undefined) return JSON.stringify([place.session.desk().desk.kinds, place.session.desk().desk.folders]);
    }
    return "";
  }

  async function refresh(): Promise<void> {
    shownFor = deskSignature();
    await vscode.commands.executeCommand("markdown.preview.refresh");
  }

  return {
    extendMarkdownIt(parser) {
      previewPlugin(parser, {
        scheme: vscode.env.uriScheme,
        words: {
          startRun: t("Start run"),
          declareIncident: t("Declare incident"),
          newRequest: t("New request"),
          linkExisting: t("Link existing"),
          actions: t("Runbook actions"),
          runCommand: t("Run…"),
          stepOpen: t("Step, not done"),
          stepDone: t("Step, ticked in the text"),
          create: (kind) => t("Create {0}", kind),
          createSet: (count) => t("Create all {0}", count),
          template: (kind) => t("Template: {0}", kind),
        },
        runbookPath(environment) {
          const uri = documentOf(environment);
          if (uri === undefined) return undefined;
          const place = reader === undefined ? undefined : documents.peek(uri);
          if (place === undefined) void prepare(uri);
          return place?.path;
        },
        read(path, text) {
          const place = documents.peekPath(path);
          if (reader === undefined || place === undefined) return undefined;
          const context = reader.runbookContext(place.session.desk().desk);
          return { runbook: reader.readRunbook(path, text, context), kinds: context.kinds, runnable: place.session.writable() };
        },
      });
      return parser;
    },
    dispose: () => watching.dispose(),
  };
}

type Reader = Awaited<ReturnType<typeof loadReader>>;

async function loadReader() {
  const [{ readRunbook }, { runbookContext }] = await Promise.all([import("../../markdown/readRunbook"), import("../../core/runbook/runbookContext")]);
  return { readRunbook, runbookContext };
}

/** The built-in preview tells its renderer which document it shows. */
function documentOf(environment: unknown): vscode.Uri | undefined {
  if (typeof environment !== "object" || environment === null || !("currentDocument" in environment)) return undefined;
  const { currentDocument } = environment;
  return currentDocument instanceof vscode.Uri ? currentDocument : undefined;
}
