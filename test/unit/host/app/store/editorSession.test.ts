import assert from 'node:assert/strict';
import { agreedSession, askSession, type GetSession } from '../../../../../src/host/app/store/editorSession';

/** An editor in which the person agreed to these scopes, and agrees to whatever they are asked for. */
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

describe("the editor's sign-in", () => {
  it("is asked for public repositories alone where these are all the desk has, and for all repositories else", async () => {
    const narrow = editor();
    assert.equal((await askSession(narrow.get, true, { createIfNone: true }))?.publicOnly, true);
    assert.deepEqual(narrow.asked, ["public_repo"]);
    const wide = editor();
    assert.equal((await askSession(wide.get, false, { createIfNone: true }))?.publicOnly, false);
    assert.deepEqual(wide.asked, ["repo"]);
  });

  it("for all repositories is taken as it is, and nobody is asked for less", async () => {
    for (const agreed of [["repo"], ["public_repo", "repo"]]) {
      const { get, asked } = editor(...agreed);
      assert.deepEqual([(await agreedSession(get))?.session.id, (await askSession(get, true, { createIfNone: true }))?.publicOnly], ["repo", false]);
      assert.deepEqual(asked, ["repo"]);
    }
  });

  it("for public ones is used until more is needed, which is asked for then", async () => {
    const { get, asked } = editor("public_repo");
    assert.deepEqual([(await agreedSession(get))?.publicOnly, asked], [true, []]);
    assert.equal((await askSession(get, false, { createIfNone: true }))?.session.id, "repo");
    assert.deepEqual([asked, (await agreedSession(get))?.publicOnly], [["repo"], false]);
  });

  it("is none before anybody agreed", async () => {
    assert.equal(await agreedSession(editor().get), undefined);
  });
});
