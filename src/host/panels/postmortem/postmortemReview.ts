import { assertNever } from "../../../core/model/result";
import type { Postmortem } from "../../../core/postmortem/postmortem";
import { type ReviewStep, reviewSteps } from "../../../core/postmortem/review/review";
import type { PostmortemButton, PostmortemCommand, ReviewView } from "../../../protocol/postmortem";
import type { Translate } from "../../ui/operationLabels";

/** The state of the review, and the next steps. `formatDate` formats an ISO date. */
export function reviewView(postmortem: Postmortem, t: Translate, formatDate: (date: string) => string): ReviewView {
  const button = (label: string, command: PostmortemCommand): PostmortemButton => ({ label, message: { kind: "command", command } });
  return {
    text: describe(postmortem, t, formatDate),
    steps: reviewSteps(postmortem.status).map((step) => button(stepLabel(step, postmortem, t), commands[step])),
    files: [
      { ...button(t("Open Agenda"), "agenda"), icon: "checklist" },
      { ...button(t("Copy Agenda"), "copyAgenda"), icon: "copy" },
      { ...button(t("Copy Outline"), "copyOutline"), icon: "list-unordered" },
      { ...button(t("Publish…"), "publish"), icon: "cloud-upload" },
      { ...button(t("Create Public Version…"), "publicVersion"), icon: "globe" },
      { ...button(t("Export as HTML…"), "exportHtml"), icon: "export" },
    ],
  };
}

const commands: Readonly<Record<ReviewStep, PostmortemCommand>> = { request: "requestReview", complete: "markReviewed", close: "close", return: "returnToDraft" };

function describe({ status, review, reviewed }: Postmortem, t: Translate, formatDate: (date: string) => string): string {
  switch (status) {
    case "Draft":
      return review === undefined ? t("Request the review when the text is complete.") : t("The review is due on {0}. Request it when the text is complete.", formatDate(review));
    case "In review":
      return review === undefined ? t("The review is requested. The session has no date.") : t("The session is on {0}.", formatDate(review));
    case "Reviewed":
      return reviewed === undefined ? t("It was reviewed. Close it when its action items are done.") : t("It was reviewed on {0}. Close it when its action items are done.", formatDate(reviewed));
    case "Closed":
      return t("It is closed.");
    default:
      return assertNever(status);
  }
}

function stepLabel(step: ReviewStep, { status }: Postmortem, t: Translate): string {
  switch (step) {
    case "request":
      return status === "Draft" ? t("Request Review…") : status === "In review" ? t("Change Review…") : t("Review Again…");
    case "complete":
      return t("Mark as Reviewed…");
    case "close":
      return t("Close Post-mortem");
    case "return":
      return t("Return to Draft");
    default:
      return assertNever(step);
  }
}
