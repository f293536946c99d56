import { inertText } from "../../markup/inertText";
import { normalField } from "../../markup/textLines";
import { withoutComments } from "../../model/markdownText";
import { type Postmortem, type PostmortemAction, writeIssue } from "../postmortem";

const maxLine = 240;

const maxLessons = 5;

const maxActions = 5;

const unwritten = "not described yet";

/** Renders the outline of a post-mortem for the team's meeting as Markdown: at most twenty lines, in which nobody is mentioned. */
export function renderOutline(postmortem: Postmortem): string {
  const { title, severity, instants, issue, texts } = postmortem;
  const about = [severity ?? "", (instants.started ?? "").slice(0, 10), issue === undefined ? "" : writeIssue(issue)].filter((part) => part !== "");
  const lines = [
    [`**${normalField(title) === "" ? "Post-mortem" : normalField(title)}**`, ...about].join(" · "),
    "",
    `- What happened: ${firstLine(texts.summary)}`,
    `- Impact: ${impactLine(postmortem)}`,
    `- How it was found: ${firstLine(texts.detection)}`,
    `- What was done: ${firstLine(texts.resolution)}`,
    ...listed("What we learn", lessons(postmortem)),
    ...listed("Actions", actionLines(postmortem.actions)),
  ];
  return `${lines.map(inertText).join("\n")}\n`;
}

function listed(heading: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [`- ${heading}: ${unwritten}`] : [`- ${heading}:`, ...items.map((item) => `  - ${item}`)];
}

function impactLine({ texts, impact }: Postmortem): string {
  const measures = impact.filter(({ measure, amount }) => measure !== "" && amount !== "").map(({ measure, amount }) => `${normalField(measure)}: ${normalField(amount)}`);
  const written = points(texts.impact)[0];
  return cut([...(written === undefined ? [] : [written]), ...measures].join(" · "));
}

/** One point of each section in turn, so that a long section does not displace the others. */
function lessons({ texts }: Postmortem): readonly string[] {
  const sections = [
    ["Contributing factor", points(texts.factors)],
    ["Went well", points(texts.wentWell)],
    ["Went wrong", points(texts.wentWrong)],
    ["Lucky", points(texts.lucky)],
  ] as const;
  const longest = Math.max(...sections.map(([, found]) => found.length));
  const inTurn = Array.from({ length: longest }, (_none, round) => sections.flatMap(([name, found]) => (found[round] === undefined ? [] : [`${name}: ${cut(found[round])}`]))).flat();
  return inTurn.slice(0, maxLessons);
}

function actionLines(actions: readonly PostmortemAction[]): readonly string[] {
  const decided = actions.filter(({ state, action }) => state !== "declined" && action.trim() !== "");
  const more = decided.length - maxActions;
  return [...decided.slice(0, maxActions).map(actionLine), ...(more > 0 ? [`and ${more} more`] : [])];
}

/** An action on one line: what, type, owner, due date, issue and state. */
export function actionLine({ action, type, owner, due, issue, state }: PostmortemAction): string {
  const details = [type ?? "", normalField(owner), due === undefined ? "" : `due ${due}`, issue === undefined ? "" : writeIssue(issue), state].filter((part) => part !== "");
  return `${cut(normalField(withoutComments(action)))} (${details.join(", ")})`;
}

/** The first point of a text, or a note that there is none. */
export function firstLine(text: string): string {
  return cut(points(text)[0] ?? "");
}

/** The paragraphs and list items of a text, each on one line. Tables, headings and code are omitted. */
export function points(text: string): readonly string[] {
  const found: string[] = [];
  let open = false;
  let fenced = false;
  for (const line of withoutComments(text).split("\n")) {
    const words = line.trim();
    if (/^(?:```|~~~)/.test(words)) fenced = !fenced;
    const item = /^(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.+)$/.exec(words)?.[1];
    if (words === "" || fenced || /^(?:\||#|```|~~~|-{3,}$)/.test(words)) open = false;
    else if (item !== undefined || !open) {
      found.push(item ?? words);
      open = true;
    } else found.push(`${found.pop() ?? ""} ${words}`);
  }
  return found.map(normalField).filter((point) => point !== "");
}

function cut(text: string): string {
  const characters = [...text];
  if (text === "") return unwritten;
  return characters.length > maxLine ? `${characters.slice(0, maxLine).join("").trimEnd()}…` : text;
}
