/** What VS Code gives a webview: a line to the host, and a memory that survives hiding and restarting. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Can be called once per page. */
export function vscodeApi(): VsCodeApi {
  return acquireVsCodeApi();
}
