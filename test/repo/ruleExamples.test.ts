import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readOptions } from '../../core/check/options.ts';
import type { LearntImage } from '../../core/image/learntImages.ts';
import { rules } from '../../core/rules/index.ts';
import { reportingRules } from '../helpers/checkRule.ts';
import { readText } from '../helpers/repository.ts';

for (const { id } of rules) {
  describe(`the example on the page of ${id}`, () => {
    const page = readText(`docs/rules/${id}.md`);
    const [config = '{}'] = blocksOf(page, 'json vision-finetune.json');
    const { options: given, ignored } = readOptions(JSON.parse(config));
    const [validation] = blocksOf(page, 'jsonl val.jsonl');
    const [learnt] = blocksOf(page, 'json learnt.json');
    const options = {
      ...given,
      ...(validation !== undefined && { validation }),
      ...(learnt !== undefined && { learnt: JSON.parse(learnt) as Record<string, LearntImage> }),
    };

    /** A rule that counts what others report cannot be shown without them. */
    const counted =
      id === 'skip-limit'
        ? rules.filter(({ skipsExample }) => skipsExample).map((rule) => rule.id)
        : [];

    it('has options that are understood', () => {
      assert.deepEqual(ignored, []);
    });

    it('has lines that only this rule reports', () => {
      const bad = blocksOf(page, 'jsonl bad');
      assert.ok(bad.length > 0);
      for (const text of bad) {
        const reporting = reportingRules(text, options, id).filter(
          (rule) => !counted.includes(rule),
        );
        assert.deepEqual(reporting, [id]);
      }
    });

    it('has lines that no rule reports', () => {
      const good = blocksOf(page, 'jsonl good');
      assert.ok(good.length > 0);
      for (const text of good) assert.deepEqual(reportingRules(text, options, id), []);
    });
  });
}

/** What stands in fences that are marked so. */
function blocksOf(page: string, mark: string): string[] {
  const fences = page.matchAll(/^```([^\r\n]+)\r?\n([^]*?)\r?\n```/gm);
  return [...fences].filter(([, found]) => found === mark).map(([, , text = '']) => text);
}
