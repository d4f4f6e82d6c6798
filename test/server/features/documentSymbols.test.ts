import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DocumentSymbol } from 'vscode-languageserver';
import { documentSymbolsOf, maxSymbols } from '../../../server/features/documentSymbols.ts';
import { atCursor, type TextOptions } from '../../helpers/cursor.ts';
import { dataUri, makeImage } from '../../helpers/makeImage.ts';
import { imagePart, recordOf, soundRecord, webPicture } from '../../helpers/trainingText.ts';

function symbolsOf(text: string, options?: TextOptions): DocumentSymbol[] {
  return [...documentSymbolsOf(atCursor(text, options).snapshot)].flat();
}

/** `name: detail`, two spaces a level. */
function outline(symbols: readonly DocumentSymbol[] = [], indent = ''): string[] {
  return symbols.flatMap(({ name, detail, children }) => [
    `${indent}${name}${detail ? `: ${detail}` : ''}`,
    ...outline(children, `${indent}  `),
  ]);
}

describe('document symbols', () => {
  it('are records, in them messages, in them images', () => {
    const png = imagePart(dataUri('png', makeImage('png', 8, 6)));
    const text = '{"type": "text", "text": "What is this?"}';
    const record = recordOf(text, imagePart(webPicture), png);
    const [first, ...rest] = outline(symbolsOf(`${record}\n\n${soundRecord}`));
    assert.equal(first, 'Record 1');
    assert.deepEqual(rest.slice(0, 2), ['  user: What is this?', '    image: example.com']);
    assert.match(rest[2] ?? '', /^ {4}image: PNG · 8 × 6 · /);
    assert.deepEqual(rest.slice(3), [
      '  assistant: Yes.',
      'Record 2',
      '  user: Hi',
      '  assistant: Hello',
    ]);
  });

  it('select the first character of what they name', () => {
    const { snapshot } = atCursor(`\n${soundRecord}`);
    const [record] = [...documentSymbolsOf(snapshot)].flat();
    assert.ok(record);
    assert.equal(snapshot.getText(record.range), soundRecord);
    assert.deepEqual(record.selectionRange.end, { line: 1, character: 1 });
    const [message] = record.children ?? [];
    assert.ok(message);
    assert.equal(snapshot.getText(message.range), '{"role": "user", "content": "Hi"}');
  });

  it('have names that are short, visible and never empty', () => {
    const hostile = ['', '\u0000', '\u202e', 'x'.repeat(1000), '<img src=x>'];
    const records = hostile.map((role) =>
      JSON.stringify({ messages: [{ role, content: `${role}\n\n${role}` }, { content: role }] }),
    );
    for (const { children = [] } of symbolsOf(records.join('\n'))) {
      for (const { name, detail = '' } of children) {
        assert.ok(name !== '' && name.length <= 50, name);
        assert.ok(detail.length <= 50, detail);
        assert.doesNotMatch(name + detail, /[\u0000\n\u202e]/);
      }
    }
  });

  it('of a broken record are what stands before its fault', () => {
    const text = '{"messages": [{"role": "user", "content": "Hi"}, {"role" "assistant"}]}';
    assert.deepEqual(outline(symbolsOf(text)).slice(0, 2), ['Record 1', '  user: Hi']);
  });

  it('are all records of a long file, and the messages of the first', () => {
    const symbols = symbolsOf(Array<string>(4000).fill(soundRecord).join('\n'));
    assert.equal(symbols.length, 4000);
    const open = symbols.filter(({ children }) => children?.length === 2).length;
    assert.equal(open, 499);
    assert.equal(symbols[498]?.children?.length, 2);
    assert.equal(symbols[499]?.children?.length, 0);
  });

  it('are at most 5,000, of which the last says what is left out', () => {
    const symbols = symbolsOf(Array<string>(6000).fill(soundRecord).join('\n'));
    assert.equal(symbols.length, maxSymbols);
    assert.equal(symbols.at(-1)?.name, 'Records from 5,000 on are not listed');
  });

  it('are left to the editor in a record over many lines', () => {
    assert.deepEqual(symbolsOf('{\n}', { languageId: 'json' }), []);
  });
});
