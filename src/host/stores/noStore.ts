import type { Failure } from "../../core/failure";
import { failed } from "../../core/result";
import type { DeskMemory } from "../platform/storage";
import type { Store } from "./store";

/** Stands for a place that cannot be used: whatever is asked of it fails so, and nothing is sent anywhere. */
export function noStore(id: string, memory: DeskMemory, failure: Failure): Store {
  const fail = async (): Promise<{ readonly kind: "failed"; readonly failure: Failure }> => failed(failure);
  return {
    tracker: { list: fail, get: fail, create: fail, edit: fail, comment: fail, link: fail, relations: fail, timeline: fail, search: fail, forms: fail },
    id,
    memory,
    now: () => ({ kind: "github", server: "", signedIn: false, repositories: [] }),
    place: (desk) => desk,
    reload: async () => {},
    knownMe: () => undefined,
    me: fail,
    remembered: async () => undefined,
    follow() {},
    noteReading() {},
    askAgain() {},
    dispose() {},
  };
}
