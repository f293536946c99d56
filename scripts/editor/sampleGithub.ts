import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDesk } from '../../src/core/desk/parseDesk';
import type { Clock } from '../../src/core/model/ports';
import { type FakeGithub, startFakeGithub } from '../../test/support/fakeGithub/fakeGithub';
import { githubPerson, tokenOf } from '../../test/support/githubPerson';
import { memoryMemory } from '../../test/support/memoryMemory';
import { makeGithubDay, writeSampleDay } from '../sampleDay/sampleDay';
import { Advice } from './cache';
import { sampleForm } from './sampleForm';
import type { Sample } from './stage';

/** A GitHub of its own on this machine, and who can sign in to it. */
export interface SampleGithub {
  readonly github: FakeGithub;
  readonly tokens: readonly { readonly login: string; readonly token: string }[];
}

/** Starts a GitHub, kept in memory alone, with the people of the workspace's desk and the repositories it names; `day` fills it with issues. */
export async function startSampleGithub(workspace: string, day?: { readonly sample: Sample; readonly now: string }): Promise<SampleGithub> {
  const { desk } = parseDesk(readFileSync(path.join(workspace, 'runbooks/desk.yml'), 'utf8'));
  if (desk === undefined) throw new Advice('The desk.yml of your copy has errors. Start without --keep to get a new one.');
  const github = await startFakeGithub();
  const tokens = desk.people.map(({ login }) => ({ login, token: tokenOf(login) }));
  for (const { login, token } of tokens) github.addUser(login, token);
  const labels = [...desk.kinds.flatMap(({ label }) => label ?? []), ...desk.priorities.map(({ label }) => label)];
  const repositories = new Set(desk.kinds.flatMap((kind) => kind.repositories));
  for (const repository of repositories) github.addRepository(repository, { labels });
  // One that asks people something: the last repository, where product issues go.
  const asking = [...repositories].at(-1);
  if (asking !== undefined) github.repository(asking).putFile('.github/ISSUE_TEMPLATE/bug.yml', sampleForm);
  if (day !== undefined) {
    const trackerFor = (login: string, clock: Clock) => githubPerson(github, login, [...repositories], { clock, memory: memoryMemory() }).tracker;
    const { me, files } = await makeGithubDay(day.sample, path.join(workspace, 'runbooks'), day.now, trackerFor, now => { github.setNow(now); });
    writeSampleDay({ me, files }, workspace);
    github.setNow(Date.now);
  }
  return { github, tokens };
}
