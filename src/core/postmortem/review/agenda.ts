import { inertText } from "../../markup/inertText";
import { normalField } from "../../markup/textLines";
import { withoutComments } from "../../model/markdownText";
import { actionLine, firstLine, points } from "./outline";
import { type Postmortem, type PostmortemEntry, type PostmortemInstant, postmortemInstants } from "../postmortem";
import { formatEntryTime } from "../postmortemTime";

/** The usual lengths of a session, in minutes. */
export const sessionLengths = [30, 45, 60, 90] as const;

/** Input of an agenda. */
export interface AgendaContext {
  readonly timezone: string;
  /** The length of the session in minutes, at least 15. */
  readonly minutes: number;
  /** Questions that the data of this post-mortem raises, for example about a long gap. */
  readonly questions?: readonly string[];
}

interface AgendaPart {
  readonly heading: string;
  /** Its share of the session. */
  readonly share: number;
  readonly lines: readonly string[];
}

/**
 * Renders the agenda of a review session as Markdown: the goal, a walk through the timeline with pauses for questions, contributing
 * factors and the actions to decide. The minutes of its parts sum to the length of the session. Nobody is mentioned in it.
 */
export function renderAgenda(postmortem: Postmortem, context: AgendaContext): string {
  const { title, review, lead, owner, reviewers } = postmortem;
  const parts = agendaParts(postmortem, context);
  const minutes = shareMinutes(context.minutes, parts.map(({ share }) => share));
  const people = [["Owner", owner], ["Incident lead", lead], ["Reviewers", reviewers.join(", ")]].flatMap(([role, name]) => (name === undefined || name === "" ? [] : [`${role}: ${normalField(name)}`]));
  const head = [`# Review: ${normalField(title) === "" ? "Post-mortem" : normalField(title)}`, "", [...(review === undefined ? [] : [`Session: ${review}`]), `${context.minutes} minutes`, ...people].join(" · ")];
  const body = parts.flatMap(({ heading, lines }, index) => ["", `## ${heading} (${minutes[index] ?? 0} min)`, "", ...lines]);
  return `${[...head, ...body].map(inertText).join("\n")}\n`;
}

function agendaParts(postmortem: Postmortem, context: AgendaContext): readonly AgendaPart[] {
  const { texts, actions } = postmortem;
  const factors = points(texts.factors);
  const proposed = actions.filter(({ state }) => state === "proposed");
  const decided = actions.filter(({ state }) => state === "accepted" || state === "done");
  return [
    {
      heading: "Goal and ground rules",
      share: 5,
      lines: [
        "- Goal: understand how it happened and what made sense at the time, then decide what to change.",
        "- Blameless: everybody acted on what they knew. We ask “how” and “what”, not “who” and “why did you not”.",
        "- Facts that are missing or wrong in the timeline are corrected on the spot. A solution that comes up is noted for the last part.",
      ],
    },
    { heading: "What happened, and its impact", share: 5, lines: [`- What happened: ${firstLine(texts.summary)}`, `- Impact: ${firstLine(texts.impact)}`, `- How it was found: ${firstLine(texts.detection)}`] },
    { heading: "Timeline walk", share: 25, lines: timelineWalk(postmortem, context.timezone) },
    {
      heading: "Contributing factors",
      share: 10,
      lines: [
        ...(factors.length === 0 ? ["- None are written down yet."] : factors.map((factor) => `- ${factor}`)),
        "- Ask: Which conditions had to come together? Which of them were there for a long time?",
        "- Ask: What went well, and where were we lucky? What would have happened without that luck?",
        ...(context.questions ?? []).map((question) => `- Ask: ${normalField(question)}`),
      ],
    },
    {
      heading: "Actions to decide",
      share: 12,
      lines: [
        ...(proposed.length === 0 ? ["- No action is proposed yet."] : proposed.map((action) => `- [ ] ${actionLine(action)}`)),
        ...(decided.length === 0 ? [] : [`- Decided already: ${decided.map(({ action }) => normalField(withoutComments(action))).join("; ")}`]),
        "- For each one: accept it with an owner and a due date, or decline it. Does it prevent, mitigate or detect?",
      ],
    },
    { heading: "Wrap-up", share: 3, lines: ["- Is the post-mortem reviewed, or what is still missing?", "- Who should read it, and who needs to know the decisions?"] },
  ];
}

/** Distributes whole minutes by share. They sum to the total; every part has at least one minute if there are enough. */
export function shareMinutes(total: number, shares: readonly number[]): readonly number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const ends = shares.map((_share, index) => Math.round((total * shares.slice(0, index + 1).reduce((sum, share) => sum + share, 0)) / whole));
  const minutes = ends.map((end, index) => end - (ends[index - 1] ?? 0));
  for (const index of minutes.keys()) {
    const longest = minutes.indexOf(Math.max(...minutes));
    if ((minutes[index] ?? 0) > 0 || (minutes[longest] ?? 0) < 2) continue;
    minutes[index] = 1;
    minutes[longest] = (minutes[longest] ?? 0) - 1;
  }
  return minutes;
}

/** A phase of the incident: it ends with an instant, and what is asked after its rows. */
interface Phase {
  readonly until?: PostmortemInstant;
  readonly heading: string;
  readonly ask: readonly string[];
}

const phases: readonly Phase[] = [
  { until: "detected", heading: "Until it was detected", ask: ["What would have shown it sooner?", "What looked normal at the time?"] },
  { until: "acknowledged", heading: "Until it was acknowledged", ask: ["How did the right people hear of it?"] },
  { until: "mitigated", heading: "Until it was mitigated", ask: ["What did we know at each point, and what did we expect to happen?", "What helped to find out, and what was hard to see?"] },
  { until: "resolved", heading: "Until it was resolved", ask: ["What kept us from resolving it earlier?", "Did everybody who was affected know what was going on?"] },
  { heading: "Afterwards", ask: ["What is left over that could bring it back?"] },
];

/** The rows by phase. A row without an exact time stays with its predecessor. */
function timelineWalk({ timeline, instants }: Postmortem, timezone: string): readonly string[] {
  if (timeline.length === 0) return ["- The timeline is empty. Collect the events first: what was seen, what was done, and when."];
  const ends = phases.filter(({ until }) => until === undefined || instants[until] !== undefined);
  let last = "";
  const phaseOf = ({ time }: PostmortemEntry): Phase | undefined => {
    if (time.kind === "instant") last = time.at;
    return ends.find(({ until }) => until === undefined || last <= (instants[until] ?? ""));
  };
  const rows = timeline.map((entry) => ({ entry, phase: phaseOf(entry) }));
  const isWhole = postmortemInstants.every((name) => name === "started" || instants[name] === undefined);
  return ends.flatMap((phase) => {
    const own = rows.filter((row) => row.phase === phase);
    if (own.length === 0) return [];
    const heading = isWhole ? "All events" : phase.heading;
    return [`### ${heading}`, "", ...own.map(({ entry }) => entryLine(entry, timezone)), "", `> **Pause:** ${phase.ask.join(" ")}`, ""];
  }).slice(0, -1);
}

function entryLine({ time, event, inferred }: PostmortemEntry, timezone: string): string {
  const at = formatEntryTime(time, timezone);
  const text = normalField(withoutComments(event));
  return `- ${[at, text].filter((part) => part !== "").join(" · ")}${inferred === true ? " (inferred)" : ""}`;
}
