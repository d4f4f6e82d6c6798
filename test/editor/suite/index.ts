/** What VS Code loads and runs in the extension host. Every `*.suite.ts` of this folder is imported here. */
import './activation.suite.ts';
import './findings.suite.ts';
import './settings.suite.ts';
import './fixes.suite.ts';
import './hover.suite.ts';
import './editing.suite.ts';
import './records.suite.ts';
import './statistics.suite.ts';
import './commands.suite.ts';

export { runTests as run } from './runner.ts';
