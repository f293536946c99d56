import { distinctNames, hasName } from "../../../core/model/names";
import { type PostmortemSummary, previousActions, summarizePostmortem } from "../../../core/postmortem/library/library";
import { factorTags, type Postmortem } from "../../../core/postmortem/postmortem";
import { similarPostmortems } from "../../../core/postmortem/library/similarPostmortems";
import type { PostmortemView } from "../../../protocol/postmortem";
import type { Translate } from "../../ui/operationLabels";

type Others = Pick<PostmortemView, "similar"> & Partial<Pick<PostmortemView, "earlier">>;

/** A post-mortem and its file. */
interface CurrentPostmortem {
  readonly postmortem: Postmortem;
  readonly path: string;
  readonly timezone: string;
}

const maxSimilar = 3;

/** Earlier post-mortems that say something about one: how the actions of the last one of its services ended, and similar ones. */
export function otherPostmortems(library: readonly PostmortemSummary[], { postmortem, path, timezone }: CurrentPostmortem, t: Translate): Others {
  const own = summarizePostmortem(path, postmortem, timezone);
  const { services, factors, title, texts } = postmortem;
  const previous = previousActions(library, own);
  const similar = similarPostmortems({ text: `${title}\n${texts.summary}`, services, factors, except: path }, library, maxSimilar);
  return {
    ...(previous === undefined ? {} : earlier(previous, services, t)),
    similar: similar.map(({ postmortem: other, ...common }) => ({
      path: other.path,
      title: other.title === "" ? other.path : other.title,
      text: [other.date ?? "", [...common.services, ...common.factors, ...common.words].join(", ")].filter((part) => part !== "").join(" · "),
    })),
  };
}

function earlier({ postmortem, inTime, late, open, notDone }: NonNullable<ReturnType<typeof previousActions>>, services: readonly string[], t: Translate): Partial<Pick<PostmortemView, "earlier">> {
  const all = inTime.length + late.length + open.length + notDone.length;
  if (all === 0) return {};
  const service = postmortem.services.find((name) => hasName(services, name)) ?? "";
  const text = all === 1 ? t("{0} of 1 action item of the last post-mortem of {1} was done in time.", inTime.length, service) : t("{0} of {1} action items of the last post-mortem of {2} were done in time.", inTime.length, all, service);
  return { earlier: { path: postmortem.path, title: postmortem.title === "" ? postmortem.path : postmortem.title, text } };
}

/** Like `otherPostmortems`. The search is repeated only if the library, or what is searched for, changed. */
export function createOtherPostmortems(t: Translate): (library: readonly PostmortemSummary[], current: CurrentPostmortem) => Others {
  const last: { key?: string; library?: readonly PostmortemSummary[]; others: Others } = { others: { similar: [] } };
  return (library, current) => {
    const { title, texts, services, factors, instants } = current.postmortem;
    const key = JSON.stringify([title, texts.summary, services, factors, instants, current.path, current.timezone]);
    if (last.key !== key || last.library !== library) Object.assign(last, { key, library, others: otherPostmortems(library, current, t) });
    return last.others;
  };
}

/** Names that the fields of a post-mortem suggest: those of other post-mortems first. */
export function suggestedNames(library: readonly PostmortemSummary[], services: readonly string[], logins: readonly string[]): PostmortemView["suggestions"] {
  return {
    services: distinctNames([...services, ...library.flatMap((one) => one.services)]),
    factors: distinctNames([...library.flatMap(({ factors }) => factors), ...factorTags]),
    reviewers: logins,
  };
}
