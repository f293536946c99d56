import type { Answer, Call } from "./exchange";
import type { Shapes } from "./shapes";
import type { World } from "./world";

/** Dependencies of every route. `api` is the base address of all paths. */
export interface Desk {
  readonly world: World;
  readonly shapes: Shapes;
  readonly api: string;
}

/** One operation. Its template is the path in GitHub's description. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly template: string;
  /** Only the editor's own sign-in sends this request, so it is not checked. */
  readonly ofEditor?: true;
  /** It is not in the part of the description that is committed. */
  readonly isUnchecked?: true;
  handle(desk: Desk, call: Call, params: Readonly<Record<string, string>>): Answer;
}

/** The route for a path, and the values of its parameters. */
export function findRoute(routes: readonly Route[], method: string, path: string): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  const parts = path.split("/");
  for (const route of routes) {
    const wanted = route.template.split("/");
    // A path parameter extends to the end, and can be empty for the root.
    const open = wanted.at(-1) === "{path}";
    if (route.method !== method || (open ? wanted.length > parts.length + 1 : wanted.length !== parts.length)) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((part, index) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1];
      const given = decodeURIComponent(open && index === wanted.length - 1 ? parts.slice(index).join("/") : parts[index] ?? "");
      if (name === undefined) return part === given;
      params[name] = given;
      return name === "path" || given !== "" && (!/_(number|id)$/.test(name) || /^[1-9]\d*$/.test(given));
    });
    if (fits) return { route, params };
  }
  return undefined;
}
