import type { GithubTracker } from "./githubTracker";

type Token = () => Promise<string | undefined>;

/**
 * The tracker of whoever is signed in. What was begun with one account is never finished with another: its requests fail as
 * signed out from the moment on at which another token, or none, is in use.
 */
export function accountTracker(token: Token, open: (token: Token) => GithubTracker): GithubTracker {
  let last: { readonly token: string | undefined; readonly tracker: GithubTracker } | undefined;

  async function now(): Promise<GithubTracker> {
    const mine = await token();
    if (last === undefined || last.token !== mine) last = { token: mine, tracker: open(async () => ((await token()) === mine ? mine : undefined)) };
    return last.tracker;
  }

  return {
    list: async (query) => (await now()).list(query),
    get: async (ref) => (await now()).get(ref),
    create: async (draft, key) => (await now()).create(draft, key),
    edit: async (ref, change, key) => (await now()).edit(ref, change, key),
    comment: async (ref, markdown, key) => (await now()).comment(ref, markdown, key),
    link: async (parent, child, relation, step) => (await now()).link(parent, child, relation, step),
    relations: async (ref) => (await now()).relations(ref),
    timeline: async (ref) => (await now()).timeline(ref),
    search: async (text, scope) => (await now()).search(text, scope),
    forms: async (repository) => (await now()).forms(repository),
    remembered: async () => (await now()).remembered(),
  };
}
