import { builtinModules } from 'node:module';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const nodeModules = builtinModules.filter(name => !name.startsWith('_'));

const noHtmlText = ['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map(property => ({
  property, message: 'What a person wrote must never be read as HTML: set textContent or use a lit template.',
}));

const moduleLet = {
  selector: 'Program > VariableDeclaration[kind!="const"], Program > ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
  message: 'State belongs to an instance somebody owns, not to a module.',
};

/** What `no-floating-promises` does not see: an arrow function whose whole body drops a promise. Methods of collections give none. */
const droppedPromise = {
  selector: 'ArrowFunctionExpression > UnaryExpression[operator="void"] > CallExpression:not([callee.property.name=/^(add|set|delete|push|dispose|call)$/])',
  message: 'A dropped promise hides what fails: give it to `runInBackground`, which logs that.',
};

const coreOnly = [
  moduleLet, droppedPromise,
  { selector: 'ClassDeclaration, ClassExpression', message: 'Core is plain data and functions.' },
  { selector: 'TSEnumDeclaration', message: 'Core uses unions of strings.' },
  { selector: 'TSAsExpression:not(:has(> TSTypeReference[typeName.name="const"])), TSTypeAssertion, TSNonNullExpression', message: 'Core asserts nothing: parse, narrow, or return a failure. Only `as const` is allowed.' },
  { selector: 'NewExpression[callee.name="Date"], CallExpression[callee.object.name="Date"], CallExpression[callee.name="Date"]', message: 'Dates use Temporal, and the time comes in by the Clock port.' },
  { selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]', message: 'Randomness comes in by a port.' },
];

const otherDialog = { selector: "Property[key.name='modal']", message: 'An input that was just answered must close before a dialog opens: use `showDialog`' };

export default defineConfig(
  globalIgnores(['dist/', 'out/', '.vscode-test/', 'test-results/', 'node_modules/', 'media/']),
  tseslint.configs.strict,
  tseslint.configs.stylistic,
  {
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/consistent-generic-constructors': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      'eqeqeq': ['error', 'always', { null: 'ignore' }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/**'],
    languageOptions: { parserOptions: { project: ['tsconfig.host.json', 'tsconfig.webview.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      'no-restricted-imports': ['error', { paths: nodeModules, patterns: [{ group: ['node:*'], message: 'The bundle also runs where there is no Node.' }] }],
      'no-restricted-globals': ['error', 'process', 'Buffer', '__dirname', '__filename', 'require', 'global', 'setImmediate'],
      'no-restricted-properties': ['error', ...noHtmlText],
      'no-restricted-syntax': ['error', moduleLet, droppedPromise],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/cli/**/*.ts'],
    languageOptions: { parserOptions: { project: ['tsconfig.node.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-restricted-syntax': ['error', moduleLet, droppedPromise],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { allowDefaultCaseForExhaustiveSwitch: true, considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/host/**/*.ts', 'src/extension.ts'],
    ignores: ['src/host/ui/dialog.ts'],
    rules: { 'no-restricted-syntax': ['error', moduleLet, droppedPromise, otherDialog] },
  },
  {
    // A webview has no other place to tell a developer of a message it had to ignore.
    files: ['src/webview/**/*.ts'],
    rules: { 'no-console': ['error', { allow: ['error'] }] },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['src/core/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...coreOnly] },
  },
);
