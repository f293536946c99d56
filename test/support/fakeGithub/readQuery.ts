/** A value in a query: a variable, a name such as that of an enum, or data. */
export type QueryValue = { readonly variable: string } | { readonly name: string } | string | number | boolean | null | readonly QueryValue[] | { readonly fields: Readonly<Record<string, QueryValue>> };

/** A field, or with `on` fields for one type. */
export interface Selection {
  readonly field?: string;
  /** The name in the answer, if it is another one. */
  readonly alias?: string;
  readonly on?: string;
  readonly args: Readonly<Record<string, QueryValue>>;
  readonly selections: readonly Selection[];
}

export interface Query {
  /** Types of the variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly selections: readonly Selection[];
}

/** Parses the part of GraphQL that clients here use: one query with variables, fields with arguments, and inline fragments. */
export function readQuery(text: string): Query {
  const tokens = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\.\.\.)|([A-Za-z_]\w*)|(-?\d+)|([!$():=@[\]{|}])/g)].map(([whole]) => whole);
  let at = 0;
  const next = () => { at += 1; return tokens[at - 1] ?? ""; };
  const take = (token: string) => { if (next() !== token) throw new Error(`Expected ${token} before "${tokens.slice(at - 1, at + 5).join(" ")}"`); };
  const has = (token: string) => tokens[at] === token && next() === token;

  const value = (): QueryValue => {
    const token = next();
    if (token === "$") return { variable: next() };
    if (token === "[") { const all: QueryValue[] = []; while (!has("]")) all.push(value()); return all; }
    if (token === "{") { const fields: Record<string, QueryValue> = {}; while (!has("}")) { const name = next(); take(":"); fields[name] = value(); } return { fields }; }
    if (/^"/.test(token)) return JSON.parse(token) as string;
    if (/^-?\d/.test(token)) return Number(token);
    return token === "null" ? null : token === "true" ? true : token === "false" ? false : { name: token };
  };
  const selections = (): readonly Selection[] => {
    const all: Selection[] = [];
    take("{");
    while (!has("}")) {
      if (has("...")) { take("on"); all.push({ on: next(), args: {}, selections: selections() }); continue; }
      const name = next();
      const [field, alias] = has(":") ? [next(), name] : [name, undefined];
      const args: Record<string, QueryValue> = {};
      if (has("(")) while (!has(")")) { const name = next(); take(":"); args[name] = value(); }
      all.push({ field, ...alias === undefined ? {} : { alias }, args, selections: tokens[at] === "{" ? selections() : [] });
    }
    return all;
  };

  const variables: Record<string, string> = {};
  take("query");
  if (has("(")) while (!has(")")) {
    take("$");
    const name = next();
    take(":");
    let type = "";
    while (tokens[at] !== "$" && tokens[at] !== ")") type += next();
    variables[name] = type;
  }
  return { variables, selections: selections() };
}
