import assert from 'node:assert/strict';
import { agreedSession, askSession, type GetSession } from '../../../../../src/host/app/store/editorSession';

/** An editor whose user approved these scopes and approves every request. */
function editor(...agreed: readonly string[]) {
  const given = new Set(agreed);
  const asked: string[] = [];
  const get: GetSession = async (scopes, { silent }) => {
    const scope = scopes.join(" ");
    if (silent !== true) {
      asked.push(scope);
      given.add(scope);
    }
    return given.has(scope) ? { id: scope, accessToken: `token of ${scope}`, account: { id: "1", label: "ana" }, scopes: [...scopes] } : undefined;
  };
  return { get, asked };
}

describe("the session of the editor's account", () => {
  it("is requested for public repositories if that is enough, and for all repositories otherwise", async () => {
    const narrow = editor();
    assert.equal((await askSession(narrow.get, true, { createIfNone: true }))?.publicOnly, true);
    assert.deepEqual(narrow.asked, ["public_repo"]);
    const wide = editor();
    assert.equal((await askSession(wide.get, false, { createIfNone: true }))?.publicOnly, false);
    assert.deepEqual(wide.asked, ["repo"]);
  });

  it("for all repositories is used without another request", async () => {
    for (const agreed of [["repo"], ["public_repo", "repo"]]) {
      const { get, asked } = editor(...agreed);
      assert.deepEqual([(await agreedSession(get))?.session.id, (await askSession(get, true, { createIfNone: true }))?.publicOnly], ["repo", false]);
      assert.deepEqual(asked, ["repo"]);
    }
  });

  it("for public repositories is used until wider access is needed, which is requested then", async () => {
    const { get, asked } = editor("public_repo");
    assert.deepEqual([(await agreedSession(get))?.publicOnly, asked], [true, []]);
    assert.equal((await askSession(get, false, { createIfNone: true }))?.session.id, "repo");
    assert.deepEqual([asked, (await agreedSession(get))?.publicOnly], [["repo"], false]);
  });

  it("does not exist before the user approves", async () => {
    assert.equal(await agreedSession(editor().get), undefined);
  });
});
