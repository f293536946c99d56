import { normalField } from "../../markup/textLines";
import type { PublishRequest } from "../../model/ports";
import { fileSlug } from "../../model/paths";
import { textHash } from "../../model/textHash";
import { renderOutline } from "./outline";
import { type Postmortem, writeIssue } from "../postmortem";
import { titleLine } from "../document/titleHeading";

const longestTitle = 200;

const longestSlug = 50;

/** Branch, title and text of the pull request for a post-mortem. `path` is the path of its file. They are the same on every call. */
export function publication(postmortem: Postmortem, path: string): Pick<PublishRequest, "branch" | "title" | "body"> {
  const file = (path.split("/").at(-1) ?? "").replace(/\.md$/i, "");
  const slug = fileSlug(file);
  // A name that is cut off, or has no letters, gets a hash, so that two files never share a branch.
  const name = slug !== "" && [...file].length < longestSlug ? slug : [slug, textHash(path, 6)].filter((part) => part !== "").join("-");
  const title = titleLine(normalField(postmortem.title)).replace(/^# /, "").replace(/:$/, "");
  const { issue, review, status } = postmortem;
  const facts = [
    ...(issue === undefined ? [] : [`Incident: ${writeIssue(issue)}`]),
    `Status: ${status}`,
    ...(review === undefined || status === "Reviewed" || status === "Closed" ? [] : [`Review session: ${review}`]),
  ];
  return {
    branch: `post-mortem/${name}`,
    title: [...title].slice(0, longestTitle).join(""),
    body: `${renderOutline(postmortem)}\n${facts.join("\n")}\n`,
  };
}
