import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MarkupContent, MarkupKind } from 'vscode-languageserver';
import { keyHoverAt } from '../../../server/features/keyHover.ts';
import { atCursor, type TextOptions } from '../../helpers/cursor.ts';

function hoverText(marked: string, options?: TextOptions): string | undefined {
  const { snapshot, position } = atCursor(marked, options);
  const hover = keyHoverAt(snapshot, position, MarkupKind.Markdown);
  if (!hover) return undefined;
  assert.ok(MarkupContent.is(hover.contents));
  return hover.contents.value;
}

const image = (key: string, payload = ''): string =>
  `{"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,${payload}", ${key}: "low"}}]}]}`;

describe('the hover of a key', () => {
  it('says what the key means, with the limits of the profile', () => {
    assert.match(hoverText('{"mess<|>ages": []}') ?? '', /Azure OpenAI takes up to \*\*64 images/);
    const openai = hoverText('{"mess<|>ages": []}', { profile: 'openai' });
    assert.match(openai ?? '', /OpenAI takes up to \*\*10 images/);
    const limited = hoverText('{"<|>messages": []}', { limits: { maxImagesPerExample: 3 } });
    assert.match(limited ?? '', /\*\*3 images/);
  });

  it('tells what detail costs', () => {
    const value = hoverText(image('"deta<|>il"')) ?? '';
    assert.match(value, /85 tokens/);
    assert.match(value, /255 to 1,445 tokens/);
  });

  it('is found behind megabytes of base64, and covers the key', () => {
    const marked = image('"deta<|>il"', 'A'.repeat(2_000_000));
    const { snapshot, position } = atCursor(marked);
    const hover = keyHoverAt(snapshot, position, MarkupKind.Markdown);
    assert.ok(hover?.range);
    assert.equal(snapshot.getText(hover.range), '"detail"');
  });

  it('is none on a value, in base64, on a key that the format does not know', () => {
    for (const marked of [
      '{"messages": [{"role": "us<|>er"}]}',
      image('"detail"', `${'A'.repeat(500)}<|>${'A'.repeat(500)}`),
      '{"con<|>structor": 1}',
      '{"metadata": {"ro<|>le": 1}}',
      '<|>',
      '{"messages":<|> []}\n',
    ]) {
      assert.equal(hoverText(marked), undefined, marked.slice(0, 60));
    }
  });

  it('is found in a broken record and in one over many lines', () => {
    assert.match(
      hoverText('{"messages": [{"content": "Hi" "ro<|>le": "user"}') ?? '',
      /Who speaks/,
    );
    const lines = '{\n  "messages": [\n    {"we<|>ight": 1}\n  ]\n}';
    assert.match(hoverText(lines, { languageId: 'json' }) ?? '', /learns this answer/);
  });

  it('ends on a record nested 100,000 deep', () => {
    assert.equal(hoverText(`{"messages": ${'[{"a":'.repeat(100_000)}<|>`), undefined);
  });
});
