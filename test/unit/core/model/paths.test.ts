import fc from 'fast-check';
import assert from 'node:assert/strict';
import path from 'node:path';
import { containedFiles, containedPath, linkOnPath, pathBelow, resolvePath, writtenPath } from '../../../../src/core/model/paths';
import type { Files } from '../../../../src/core/model/ports';
import { ok } from '../../../../src/core/model/result';
import { linkDestination } from '../../../../src/host/panels/shared/links';
import { memoryFiles } from '../../../support/memoryFiles';
import { propertyRuns } from '../../../support/propertyRuns';

/** What no system may open, whatever it is. */
const outside = [
  "..", "../x", "a/../../x", "a/../b", "/etc/passwd", "//host/share", "~", "~/x", "...", "a/.. /x", "a/. ./x", "a/..\u00a0/x",
  "..\\x", "..\\..\\x", "a\\b", "\\\\host\\share", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "C:", "c:/x", "C:\\x",
  "a\0.md", "a\nb", ".git/config", ".GIT/hooks/x", "a/.git/x", ".git./x", ".git /x", ".g\u200cit/x", "GIT~1/x", "git~2/x",
];

/** What only Windows takes for something else than a file of that name. */
const oddOnWindows = ["C:x", "a.md:stream", "a.md::$DATA", "con", "a/NUL", "nul.txt", "Aux.md", "com1", "COM¹.md", "lpt9", "CONIN$", "nul .txt", "a.", "a ", "Acme Inc./x.md", "a?b", "a*b", "10:30.md", 'say "x".md', "a<b", "a|b"];

const inside = ["", "a", "./a//b/", "a b.md", "..a", "a..b/c", ".desk/incident/7-x.md", ".github/a.md", ".gitattributes", "%2e%2e/x", "\uff0e\uff0e/x", "\u2025/x", "日本/手順.md", "console.md", "com10", "a~1.md", "x.git/y"];

describe("a path inside a folder", () => {
  for (const rules of [{ windows: false }, { windows: true }]) {
    it(`cannot lead outside, ${rules.windows ? "on Windows" : "elsewhere"}`, () => {
      assert.deepEqual(outside.filter((each) => containedPath(each, rules) !== undefined), []);
      assert.deepEqual(inside.filter((each) => containedPath(each, rules) === undefined), []);
    });
  }

  it("rejects names with a special meaning on Windows, only there", () => {
    assert.deepEqual(oddOnWindows.filter((each) => containedPath(each, { windows: true }) !== undefined), []);
    assert.deepEqual(oddOnWindows.filter((each) => containedPath(each, { windows: false }) === undefined), []);
  });

  it("stays below the folder however a system joins it, for any text", () => {
    const piece = fc.oneof(fc.constantFrom("..", ".", "/", "\\", "C:", "a", " ", "~", "%2e", ":", "\0", "."), fc.string({ maxLength: 3 }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }).map((parts) => parts.join("")), (text) => {
        const posix = containedPath(text, { windows: false });
        if (posix !== undefined) assert.ok(`${path.posix.join("/desk", posix)}/`.startsWith("/desk/"), text);
        const windows = containedPath(text, { windows: true });
        if (windows !== undefined) assert.ok(`${path.win32.resolve("C:\\desk", windows)}\\`.startsWith("C:\\desk\\"), text);
        if (posix !== undefined) assert.ok(`${path.win32.join("C:\\desk", posix)}\\`.startsWith("C:\\desk\\"), text);
      }),
      { numRuns: propertyRuns(2000) },
    );
  });

  it("that is written in a text has no scheme", () => {
    assert.deepEqual(["file:../../x", "file:///x", "vscode:x", "C:x", "ops:/x", "runbooks/a.md"].map(writtenPath), [undefined, undefined, undefined, undefined, undefined, "runbooks/a.md"]);
  });

  it("is found by its folder, ignoring case where the system does", () => {
    assert.deepEqual([pathBelow("/c:/Desk", "/C:/desk/A.md", true), pathBelow("/c:/Desk", "/C:/desk/A.md", false), pathBelow("/desk", "/desktop/a.md", true), pathBelow("/", "/a.md", false)], ["A.md", undefined, undefined, "a.md"]);
  });
});

describe("a link in a file", () => {
  it("leads nowhere outside with either separator", () => {
    const from = "runbooks/a.md";
    assert.deepEqual(
      ["..\\b.md", "sub\\c.md", "../../x.md", "..\\..\\x.md", "\\\\host\\x.md", "/\\host\\x.md", "..\\.git\\config"].map((written) => resolvePath(from, written)),
      ["b.md", "runbooks/sub/c.md", undefined, undefined, undefined, undefined, undefined],
    );
    assert.equal(resolvePath("ops:/a.md", "..\\x.md"), undefined);
    assert.deepEqual(["..%5c..%5cx", "%2e%2e%2f%2e%2e%2fx", ".%2e/.%2e/x", "..%00/x"].map((href) => linkDestination(href, from).kind), ["nowhere", "nowhere", "nowhere", "nowhere"]);
  });
});

describe("the files of a folder", () => {
  it("are not touched by an invalid path", async () => {
    const touched: string[] = [];
    const note = (path: string): void => void touched.push(path);
    const all: Files = {
      list: async (path) => (note(path), ok([])),
      read: async (path) => (note(path), ok("")),
      write: async (path) => (note(path), ok(undefined)),
      move: async (from, to) => (note(from), note(to), ok(undefined)),
      remove: async (path) => (note(path), ok(undefined)),
    };
    const files = containedFiles(all, { windows: true });
    for (const bad of [...outside, ...oddOnWindows]) {
      for (const act of [files.list(bad), files.read(bad), files.write(bad, ""), files.move(bad, "a"), files.move("a", bad), files.remove(bad)]) {
        assert.deepEqual(await act, { kind: "failed", failure: { kind: "outside", path: bad } });
      }
    }
    assert.deepEqual(touched, []);
    await files.move("./a//b", "c/");
    assert.deepEqual(touched, ["a/b", "c"]);
  });

  it("are not written through a symbolic link, wherever on the path it is", async () => {
    const linked = (link: string) => linkOnPath("postmortems/evidence/7/cpu.png", async (part) => part === link);
    assert.deepEqual(await Promise.all(["postmortems", "postmortems/evidence", "postmortems/evidence/7/cpu.png", "evidence"].map(linked)), ["postmortems", "postmortems/evidence", "postmortems/evidence/7/cpu.png", undefined]);
  });

  it("in memory are checked like those on disk", async () => {
    const { files, texts } = memoryFiles({ "../x": "secret" });
    assert.deepEqual([await files.read("../x"), await files.write("..\\y", ""), texts.size], [{ kind: "failed", failure: { kind: "outside", path: "../x" } }, { kind: "failed", failure: { kind: "outside", path: "..\\y" } }, 1]);
  });
});
