const vscode = require('vscode');

/** Shows the desk's views and, where no editor is open, its walkthrough. */
exports.activate = async () => {
  await vscode.commands.executeCommand('workbench.view.extension.responseDesk');
  const isEmpty = vscode.window.tabGroups.all.every(group => group.tabs.length === 0);
  const desk = vscode.extensions.all.find(({ packageJSON }) => packageJSON.name === 'response-desk');
  const [walkthrough] = desk?.packageJSON.contributes.walkthroughs ?? [];
  if (isEmpty && walkthrough !== undefined) await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${desk.id}#${walkthrough.id}`, false);
};
