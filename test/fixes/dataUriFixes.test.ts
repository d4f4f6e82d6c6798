import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { findRepairs } from '../../core/check/checkRecord.ts';
import { applyEdits } from '../../core/fixes/jsonEdits.ts';
import { decodeDataUri, parseDataUri } from '../../core/image/dataUri.ts';
import { assertSound, fixtureContext } from '../helpers/checkRule.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';

const context = fixtureContext({}, 'image-url');

describe('standardizing base64', () => {
  const image = fc
    .record({
      format: fc.constantFrom('png', 'jpeg', 'webp'),
      byteLength: fc.integer({ min: 2_000, max: 2_003 }),
    })
    .map(({ format, byteLength }) => ({
      format,
      bytes: makeImage(format as 'png', 8, 8, { byteLength }),
    }));
  const change = fc.record({
    at: fc.nat(2_700),
    kind: fc.constantFrom('white-space', 'percent', 'url-safe'),
  });
  const padding = fc.constantFrom('', '=', '===', '%3D', '= \n', '%3d%0A');
  const spelling = fc.constantFrom(/(?!)/g, /\//g, /[A-D]/g);
  const faulty = fc.record({
    image,
    changes: fc.array(change, { maxLength: 150 }),
    padding,
    spelling,
  });

  it('keeps every byte of an image, whatever was wrong and however JSON spells it', () => {
    let fixes = 0;
    fc.assert(
      fc.property(
        faulty,
        ({ image: { format, bytes }, changes, padding: end, spelling: spelled }) => {
          const good = dataUri(format, bytes);
          const head = good.slice(0, good.indexOf(',') + 1);
          const digits = good.slice(head.length).replace(/=*$/, '').split('');
          for (const { at, kind } of changes) digits[at] = spoil(digits[at] ?? '', kind);
          const text = record(head + digits.join('') + end, spelled);
          const finding = findRepairs(text, context).find(({ rule }) => rule === 'image-data');
          if (!finding) return;
          const [fix] = finding.fixes;
          assert.ok(fix?.isCertain, `${finding.message} has no certain fix`);
          assert.ok(fix.edits.length <= 101);
          assertSound(text, finding, fix, context);
          const after = applyEdits(text, fix.edits);
          const url = urlOf(after);
          const uri = parseDataUri(url);
          assert.ok(uri);
          assert.ok(Buffer.from(bytes).equals(decodeDataUri(url, uri)));
          assert.deepEqual(
            findRepairs(after, context).filter(({ rule }) => rule === 'image-data'),
            [],
          );
          fixes++;
        },
      ),
      { seed: 20261121, numRuns: 300 },
    );
    assert.ok(fixes > 200, `Only ${fixes} fixes were tried`);
  });
});

function spoil(digit: string, kind: string): string {
  if (kind === 'white-space') return `${digit}\r\n`;
  if (kind === 'percent')
    return digit.length === 1 ? `%${digit.charCodeAt(0).toString(16)}` : digit;
  return digit.replace('+', '-').replace('/', '_');
}

/** Characters that match are written by their number, and slashes by their short escape. */
function record(url: string, spelled: RegExp): string {
  const json = JSON.stringify(url).replaceAll(spelled, (character) =>
    character === '/' ? '\\/' : `\\u00${character.charCodeAt(0).toString(16)}`,
  );
  return `{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":${json},"detail":"low"}}]}]}`;
}

function urlOf(text: string): string {
  const { messages } = JSON.parse(text) as {
    messages: [{ content: [{ image_url: { url: string } }] }];
  };
  return messages[0].content[0].image_url.url;
}
