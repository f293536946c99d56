import type { IssueLocation } from "../issue/issue";
import { formYaml } from "./formYaml";
import type { BrokenForm, ContactLink, FormFlaw, IssueForm, RepositoryForms } from "./issueForm";
import { parseForm } from "./parseForm";
import { parseTemplate } from "./parseTemplate";

/** A file below `ISSUE_TEMPLATE`; without a text where it could not be read. */
export interface FormFile {
  readonly path: string;
  readonly text?: string;
}

/** The forms and templates in these files. Whoever may not open an issue without one is no maintainer. */
export function readForms(files: readonly FormFile[], maintainer: boolean, locate: (path: string) => IssueLocation): RepositoryForms {
  const forms: IssueForm[] = [];
  const broken: BrokenForm[] = [];
  const links: ContactLink[] = [];
  let blank: RepositoryForms["blank"] = "everybody";
  for (const { path, text } of [...files].sort(asListed)) {
    const flawed = (flaw: FormFlaw): void => void broken.push({ ...flaw, path, location: locate(path) });
    if (text === undefined) {
      flawed({ reason: "unreadable" });
    } else if (/\/config\.ya?ml$/i.test(path)) {
      const config = formYaml(text);
      if (config.kind === "failed") {
        flawed(config.failure);
        continue;
      }
      if (config.value.get("blank_issues_enabled").is(false)) blank = maintainer ? "maintainers" : "nobody";
      for (const link of config.value.get("contact_links").items()) {
        const [name, about, url] = [link.get("name").text(), link.get("about").text(), link.get("url").text()];
        if (name !== "" && /^(?:https?:\/\/|mailto:)/i.test(url)) links.push({ name, about, url });
      }
    } else {
      const form = isYaml(path) ? parseForm(path, text) : parseTemplate(path, text);
      if (form.kind === "ok") forms.push(form.value);
      else flawed(form.failure);
    }
  }
  return { forms, broken, links, blank };
}

/** As GitHub does: forms before templates, each by the names of their files. */
function asListed(a: FormFile, b: FormFile): number {
  return Number(isYaml(b.path)) - Number(isYaml(a.path)) || (a.path < b.path ? -1 : 1);
}

function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}
