import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkLine } from '../../core/check/checkLine.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import { LineChecker } from '../../core/check/lineChecker.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { LearntImages } from '../../core/image/learntImages.ts';
import { splitLines } from '../../core/text/lines.ts';
import { anyContext, anyFile, context, image, message } from './anyKnownRecords.ts';
import { never } from './anyTraining.ts';

describe('A LineChecker', () => {
  it('knows of each line what a check of it says, although it reads few of them', () => {
    const property = fc.property(anyFile, anyContext, (text, context) => {
      const checker = new LineChecker(context);
      for (const line of splitLines(text)) {
        const { keys, ...known } = checker.check(line);
        const { fingerprint, ...checked } = checkLine(line, context);
        assert.deepEqual(known, checked);
        assert.equal(keys === undefined, fingerprint === undefined);
      }
    });
    fc.assert(property, { seed: 9, numRuns: 400 });
  });

  it('says the same of half a surrogate pair, of long lines and of none, before and after a sound record', () => {
    const texts = ['a', '\ud83d', '\ude00b', '\ufffd', 'a'.repeat(200_000), 'é'.repeat(65_400)];
    const lines = texts.flatMap((text) => [recordOf('a'), recordOf(text), '']);
    const checker = new LineChecker(context);
    for (const text of lines) {
      for (const eol of ['\n', '\r\n', '\r'] as const) {
        const { keys: _, ...known } = checker.check({ text, eol });
        const { fingerprint: __, ...checked } = checkLine({ text, eol }, context);
        assert.deepEqual(known, checked);
      }
    }
  });

  it('reads every record once something was learnt of an image', () => {
    const url = 'https://example.com/a.png';
    const unreachable = {
      reason: 'status',
      status: 404,
      detail: 'the server answered 404',
    } as const;
    const learnt = new LearntImages(new Map([[url, { unreachable }]]));
    const checker = new LineChecker({ ...context, learnt });
    const rules = ['https://example.com/b.png', 'https://example.com/c.png', url].map((each) =>
      checker.check({ text: withImage(each), eol: '\n' }).findings.map(({ rule }) => rule),
    );
    assert.deepEqual(rules, [[], [], ['image-unreachable']]);
  });
});

describe('A document', () => {
  it('has the findings and numbers of the file with the same text', () => {
    const property = fc.property(anyFile, anyContext, (text, context) => {
      const document = LinesDocument.of(text, context).check(never);
      const checker = new FileChecker(context);
      checker.read(Buffer.from(text));
      const { findings, counts } = checker.finish();
      assert.deepEqual(document.gravestFindings(Infinity), findings);
      assert.deepEqual(document.countFindings(), counts);
    });
    fc.assert(property, { seed: 10, numRuns: 400 });
  });

  it('keeps its lines when its settings change, and is checked with the new ones', () => {
    const text = `${withImage('https://example.com/a.png')}\r\noops\r`;
    const strict = LinesDocument.of(text, context).check(never);
    const levels = new Map([['json-syntax', 'off'] as const]);
    const lenient = strict.withContext({ ...context, levels });
    assert.equal(lenient.store.getText(), text);
    assert.equal(lenient.isChecked, false);
    assert.deepEqual(strict.countFindings().error, 1);
    assert.deepEqual(lenient.check(never).countFindings().error, 0);
  });
});

function recordOf(text: string): string {
  return `{"messages":[${message('user', `"${text}"`)},${message('assistant', '"Yes."')}]}`;
}

function withImage(url: string): string {
  const question = message('user', `[${image([url, 'low'])}]`);
  return `{"messages":[${question},${message('assistant', '"Yes."')}]}`;
}
