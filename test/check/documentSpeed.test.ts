import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { textHeavy, withoutDetail, withRepeatedImages } from '../../bench/data.ts';
import type { CheckedDocument } from '../../core/check/checkedDocument.ts';
import { createContext } from '../../core/check/context.ts';
import { LinesDocument } from '../../core/check/linesDocument.ts';
import { bestOf } from '../helpers/bestOf.ts';
import { never } from './anyTraining.ts';

const context = createContext([], '2026-11-21');

/** As many as the server sends of a file. */
const sentFindings = 1000;

/**
 * No benchmark, for which see bench/README.md: these fail where the cost of an open document follows its size again, or where
 * its records are read one by one.
 */
describe('An open document', () => {
  it('is checked in not many times the time of parsing it', () => {
    const text = textHeavy(6_000_000).toString();
    const check = (): unknown => LinesDocument.of(text, context).check(never);
    const parse = (): unknown => text.split('\n').map((line): unknown => line && JSON.parse(line));
    const [checking, parsing] = bestOf(7, [check, parse]);
    assert.ok(checking < 8 * parsing, `${checking} ms, parsed in ${parsing} ms`);
  });

  for (const [title, make] of [
    ['of text', (size: number) => textHeavy(size)],
    ['with a hint in each record', (size: number) => withoutDetail(textHeavy(size))],
    [
      'with each image in two records',
      (size: number) => Buffer.from(withRepeatedImages(textHeavy(size).toString())),
    ],
  ] as const) {
    it(`${title} takes a keystroke in about the same time whatever its size`, () => {
      const [small, large] = [1_000_000, 16_000_000].map((size) => typingIn(make(size).toString()));
      const [ofSmall, ofLarge] = bestOf(60, [small ?? never, large ?? never]);
      assert.ok(ofLarge < 6 * ofSmall, `${ofLarge} ms, in a sixteenth of it ${ofSmall} ms`);
    });
  }
});

/** One keystroke after the other, each with all that is to be sent. */
function typingIn(text: string): () => void {
  let document: CheckedDocument = LinesDocument.of(text, context).check(never);
  document.gravestFindings(sentFindings);
  let line = 0;
  return () => {
    line = (line + 97) % (document.store.lineCount - 1);
    const at = { line, character: document.store.line(line).text.length - '"}]}'.length };
    document = document.edit({ start: at, end: at }, 'x').check(never, line);
    document.gravestFindings(sentFindings);
  };
}
