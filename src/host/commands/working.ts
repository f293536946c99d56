import * as vscode from "vscode";
import { systemClock } from "../platform/systemClock";

const moment = 400;

/**
 * The work's value. After a moment a notification shows that it goes on and lets a person stop waiting: then the value is
 * `undefined`, while work that was begun is still carried out.
 */
export async function working<T>(title: string, work: Promise<T>, shown?: (say: (progress: string) => void) => void): Promise<T | undefined> {
  const slow = Symbol("slow");
  const first = await Promise.race([work, systemClock.wait(moment).then((): typeof slow => slow)]);
  if (first !== slow) return first;
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
    shown?.((message) => progress.report({ message }));
    const left = new Promise<undefined>((resolve) => token.onCancellationRequested(() => resolve(undefined)));
    return Promise.race([work, left]);
  });
}
