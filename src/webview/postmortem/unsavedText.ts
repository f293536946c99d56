import { parseJson } from "../../core/parseData";
import type { PostmortemEdit } from "../../core/postmortem/postmortemEdit";
import { type NumberedEdit, type PostmortemReply, type PostmortemToHost, type PostmortemView, type UnsavedPostmortem, unsavedPostmortem } from "../../protocol/postmortem";
import type { PanelLine } from "../shared/connect";

/** The edits of a page: remembered until the file has them, sent again when page or host were restarted before. */
export interface UnsavedText {
  /** A document came: forgets what it has, and on the first one tells the host what an earlier page remembered. */
  take(content: PostmortemView): void;
  add(edit: PostmortemEdit, content: PostmortemView): void;
  /** The edits that the document does not have yet. */
  edits(content: PostmortemView): readonly PostmortemEdit[];
  /** The host has not yet taken up what an earlier page remembered. */
  isResuming(content: PostmortemView): boolean;
}

const draft = "unsaved";

/** Keeps the edits in the memory of the page that `line` belongs to. */
export function unsavedText(line: PanelLine<PostmortemToHost, PostmortemReply>): UnsavedText {
  const now: { edits: readonly NumberedEdit[]; last: number; resumed: number; first: boolean } = { edits: [], last: 0, resumed: 0, first: true };

  function remember(content: PostmortemView): void {
    const { life, base, postmortem: mine } = content;
    const { [draft]: _old, ...others } = line.memory.now().drafts;
    const nothing = now.edits.length === 0 && content.saving === "saved";
    const unsaved: UnsavedPostmortem = { life, base, mine, edits: now.edits };
    line.memory.change({ drafts: nothing ? others : { ...others, [draft]: JSON.stringify(unsaved) } });
  }

  return {
    take(content) {
      const kept = now.first ? parseJson(unsavedPostmortem, line.memory.now().drafts[draft]) : undefined;
      if (now.first) {
        now.first = false;
        now.last = Math.max(content.taken, kept?.edits.at(-1)?.number ?? 0);
        if (kept !== undefined) {
          now.resumed = now.last += 1;
          line.send({ kind: "resume", number: now.resumed, unsaved: kept });
        }
      }
      if (content.taken < now.resumed) return;
      now.edits = now.edits.filter(({ number }) => number > content.taken);
      remember(content);
    },
    add(edit, content) {
      const number = (now.last += 1);
      now.edits = [...now.edits, { number, edit }];
      remember(content);
      line.send({ kind: "edit", number, edit });
    },
    edits: (content) => now.edits.flatMap(({ number, edit }) => (number > content.taken ? [edit] : [])),
    isResuming: (content) => content.taken < now.resumed,
  };
}
