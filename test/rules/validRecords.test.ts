import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { checkRecord } from '../../core/check/checkRecord.ts';
import { createContext } from '../../core/check/context.ts';
import { profiles } from '../../core/profile/profiles.ts';

/** A line of `validRecords.txt`: what a record shows, and the record. */
interface ValidRecord {
  readonly shows: string;
  readonly text: string;
}

const table = readTable(join(import.meta.dirname, 'validRecords.txt'));

describe('the table of valid records', () => {
  it('has at least 60, each once, and each with a word of what it shows', () => {
    assert.ok(table.length >= 60, String(table.length));
    assert.equal(new Set(table.map(({ text }) => text)).size, table.length);
    assert.equal(new Set(table.map(({ shows }) => shows)).size, table.length);
  });

  it('shows every role, kind of content and key of the format', () => {
    const all = table.map(({ text }) => text).join('\n');
    for (const { format } of profiles) {
      const { roles, recordKeys, messageKeys, partKeys } = format;
      const keys = [...Object.values(messageKeys.value), ...Object.values(partKeys.value)].flat();
      for (const word of [...roles.value, ...recordKeys.value, ...keys]) {
        assert.ok(all.includes(`"${word}"`), `${word} is not shown`);
      }
    }
  });
});

for (const profile of profiles) {
  const { provider, model } = profile;
  const context = createContext([{ profile: provider, model }], '2026-11-21');

  describe(`${provider} with ${model} has neither error nor warning on`, () => {
    for (const { shows, text } of table) {
      it(shows, () => {
        const grave = checkRecord(text, context).findings.filter(({ severity }) =>
          ['error', 'warning'].includes(severity),
        );
        assert.deepEqual(grave, []);
      });
    }
  });
}

/** Lines of `# what the next record shows`, each followed by the record. */
function readTable(path: string): ValidRecord[] {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  return lines.flatMap((line, index) =>
    line.startsWith('# ') ? [{ shows: line.slice(2), text: lines[index + 1] ?? '' }] : [],
  );
}
