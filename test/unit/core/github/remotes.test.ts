import assert from "node:assert/strict";
import { parseGitConfig, readGitConfig, rewriteAddress, type ConfigFiles } from "../../../../src/core/github/gitConfig";
import { remoteRepositories, repositoryOf } from "../../../../src/core/github/remotes";
import { machineOf, readSshConfig } from "../../../../src/core/github/sshConfig";

const github = "https://github.com";

describe("A remote's address", () => {
  it("is parsed in every form that Git supports", () => {
    const forms = [
      "https://github.com/acme/docs", "https://github.com/acme/docs.git", "https://github.com/acme/docs/", "https://ana@github.com/acme/docs.git", "https://GitHub.com/acme/docs",
      "git@github.com:acme/docs.git", "github.com:acme/docs", "ssh://git@github.com/acme/docs.git", "ssh://git@github.com:22/acme/docs", "ssh://git@ssh.github.com:443/acme/docs.git", "git://github.com/acme/docs.git",
    ];
    assert.deepEqual(forms.filter((url) => repositoryOf(url, github) !== "acme/docs"), []);
    assert.equal(repositoryOf("https://ghe.acme.example:8443/a.b/c_d.git", "https://ghe.acme.example:8443"), "a.b/c_d");
    assert.equal(repositoryOf("git@ghe.acme.example:a/b.git", "https://ghe.acme.example:8443"), "a/b");
    assert.equal(repositoryOf("http://127.0.0.1:4000/acme/docs", "http://127.0.0.1:4000"), "acme/docs");
  });

  it("is ignored on another server, or without owner and name", () => {
    const others = [
      "https://gitlab.com/acme/docs", "https://github.com.evil.example/acme/docs", "https://evil.example/github.com/acme/docs", "git@evilgithub.com:acme/docs", "https://github.com:8443/acme/docs",
      "https://github.com/acme", "https://github.com/acme/docs/tree", "/srv/git/acme/docs.git", "../docs", "file:///acme/docs", "https://github.com/../docs", "https://github.com/acme/..", "",
    ];
    assert.deepEqual(others.filter((url) => repositoryOf(url, github) !== undefined), []);
  });
});

describe("The remotes of a checkout", () => {
  it("are upstream before origin, without other forks", () => {
    const config = `[core]
	bare = false
[remote "origin"]
	url = git@github.com:ana/docs.git
	fetch = +refs/heads/*:refs/remotes/origin/*
[remote "ben"]
	url = https://github.com/ben/docs
[remote "upstream"]
	url = https://github.com/acme/docs.git
	pushurl = https://github.com/acme/other.git
[branch "main"]
	remote = origin
[submodule "x"]
	url = https://github.com/acme/x
`;
    assert.deepEqual(remoteRepositories({ settings: parseGitConfig(config), hosts: [] }, github), ["acme/docs", "ana/docs"]);
  });

  it("are all on the server, without duplicates, when none has a usual name", () => {
    const config = '[remote "one"]\r\n url = "https://github.com/acme/docs"\r\n[remote "two"]\r\n\turl=git@github.com:acme/docs\r\n[remote "three"]\r\n\turl = git@github.com:acme/site.git\r\n[remote "origin"]\r\n\turl = https://gitlab.com/acme/docs\r\n';
    assert.deepEqual(remoteRepositories({ settings: parseGitConfig(config), hosts: [] }, github), ["acme/docs", "acme/site"]);
    assert.deepEqual(remoteRepositories({ settings: [], hosts: [] }, github), []);
  });
});

const disk = (texts: Readonly<Record<string, string>>): ConfigFiles => ({ home: "/ana", read: async (path) => texts[path] });

/** The repositories of a checkout at /code/desk, on a machine that has these files. */
async function repositoriesOn(texts: Readonly<Record<string, string>>, server = github): Promise<readonly string[]> {
  const files = disk(texts);
  const settings = (await Promise.all(["/ana/.gitconfig", "/code/desk/.git/config"].map((path) => readGitConfig(path, files, "/code/desk/.git")))).flat();
  return remoteRepositories({ settings, hosts: await readSshConfig("/ana/.ssh/config", files) }, server);
}

