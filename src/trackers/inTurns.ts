/** A function that runs jobs of one name one after the other, in the order asked. */
export function inTurns(): <T>(name: string, job: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<void>>();
  return (name, job) => {
    const turn = (tails.get(name) ?? Promise.resolve()).then(job);
    const settled = turn.then(nothing, nothing);
    tails.set(name, settled);
    settled.then(() => {
      if (tails.get(name) === settled) tails.delete(name);
    }, nothing);
    return turn;
  };
}

function nothing(): void {}
