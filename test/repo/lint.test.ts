import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const cwd = join(import.meta.dirname, '../..');

/** What is done in a file, and the rule that bars it; undefined where it is allowed. */
const table: [path: string, code: string, rule: string | undefined][] = [
  ['core/rules/index.ts', "await fetch('https://example.com');", 'no-restricted-globals'],
  ['server/main.ts', "new WebSocket('wss://example.com');", 'no-restricted-globals'],
  ['server/main.ts', "new EventSource('https://example.com');", 'no-restricted-globals'],
  ['core/rules/index.ts', "import 'node:http';", 'no-restricted-imports'],
  ['server/main.ts', "import 'node:child_process';", 'no-restricted-imports'],
  ['server/main.ts', "import 'cluster';", 'no-restricted-imports'],
  ['server/main.ts', "import 'node:inspector';", 'no-restricted-imports'],
  ['core/rules/index.ts', "import 'sharp';", 'no-restricted-imports'],
  ['server/main.ts', "import '../imaging/imagingProcess.ts';", 'no-restricted-imports'],
  ['imaging/main.ts', "import 'node:https';", 'no-restricted-imports'],
  ['imaging/imagingChild.ts', "import 'node:child_process';", undefined],
  ['imaging/main.ts', "await fetch('https://example.com');", 'no-restricted-globals'],
  ['client/extension.ts', "import '../server/openFile.ts';", 'no-restricted-imports'],
  ['client/extension.ts', "import '../server/features/hover.ts';", 'no-restricted-imports'],
  ['client/extension.ts', "import '../server/protocol.ts';", undefined],
  ['client/extension.ts', "import '../webview/protocol.ts';", undefined],
  ['client/extension.ts', "import '../webview/main.ts';", 'no-restricted-imports'],
  ['webview/main.ts', "import '../core/text/quote.ts';", 'no-restricted-imports'],
  ['webview/main.ts', "import 'node:fs';", 'no-restricted-imports'],
  ['cli/main.ts', "import '../server/protocol.ts';", 'no-restricted-imports'],
  ['core/remote/ask.ts', "import 'node:https';", undefined],
  ['core/remote/ask.ts', "await fetch('https://example.com');", 'no-restricted-globals'],
  ['core/remote/ask.ts', "import '../check/context.ts';", 'no-restricted-imports'],
  ['core/rules/index.ts', "import '../remote/ask.ts';", 'no-restricted-imports'],
  ['server/main.ts', "import '../core/remote/ask.ts';", 'no-restricted-imports'],
  ['imaging/main.ts', "import '../core/remote/ask.ts';", 'no-restricted-imports'],
  ['client/extension.ts', "import '../core/remote/ask.ts';", undefined],
  ['cli/main.ts', "import '../core/remote/ask.ts';", undefined],
  ['cli/main.ts', "import '../practice/loadPractice.ts';", undefined],
  ['client/extension.ts', "import '../practice/practice.ts';", 'no-restricted-imports'],
  ['core/rules/index.ts', "import '../../practice/practice.ts';", 'no-restricted-imports'],
  ['practice/practice.ts', "import '../core/service/jobs.ts';", 'no-restricted-imports'],
];

describe('the linter', () => {
  const barriers = ['no-restricted-imports', 'no-restricted-globals'];
  const eslint = new ESLint({ cwd, ruleFilter: ({ ruleId }) => barriers.includes(ruleId) });
  for (const [filePath, code, rule] of table) {
    it(`${rule ? 'bars' : 'allows'} in ${filePath}: ${code}`, async () => {
      const [result] = await eslint.lintText(code, { filePath });
      const found = result?.messages.map(({ ruleId }) => ruleId);
      assert.deepEqual(found, rule ? [rule] : []);
    });
  }
});
