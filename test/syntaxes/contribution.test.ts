import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import textmate from 'vscode-textmate';
import { assertScopes, contributedGrammars, loadGrammar, standIn } from '../helpers/grammar.ts';

const readRepositoryFile = (path: string) =>
  readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

/** `StandardTokenType` of the engine, which the editor asks whether a place is code, a comment or a string. */
const [tokenTypeMask, tokenTypeOffset, stringTokenType] = [0x300, 8, 2];

describe('the contribution of the grammars', () => {
  it('is what the tests of the grammars load', async () => {
    const manifest: unknown = JSON.parse(await readRepositoryFile('package.json'));
    const { contributes } = manifest as { contributes?: { grammars?: unknown } };
    assert.deepEqual(contributes?.grammars, contributedGrammars);
  });

  for (const { scopeName, path } of contributedGrammars) {
    it(`names ${scopeName} as its file does`, async () => {
      const grammar = textmate.parseRawGrammar(await readRepositoryFile(path), path);
      assert.equal(grammar.scopeName, scopeName);
    });
  }

  it('also serves an extension that owns the language under the scope name source.jsonl', async () => {
    const other = { scopeName: 'source.jsonl', patterns: [{ match: '.+', name: 'string.other' }] };
    const base = async () => new Map(await standIn()).set('source.jsonl', JSON.stringify(other));
    assertScopes(
      await loadGrammar(base, 'source.jsonl'),
      `
{"role": "user"}
          ^^^^ constant.language.role.user
      `,
    );
  });

  it('keeps base64 a string for the editor, though it is coloured as a comment', async () => {
    const grammar = await loadGrammar(standIn);
    const line = '{"url": "data:image/png;base64,iVBORw0K"}';
    const { tokens } = grammar.tokenizeLine2(line, textmate.INITIAL);
    // Pairs of a start column and metadata. One pair covers neighbours with equal metadata.
    const pairs = Array.from({ length: tokens.length / 2 }, (_, i) =>
      tokens.slice(2 * i, 2 * i + 2),
    );
    const [, metadata = 0] = pairs.findLast(([start = 0]) => start <= line.indexOf('iVBO')) ?? [];
    assert.equal((metadata & tokenTypeMask) >>> tokenTypeOffset, stringTokenType);
  });
});
