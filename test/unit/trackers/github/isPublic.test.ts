import assert from "node:assert/strict";
import { isPublic } from "../../../../src/trackers/github/githubApi";

describe("whether a repository is public", () => {
  const sent: { url: string; headers: Headers }[] = [];
  const answering = (status: number, body: string): typeof globalThis.fetch => async (input, init) => {
    sent.push({ url: input instanceof Request ? input.url : String(input), headers: new Headers(init?.headers) });
    return new Response(body, { status });
  };

  it("is requested without a token, and only an explicit yes counts", async () => {
    const answers: readonly (readonly [number, string])[] = [
      [200, '{"private":false,"visibility":"public"}'], [200, '{"private":false}'], [200, '{"private":true}'], [200, '{"private":false,"visibility":"internal"}'],
      [200, "<html>"], [200, "null"], [404, '{"message":"Not Found"}'], [401, "{}"], [403, '{"private":false}'],
    ];
    const found = await Promise.all(answers.map(([status, body]) => isPublic("https://github.com", "acme/desk", answering(status, body))));
    assert.deepEqual(found, [true, true, false, false, false, false, false, false, false]);
    assert.equal(await isPublic("https://github.com", "acme/desk", async () => { throw new TypeError("fetch failed"); }), false);
    assert.deepEqual([...new Set(sent.map(({ url }) => url))], ["https://api.github.com/repos/acme/desk"]);
    assert.equal(sent.some(({ headers }) => headers.has("authorization")), false);
  });
});
