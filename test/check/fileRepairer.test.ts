import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { FileRepairer, type LineFix } from '../../core/check/fileRepairer.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { certainFix, firstFixOf, type ChooseFix } from '../../core/check/repair.ts';
import { repairDocument } from '../../core/check/repairDocument.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { anyTrainingText, never, today } from './anyTraining.ts';
import { recordText } from '../fixes/anyRecord.ts';
import { breakageNames, breakRecord } from '../fixes/brokenRecord.ts';

const record = {
  messages: [
    { role: 'user', content: 'Hi\nthere' },
    { role: 'assistant', content: 'Yes.' },
  ],
};
const line = JSON.stringify(record);
const formatted = JSON.stringify(record, undefined, 2);

describe('FileRepairer', () => {
  it('gives back the bytes of a file in which nothing is wrong, whatever its line ends', () => {
    for (const eol of ['\n', '\r\n']) {
      for (const text of [
        `${line}${eol}${line}${eol}`,
        `${line}${eol}${line}`,
        '',
        '\ufeff',
        `\ufeff${line}`,
      ]) {
        assert.equal(repair(text).text, text);
      }
    }
  });

  it('keeps every byte of the lines that it does not repair', () => {
    const odd = Buffer.from(`{"messages":[{"role":"user","content":"\xe9 "}] }\t\r\n`, 'latin1');
    const bytes = Buffer.concat([odd, Buffer.from(`\r\n${line} \r\n`), odd]);
    const expected = Buffer.concat([odd, Buffer.from(`${line} \r\n`), odd]);
    assert.deepEqual(repairBytes(bytes).bytes, expected);
  });

  it('removes blank lines, and white space behind the last', () => {
    const { text, fixes } = repair(`\n \n${line}\r\n\t\r\n${line}\n  `);
    assert.equal(text, `${line}\r\n${line}\n`);
    assert.deepEqual(fixes, ['1 blank-line', '2 blank-line', '4 blank-line', '6 blank-line']);
  });

  it('joins a record that is formatted over several lines, also with raw line breaks in its strings', () => {
    const joined = line.replaceAll('":', '": ').replaceAll(',"', ', "').replaceAll('},{', '}, {');
    for (const eol of ['\n', '\r\n']) {
      const lines = `${line}\n${formatted}\n${formatted.replace('\\n', '\n')},\n${line}\n`;
      const { text, fixes } = repair(lines.replaceAll('\n', eol));
      assert.equal(text, `${line}\n${joined}\n${joined}\n${line}\n`.replaceAll('\n', eol));
      assert.deepEqual(fixes, ['2 json-syntax', '14 json-syntax']);
    }
  });

  it('joins a record over more lines than it looks at at once', () => {
    const messages = Array.from({ length: 200 }, () => record.messages).flat();
    const long = JSON.stringify({ messages }, undefined, 1);
    const { text } = repair(`${long}\n${line}\n${long}`);
    const lines = text.split('\n').map((each) => JSON.parse(each) as unknown);
    assert.deepEqual(lines, [{ messages }, record, { messages }]);
  });

  it('finds the record behind a line that only seems to begin one', () => {
    const { text } = repair(`{"a":\n${formatted}\n`);
    assert.deepEqual(text.split('\n').map(parse), [undefined, record, undefined]);
  });

  it('leaves a formatted record alone that has no end, and does not make records of its lines', () => {
    const cut = `${formatted.slice(0, -6)}\n`;
    assert.equal(repair(cut).text, cut);
  });

  it('gives records on one line lines of their own, ended like that line, and repairs each', () => {
    const { text } = repair(`${line}${line.slice(0, -1)},}\r\n${line}`);
    assert.equal(text, `${line}\r\n${line}\r\n${line}`);
    assert.equal(repair(`${line}${line}`).text, `${line}\n${line}`);
  });

  it('ends lines in LF that a carriage return alone ends', () => {
    const { text, fixes } = repair(`${line}\r${line}\r\n${line}\r`);
    assert.equal(text, `${line}\n${line}\r\n${line}\n`);
    assert.deepEqual(fixes, ['1 text-encoding', '3 text-encoding']);
  });

  it('removes a byte order mark where the provider does not ask for one', () => {
    assert.equal(repair(`\ufeff${line}`, certainFix, { profile: 'openai' }).text, line);
    assert.equal(repair(`\ufeff${line}`, certainFix, { profile: 'azure' }).text, `\ufeff${line}`);
  });

  it('does nothing for a rule that is switched off', () => {
    const text = `\ufeff${line}\r\n\n{"messages":[],}\r`;
    const severities = {
      'blank-line': 'off',
      'text-encoding': 'off',
      'json-syntax': 'off',
    } as const;
    assert.equal(repair(text, certainFix, { profile: 'openai', severities }).text, text);
  });

  it('does only what is asked for, certain or not', () => {
    const image = '{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}';
    const user = `{"messages":[{"role":"user","content":[${image}]},{"role":"assistant","content":"Yes."}]}`;
    const { text } = repair(`${user}\n\n${user}`, firstFixOf(['image-detail-cost']));
    const low = user.replace('.png"', '.png","detail":"low"');
    assert.equal(text, `${low}\n\n${low}`);
  });

  it('reads chunks of any size alike', () => {
    const text = `\ufeff${line}\r\n\n${formatted}\r${line}${line}\n{"messages":[1,]}\n`;
    const whole = repair(text);
    for (let size = 1; size < 99; size++)
      assert.deepEqual(repair(text, certainFix, {}, size), whole);
  });
});

