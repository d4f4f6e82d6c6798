import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limitNames } from '../../core/profile/limits.ts';
import type { Sourced } from '../../core/profile/profile.ts';
import { profiles } from '../../core/profile/profiles.ts';
import { runCli } from './runCli.ts';

describe('vision-finetune profiles', () => {
  it('lists each provider and model with its facts in columns, and the sources by number', async () => {
    const { status, stdout, stderr } = await runCli(['profiles']);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    const lines = stdout.split('\n');
    assert.deepEqual(
      lines.filter((line) => line.includes('limits of')).map((line) => line.split(' · limits')[0]),
      profiles.map(({ providerName, model }) => `${providerName} · ${model}`),
    );
    assert.ok(
      lines.includes(
        '    maxImagesPerExample     [1]              64  Most images in one example.',
      ),
    );
    assert.ok(
      lines.includes(
        '  [1]  Microsoft Learn, "Vision fine-tuning" (learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-vision), 2026-07-31',
      ),
    );
  });

  it('leaves out no fact of any profile, and refers to no source that is not listed', async () => {
    const { stdout } = await runCli(['profiles']);
    const blocks = stdout.split(/^(?=\S.* · limits of )/m);
    const listed = new Set(stdout.match(/^ {2}\[\d+\]/gm)?.map((line) => line.trim()));
    for (const [index, profile] of profiles.entries()) {
      const facts = Object.values(profile).flatMap(namedFacts);
      const block = blocks[index]?.split('\nSources')[0] ?? '';
      const references = block.match(/^ {4}\S+ +(\[\d+\])/gm) ?? [];
      assert.equal(references.length, facts.length, `${profile.provider} ${profile.model}`);
      for (const reference of references) {
        assert.ok(listed.has(reference.trim().split(/ +/)[1] ?? ''), reference);
      }
    }
  });

  it('gives programs each number beside its source and date', async () => {
    const { stdout } = await runCli(['profiles', '--format', 'json']);
    const document = JSON.parse(stdout) as {
      profiles: { profile: string; model: string; limits: Record<string, Sourced<number>> }[];
    };
    assert.equal(document.profiles.length, profiles.length);
    for (const { limits } of document.profiles) {
      for (const [name, { value, source, date }] of Object.entries(limits)) {
        assert.ok((limitNames as string[]).includes(name), name);
        assert.equal(typeof value, 'number');
        assert.ok(source.length > 0);
        assert.match(date, /^\d{4}-\d{2}(-\d{2})?$/);
      }
    }
    assert.equal(document.profiles[0]?.limits['maxImagesPerExample']?.value, 64);
  });

  it('says since when or from when something ends, by the day that it is', async () => {
    const { stdout } = await runCli(['profiles'], { today: '2027-02-01' });
    assert.match(stdout, /^Since 2027-01-06: OpenAI takes no fine-tuning jobs any more /m);
    assert.match(stdout, /^From 2027-04-14: Azure may end training of this model for all /m);
  });

  it('refuses what it cannot use', async () => {
    for (const [args, message] of [
      [['--format', 'xml'], '--format is "xml"; expected human or json'],
      [['train.jsonl'], "unexpected argument 'train.jsonl'"],
      [['--colour'], "unknown option '--colour'"],
    ] as const) {
      const { status, stdout, stderr } = await runCli(['profiles', ...args]);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
      assert.ok(stderr.startsWith(`vision-finetune: ${message}`), stderr);
    }
  });
});

/** The facts of a member of a profile: of a group its values, of a fact itself; a remark and notices are sentences. */
function namedFacts(member: unknown): Sourced<unknown>[] {
  if (typeof member !== 'object' || member === null || Array.isArray(member)) return [];
  if ('value' in member) {
    const fact = member as Sourced<unknown>;
    return typeof fact.value === 'string' ? [] : [fact];
  }
  return Object.values(member) as Sourced<unknown>[];
}
