import assert from 'node:assert/strict';
import ts from 'typescript';
import { filesBelow, text } from './repository';

/** Properties of operations (objects with a `kind`) whose texts are written into issues. */
const operationProperties = new Set(['markdown', 'resolution']);

/** Functions whose arguments are written into issues or committed files. */
const writers = new Set(['renderMilestone', 'renderNote', 'draftIssue', 'actionDraft', 'promotedRunbook', 'newRunbook', 'draftPostmortem', 'renderPostmortem', 'commandComment', 'handoffDraft', 'renderChecklistExport', 'anotherCaseComment', 'caseComment', 'requestText', 'duplicateEndComment', 'duplicateResolution', 'redirectComment', 'escalationText', 'roleComment', 'correctionComment', 'reopenedComment', 'satisfactionComment', 'satisfactionOperations', 'withinHours', 'firstWrittenOn', 'actionOrigin', 'actionLinkOperation', 'priorityDecisionComment', 'reviewRequestComment', 'renderAgenda', 'renderOutline']);

/** The lines on which a localized text gets into an issue or a file, directly or through a constant of the same file. */
function localizedTexts(source: string): readonly string[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const written: ts.Node[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && node.properties.some((property) => nameOf(property) === 'kind')) {
      written.push(...node.properties.filter((property) => operationProperties.has(nameOf(property) ?? '')));
    }
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && writers.has(node.expression.text)) written.push(...node.arguments);
    ts.forEachChild(node, collect);
  };
  collect(file);

  const isLocalized = (node: ts.Node, seen: ReadonlySet<ts.Node>): boolean => {
    if (ts.isCallExpression(node) && /(^|\bl10n\.)t$/.test(node.expression.getText(file))) return true;
    // What a person answers is in their own words; only the question is localized.
    if (ts.isAwaitExpression(node)) return false;
    if (ts.isPropertyAssignment(node)) return isLocalized(node.initializer, seen);
    const value = ts.isIdentifier(node) ? constantOf(node) : undefined;
    if (value !== undefined && !seen.has(value) && isLocalized(value, new Set([...seen, value]))) return true;
    return ts.forEachChild(node, (child) => isLocalized(child, seen) || undefined) ?? false;
  };
  return written.filter((node) => isLocalized(node, new Set())).map((node) => `${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}: ${node.getText(file).slice(0, 80)}`);
}

function nameOf({ name }: ts.ObjectLiteralElementLike): string | undefined {
  return name !== undefined && ts.isIdentifier(name) ? name.text : undefined;
}

/** The initializer of the constant that an identifier names, in the nearest block around it. */
function constantOf(use: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node = use.parent; ; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some(({ name }) => new RegExp(`\\b${use.text}\\b`).test(name.getText()))) return undefined;
    if (ts.isBlock(scope) || ts.isSourceFile(scope)) {
      const declarations = scope.statements.flatMap((statement) => (ts.isVariableStatement(statement) ? statement.declarationList.declarations : []));
      const found = declarations.find(({ name }) => ts.isIdentifier(name) && name.text === use.text);
      if (found !== undefined) return found.initializer;
    }
    if (ts.isSourceFile(scope)) return undefined;
  }
}

/** The comments whose text is neither rendered as a milestone nor as a text that can contain no marks. */
function bareComments(source: string): readonly string[] {
  const file = ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const isRendered = (node: ts.Expression): boolean => {
    if (ts.isConditionalExpression(node)) return isRendered(node.whenTrue) && isRendered(node.whenFalse);
    return ts.isCallExpression(node) && ['renderMilestone', 'renderComment', 'renderCommand', 'renderStepComment'].includes(node.expression.getText(file));
  };
  const collect = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const property = (name: string): ts.ObjectLiteralElementLike | undefined => node.properties.find((each) => nameOf(each) === name);
      const [kind, written] = [property('kind'), property('markdown')];
      const isComment = kind !== undefined && ts.isPropertyAssignment(kind) && /^"comment"/.test(kind.initializer.getText(file));
      if (isComment && written !== undefined && !(ts.isPropertyAssignment(written) && isRendered(written.initializer))) found.push(written.getText(file));
    }
    ts.forEachChild(node, collect);
  };
  collect(file);
  return found;
}

describe('comments', () => {
  it('contain no marks that their author pasted, because they are written in the name of somebody whose marks count', () => {
    const found = [...filesBelow('src/host', '.ts'), ...filesBelow('src/core', '.ts')].filter(file => text(file).includes('"comment"')).flatMap(file => bareComments(text(file)).map(comment => `${file}: ${comment}`));
    assert.deepEqual(found, [
      // Rendered as milestones by `updateComment`.
      'src/host/app/deliveryService.ts: markdown: delivery.comment',
      'src/host/commands/incident/updateRecipients.ts: markdown: comment(audience, own.filter((one) => one.audience === audience).map(({ means }) => means))',
    ]);
  });
});

describe('texts that are written into issues and files', () => {
  it('are not localized, because a team reads them in one language', () => {
    const found = filesBelow('src/host', '.ts').flatMap(file => localizedTexts(text(file)).map(line => `${file}:${line}`));
    assert.deepEqual(found, []);
  });

  it('are found directly, through a constant and in the arguments of a renderer', () => {
    assert.equal(localizedTexts('submit({ kind: "comment", markdown: t("Hello") });').length, 1);
    assert.equal(localizedTexts('const said = vscode.l10n.t("Hello"); const markdown = `${said}!`; submit({ kind: "comment", markdown });').length, 1);
    assert.equal(localizedTexts('renderMilestone("update", t("Hello"));').length, 1);
    assert.equal(localizedTexts('const note = await enterText({ prompt: t("What?") }); submit({ kind: "comment", markdown: note.value });').length, 0);
  });
});
