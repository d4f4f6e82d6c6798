import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeNotice, noticesAt } from '../../core/profile/notices.ts';
import { findProfile } from '../../core/profile/profiles.ts';

describe('Notices', () => {
  const days = (provider: 'azure' | 'openai', today: string): string[] =>
    noticesAt(findProfile(provider) ?? assert.fail(), today).map(({ day }) => day);

  it('are silent more than 90 days before the day', () => {
    assert.deepEqual(days('openai', '2026-10-07'), []);
    assert.deepEqual(days('openai', '2026-10-08'), ['2027-01-06']);
  });

  it('stay when the day has passed, the first beside the next', () => {
    assert.deepEqual(days('azure', '2026-11-21'), ['2026-10-14']);
    assert.deepEqual(days('azure', '2027-03-01'), ['2026-10-14', '2027-04-14']);
  });

  it('say since when or from when, with the source', () => {
    const [notice] = noticesAt(findProfile('openai') ?? assert.fail(), '2026-11-21');
    const words = (today: string): string => describeNotice(notice ?? assert.fail(), today);
    assert.match(
      words('2026-11-21'),
      /^From 2027-01-06: OpenAI takes no fine-tuning jobs any more \(OpenAI, /,
    );
    assert.match(words('2027-01-06'), /^Since 2027-01-06: /);
  });
});
