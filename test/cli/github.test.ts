import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { imageRecord, robotRecord, soundFile } from './records.ts';
import { makeFolder, runCli, type CliResult } from './runCli.ts';

const known = 'expected system, user, assistant, tool or function; the service refuses the file.';

describe('GitHub format', () => {
  const check = (paths: readonly string[], cwd: string, stdin = ''): Promise<CliResult> =>
    runCli(['check', ...paths, '--format', 'github'], { cwd, stdin: [stdin] });

  it('is a workflow command for each finding, then a summary', async (test) => {
    const rest = [
      imageRecord('https://example.com/a.png', 'ultra'),
      imageRecord('https://example.com/b.png', 'high'),
    ].join('\n');
    const cwd = await makeFolder(test, {
      'data/train.jsonl': `${soundFile}${robotRecord}\n${rest}`,
    });
    const { status, stdout } = await check(['data/train.jsonl'], cwd);
    assert.equal(status, 1);
    const cost =
      'Detail is high; low costs 85 tokens, high 255 to 1,445 for an image of unknown size.';
    assert.deepEqual(stdout.split('\n'), [
      `::error file=data/train.jsonl,line=11,col=22,endLine=11,endColumn=29,title=message-role::Role "robot" is not known; ${known}`,
      '::warning file=data/train.jsonl,line=12,col=116,endLine=12,endColumn=123,title=image-detail::Detail is "ultra"; expected low, high or auto, else it may be refused.',
      `::notice file=data/train.jsonl,line=13,col=116,endLine=13,endColumn=122,title=image-detail-cost::${cost}`,
      '13 records, 2 images, 1.4 kB · 1 error, 1 warning, 1 hint',
      '',
    ]);
  });

  it('escapes what would end a property or the message', async (test) => {
    const name = '100%,a.jsonl';
    const content = `${soundFile}${robotRecord.replace('robot', 'a%0A::b')}`;
    const cwd = await makeFolder(test, { [name]: content });
    const { stdout } = await check([name], cwd);
    assert.match(stdout, /^::error file=100%25%2Ca\.jsonl,line=11,/);
    assert.match(stdout, /::Role "a%250A::b" is not known/);
  });

  it('shows control characters of a name, and sends none to the terminal', async (test) => {
    const name = 'a\u001b[2J\u202eb.jsonl';
    const cwd = await makeFolder(test, { [name]: robotRecord });
    const { stdout } = await check([name, 'gone\u009b2J'], cwd);
    assert.match(stdout, /^::error file=a\\u001b\[2J\\u202eb\.jsonl,/);
    assert.match(stdout, /^::error file=gone\\u009b2J::gone\\u009b2J: no such file$/m);
    assert.doesNotMatch(stdout, /[^\n\u0020-\u007e·…]/);
  });

  it('names a file below the working directory from there, however it was given', async (test) => {
    const cwd = await makeFolder(test, { 'data/train.jsonl': robotRecord });
    const paths = [join(cwd, 'data/train.jsonl'), './data/../data/train.jsonl'];
    const { stdout } = await check(paths, cwd);
    const named = [...stdout.matchAll(/file=([^,]*)/g)].map(([, name]) => name);
    assert.deepEqual(new Set(named), new Set(['data/train.jsonl']));
  });

  it('names a file elsewhere as it was given', async (test) => {
    const cwd = await makeFolder(test, { 'train.jsonl': robotRecord, 'a/b/c': '' });
    const { stdout } = await check(['../../train.jsonl'], join(cwd, 'a/b'));
    assert.match(stdout, /^::error file=\.\.\/\.\.\/train\.jsonl,/);
  });

  it('reports standard input without a file', async (test) => {
    const { stdout } = await check(['-'], await makeFolder(test, {}), soundFile + robotRecord);
    assert.match(stdout, /^::error line=11,col=22,/);
  });

  it('reports a file that cannot be read', async (test) => {
    const { status, stdout } = await check(['gone.jsonl'], await makeFolder(test, {}));
    assert.equal(status, 2);
    assert.match(stdout, /^::error file=gone\.jsonl::gone\.jsonl: no such file\n/);
  });
});
