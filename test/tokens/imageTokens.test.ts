import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { profiles } from '../../core/profile/profiles.ts';
import {
  highDetailRange,
  highDetailTokens,
  lowDetailTokens,
} from '../../core/tokens/imageTokens.ts';

for (const { providerName, model, imageTokens } of profiles) {
  describe(`An image for ${model} at ${providerName}`, () => {
    it('costs 85 tokens at detail low, whatever its size', () => {
      assert.equal(lowDetailTokens(imageTokens), 85);
    });

    // 1024×1024 and 2048×4096 are the examples of OpenAI, "Images and vision"; the others follow from its steps.
    const table: [width: number, height: number, tokens: number][] = [
      [1, 1, 255],
      [300, 200, 255],
      [512, 512, 255],
      [513, 512, 425],
      [768, 768, 765],
      [800, 600, 765],
      [1024, 1024, 765],
      [1920, 1080, 1105],
      [2048, 4096, 1105],
      [600, 1800, 1445],
      [768, 2048, 1445],
      [100, 2048, 765],
      [8, 100_000, 765],
      [100_000, 100_000, 765],
    ];

    for (const [width, height, tokens] of table) {
      it(`of ${width}×${height} costs ${tokens} tokens at detail high, on its side as well`, () => {
        assert.equal(highDetailTokens(imageTokens, width, height), tokens);
        assert.equal(highDetailTokens(imageTokens, height, width), tokens);
      });
    }

    it('costs no less and no more at detail high than the range for an unknown size says', () => {
      const { min, max } = highDetailRange(imageTokens);
      const costs = new Set<number>();
      for (let width = 1; width < 5000; width += 37) {
        for (let height = 1; height < 5000; height += 41)
          costs.add(highDetailTokens(imageTokens, width, height));
      }
      assert.deepEqual([Math.min(...costs), Math.max(...costs)], [min, max]);
    });

    it('costs the same at all sizes with the shape of 768×768 that are not smaller', () => {
      for (let side = 768; side < 6000; side++)
        assert.equal(highDetailTokens(imageTokens, side, side), 765);
    });
  });
}
