import assert from "node:assert/strict";
import { remoteRepositories, repositoryOf } from "../../../../src/core/github/remotes";

const github = "https://github.com";

describe("Where Git fetches from", () => {
  it("is a repository of the server in every form that Git takes", () => {
    const forms = [
      "https://github.com/acme/docs", "https://github.com/acme/docs.git", "https://github.com/acme/docs/", "https://ana@github.com/acme/docs.git", "https://GitHub.com/acme/docs",
      "git@github.com:acme/docs.git", "github.com:acme/docs", "ssh://git@github.com/acme/docs.git", "ssh://git@github.com:22/acme/docs", "ssh://git@ssh.github.com:443/acme/docs.git", "git://github.com/acme/docs.git",
    ];
    assert.deepEqual(forms.filter((url) => repositoryOf(url, github) !== "acme/docs"), []);
    assert.equal(repositoryOf("https://ghe.acme.example:8443/a.b/c_d.git", "https://ghe.acme.example:8443"), "a.b/c_d");
    assert.equal(repositoryOf("git@ghe.acme.example:a/b.git", "https://ghe.acme.example:8443"), "a/b");
    assert.equal(repositoryOf("http://127.0.0.1:4000/acme/docs", "http://127.0.0.1:4000"), "acme/docs");
  });

  it("is nothing of ours on another server, or when it is no owner and name", () => {
    const others = [
      "https://gitlab.com/acme/docs", "https://github.com.evil.example/acme/docs", "https://evil.example/github.com/acme/docs", "git@evilgithub.com:acme/docs", "https://github.com:8443/acme/docs",
      "https://github.com/acme", "https://github.com/acme/docs/tree", "/srv/git/acme/docs.git", "../docs", "file:///acme/docs", "https://github.com/../docs", "https://github.com/acme/..", "",
    ];
    assert.deepEqual(others.filter((url) => repositoryOf(url, github) !== undefined), []);
  });
});

describe("The remotes of a checkout", () => {
  it("are upstream before origin, and nobody's forks beside these", () => {
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
    assert.deepEqual(remoteRepositories(config, github), ["acme/docs", "ana/docs"]);
  });

  it("are all that lie on the server, each once, when none has a usual name", () => {
    const config = '[remote "one"]\r\n url = "https://github.com/acme/docs"\r\n[remote "two"]\r\n\turl=git@github.com:acme/docs\r\n[remote "three"]\r\n\turl = git@github.com:acme/site.git\r\n[remote "origin"]\r\n\turl = https://gitlab.com/acme/docs\r\n';
    assert.deepEqual(remoteRepositories(config, github), ["acme/docs", "acme/site"]);
    assert.deepEqual(remoteRepositories("", github), []);
  });
});
