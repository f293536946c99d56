import { plainLabel } from "./plainLabel";

/** A server as people say it: without the scheme. */
export function hostOf(server: string): string {
  return plainLabel(server.replace(/^https?:\/\//, ""));
}
