import { answerFolder, readAnswers, type TriageAnswer } from "../../core/incident/answerLog";
import type { Files } from "../../core/model/ports";

/** The reports that were answered at once. They are in files, also if the issues are on GitHub. Files that cannot be read are skipped. */
export async function readAnswerFiles(files: Pick<Files, "list" | "read">): Promise<readonly TriageAnswer[]> {
  const found = await files.list(answerFolder);
  const names = found.kind === "ok" ? found.value.flatMap(({ name, kind }) => (kind === "file" && name.endsWith(".jsonl") ? [name] : [])) : [];
  const texts = await Promise.all(names.map((name) => files.read(`${answerFolder}/${name}`)));
  return texts.flatMap((text) => (text.kind === "ok" ? readAnswers(text.value) : []));
}
