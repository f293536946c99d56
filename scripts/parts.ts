/** A part of `npm test`. */
export interface Part {
  readonly name: string;
  /** The npm script of a run without options. A part that has none runs only where it is named, or with --rest. */
  readonly script?: string;
  /** The script that runs everything, where `script` leaves tests out or may reuse what an earlier run found. */
  readonly all?: string;
  /** The script of --rest. */
  readonly rest?: string;
  /** Where its tests lie; none there means there is nothing to run. A part without tests is a check: it counts only when it fails. */
  readonly tests?: string;
  readonly editor?: boolean;
}

/** Every part, in the order in which they run; those that need the editor run beside the others. */
export const parts: readonly Part[] = [
  { name: 'build', script: 'build' },
  { name: 'types', script: 'test:types' },
  { name: 'lint', script: 'test:lint', all: 'test:lint:all' },
  { name: 'unit', script: 'test:unit', tests: 'test/unit' },
  { name: 'contract', script: 'test:contract', tests: 'test/contract' },
  { name: 'panels', script: 'test:panels', tests: 'test/panels' },
  { name: 'properties', rest: 'test:properties', tests: 'test/unit' },
  { name: 'repo', script: 'test:repo', tests: 'test/repo' },
  { name: 'package', script: 'package' },
  { name: 'host', script: 'test:host', tests: 'test/host', editor: true },
  { name: 'host:web', script: 'test:host:web:main', all: 'test:host:web', rest: 'test:host:web', tests: 'test/host', editor: true },
  { name: 'ui', script: 'test:ui:main', all: 'test:ui', tests: 'test/ui', editor: true },
  { name: 'thorough', rest: 'test:ui:thorough', tests: 'test/ui', editor: true },
];
