import assert from "node:assert/strict";
import { renderScreen } from "../../../src/output/renderScreen";

const wide = { rows: 24, columns: 80 };

describe("The final text of a terminal", () => {
  it("contains the last state of lines that were overwritten or erased", async () => {
    assert.equal(await renderScreen("web Pulling\r\ndb Pulling\r\n\u001B[2A\u001B[2Kweb Pulled\r\n\u001B[2Kdb Pulled\r\n", wide), "web Pulled\ndb Pulled");
    assert.equal(await renderScreen("\u001B]0;title\u0007a\u001B[1;31mb\u001B[0m\u001B(B\r\n10%\r100%\r\nab\bc\u0007\r\n\u001B]633;D;0\u001B\\", wide), "ab\n100%\nac");
    assert.equal(await renderScreen("long line\rshort\u001B[K\r\nsee \u001B]8;;https://a.example\u0007here\u001B]8;;\u0007", wide), "short\nsee here");
    assert.equal(await renderScreen("gone\u001B[2J\u001B[Hstays", wide), "stays");
  });

  it("contains nothing of a full-screen program", async () => {
    assert.equal(await renderScreen("before\r\n\u001B[?1049h\u001B[Hpager\r\n~\u001B[?1049lafter", wide), "before\nafter");
    assert.equal(await renderScreen("before\r\n\u001B[?1049hkilled", wide), "before");
  });

  it("contains complete lines that the terminal wrapped, and the scrollback", async () => {
    const line = "word ".repeat(50).trim();
    assert.equal(await renderScreen(`${line}\r\nnext`, { rows: 5, columns: 20 }), `${line}\nnext`);
    assert.equal((await renderScreen(Array.from({ length: 3000 }, (_, index) => `line ${index}\r\n`).join(""), wide)).split("\n").length, 3000);
    assert.equal(await renderScreen("", wide), "");
  });
});
