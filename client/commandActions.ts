import { CodeAction, WorkspaceEdit, type Command } from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';

/**
 * An action that is a command alone gets an edit of nothing. VS Code asks once more about an action without an edit when
 * somebody chooses it, and forgets the arguments of its command when it looks for actions anew meanwhile, as it does on
 * findings that come: then the choice ends in "Actual command not found".
 */
export const commandActions: Pick<Middleware, 'provideCodeActions'> = {
  async provideCodeActions(document, range, context, token, next) {
    const actions = await next(document, range, context, token);
    for (const action of actions ?? []) {
      if (isAction(action) && action.command && !action.disabled) {
        action.edit ??= new WorkspaceEdit();
      }
    }
    return actions;
  },
};

function isAction(action: Command | CodeAction): action is CodeAction {
  return action instanceof CodeAction;
}
