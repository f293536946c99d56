import type { Call } from "./exchange";

/** One page of a list, and the `Link` header with the others. They are below `/repositories/{id}`, and with a cursor the last page is unknown. */
export function page<T>(call: Call, all: readonly T[], address: string, options: { readonly cursor?: boolean } = {}): { readonly items: readonly T[]; readonly link?: string } {
  const size = Math.min(Math.max(Number(call.query.get("per_page") ?? 30), 1), 100);
  const number = Math.max(Number(call.query.get("page") ?? 1), 1);
  const last = Math.max(Math.ceil(all.length / size), 1);
  const to = (target: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set("page", String(target));
    if (options.cursor === true && target > number) query.set("after", Buffer.from(`cursor:${target}`).toString("base64url"));
    return `<${address}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...number > 1 ? [to(number - 1, "prev")] : [],
    ...number < last ? [to(number + 1, "next")] : [],
    ...number < last && options.cursor !== true ? [to(last, "last")] : [],
    ...number > 1 ? [to(1, "first")] : [],
  ];
  return { items: all.slice((number - 1) * size, number * size), ...links.length === 0 ? {} : { link: links.join(", ") } };
}
