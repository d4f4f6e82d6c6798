import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { fixtureContext } from '../helpers/checkRule.ts';

const rule = 'blank-line';
const record =
  '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Yes."}]}';

describe(rule, () => {
  it('accepts a file with a line end behind its last record, or without', () => {
    assert.deepEqual(linesWith(`${record}\n${record}`), []);
    assert.deepEqual(linesWith(`${record}\n`), []);
    assert.deepEqual(linesWith(`${record}\r\n${record}\r\n`), []);
    assert.deepEqual(linesWith(''), []);
  });

  it('reports each line of white space between records, on the white space', () => {
    const checker = new FileChecker(fixtureContext());
    checker.read(Buffer.from(`${record}\n \t \n${record}\n`));
    const { findings } = checker.finish();
    assert.deepEqual(
      findings.filter((finding) => finding.rule === rule),
      [
        {
          rule,
          severity: 'warning',
          message:
            'Line holds no record; expected one on each line; the service may refuse the file.',
          range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
        },
      ],
    );
  });

  it('reports every line of a run, and those behind the last record', () => {
    assert.deepEqual(linesWith(`\n\n${record}\n\n \n${record}\n\n`), [0, 1, 3, 4, 6]);
  });

  it('reports white space behind the last line end', () => {
    assert.deepEqual(linesWith(`${record}\n `), [1]);
  });

  it('says nothing of a blank line when switched off', () => {
    assert.deepEqual(linesWith(`${record}\n\n${record}`, 'off'), []);
  });
});

/** Lines, from 0, that the rule reports in the bytes of a file. */
function linesWith(text: string, level: 'off' | 'warning' = 'warning'): number[] {
  const checker = new FileChecker(fixtureContext({ severities: { [rule]: level } }));
  checker.read(Buffer.from(text));
  return checker
    .finish()
    .findings.flatMap((finding) => (finding.rule === rule ? [finding.range.start.line] : []));
}
