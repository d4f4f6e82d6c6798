import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkRecord } from '../../core/check/checkRecord.ts';
import { createContext } from '../../core/check/context.ts';
import { profiles } from '../../core/profile/profiles.ts';
import { rules } from '../../core/rules/index.ts';
import { readFaults } from './readFaults.ts';

const tables = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.txt'));
const faults = tables.flatMap(readFaults);

describe(`the table of ${faults.length} faults in records`, () => {
  it('has at least 150, each once', () => {
    assert.ok(faults.length >= 150);
    assert.equal(new Set(faults.map(({ faulty }) => faulty)).size, faults.length);
    assert.equal(
      new Set(faults.map(({ table, title }) => `${table} ${title}`)).size,
      faults.length,
    );
  });

  it('has several for every rule about a record', () => {
    const ofRecords = rules.filter(({ scope }) => ['text', 'record', 'image'].includes(scope));
    const rare = ofRecords.filter(
      ({ id }) => faults.filter((fault) => fault.rules.includes(id)).length < 2,
    );
    assert.deepEqual(
      rare.map(({ id }) => id),
      [],
    );
  });
});

for (const { provider, model } of profiles) {
  const context = createContext([{ profile: provider, model }], '2026-11-21');

  describe(`${provider} with ${model} finds what is planted and nothing else:`, () => {
    for (const { table, title, faulty, sound, marksFor, describe: write } of faults) {
      it(`${table.replace('.txt', '')}: ${title}`, () => {
        const { findings } = checkRecord(faulty, context);
        assert.deepEqual(findings.map(write).sort(), [...marksFor(provider)].sort());
        assert.deepEqual(checkRecord(sound, context).findings, [], 'The sound twin is not');
      });
    }
  });
}
