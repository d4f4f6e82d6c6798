/** The grammars of `syntaxes/`, injected into a JSON Lines grammar and run by the engine that VS Code uses. */

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import type { IGrammar, IToken } from 'vscode-textmate';
import { standInJsonLines } from './standInJsonLines.ts';

/** What `contributes.grammars` in the manifest must say; a test holds the two together. */
export const contributedGrammars = [
  {
    scopeName: 'record.injection.vision-finetune',
    path: './syntaxes/record.injection.tmLanguage.json',
    injectTo: ['source.json.lines', 'source.jsonl'],
  },
  {
    scopeName: 'example.injection.vision-finetune',
    path: './syntaxes/example.injection.tmLanguage.json',
    injectTo: ['source.json.lines', 'source.jsonl'],
  },
] as const;

const repository = new URL('../../', import.meta.url);

/** The grammar that VS Code brings for `jsonl`, where the editor tests have installed a VS Code. */
export const builtInGrammar = new URL(
  'test/editor/node_modules/code-server/lib/vscode/extensions/json/syntaxes/JSONL.tmLanguage.json',
  repository,
);

export const builtInMissing = existsSync(builtInGrammar)
  ? false
  : 'no VS Code in test/editor/node_modules; the editor tests install it';

/** One JSON Lines grammar to inject into: its scope names with the text of their grammars. */
export type Base = () => Promise<ReadonlyMap<string, string>>;

export const builtIn: Base = async () =>
  new Map([['source.json.lines', await readFile(builtInGrammar, 'utf8')]]);

export const standIn: Base = () =>
  Promise.resolve(new Map([['source.json.lines', JSON.stringify(standInJsonLines)]]));

/** Loads the grammar of `scopeName` with ours injected, as VS Code does for the extension. */
export async function loadGrammar(base: Base, scopeName = 'source.json.lines'): Promise<IGrammar> {
  const sources = new Map(await base());
  for (const { scopeName: ours, path } of contributedGrammars) {
    sources.set(ours, await readFile(new URL(path, repository), 'utf8'));
  }
  const registry = new textmate.Registry({
    onigLib: engine(),
    loadGrammar: (name) => {
      const text = sources.get(name);
      return Promise.resolve(text === undefined ? null : textmate.parseRawGrammar(text, '.json'));
    },
    getInjections: (target) =>
      contributedGrammars
        .filter(({ injectTo }) => injectTo.some((scope) => scope === target))
        .map((grammar) => grammar.scopeName),
  });
  const grammar = await registry.loadGrammar(scopeName);
  assert.ok(grammar, `no grammar for ${scopeName}`);
  return grammar;
}

/**
 * The tokens of each line. Scopes go from the outermost to the innermost; columns are UTF-16 units. The last token may end
 * one past its line: the engine counts a line feed.
 */
export function tokenizeLines(grammar: IGrammar, lines: readonly string[]): IToken[][] {
  let state = textmate.INITIAL;
  return lines.map((line) => {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    return result.tokens;
  });
}

/**
 * Checks text with caret lines beneath its lines:
 *
 *     {"role": "user"}
 *               ^^^^ constant.language.role !invalid
 *
 * Every character above a caret has each scope named (as a theme matches it: whole, or followed by a dot), and none named
 * after `!`. A line whose first visible character is `^` annotates the line above; all others are text to tokenize.
 */
export function assertScopes(grammar: IGrammar, marked: string): void {
  const { lines, marks } = readMarks(marked);
  assert.ok(marks.length > 0, 'no caret line in the text');
  const tokens = tokenizeLines(grammar, lines);
  const missed = marks.flatMap((mark) =>
    (tokens[mark.line] ?? [])
      .filter(({ startIndex, endIndex }) => startIndex < mark.end && mark.start < endIndex)
      .filter(({ scopes }) => !mark.scopes.every((wanted) => agrees(scopes, wanted)))
      .map(({ startIndex, endIndex, scopes }) => {
        const text = (lines[mark.line] ?? '').slice(startIndex, endIndex);
        return `line ${mark.line + 1}, ${text}: wanted ${mark.scopes.join(' ')}, has ${scopes.join(' ')}`;
      }),
  );
  assert.equal(missed.join('\n'), '');
}

interface Mark {
  /** Index into the lines of text, counted from 0. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
}

function readMarks(marked: string): { lines: string[]; marks: Mark[] } {
  const lines: string[] = [];
  const marks: Mark[] = [];
  for (const line of marked.replace(/^\n/, '').replace(/\n *$/, '').split('\n')) {
    const caret = /^( *)(\^+) (.+)$/.exec(line);
    if (!caret) {
      lines.push(line);
      continue;
    }
    const [, indent = '', carets = '', scopes = ''] = caret;
    const above = lines.at(-1) ?? '';
    const end = indent.length + carets.length;
    assert.ok(end <= above.length, `carets past the end of: ${above}`);
    marks.push({ line: lines.length - 1, start: indent.length, end, scopes: scopes.split(' ') });
  }
  return { lines, marks };
}

function agrees(scopes: readonly string[], wanted: string): boolean {
  const name = wanted.replace(/^!/, '');
  const found = scopes.some((scope) => scope === name || scope.startsWith(`${name}.`));
  return found !== wanted.startsWith('!');
}

let loaded: Promise<void> | undefined;

async function engine() {
  loaded ??= readFile(
    createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'),
  ).then((wasm) => oniguruma.loadWASM(wasm));
  await loaded;
  return {
    createOnigScanner: (sources: string[]) => oniguruma.createOnigScanner(sources),
    createOnigString: (text: string) => oniguruma.createOnigString(text),
  };
}
