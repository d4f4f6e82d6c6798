import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planOne, planRepairs } from '../../client/repair/plannedRepairs.ts';
import { describeOffer, describeOutcomes, listOutcomes } from '../../client/repair/repairWords.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { offerRepairs, type Extra } from '../../core/image/repairOffer.ts';
import type { ImageToRepair } from '../../server/protocol.ts';

const maxBytes = 10_000_000;

const grey = facts({ format: 'jpeg', colorMode: 'grey' });
const huge = facts({ byteLength: 12_000_000 });
const turned = facts({ orientation: 6 });
const animated = facts({ isAnimated: true });
const heic = facts({ format: 'heic' });

function facts(some: Partial<ImageFacts>): ImageFacts {
  return { format: 'png', colorMode: 'rgb', width: 64, height: 48, byteLength: 1000, ...some };
}

/** One image a line. */
function inFile(...all: readonly ImageFacts[]): ImageToRepair[] {
  return all.map((each, line) => ({ line, image: 0, facts: each }));
}

function plan(
  images: readonly ImageToRepair[],
  words: readonly string[],
  ...extras: readonly Extra[]
): string[] {
  const choice = { words: new Set(words), extras: new Set(extras) };
  return planRepairs(images, maxBytes, choice).map((each) => `${each.line} ${each.plan.words}`);
}

describe('what is offered of repairs', () => {
  it('is grouped by what is done, the most frequent first, with how many bytes there are', () => {
    const { groups, extras, refused } = offerRepairs(inFile(huge, grey, heic, grey), maxBytes);
    assert.deepEqual(groups, [
      { words: 'greyscale JPEG → RGB JPEG', count: 2, byteLength: 2000 },
      {
        words: 'oversized RGB PNG → RGB JPEG of at most 10 MB',
        count: 1,
        byteLength: 12_000_000,
      },
    ]);
    assert.deepEqual([...extras], [['isLossless', 1]]);
    assert.deepEqual(
      refused.map(({ line, reason }) => [line, reason]),
      [[2, 'HEIC cannot be converted here; export it as JPEG']],
    );
  });

  it('names extras only for images that nothing else is done to', () => {
    const turnedGrey = { ...grey, orientation: 6 };
    const { groups, extras } = offerRepairs(inFile(turned, turned, animated, turnedGrey), maxBytes);
    assert.equal(groups.length, 1);
    assert.deepEqual([...extras].sort(), [
      ['stopsAnimation', 1],
      ['turnsUpright', 2],
    ]);
  });
});

describe('what is planned of repairs', () => {
  const greyWords = 'greyscale JPEG → RGB JPEG';

  it('is what was chosen and nothing else', () => {
    const images = inFile(grey, huge, turned, animated, heic);
    assert.deepEqual(plan(images, [greyWords]), [`0 ${greyWords}`]);
    assert.deepEqual(plan(images, [], 'turnsUpright', 'stopsAnimation'), [
      '2 turned RGB PNG → RGB PNG',
      '3 animated RGB PNG → RGB PNG of its first frame',
    ]);
    assert.deepEqual(plan(images, []), []);
  });

  it('keeps every pixel of what is too large where that was chosen', () => {
    const [words = ''] = offerRepairs(inFile(huge), maxBytes).groups.map((each) => each.words);
    assert.deepEqual(plan(inFile(huge), [words], 'isLossless'), [
      '0 oversized RGB PNG → RGB WEBP of at most 10 MB',
    ]);
  });

  it('is, for one image, all that the rules report of it', () => {
    const [image] = inFile(animated);
    const [other] = inFile(turned);
    assert.ok(image && other);
    const one = planOne(image, maxBytes);
    assert.ok(one && 'plan' in one);
    assert.equal(planOne(other, maxBytes), undefined);
  });
});

describe('the words about repairs', () => {
  it('tell what there is to do', () => {
    const offer = (...all: readonly ImageFacts[]): string =>
      describeOffer(offerRepairs(inFile(...all), maxBytes));
    assert.equal(offer(grey), '1 image to repair, 1 kB now');
    assert.equal(
      offer(grey, grey, heic),
      '2 images to repair, 2 kB now; 1 more cannot be repaired here',
    );
    assert.equal(offer(heic), 'No image has to be repaired; 1 image cannot be repaired here');
    assert.equal(offer(turned), 'No image has to be repaired');
  });

  const done = { kind: 'done', words: 'greyscale JPEG → RGB JPEG', bytesBefore: 138_000 } as const;
  const outcomes = [
    { ...done, line: 13, image: 1, bytesAfter: 142_000 },
    { kind: 'failed', line: 4, image: 0, reason: 'its data ends early' },
    { ...done, line: 13, image: 0, bytesAfter: 100_000 },
  ] as const;

  it('tell what was done, with bytes before and after', () => {
    assert.equal(
      describeOutcomes(outcomes),
      '2 images repaired: 276 kB → 242 kB. 1 could not be repaired.',
    );
    assert.equal(describeOutcomes(outcomes.slice(0, 1)), '1 image repaired: 138 kB → 142 kB.');
    assert.equal(describeOutcomes(outcomes.slice(1, 2)), '1 image could not be repaired.');
  });

  it('list each image in the order of the file', () => {
    assert.equal(
      listOutcomes(outcomes),
      [
        '5:1  image 1  not repaired: its data ends early',
        '14:1  image 1  greyscale JPEG → RGB JPEG, 138 kB → 100 kB',
        '14:1  image 2  greyscale JPEG → RGB JPEG, 138 kB → 142 kB',
        '',
      ].join('\n'),
    );
  });
});
