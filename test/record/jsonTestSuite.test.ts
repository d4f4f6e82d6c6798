import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readJsonBytes } from '../../core/check/checkBytes.ts';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { corpora, corporaMissing } from '../helpers/corpora.ts';

const files = corporaMissing ? [] : readSuite(corpora('json-test-suite', 'test_parsing'));

/** RFC 8259 leaves these to the reader. A text in another encoding than UTF-8 is none of ours. */
const rejectedByChoice = [
  'i_string_UTF-16LE_with_BOM.json',
  'i_string_UTF-8_invalid_sequence.json',
  'i_string_UTF8_surrogate_U+D800.json',
  'i_string_invalid_utf-8.json',
  'i_string_iso_latin_1.json',
  'i_string_lone_utf8_continuation_byte.json',
  'i_string_not_in_unicode_range.json',
  'i_string_overlong_sequence_2_bytes.json',
  'i_string_overlong_sequence_6_bytes.json',
  'i_string_overlong_sequence_6_bytes_null.json',
  'i_string_truncated-utf-8.json',
  'i_string_utf16BE_no_BOM.json',
  'i_string_utf16LE_no_BOM.json',
  // The byte order mark: the reader of files takes it off, the reader of one record does not.
  'i_structure_UTF-8_BOM_empty_object.json',
];

describe('readJsonBytes, on the files of JSONTestSuite', { skip: corporaMissing }, () => {
  it('has all of the suite before it', () => {
    const count = (prefix: string) => files.filter(({ name }) => name.startsWith(prefix)).length;
    assert.deepEqual([count('y_'), count('n_'), count('i_')], [95, 188, 35]);
  });

  for (const { name, bytes } of files) {
    const isExpected = !name.startsWith('n_') && !rejectedByChoice.includes(name);

    it(`${isExpected ? 'accepts' : 'rejects'} ${name}, as JSON.parse does`, () => {
      assert.equal(isJson(bytes), isExpected);
      const { problem } = readJsonBytes(bytes);
      assert.equal(problem === undefined, isExpected);
    });
  }
});

describe(
  'FileChecker, with a file of JSONTestSuite as one line between two good records',
  { skip: corporaMissing },
  () => {
    const context = createContext([{ limits: { minExamples: 1 } }], '2026-11-21');
    const good = (word: string): string =>
      `{"messages":[{"role":"user","content":"${word}"},{"role":"assistant","content":"Hello."}]}`;

    for (const { name, bytes } of files.filter(
      ({ bytes }) => !/[\r\n]/.test(bytes.toString('latin1')),
    )) {
      it(`says nothing of the neighbours of ${name}`, () => {
        const checker = new FileChecker(context);
        const [before, after] = [`${good('Hi.')}\n`, `\n${good('Good day.')}\n`];
        checker.read(Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]));
        const { records, findings } = checker.finish();
        // A blank line has a finding of its own, and no file of the suite is an example.
        assert.deepEqual(new Set(findings.map(({ range }) => range.start.line)), new Set([1]));
        assert.equal(records, isBlank(bytes) ? 2 : 3);
        const unreadable = findings.filter(
          ({ rule, severity }) =>
            severity === 'error' && ['json-syntax', 'text-encoding'].includes(rule),
        );
        assert.equal(unreadable.length, isBlank(bytes) || isJson(bytes) ? 0 : 1);
      });
    }
  },
);

function readSuite(folder: string): { name: string; bytes: Buffer }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, bytes: readFileSync(`${folder}/${name}`) }));
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.toString('latin1').trim() === '';
}
