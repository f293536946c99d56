import type { IssueState, StepView } from "../../protocol/issue";
import type { IssueLabels } from "../../protocol/issueLabels";
import { fill } from "../../protocol/fill";
import { allSteps } from "./overlay";

const most = 3;

const longest = 120;

/** The steps that others changed between two states, for screen readers; empty if there are none. */
export function announce(before: IssueState | undefined, after: IssueState): string {
  const [old, now] = [announcedChecklist(before), announcedChecklist(after)];
  if (old === undefined || now === undefined || old.id !== now.id) return "";
  const marks = new Map(allSteps(old.sections).map(({ id, mark }) => [id, mark]));
  const changed = allSteps(now.sections).filter(({ id, mark }) => {
    const was = marks.get(id);
    return was !== undefined && mark.kind !== "left" && was.kind !== mark.kind && (mark.by === undefined || mark.by !== after.me);
  });
  return changed.slice(0, most).map((step) => sentence(step, after.labels)).join(" ");
}

function sentence({ mark, label }: StepView, labels: IssueLabels): string {
  const text = mark.kind === "open" ? labels.announceOpen : mark.kind === "skipped" ? labels.announceSkipped : labels.announceDone;
  return `${fill(text, mark.by ?? labels.somebody, label.slice(0, longest))}.`;
}

function announcedChecklist(state: IssueState | undefined): { readonly id: string; readonly sections: Parameters<typeof allSteps>[0] } | undefined {
  return state?.content.kind === "issue" ? state.content.run : undefined;
}

/** Arrow up and down move between steps without selecting anything. S asks for the reason to skip a step. */
export function stepKeys(root: HTMLElement, skip: (step: string) => void): void {
  root.addEventListener("keydown", (event) => {
    const control = event.target;
    if (!(control instanceof HTMLInputElement) || !control.matches(".control") || event.ctrlKey || event.metaKey || event.altKey) return;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
      case "ArrowLeft":
      case "ArrowRight":
      case "Home":
      case "End": {
        // Arrow keys would select a radio button, which would write to the issue.
        event.preventDefault();
        const all = [...root.querySelectorAll<HTMLInputElement>(".control")];
        const at = all.indexOf(control);
        const goal = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
        all[goal]?.focus();
        return;
      }
      case "s":
      case "S": {
        event.preventDefault();
        const step = control.dataset["step"];
        if (step !== undefined) skip(step);
      }
    }
  });
}
