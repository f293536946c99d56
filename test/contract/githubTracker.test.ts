import { startFakeGithub } from "../support/fakeGithub/fakeGithub";
import { githubPerson } from "../support/githubPerson";
import { issueTrackerContract } from "./issueTracker";

issueTrackerContract("GitHub", ["acme/desk", "acme/engine"], async () => {
  const github = await startFakeGithub();
  for (const repository of ["acme/desk", "acme/engine"]) github.addRepository(repository);
  return {
    tracker: (login) => githubPerson(github, login, ["acme/desk", "acme/engine"]).tracker,
    putFile: async (repository, path, text) => github.repository(repository).putFile(path, text),
    run: (promise) => promise,
    close: () => github.close(),
  };
});
