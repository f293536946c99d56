import * as vscode from "vscode";
import { assertNever } from "../../../core/result";
import type { Answer } from "../input/answer";
import { enterText } from "../input/enterText";
import { pickMany } from "../input/pick";
import { resolutionsFor, type Resolution } from "./resolutionsFor";

/** Asks how an issue was resolved: any of the usual ways where they fit its kind, then words of the person's own. */
export async function askResolution(title: string, back: boolean, kind: string | undefined): Promise<Answer<string>> {
  const t = vscode.l10n.t;
  const usual = resolutionsFor(kind);
  for (;;) {
    const ways = await pickMany({
      place: { title, step: 1, total: 2, back },
      placeholder: t("How was it resolved? Tick any, then press Enter to go on"),
      choices: usual.map((way) => ({ label: wordResolution(way), value: wordResolution(way) })),
    });
    if (ways.kind !== "next") return ways;
    const text = await enterText({
      place: { title, step: 2, total: 2, back: true },
      prompt: t("The resolution, as it is recorded on the issue"),
      placeholder: t("What was done, and where to read more"),
      value: ways.value.join("; "),
      needed: t("Say in a few words how it ended."),
    });
    if (text.kind !== "back") return text;
  }
}

function wordResolution(way: Resolution): string {
  const t = vscode.l10n.t;
  switch (way) {
    case "answered":
      return t("Answered, or shown where it is documented");
    case "known":
      return t("Known issue");
    case "addedToKnown":
      return t("Added to a known issue");
    case "diagnosed":
      return t("Diagnosed");
    case "fixed":
      return t("Fixed");
    case "workaround":
      return t("Work-around given");
    case "reproducer":
      return t("Reproducer built");
    case "filed":
      return t("New issue filed");
    case "recovered":
      return t("Recovered by itself");
    case "done":
      return t("Done as asked");
    case "declined":
      return t("Declined, with the reason told");
    case "withdrawn":
      return t("No longer needed");
    default:
      return assertNever(way);
  }
}
