/** Internal command: shows the panel of a type (first argument) for a subject (second argument). */
export const showPanel = "responseDesk._panel.show";

export type PanelType = "responseDesk.checklist" | "responseDesk.postmortem" | "responseDesk.handoff" | "responseDesk.rota";
