/** Runs the action one at a time; a call while it runs waits for one more run, which all such calls share. */
export function coalesced(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function call(): Promise<void> {
    if (running !== undefined) {
      next ??= running.then(nothing, nothing).then(() => {
        next = undefined;
        return call();
      });
      return next;
    }
    const mine = action().finally(() => (running = undefined));
    running = mine;
    return mine;
  }
  return call;
}

function nothing(): void {}
