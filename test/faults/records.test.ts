import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRecord } from '../../core/check/checkRecord.ts';
import { createContext } from '../../core/check/context.ts';
import type { Severity } from '../../core/finding/finding.ts';
import { providers } from '../../core/profile/profile.ts';
import { profiles } from '../../core/profile/profiles.ts';
import { rules } from '../../core/rules/index.ts';
import { readAllFaults } from './readFaults.ts';

const faults = readAllFaults();

/** They speak of what a decoder or the network tells; their own tests plant that. */
const lookedUp = [
  'image-unreachable',
  'image-corrupt',
  'image-color-mode',
  'image-animated',
  'image-low-resolution',
  'screening-forecast',
];

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
      ({ id }) =>
        !lookedUp.includes(id) && faults.filter((fault) => fault.rules.includes(id)).length < 2,
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

describe('No message about a planted fault, nor about one with a text in it grown long,', () => {
  const contexts = providers.map((profile) => createContext([{ profile }], '2026-11-21'));

  /** Calls with every message of every finding, and the record. */
  function visitMessages(
    visit: (message: string, record: string, severity: Severity) => void,
  ): void {
    for (const { faulty } of faults) {
      for (const record of [faulty, ...grow(faulty)]) {
        for (const context of contexts) {
          for (const { message, severity } of checkRecord(record, context).findings) {
            visit(message, record, severity);
          }
        }
      }
    }
  }

  it('shows more than 40 characters of a value, or any of base64', () => {
    visitMessages((message, record) => {
      for (let at = 0; at + 41 <= message.length; at++) {
        const run = message.slice(at, at + 41);
        assert.ok(!record.includes(run), message);
      }
      assert.doesNotMatch(message, /iVBORw0KGgo|\/9j\/|UklGR|R0lGOD|Qk1G/);
    });
  });

  it('lacks what is expected, or what the service does', () => {
    visitMessages((message) => {
      assert.match(
        message,
        /expected|the service|refuse|takes? at most|is cut|costs|is not checked/,
      );
    });
  });

  it('lacks, where it is an error, what becomes of the file or the example', () => {
    visitMessages((message, _, severity) => {
      if (severity === 'error') assert.match(message, /refuse|skips|is cut|fails/);
    });
  });
});

/** The record with each string, word and number of it in turn made longer by 60 letters. */
function grow(record: string): string[] {
  if (record.length > 2000) return [];
  const ends = [...record.matchAll(/"(?:[^"\\]|\\.)*(?=")|\w+/g)].map(
    ({ index, 0: text }) => index + text.length,
  );
  return ends.map((end) => `${record.slice(0, end)}${letters}${record.slice(end)}`);
}

const letters = 'Troglodytesparvulusinhedgesandgardensalloverthecountryinspring';
