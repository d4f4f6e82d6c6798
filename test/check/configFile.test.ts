import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { configFileName, findConfigFile } from '../../core/check/configFile.ts';

describe('findConfigFile', () => {
  let top: string;
  let deep: string;

  beforeEach(() => {
    top = mkdtempSync(join(tmpdir(), 'vision-finetune-'));
    deep = join(top, 'a', 'b');
    mkdirSync(deep, { recursive: true });
  });

  afterEach(() => {
    rmSync(top, { recursive: true });
  });

  it('finds none where there is none', () => {
    assert.equal(findConfigFile(deep), undefined);
  });

  it('finds one upwards', () => {
    const path = write(top, '{"profile":"openai"}');
    assert.deepEqual(findConfigFile(deep), {
      path,
      isJson: true,
      options: { profile: 'openai' },
      ignored: [],
    });
  });

  it('takes the nearest and nothing of those above', () => {
    write(top, '{"profile":"openai"}');
    write(deep, '{"model":"gpt-4o-2024-08-06"}');
    assert.deepEqual(findConfigFile(deep)?.options, { model: 'gpt-4o-2024-08-06' });
    assert.deepEqual(findConfigFile(join(top, 'a'))?.options, { profile: 'openai' });
  });

  it('reads one behind a byte order mark', () => {
    write(deep, '\uFEFF{"profile":"openai"}');
    assert.deepEqual(findConfigFile(deep)?.options, { profile: 'openai' });
  });

  it('says what is wrong with one that is not JSON, and takes no other', () => {
    write(top, '{"profile":"openai"}');
    const table = [
      ['', 1, 1],
      ['{"profile":', 1, 12],
      ['{}\r\n{}', 2, 1],
      ['{\n  // none\n}', 2, 3],
      ['['.repeat(100_000), 1, 100_001],
    ] as const;
    for (const [text, line, column] of table) {
      const path = write(deep, text);
      const ignored = [`It is not JSON from line ${line}, column ${column} on.`];
      assert.deepEqual(findConfigFile(deep), { path, isJson: false, options: {}, ignored });
    }
  });

  it('names what it does not know in it', () => {
    write(deep, '{"apiKey":"x"}');
    assert.deepEqual(findConfigFile(deep)?.ignored, ['"apiKey" is not an option.']);
    write(deep, '[]');
    assert.deepEqual(findConfigFile(deep)?.ignored, ['Options are an array; expected an object.']);
  });

  it('passes by a directory of that name', () => {
    mkdirSync(join(deep, configFileName));
    const path = write(top, '{}');
    assert.equal(findConfigFile(deep)?.path, path);
  });

  it('neither waits for a pipe nor reads a device without an end, and takes no other', (t) => {
    if (process.platform === 'win32') {
      t.skip('Windows has no such files');
      return;
    }
    write(top, '{"profile":"openai"}');
    const path = join(deep, configFileName);
    const ignored = ['It is not a file.'];
    execFileSync('mkfifo', [path]);
    assert.deepEqual(findConfigFile(deep), { path, isJson: false, options: {}, ignored });
    rmSync(path);
    symlinkSync('/dev/zero', path);
    assert.deepEqual(findConfigFile(deep), { path, isJson: false, options: {}, ignored });
  });

  it('reads no more than options can be', () => {
    write(deep, `{"profile":"openai"}${' '.repeat(1_000_000)}`);
    assert.deepEqual(findConfigFile(deep)?.ignored, ['It is over 1 MB, too large for options.']);
  });

  it('says so where links lead nowhere but to each other', () => {
    const path = join(deep, configFileName);
    symlinkSync(path, path);
    assert.deepEqual(findConfigFile(deep)?.ignored, ['It cannot be read (ELOOP).']);
  });

  it('takes the schema that it names for no option', () => {
    write(deep, '{"$schema":"./vision-finetune.schema.json"}');
    assert.deepEqual(findConfigFile(deep)?.ignored, []);
  });

  it('passes by directories that are not there or are no directories', () => {
    const path = write(top, '{}');
    assert.equal(findConfigFile(join(deep, 'missing', 'further'))?.path, path);
    assert.equal(findConfigFile(join(path, 'below', 'a', 'file'))?.path, path);
    assert.equal(findConfigFile('\u0000')?.options, undefined);
  });
});

function write(directory: string, text: string): string {
  const path = join(directory, configFileName);
  writeFileSync(path, text);
  return path;
}
