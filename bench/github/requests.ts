import { startFakeGithub } from "../../test/support/fakeGithub/fakeGithub";
import { githubPerson } from "../../test/support/githubPerson";
import { pollForAnHour } from "../../test/support/pollForAnHour";
import { manyRepositories, openMany } from "../../test/support/manyIssues";
import { must } from "../../test/support/must";
import { passingTime } from "../../test/support/passingTime";
import type { Figure } from "../figure";
import { type Cost, costFigures, costOf } from "./cost";
import { incidentLife, writes } from "./incidentLife";

const each = 1000;
const perPage = 100;

/** The number of requests with five repositories: at the first start, in an idle hour, and during one incident. */
export async function requestFigures(): Promise<readonly Figure[]> {
  const time = passingTime();
  const github = await startFakeGithub({ checkDescription: false, now: time.now });
  openMany(github, each, time.now);
  const ana = githubPerson(github, "ana", manyRepositories, { clock: time.clock, timeoutMilliseconds: 600_000 });
  const list = async (): Promise<unknown> => must(ana.tracker.list({ state: "all" }));
  const during = async (action: () => Promise<unknown>): Promise<Cost> => {
    const from = github.requests.length;
    await action();
    return costOf(github.requests.slice(from));
  };

  const cold = await during(list);
  let looks = 0;
  const idle = await during(async () => (looks = await pollForAnHour(time, list)));
  const life = await during(() => incidentLife(ana));
  await github.close();

  // For each repository the pages of its open issues, and one of recently closed issues.
  const pages = manyRepositories.length * (each / perPage + 1);
  const asked = looks * manyRepositories.length;
  return [
    ...costFigures("first start, beside the pages needed", cold, { requests: pages, hourly: pages, points: pages }),
    ...costFigures("idle hour, beside one unconditional request per repository and look", idle, { requests: asked, hourly: asked, points: asked }),
    ...costFigures("one incident, beside one request per write and one reading", life, { requests: writes + 1, hourly: writes + 1, points: writes * 5 + 1 }),
  ];
}
