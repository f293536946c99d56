import { bundled } from './bundled';
import { type Figure, median } from './figure';

interface Search {
  /** Indexes 5,000 issues and returns the milliseconds of each slice. */
  readonly build: () => Promise<readonly number[]>;
  /** Types a title and returns the milliseconds of each keystroke. */
  readonly type: (title: string) => readonly number[];
  readonly typeAfterEdit: (title: string) => readonly number[];
  /** The same keystrokes with a search for every word in every text. */
  readonly scan: (title: string) => readonly number[];
  readonly titles: readonly string[];
}

/** Similar issues for a title at each keystroke, among 5,000 with some thousand characters each, compared with searching every text for its words. */
export async function searchFigures(): Promise<readonly Figure[]> {
  const { build, type, typeAfterEdit, scan, titles } = await bundled<Search>(contents);
  const slices = await build();
  type(titles[0] ?? '');
  const scanned = titles.flatMap(scan);
  const typed = titles.flatMap(type);
  const edited = titles.flatMap(typeAfterEdit);
  const baseline = rounded(median(scanned));
  const name = '5,000 issues: known ones for a title, beside every word in every text';
  return [
    { name: `${name}: a key`, unit: 'ms', value: rounded(median(typed)), baseline },
    { name: `${name}: the slowest key`, unit: 'ms', value: rounded(Math.max(...typed)), baseline: rounded(Math.max(...scanned)) },
    { name: `${name}: a key after an issue was edited`, unit: 'ms', value: rounded(median(edited)), baseline },
    { name: `${name}: taking all in, once`, unit: 'ms', value: rounded(slices.reduce((sum, each) => sum + each, 0)), baseline },
    { name: `${name}: the longest time that taking all in keeps others waiting`, unit: 'ms', value: rounded(Math.max(...slices)), baseline },
  ];
}

function rounded(value: number): number {
  return Number(value.toFixed(2));
}

const contents = `
  import { createIssueIndex } from './src/core/search/issueIndex';

  // A vocabulary whose words are as unevenly common as those of a language.
  let seed = 7;
  const random = () => ((seed = (seed * 16807) % 2147483647) - 1) / 2147483646;
  const syllables = ['ba', 'con', 'der', 'ex', 'fi', 'ger', 'hal', 'in', 'ker', 'lo', 'mar', 'nect', 'or', 'pre', 'qui', 'res', 'ser', 'tion', 'un', 'ver', 'wor', 'xe', 'ya', 'zu', 'ed', 'ing', 'ly', 's'];
  const wordAt = (at) => { let word = ''; for (let rest = at + 40; rest > 0; rest = Math.floor(rest / syllables.length)) word += syllables[rest % syllables.length]; return word; };
  const vocabulary = Array.from({ length: 30000 }, (_, at) => wordAt(at));
  const word = () => vocabulary[Math.floor(vocabulary.length ** random()) - 1] ?? 'the';
  const text = (words) => Array.from({ length: words }, word).join(' ');
  let issues = Array.from({ length: 5000 }, (_, index) => ({
    ref: { repository: 'acme/desk', number: index + 1 }, title: '[INCIDENT] ' + text(7), body: text(60) + '\\n\\nlogs: ORA-0' + index + '\\n' + text(120), state: 'open', labels: ['incident'],
    assignees: [], author: 'ana', createdAt: '2026-11-20T16:00:00Z', updatedAt: '2026-11-20T16:00:00Z', location: { kind: 'web', url: '' },
  }));
  export const titles = Array.from({ length: 5 }, () => text(8));
  let began = 0;
  const slices = [];
  const index = createIssueIndex(() => { slices.push(performance.now() - began); return new Promise(resolve => setTimeout(() => { began = performance.now(); resolve(); })); });
  export const build = async () => { began = performance.now(); await index.add(issues); slices.push(performance.now() - began); return slices; };
  const keys = (title, find) => Array.from({ length: title.length - 2 }, (_, at) => { const typed = title.slice(0, at + 3); const start = performance.now(); find(typed); return performance.now() - start; });
  export const type = title => keys(title, typed => index.find(typed, issues, 5));
  export const typeAfterEdit = title => keys(title, typed => {
    issues = issues.map((issue, at) => at === 17 ? { ...issue, body: issue.body + ' ' + typed } : issue);
    return index.find(typed, issues, 5);
  });
  export const scan = title => keys(title, typed => {
    const words = typed.toLowerCase().split(' ');
    const scores = issues.map(issue => { const lower = (issue.title + ' ' + issue.body).toLowerCase(); return [issue, words.filter(each => lower.includes(each)).length]; });
    return scores.sort((a, b) => b[1] - a[1]).slice(0, 5);
  });
`;
