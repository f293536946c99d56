import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { copySample, type Sample } from '../../../scripts/editor/stage';
import { eventsPath } from '../../../src/core/markup/issueFile';
import type { Desk } from '../../../src/core/model/desk';
import { startFakeGithub } from '../../support/fakeGithub/fakeGithub';
import { tokenOf } from '../../support/githubPerson';
import { signIn } from './signIn';
import { scratchFolder } from './session';
import { openWorkbench, type Workbench } from './workbench';

/** One issue as it is stored: whether it is open, and its title, text and comments together. */
interface StoredIssue {
  readonly state: string;
  readonly text: string;
}

/** A window in which a story takes place, and what differs between the places where issues are stored. */
export interface Story {
  readonly w: Workbench;
  /** Moves the clock of the extension, of the server if there is one, and of the panels that open from now on. */
  goTo(ahead: number): Promise<void>;
  /** Allows the window to write to the repository of a kind, which it asks once on GitHub. */
  allowWriting(kind: string): Promise<void>;
  /** Makes another person the user of the window. */
  become(login: string): Promise<void>;
  /** The issues of a kind, the oldest first. */
  issues(kind: string): readonly StoredIssue[];
  end(): Promise<void>;
}

/** A sample desk without issues, which somebody opens at a time. */
export interface StoryStart {
  readonly sample: Sample;
  readonly desk: Desk;
  readonly login: string;
  /** How many seconds the clock is ahead of the machine's. */
  readonly ahead: number;
}

/** Where the issues of a story are stored. */
export const storyStores: Readonly<Record<string, (start: StoryStart) => Promise<Story>>> = {
  'in plain files': inFiles,
  'on GitHub': onGithub,
};

async function inFiles({ sample, login, ahead }: StoryStart): Promise<Story> {
  const w = await openSample(sample, ahead, { 'responseDesk.login': login });
  await movePanels(w, ahead);
  let before = ahead;
  return {
    w,
    async goTo(next) {
      w.setAhead(next);
      await movePanels(w, next - before);
      before = next;
    },
    allowWriting: () => Promise.resolve(),
    async become(other) {
      await w.command('Response Desk: Set My Login…');
      await w.answer('login', other);
    },
    issues(kind) {
      const folder = path.join(w.workspace, '.desk', kind);
      const names = (existsSync(folder) ? readdirSync(folder) : []).filter(name => name.endsWith('.md')).sort((a, b) => Number.parseInt(a) - Number.parseInt(b));
      return names.map(name => {
        const file = path.join(folder, name);
        const text = readFileSync(file, 'utf8');
        const events = eventsPath(file, /^id: (\w+)$/m.exec(text)?.[1]);
        return { state: /^state: (\w+)$/m.exec(text)?.[1] ?? '', text: `${text}\n${existsSync(events) ? readFileSync(events, 'utf8') : ''}` };
      });
    },
    end: () => Promise.resolve(),
  };
}

async function onGithub({ sample, desk, login, ahead }: StoryStart): Promise<Story> {
  const github = await startFakeGithub();
  const repositoryOf = (kind: string): string => desk.kinds.find(({ name }) => name === kind)?.repositories[0] ?? '';
  try {
    github.setNow(() => Date.now() + ahead * 1000);
    for (const person of new Set([login, ...desk.people.map(each => each.login)])) github.addUser(person, tokenOf(person));
    for (const repository of new Set(desk.kinds.flatMap(({ repositories }) => repositories))) github.addRepository(repository);
    const w = await openSample(sample, ahead, { 'responseDesk.store': 'github', 'responseDesk.github.server': github.url, 'responseDesk.github.undoSeconds': 0 });
    await movePanels(w, ahead);
    await signIn(w, tokenOf(login), login);
    let before = ahead;
    return {
      w,
      async goTo(next) {
        github.setNow(() => Date.now() + next * 1000);
        w.setAhead(next);
        await movePanels(w, next - before);
        before = next;
      },
      allowWriting: kind => w.answerDialog(repositoryOf(kind), 'Write to Repository'),
      async become(other) {
        await w.command('Response Desk: Enter GitHub Token…');
        await w.answer('Token for 127.0.0.1', tokenOf(other));
        await w.waitForRow('On Call', `You are ${other}`);
      },
      issues(kind) {
        const { label = kind } = desk.kinds.find(({ name }) => name === kind) ?? {};
        const issues = github.repository(repositoryOf(kind)).issues().filter(({ labels }) => labels.includes(label));
        return issues.map(({ state, title, body, comments }) => ({ state, text: [title, body ?? '', ...comments.map(comment => comment.body)].join('\n') }));
      },
      end: () => github.close(),
    };
  } catch (error) {
    await github.close();
    throw error;
  }
}

async function openSample(sample: Sample, ahead: number, settings: Readonly<Record<string, unknown>>): Promise<Workbench> {
  const workspace = scratchFolder('workspace');
  copySample(sample, workspace);
  mkdirSync(path.join(workspace, '.vscode'));
  writeFileSync(path.join(workspace, '.vscode/settings.json'), JSON.stringify({ 'responseDesk.test.ahead': ahead }));
  return await openWorkbench({ workspace, clock: true, viewport: { width: 1400, height: 1300 }, settings });
}

/** Panels read the browser's clock. */
async function movePanels(w: Workbench, seconds: number): Promise<void> {
  await w.page.addInitScript((milliseconds) => { const real = Date.now; Date.now = () => real() + milliseconds; }, seconds * 1000);
}
