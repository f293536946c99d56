// What reads people's files, in one module to build a bundle of.
export { parseDesk } from "../../src/core/desk/parseDesk";
export { deskSchema } from "../../src/core/desk/schema";
export { fillTemplate, isWellFormed, templateVariables } from "../../src/core/runbook/fillTemplate";
export { readInline } from "../../src/markdown/readInline";
export { readMarkdown } from "../../src/markdown/readMarkdown";
