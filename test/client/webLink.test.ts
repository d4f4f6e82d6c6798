import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { toWebLink } from '../../client/webLink.ts';

describe('the link to an image on the web', () => {
  it('is its address', () => {
    const url = 'https://example.com/a.png?size=2&x=%20#top';
    assert.equal(toWebLink(url), url);
  });

  it('has nothing in it that ends a link in markdown', () => {
    assert.equal(
      toWebLink('https://example.com/a (1).png?q=[x]|`<y>`\\'),
      'https://example.com/a%20%281%29.png?q=%5Bx%5D%7C%60%3Cy%3E%60%5C',
    );
  });

  it('is none for what is not http or https', () => {
    const others = ['', 'a.png', '//example.com/a', 'command:x', 'file:///a.png', 'javascript:x'];
    for (const url of [...others, 'data:image/png;base64,AA==', 'vscode://x', 'https://']) {
      assert.equal(toWebLink(url), undefined, url);
    }
  });

  it('is an address without spaces and brackets, whatever it is made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const link = toWebLink(`https://example.com/${text}`);
        assert.match(link ?? '', /^https:\/\/example\.com\/[^\s()<>[\]\\|`]*$/);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
