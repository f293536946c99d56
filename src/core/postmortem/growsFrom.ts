/** Whether `later` is `earlier` with at most one piece put in somewhere: then `later` has all that `earlier` says. */
export function growsFrom(earlier: string, later: string): boolean {
  if (earlier.length > later.length) return false;
  let start = 0;
  while (start < earlier.length && earlier[start] === later[start]) start += 1;
  return later.endsWith(earlier.slice(start));
}
