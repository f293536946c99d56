/** Name and label of the built-in kind of issue that holds a role's checklist of one day. No desk names it. */
export const checklistKind = "checklist";
