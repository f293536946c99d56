import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDesk } from '../../src/core/desk/parseDesk';
import { type FakeGithub, startFakeGithub } from '../../test/support/fakeGithub/fakeGithub';
import { Advice } from './cache';
import { sampleForm } from './sampleForm';

/** A GitHub of its own on this machine, and who can sign in to it. */
export interface SampleGithub {
  readonly github: FakeGithub;
  readonly tokens: readonly { readonly login: string; readonly token: string }[];
}

/** Starts a GitHub, kept in memory alone, with the people of the workspace's desk and the repositories it names. */
export async function startSampleGithub(workspace: string): Promise<SampleGithub> {
  const { desk } = parseDesk(readFileSync(path.join(workspace, 'runbooks/desk.yml'), 'utf8'));
  if (desk === undefined) throw new Advice('The desk.yml of your copy has errors; --fresh starts with a new one.');
  const github = await startFakeGithub();
  const tokens = desk.people.map(({ login }) => ({ login, token: `token-of-${login}` }));
  for (const { login, token } of tokens) github.addUser(login, token);
  const labels = [...desk.kinds.flatMap(({ label }) => label ?? []), ...desk.priorities.map(({ label }) => label)];
  const repositories = new Set(desk.kinds.flatMap((kind) => kind.repositories));
  for (const repository of repositories) github.addRepository(repository, { labels });
  // One that asks people something: the last repository, where product issues go.
  const asking = [...repositories].at(-1);
  if (asking !== undefined) github.repository(asking).putFile('.github/ISSUE_TEMPLATE/bug.yml', sampleForm);
  return { github, tokens };
}