describe("The address of a remote", () => {
  const origin = (url: string): string => `[remote "origin"]\n\turl = ${url}\n`;
  const ssh = "Host github.com-work\n  HostName github.com\n  User git\n  IdentityFile ~/.ssh/work\n";

  it("can use a host alias of the SSH configuration", async () => {
    for (const url of ["git@github.com-work:acme/desk.git", "github.com-work:acme/desk", "ssh://git@github.com-work/acme/desk.git", "ssh://git@github.com-work:22/acme/desk", "git@GitHub.com-Work:acme/desk.git"]) {
      assert.deepEqual(await repositoriesOn({ "/code/desk/.git/config": origin(url), "/ana/.ssh/config": ssh }), ["acme/desk"], url);
    }
    assert.deepEqual(await repositoriesOn({ "/code/desk/.git/config": origin("git@github.com-work:acme/desk.git") }), []);
    assert.deepEqual(await repositoriesOn({ "/code/desk/.git/config": origin("https://github.com-work/acme/desk"), "/ana/.ssh/config": ssh }), [], "SSH resolves no address of the web");
  });

  it("is rewritten by the longest insteadOf of any configuration file", async () => {
    const own = '[url "https://github.com/"]\n\tinsteadOf = gh:\n\tinsteadOf = "g:"\n[url "git@gitlab.com:"]\n\tinsteadOf = gh:lab/ # ours\n';
    const of = async (url: string, texts: Readonly<Record<string, string>> = { "/ana/.gitconfig": own }): Promise<readonly string[]> => repositoriesOn({ ...texts, "/code/desk/.git/config": origin(url) });
    assert.deepEqual([await of("gh:acme/desk"), await of("g:acme/desk"), await of("gh:lab/desk"), await of("GH:acme/desk")], [["acme/desk"], ["acme/desk"], [], []]);
    assert.deepEqual(await of("gh:acme/desk", { "/ana/.gitconfig": "[include]\n path = git/urls\n", "/ana/git/urls": own }), ["acme/desk"]);
    assert.deepEqual(await of("gh:acme/desk", { "/ana/.gitconfig": '[includeIf "gitdir:/code/"]\n path = ~/urls\n[includeIf "gitdir:/other/"]\n path = ~/none\n', "/ana/urls": own, "/ana/none": '[url "x:"]\ninsteadOf = gh:acme\n' }), ["acme/desk"]);
    assert.deepEqual(await of("work:acme/desk", { "/ana/.gitconfig": '[url "git@github.com-work:"]\n insteadOf = work:\n', "/ana/.ssh/config": ssh }), ["acme/desk"], "and then a host of SSH");
  });

  it("for pushing counts if the one for fetching is elsewhere", async () => {
    const config = '[url "git@github.com:"]\n pushInsteadOf = https://mirror.example/\n[remote "origin"]\n url = https://mirror.example/acme/desk\n';
    assert.deepEqual(await repositoriesOn({ "/code/desk/.git/config": config }), ["acme/desk"]);
    assert.deepEqual(await repositoriesOn({ "/code/desk/.git/config": '[remote "origin"]\n url = /mirror\n pushurl = git@github.com:acme/desk\n' }), ["acme/desk"]);
  });
});

describe("Git's configuration", () => {
  it("is parsed as Git does", () => {
    const text = '\uFEFF[core] bare = false ; c\n[Remote "a \\"b\\""]\n\tURL = "x # y" z  # c\n\tempty\n[url.Old]\n insteadOf = a\\\n  b\n  no value here\n= 1\n[broken\nx = y\n';
    assert.deepEqual(parseGitConfig(text).map(({ section, subsection, name, value }) => [section, subsection, name, value]), [
      ["core", "", "bare", "false"], ["remote", 'a "b"', "url", "x # y z"], ["remote", 'a "b"', "empty", "true"], ["url", "old", "insteadof", "a  b"], ["url", "old", "x", "y"],
    ]);
  });

  it("limits recursive and numerous includes", async () => {
    assert.equal((await readGitConfig("/a", disk({ "/a": "[include]\npath = a\npath = a\n[x]\ny = z\n" }), "")).length > 0, true);
    assert.ok((await readGitConfig("/a", disk(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`/${index === 0 ? "a" : index}`, `[include]\npath = ${index + 1}\n[x]\ny = z\n`]))), "")).length < 100);
  });

  it("prefers the longest prefix", () => {
    const settings = parseGitConfig('[url "1:"]\ninsteadOf = a\n[url "2:"]\ninsteadOf = ab\n[url "3:"]\ninsteadOf = a\n');
    assert.deepEqual(["abc", "ac", "c"].map((url) => rewriteAddress(url, settings, "insteadof")), ["2:c", "1:c", undefined]);
  });
});

describe("SSH's configuration", () => {
  const hostsIn = (texts: Readonly<Record<string, string>>) => readSshConfig("/ana/.ssh/config", disk(Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/ana/.ssh/${name}`, text]))));

  it("finds a host name by the first matching pattern", async () => {
    const hosts = await hostsIn({ config: 'Host *-work !bad-work\n\tHostname=github.com\nHOST "x y" gh-?\n  HostName  "%h.example"\nHost *\n  HostName other.%%\n' });
    assert.deepEqual(["a-work", "A-WORK", "bad-work", "gh-1", "gh-12"].map((host) => machineOf(host, hosts)), ["github.com", "github.com", "other.%", "gh-1.example", "other.%"]);
    assert.equal(machineOf("github.com", []), "github.com");
  });

  it("skips Match blocks, and follows a limited number of includes", async () => {
    const hosts = await hostsIn({ config: "Include more missing *.conf\nMatch exec \"rm -rf ~\"\n HostName evil.example\nHost b\n HostName github.com\nInclude config\n", more: "Host a\n HostName github.com\nInclude more\n" });
    assert.deepEqual(["a", "b", "c"].map((host) => machineOf(host, hosts)), ["github.com", "github.com", "c"]);
  });
});
