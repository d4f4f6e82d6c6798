/** What VS Code loads and runs in the extension host. Every `*.suite.ts` of this folder is imported here. */
import './activation.suite.ts';

export { runTests as run } from './runner.ts';
