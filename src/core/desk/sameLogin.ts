/** Whether two logins are one person's: GitHub tells no case apart in them. */
export function sameLogin(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
