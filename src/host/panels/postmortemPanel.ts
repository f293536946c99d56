import * as vscode from "vscode";
import { refKey } from "../../core/issue/issueRef";
import { postmortemProtocol, type PostmortemReply, type PostmortemState, type PostmortemSubject, type PostmortemToHost } from "../../protocol/postmortem";
import { panelDoor, type PanelDeps, type PanelDoor } from "./panel";
import { openPostmortemBody } from "./postmortemBody";

/** The post-mortem builders: one per issue. */
export function postmortemDoor(deps: PanelDeps): PanelDoor {
  return panelDoor<PostmortemSubject, PostmortemState, PostmortemToHost, PostmortemReply>(deps, {
    viewType: "responseDesk.postmortem",
    bundle: "postmortem",
    icon: "postmortem",
    protocol: postmortemProtocol,
    key: ({ ref }) => refKey(ref),
    title: ({ ref }) => vscode.l10n.t("Post-mortem #{0}", ref.number),
    open: openPostmortemBody,
  });
}
