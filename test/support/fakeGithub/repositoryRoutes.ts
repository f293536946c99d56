import { openRepository, signedIn } from "./access";
import { type Limits } from "./limits";
import type { Route } from "./route";

/** Routes for the person, their rate limits, and repositories. */
export function repositoryRoutes(limits: Limits): readonly Route[] {
  return [
    { method: "GET", template: "/", ofEditor: true, handle: (_desk, call) => (signedIn(call), { status: 200, body: {} }) },
    { method: "GET", template: "/meta", ofEditor: true, handle: () => ({ status: 200, body: { installed_version: "3.19.0" } }) },
    { method: "GET", template: "/user", handle: (desk, call) => ({ status: 200, body: desk.shapes.me(signedIn(call).user.login) }) },
    {
      method: "GET", template: "/rate_limit",
      handle: (_desk, call) => {
        const [core, search] = limits.overview(signedIn(call).user.login);
        return { status: 200, body: { resources: { core, search }, rate: core } };
      },
    },
    {
      method: "GET", template: "/repos/{owner}/{repo}",
      handle: (desk, call, params) => {
        const { repository, token } = openRepository(desk.world, desk.api, call, params);
        return { status: 200, body: desk.shapes.repository(repository, token.user.login) };
      },
    },
  ];
}