const anyBroken = fc.constantFrom(...breakageNames).map((name) => breakRecord(name).broken);
const anyLines = fc
  .array(
    fc.oneof(
      anyBroken,
      recordText.map((text) => text.replaceAll(/[\r\n]/g, ' ')),
      fc.constantFrom(formatted, line + line, ' ', '{'),
    ),
    { maxLength: 5 },
  )
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((eol) => lines.join(eol)));
const anyText = fc.oneof(anyLines, anyTrainingText);

describe('all certain repairs of a file', () => {
  it('done twice are the same as done once', () => {
    let repaired = 0;
    fc.assert(
      fc.property(anyText, (text) => {
        const once = repair(text).text;
        if (once !== text) repaired++;
        assert.equal(repair(once).text, once);
      }),
      { seed: 20261121, numRuns: 1000 },
    );
    assert.ok(repaired > 300, `Only ${repaired} files were repaired`);
  });

  it('are those of an open document', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        // What an editor does itself when it opens a file.
        const opened = text
          .replace(/^\ufeff/, '')
          .replaceAll(/\r(?!\n)/g, '\n')
          .toWellFormed();
        const document = LinesDocument.of(opened, context()).check(never);
        const edits = [...repairDocument(document, certainFix)].flat();
        const { store } = edits.reduceRight(
          (edited, { range, newText }) => edited.edit(range, newText),
          document,
        );
        const eol = opened.includes('\r\n') ? '\r\n' : '\n';
        const unify = (each: string) => each.replaceAll(/\r\n|\n/g, eol);
        assert.equal(unify(store.getText()), unify(repair(opened).text));
      }),
      { seed: 20261122, numRuns: 1000 },
    );
  });

  it('leave no file with more lines that are not JSON', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const broken = (each: string) =>
          findings(each).filter((rule) => rule === 'json-syntax').length;
        assert.ok(broken(repair(text).text) <= broken(text));
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  for (const name of ['broken.jsonl', 'clean.jsonl', 'too-few.jsonl']) {
    it(`of samples/${name} done twice are the same as done once, and leave fewer errors or none`, () => {
      const text = readFileSync(join(import.meta.dirname, '../../samples', name), 'utf8');
      const once = repair(text).text;
      assert.equal(repair(once).text, once);
      assert.equal(once === text, name !== 'broken.jsonl');
      assert.ok(findings(once).length <= findings(text).length);
    });
  }
});

function context(options: CheckOptions = {}) {
  return createContext([options], today);
}

function repair(
  text: string,
  choose: ChooseFix = certainFix,
  options: CheckOptions = {},
  size = 1000,
) {
  const { bytes, fixes } = repairBytes(Buffer.from(text), choose, options, size);
  return { text: bytes.toString(), fixes };
}

/** The bytes, and `line rule` of each fix, lines from 1. */
function repairBytes(
  bytes: Buffer,
  choose: ChooseFix = certainFix,
  options: CheckOptions = {},
  size = 1000,
) {
  const fixes: LineFix[] = [];
  const repairer = new FileRepairer(context(options), choose, (fix) => fixes.push(fix));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    for (const piece of repairer.read(bytes.subarray(at, at + size)))
      pieces.push(Buffer.from(piece));
  }
  for (const piece of repairer.finish()) pieces.push(Buffer.from(piece));
  return {
    bytes: Buffer.concat(pieces),
    fixes: fixes.map((fix) => `${fix.line + 1} ${fix.rule}`),
  };
}

function findings(text: string): string[] {
  const checker = new FileChecker(context());
  checker.read(Buffer.from(text));
  return checker.finish().findings.map(({ rule }) => rule);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
