import assert from 'node:assert/strict';
import type { RepositoryForms } from '../../src/core/model/issueForm';
import type { Clock } from '../../src/core/model/ports';
import { isRecord } from '../../src/core/model/plainData';
import { githubApi } from '../../src/trackers/github/githubApi';
import { createGithubTracker } from '../../src/trackers/github/githubTracker';
import { type FakeGithub, type SeenRequest, startFakeGithub } from '../support/fakeGithub/fakeGithub';
import { githubPerson, tokenOf } from '../support/githubPerson';
import { memoryLog } from '../support/memoryLog';
import { memoryMemory } from '../support/memoryMemory';
import { must } from '../support/must';
import { realClock } from '../support/realClock';

const home = "acme/desk";

const folder = ".github/ISSUE_TEMPLATE";

const form = (name: string): string => `name: ${name}\nbody: [{ type: input, attributes: { label: Where } }]\n`;

describe("forms on GitHub", function () {
  let github: FakeGithub;

  beforeEach(async () => {
    github = await startFakeGithub();
    github.addRepository(home);
  });

  afterEach(() => github.close());

  const names = ({ forms }: RepositoryForms): readonly string[] => forms.map(({ name }) => name);
  const isContent = ({ path }: Pick<SeenRequest, "path">): boolean => path.includes("/contents/");
  /** The requests for files and folders since it was asked last, with what they came to. */
  const asked = (): (() => readonly string[]) => {
    let before = 0;
    return () => {
      const seen = github.requests.slice(before).filter(isContent).map(({ path, status }) => `${status} ${decodeURIComponent(path.split("/contents/")[1] ?? "")}`);
      before = github.requests.length;
      return seen;
    };
  };
  const later = (): { readonly clock: Clock; add(milliseconds: number): void } => {
    let added = 0;
    return { clock: { now: () => new Date(Date.now() + added).toISOString(), wait: realClock.wait }, add: (milliseconds) => void (added += milliseconds) };
  };

  it("are found wherever GitHub looks for them, in its order", async () => {
    const repository = github.repository(home);
    const found = async (): Promise<readonly string[]> => names(await must(githubPerson(github, "ana", [home]).tracker.forms(home)));
    repository.putFile("README.md", "# Desk");
    assert.deepEqual(await found(), []);
    repository.putFile("docs/issue_template.md", "Docs");
    assert.deepEqual(await found(), ["issue_template.md"]);
    repository.putFile("ISSUE_TEMPLATE.md", "Root");
    assert.deepEqual(await found(), ["ISSUE_TEMPLATE.md"]);
    repository.putFile(".github/ISSUE_TEMPLATE.md", "---\nname: Single\n---\n");
    assert.deepEqual(await found(), ["Single"]);
    repository.putFile("docs/ISSUE_TEMPLATE/a.yml", form("In docs"));
    assert.deepEqual(await found(), ["In docs"]);
    repository.putFile("ISSUE_TEMPLATE/a.yml", form("At root"));
    assert.deepEqual(await found(), ["At root"]);
    repository.putFile(`${folder}/a.yml`, form("Usual"));
    assert.deepEqual(await found(), ["Usual"]);
  });

  it("are those of the owner if the repository has none of its own", async () => {
    github.addRepository("acme/.github");
    github.repository("acme/.github").putFile("ISSUE_TEMPLATE/a.yml", form("For all"));
    github.repository("acme/.github").putFile("ISSUE_TEMPLATE/b.yml", "name: x");
    const ana = githubPerson(github, "ana", [home]);
    const all = await must(ana.tracker.forms(home));
    assert.deepEqual(names(all), ["For all"]);
    assert.deepEqual(all.broken.map(({ location }) => location), [{ kind: "web", url: `${github.url}/acme/.github/blob/HEAD/ISSUE_TEMPLATE/b.yml` }]);
    github.repository(home).putFile(`${folder}/config.yml`, "contact_links: []");
    assert.deepEqual(names(await must(githubPerson(github, "ben", [home]).tracker.forms(home))), []);
  });

  it("take one free request when nothing changed, and otherwise only what changed", async () => {
    const { clock, add } = later();
    const ana = githubPerson(github, "ana", [home], { clock });
    const repository = github.repository(home);
    repository.putFile(`${folder}/a.yml`, form("A1"));
    repository.putFile(`${folder}/b.yml`, form("B1"));
    const requests = asked();
    assert.deepEqual(names(await must(ana.tracker.forms(home))), ["A1", "B1"]);
    assert.deepEqual([...requests()].sort(), [`200 ${folder}`, `200 ${folder}/a.yml`, `200 ${folder}/b.yml`]);
    repository.putFile(`${folder}/b.yml`, form("B2"));
    assert.deepEqual(names(await must(ana.tracker.forms(home))), ["A1", "B1"]);
    assert.deepEqual(requests(), [], "what was just read is taken as it is");
    add(600_000);
    assert.deepEqual(names(await must(ana.tracker.forms(home))), ["A1", "B2"]);
    assert.deepEqual(requests(), [`200 ${folder}`, `200 ${folder}/b.yml`]);
    add(600_000);
    assert.deepEqual(names(await must(ana.tracker.forms(home))), ["A1", "B2"]);
    assert.deepEqual(requests(), [`304 ${folder}`]);
  });

  it("are read once for two concurrent calls", async () => {
    github.repository(home).putFile(`${folder}/a.yml`, form("A"));
    const { tracker } = githubPerson(github, "ana", [home]);
    const requests = asked();
    await Promise.all([must(tracker.forms(home)), must(tracker.forms(home))]);
    assert.equal(requests().length, 2);
  });

  it("are available offline, after a restart and while the server hangs, as last read, but not for other accounts", async () => {
    const memory = memoryMemory();
    const { clock, add } = later();
    github.repository(home).putFile(`${folder}/a.yml`, form("A"));
    await must(githubPerson(github, "ana", [home], { memory, clock }).tracker.forms(home));
    add(600_000);
    github.fault({ match: isContent, times: 1000, do: { kind: "dropBefore" } });
    assert.deepEqual(names(await must(githubPerson(github, "ana", [home], { memory, clock }).tracker.forms(home))), ["A"]);
    const ben = await githubPerson(github, "ben", [home], { memory, clock }).tracker.forms(home);
    assert.deepEqual(ben, { kind: "failed", failure: { kind: "offline", server: github.url } });
    github.clearFaults();
    github.fault({ match: isContent, times: 1000, do: { kind: "hang" } });
    assert.deepEqual(names(await must(githubPerson(github, "ana", [home], { memory, clock }).tracker.forms(home))), ["A"]);
  });

  it("fail if they were never read, and are read again after that", async () => {
    github.repository(home).putFile(`${folder}/a.yml`, form("A"));
    const { tracker } = githubPerson(github, "ana", [home]);
    github.fault({ match: ({ path }) => path.endsWith("a.yml"), do: { kind: "status", status: 502 } });
    assert.deepEqual(await tracker.forms(home), { kind: "failed", failure: { kind: "serverError", server: github.url, status: 502 } });
    assert.deepEqual(names(await must(tracker.forms(home))), ["A"]);
  });

  it("are empty if the account cannot read them", async () => {
    github.addRepository("acme/secret", { private: true, writers: ["ben"] });
    github.repository("acme/secret").putFile(`${folder}/a.yml`, form("A"));
    assert.deepEqual(names(await must(githubPerson(github, "ana", [home]).tracker.forms("acme/secret"))), []);
    assert.deepEqual(names(await must(githubPerson(github, "ben", [home]).tracker.forms("acme/secret"))), ["A"]);
  });

  it("report that only maintainers can skip them", async () => {
    github.addRepository("acme/open", { writers: ["ben"] });
    github.repository("acme/open").putFile(`${folder}/config.yml`, "blank_issues_enabled: false\n");
    const blank = async (login: string): Promise<string> => (await must(githubPerson(github, login, [home]).tracker.forms("acme/open"))).blank;
    assert.deepEqual([await blank("ana"), await blank("ben")], ["nobody", "maintainers"]);
  });

  it("set the type of the issue", async () => {
    github.addUser("ana", tokenOf("ana"));
    github.addRepository("acme/typed", { types: ["Bug"] });
    const bodies: unknown[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      if (init?.method === "POST") bodies.push(JSON.parse(String(init.body)));
      return globalThis.fetch(input, init);
    };
    const api = githubApi({ server: github.url, token: async () => tokenOf("ana"), clock: realClock, log: memoryLog(), fetch, spacing: 5 });
    const tracker = createGithubTracker({ api, memory: memoryMemory(), log: memoryLog(), clock: realClock, repositories: () => ["acme/typed"], account: () => api.login(), onNotice: () => undefined });
    await must(tracker.create({ repository: "acme/typed", kind: "issue", title: "T", body: "", labels: [], assignees: [], type: "Bug" }, "k1"));
    await must(tracker.create({ repository: "acme/typed", kind: "issue", title: "T", body: "", labels: [], assignees: [] }, "k2"));
    assert.deepEqual(bodies.map((body) => isRecord(body) && body["type"]), ["Bug", undefined]);
  });
});
