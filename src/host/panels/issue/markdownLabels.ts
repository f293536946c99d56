import type { MarkdownLabels } from "../../../protocol/markdown";
import type { Translate } from "../../ui/operationLabels";

/** The texts around Markdown in a page. */
export function markdownLabels(t: Translate): MarkdownLabels {
  return {
    code: t("Code"),
    table: t("Table"),
    done: t("Done"),
    open: t("Not done"),
    loadImage: t("Load image from {0}: {1}"),
    image: t("Image"),
    imageFailed: t("The image cannot be loaded: {0}"),
    showMore: t("Show More"),
    showLess: t("Show Less"),
    shortened: t("This text is too long to be shown completely. Open the issue to read the rest."),
    note: t("Note"),
    tip: t("Tip"),
    important: t("Important"),
    warning: t("Warning"),
    caution: t("Caution"),
  };
}
