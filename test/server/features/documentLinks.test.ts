import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentLinksOf, maxDocumentLinks } from '../../../server/features/documentLinks.ts';
import { atCursor } from '../../helpers/cursor.ts';
import { imagePart, recordOf } from '../../helpers/trainingText.ts';

/** `text → target` of each link. */
function linksIn(text: string): string[] {
  const { snapshot } = atCursor(text);
  return [...documentLinksOf(snapshot)]
    .flat()
    .map(({ range, target }) => `${snapshot.getText(range)} → ${target ?? ''}`);
}

describe('document links', () => {
  it('are the addresses of images on the web', () => {
    const text = `${recordOf(imagePart('https://example.com/a.png'))}\n${recordOf(imagePart('http://example.com/b c'))}`;
    assert.deepEqual(linksIn(text), [
      'https://example.com/a.png → https://example.com/a.png',
      'http://example.com/b c → http://example.com/b%20c',
    ]);
  });

  it('understand an address that is written with escapes', () => {
    const part = imagePart('https://example.com/a.png').replaceAll('/', '\\/');
    assert.deepEqual(linksIn(recordOf(part)), [
      'https:\\/\\/example.com\\/a.png → https://example.com/a.png',
    ]);
  });

  for (const address of [
    'command:workbench.action.quit',
    'file:///etc/passwd',
    'javascript:alert(1)//https://example.com',
    'data:image/png;base64,aHR0cHM6',
    'https://',
    `https://example.com/${'x'.repeat(3000)}`,
    ' ',
  ]) {
    it(`are none for ${address.slice(0, 40)}`, () => {
      assert.deepEqual(linksIn(recordOf(imagePart(address))), []);
    });
  }

  it('are none for an address in the words of a message', () => {
    assert.deepEqual(linksIn(recordOf('{"type": "text", "text": "https://example.com"}')), []);
  });

  it('are at most 5,000', () => {
    const record = recordOf(...Array<string>(60).fill(imagePart('https://example.com/a.png')));
    assert.equal(linksIn(Array<string>(100).fill(record).join('\n')).length, maxDocumentLinks);
  });
});
