import type { FileEntry, Files } from "../ports";
import { ok, type Result } from "../result";
import type { FormFile } from "./readForms";

/** The files of a repository's issue forms: of its `ISSUE_TEMPLATE` folder, else its single template; none where it has neither. */
export async function findForms(files: Pick<Files, "list" | "read">): Promise<Result<readonly FormFile[]>> {
  const usual = await formsIn(files, ".github/ISSUE_TEMPLATE");
  if (usual.kind === "failed" || usual.value.length > 0) return usual;
  const root = await files.list("");
  if (root.kind === "failed") return root;
  let single: string | undefined;
  for (const home of [".github", "", "docs"]) {
    if (home !== "" && !root.value.some(({ name, kind }) => name === home && kind === "folder")) continue;
    const entries = home === "" ? root : await files.list(home);
    if (entries.kind === "failed") return entries;
    const at = (wanted: RegExp, sort: FileEntry["kind"]): string | undefined => {
      const found = entries.value.find(({ name, kind }) => kind === sort && wanted.test(name));
      return found && (home === "" ? found.name : `${home}/${found.name}`);
    };
    const folder = at(/^issue_template$/i, "folder");
    const forms = folder === undefined ? ok([]) : await formsIn(files, folder);
    if (forms.kind === "failed" || forms.value.length > 0) return forms;
    single ??= at(/^issue_template(?:\.md)?$/i, "file");
  }
  return single === undefined ? ok([]) : readAll(files, [single]);
}

async function formsIn(files: Pick<Files, "list" | "read">, folder: string): Promise<Result<readonly FormFile[]>> {
  const entries = await files.list(folder);
  if (entries.kind === "failed") return entries;
  return readAll(files, entries.value.filter(({ name, kind }) => kind === "file" && /\.(?:ya?ml|md)$/i.test(name)).slice(0, most).map(({ name }) => `${folder}/${name}`));
}

async function readAll(files: Pick<Files, "read">, paths: readonly string[]): Promise<Result<readonly FormFile[]>> {
  const found: FormFile[] = [];
  for (const read of await Promise.all(paths.map(async (path) => ({ path, text: await files.read(path) })))) {
    const { path, text } = read;
    if (text.kind === "ok") found.push({ path, text: text.value });
    else if (text.failure.kind === "unreadable") found.push({ path });
    else if (text.failure.kind !== "missing") return text;
  }
  return ok(found);
}

/** More files than any chooser could show. */
const most = 50;
