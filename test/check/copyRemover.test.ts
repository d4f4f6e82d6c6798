import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { FileRepairer, type LineFix } from '../../core/check/fileRepairer.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { certainFix, firstFixOf, type ChooseFix } from '../../core/check/repair.ts';
import { repairDocument } from '../../core/check/repairDocument.ts';
import { rules } from '../../core/rules/index.ts';
import { alikeImages } from '../helpers/alikeImages.ts';
import { anyTrainingText, never, today } from './anyTraining.ts';

const copies = firstFixOf(['duplicate-example']);
const one = record('https://example.com/a.png', 'low');
const other = record('https://example.com/b.png', 'low');
const first = record('https://example.com/c.png', 'low');
const formatted = JSON.stringify(JSON.parse(one), undefined, 2);

describe('removing duplicate examples', () => {
  it('leaves the first of each, whatever ends the lines', () => {
    for (const eol of ['\n', '\r\n']) {
      const { text, fixes } = repair([one, other, one, other, one, ''].join(eol), copies);
      assert.equal(text, [one, other, ''].join(eol));
      assert.deepEqual(fixes, [
        '3 duplicate-example',
        '4 duplicate-example',
        '5 duplicate-example',
      ]);
    }
  });

  it('takes the last line out that has no line end', () => {
    assert.equal(repair(`${one}\n${other}\r\n${one}`, copies).text, `${one}\n${other}\r\n`);
  });

  it('keeps the byte order mark, blank lines and broken lines', () => {
    const kept = `\ufeff${one} \r\n\n{"messages":\n\t\n`;
    assert.equal(repair(`${kept}${one}\n${one}`, copies).text, kept);
  });

  it('is done only where it is asked for, and the rule is not switched off', () => {
    const text = `${one}\n${one}`;
    assert.equal(repair(text, certainFix).text, text);
    assert.equal(repair(text, firstFixOf(['duplicate-image'])).text, text);
    const severities = { 'duplicate-example': 'off' } as const;
    assert.equal(repair(text, copies, { severities }).text, text);
  });

  it('does not take examples for copies that an error is in, or whose long images only look alike', () => {
    const broken = one.replace('user', 'wizard');
    const alike = alikeImages.map((url) => record(url, 'low'));
    const text = [broken, broken, ...alike].join('\n');
    assert.equal(repair(text, copies).text, text);
    assert.equal(repair(`${text}\n${alike.join('\n')}`, copies).text, `${text}\n`);
  });

  it('finds copies that other repairs of the same run make equal', () => {
    const auto = one.replace(',"detail":"low"', '');
    const human = one.replace('user', 'human');
    const text = `${one}\n${auto}\n${human}\n`;
    assert.equal(repair(text, copies).text, text);
    const chosen = firstFixOf(['duplicate-example', 'image-detail-cost', 'message-role']);
    const { text: after, fixes } = repair(text, chosen);
    assert.equal(after, `${one}\n`);
    assert.deepEqual(fixes, ['2 duplicate-example', '3 duplicate-example']);
  });

  it('finds them among records that are joined or split in the same run', () => {
    const chosen = firstFixOf(['duplicate-example', 'json-syntax']);
    const split = [
      [`${one}${other}`, [one, other]],
      [`${one}${one}`, [one]],
      [`${one}${one}${other}${other}`, [one, other]],
      [`${one}\n${one}${other}`, [one, other]],
      [`${one}\n${one}${one}${other}${one}`, [one, other]],
      [`${one}\n${other}\n${one}${other}`, [one, other, '']],
      [`${one}\n${formatted}\n${other}`, [one, other]],
      [`${one}\n${formatted}`, [one, '']],
    ] as const;
    for (const eol of ['\n', '\r\n']) {
      for (const [before, after] of split) {
        const whole = `${first}\n${before}`.replaceAll('\n', eol);
        const { text } = repair(whole, chosen);
        assert.equal(unify(repairOpened(whole, chosen)), unify(text));
        const compact = text.replaceAll(/([:,]) (?=["{[])/g, '$1');
        assert.equal(compact, [first, ...after].join(eol), before);
      }
    }
  });

  it('leaves no copy, changes nothing the second time, and keeps all other lines as they were', () => {
    let removed = 0;
    fc.assert(
      fc.property(anyTrainingText, (half) => {
        const text = `${half}\n${half}`;
        const { text: once, fixes } = repair(text, copies);
        assert.ok(!findings(once).includes('duplicate-example'));
        assert.equal(repair(once, copies).text, once);
        const gone = fixes.map((fix) => Number.parseInt(fix) - 1);
        const kept = linesOf(text).filter((_, index) => !gone.includes(index));
        assert.equal(once, kept.join(''));
        // Of UTF-16, which begins with a NUL, a check says nothing else.
        const reported = findings(text).filter((rule) => rule === 'duplicate-example');
        if (!text.includes('\0')) assert.equal(gone.length, reported.length);
        removed += gone.length;
      }),
      { seed: 20261124, numRuns: 1000 },
    );
    assert.ok(removed > 1000, `Only ${removed} copies were removed`);
  });
});

describe('the first fix of every rule at once', () => {
  const all = firstFixOf(rules.map(({ id }) => id));

  it('gives in an open document what it gives of the file', () => {
    fc.assert(
      fc.property(anyTrainingText, (text) => {
        // What an editor does itself when it opens a file.
        const opened = text
          .replace(/^\ufeff/, '')
          .replaceAll(/\r(?!\n)/g, '\n')
          .toWellFormed();
        assert.equal(unify(repairOpened(opened, all)), unify(repair(opened, all).text));
      }),
      { seed: 20261125, numRuns: 500 },
    );
  });

  it('leaves no copy', () => {
    fc.assert(
      fc.property(anyTrainingText, (text) => {
        assert.ok(!findings(repair(text, all).text).includes('duplicate-example'));
      }),
      { seed: 20261126, numRuns: 500 },
    );
  });
});

function record(url: string, detail: string): string {
  const content = `[{"type":"image_url","image_url":{"url":"${url}","detail":"${detail}"}}]`;
  return `{"messages":[{"role":"user","content":${content}},{"role":"assistant","content":"A cat."}]}`;
}

function context(options: CheckOptions = {}) {
  return createContext([options], today);
}

/** The text, and `line rule` of each fix, lines from 1. */
function repair(text: string, choose: ChooseFix, options: CheckOptions = {}) {
  const fixes: LineFix[] = [];
  const repairer = new FileRepairer(context(options), choose, (fix) => fixes.push(fix));
  const pieces = [...repairer.read(Buffer.from(text)), ...repairer.finish()];
  return {
    text: Buffer.concat(pieces).toString(),
    fixes: fixes.map((fix) => `${fix.line + 1} ${fix.rule}`),
  };
}

function repairOpened(text: string, choose: ChooseFix): string {
  const document = LinesDocument.of(text, context()).check(never);
  const edits = [...repairDocument(document, choose)].flat();
  return edits
    .reduceRight((edited, { range, newText }) => edited.edit(range, newText), document)
    .store.getText();
}

function findings(text: string): string[] {
  const checker = new FileChecker(context());
  checker.read(Buffer.from(text));
  return checker.finish().findings.map(({ rule }) => rule);
}

/** Each with what ends it. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

/** A repair may end a line otherwise than the editor that holds it. */
function unify(text: string): string {
  return text.replaceAll('\r\n', '\n');
}
