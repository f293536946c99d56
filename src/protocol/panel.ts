/** What every webview says once its script runs; the host answers with the whole state. */
export interface ReadyMessage {
  readonly kind: "ready";
}

/** The whole of what a panel shows. The webview remembers the subject, so that the panel can be opened again from it. */
export interface StateMessage<Subject, State> {
  readonly kind: "state";
  readonly subject: Subject;
  readonly state: State;
}
