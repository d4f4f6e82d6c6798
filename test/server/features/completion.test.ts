import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { InsertTextFormat } from 'vscode-languageserver';
import { bestOf } from '../../helpers/bestOf.ts';
import { accept, complete, completionLabels, completions, expand } from '../../helpers/cursor.ts';

const user = (content: string): string => `{"messages": [{"role": "user", "content": ${content}}]}`;
const longText = 'x'.repeat(5000);

describe('completion of keys', () => {
  it('offers the keys of a record that it does not have yet', () => {
    assert.deepEqual(completionLabels('{<|>}'), ['messages', 'tools', 'parallel_tool_calls']);
    assert.deepEqual(completionLabels('{"messages": [], "<|>"}'), ['tools', 'parallel_tool_calls']);
  });

  it('offers the keys of a message by its role', () => {
    const labels = (role: string): string[] =>
      completionLabels(`{"messages": [{"role": "${role}", <|>}]}`);
    assert.deepEqual(labels('user'), ['content', 'name']);
    assert.deepEqual(labels('assistant'), ['content', 'name', 'weight', 'refusal', 'tool_calls']);
    assert.deepEqual(labels('tool'), ['content', 'name', 'tool_call_id']);
  });

  it('offers all keys of a message whose role is not known yet', () => {
    const labels = completionLabels('{"messages": [{<|>}]}');
    assert.deepEqual(labels.slice(0, 4), ['role', 'content', 'name', 'weight']);
    assert.ok(labels.includes('tool_call_id'));
  });

  it('offers the keys of a part by its type', () => {
    assert.deepEqual(completionLabels(user('[{"type": "text", <|>}]')), ['text']);
    assert.deepEqual(completionLabels(user('[{"type": "image_url", <|>}]')), ['image_url']);
  });

  it('knows which keys stand behind the cursor', () => {
    const text = user('[{"type": "image_url", "image_url": {<|>"detail": "low"}}]');
    assert.deepEqual(completionLabels(text), ['url']);
  });

  it('takes the place of what is typed, quotes included, with a value behind it', () => {
    assert.equal(
      complete('{"messages": [{"role": "user", "con<|>"}]}', 'content'),
      '{"messages": [{"role": "user", "content": ""}]}',
    );
    assert.equal(
      complete('{"messages": [{"role": "user", con<|>}]}', 'content'),
      '{"messages": [{"role": "user", "content": ""}]}',
    );
  });

  it('adds a comma where another key follows, and no value where a colon does', () => {
    assert.equal(
      complete('{"messages": [{<|>"content": "Hi"}]}', 'role'),
      '{"messages": [{"role": "", "content": "Hi"}]}',
    );
    assert.equal(
      complete('{"messages": [{"<|>": "user"}]}', 'role'),
      '{"messages": [{"role": "user"}]}',
    );
  });

  it('leaves what follows alone where a quote is still open', () => {
    assert.equal(
      complete('{"messages": [{"ro<|>, "content": "Hi"}]}', 'role'),
      '{"messages": [{"role": "", "content": "Hi"}]}',
    );
  });

  it('offers nothing behind a value that no comma ends', () => {
    for (const text of ['{"messages": []<|>}', '{"messages": [] <|>}', '{"messages": []}<|>']) {
      assert.deepEqual(completionLabels(text), [], text);
    }
  });

  it('explains each key in words of ours, with the limits of the profile', () => {
    const [messages] = completions('{<|>}', { profile: 'openai' });
    const documentation = messages?.documentation;
    assert.ok(typeof documentation === 'object');
    assert.match(documentation.value, /OpenAI takes up to \*\*10 images\*\*.*65,536 tokens/);
  });
});

describe('completion of values', () => {
  it('offers the roles of the profile', () => {
    const roles = ['system', 'user', 'assistant', 'tool', 'function'];
    assert.deepEqual(completionLabels('{"messages": [{"role": <|>}]}'), roles);
    assert.deepEqual(completionLabels('{"messages": [{"role": "<|>"}]}'), roles);
  });

  it('replaces the value that is there', () => {
    assert.equal(
      complete('{"messages": [{"role": "us<|>er", "content": ""}]}', 'assistant'),
      '{"messages": [{"role": "assistant", "content": ""}]}',
    );
    assert.equal(
      complete('{"messages": [{"role": "assistant", "weight": <|>1}]}', '0'),
      '{"messages": [{"role": "assistant", "weight": 0}]}',
    );
  });

  it('offers detail, weight and types of parts', () => {
    const image = (detail: string): string =>
      user(`[{"type": "image_url", "image_url": {"url": "u", "detail": ${detail}}}]`);
    assert.deepEqual(completionLabels(image('"<|>"')), ['low', 'high', 'auto']);
    assert.deepEqual(completionLabels('{"messages": [{"role": "assistant", "weight": <|>}]}'), [
      '0',
      '1',
    ]);
    assert.deepEqual(completionLabels(user('[{"type": "<|>"}]')), ['text', 'image_url']);
    const answer = '{"messages": [{"role": "assistant", "content": [{"type": "<|>"}]}]}';
    assert.deepEqual(completionLabels(answer), ['text', 'refusal']);
  });

  it('offers no number where a string has been begun', () => {
    const text = '{"messages": [{"role": "assistant", "weight": "<|>"}]}';
    assert.deepEqual(completionLabels(text), []);
  });

  it('offers nothing in the words of a message and in an address', () => {
    assert.deepEqual(completionLabels(user('"Describe <|>"')), []);
    assert.deepEqual(completionLabels(user(`"${longText}<|>${longText}"`)), []);
    const url = `data:image/png;base64,${'A'.repeat(300)}<|>${'A'.repeat(300)}`;
    const image = user(`[{"type": "image_url", "image_url": {"url": "${url}"}}]`);
    assert.deepEqual(completionLabels(image), []);
  });

  it('offers nothing in base64 whose quote is missing', () => {
    const text = `{"messages": [{"role": "us, "content": "${'A'.repeat(500)}<|>${'A'.repeat(500)}"}]}`;
    assert.deepEqual(completionLabels(text), []);
  });

  it('offers nothing under keys that the format does not know', () => {
    assert.deepEqual(completionLabels('{"metadata": {"role": "<|>"}}'), []);
    assert.deepEqual(completionLabels('{"constructor": {<|>}, "__proto__": {}}'), []);
  });
});

describe('snippets', () => {
  it('are a whole example on an empty line, in the style of the line above', () => {
    assert.deepEqual(completionLabels('<|>'), ['example with an image', 'example of text']);
    const compact = '{"messages":[{"role":"user","content":"Hi"}]}';
    const [, added] = complete(`${compact}\n<|>`, 'example of text').split('\n');
    assert.equal(
      added,
      '{"messages":[{"role":"system","content":""},{"role":"user","content":""},{"role":"assistant","content":""}]}',
    );
  });

  it('are in the style of the line below where there is none above', () => {
    const text = complete('<|>\n{"messages":[]}', 'example of text');
    assert.ok(text.startsWith('{"messages":[{"role":"system",'), text);
  });

  it('are messages in the array of messages', () => {
    assert.deepEqual(completionLabels('{"messages": [<|>]}'), [
      'user message with an image',
      'user message',
      'assistant message',
      'system message',
    ]);
    assert.equal(
      complete('{"messages": [{"role": "user", "content": "Hi"}, <|>]}', 'assistant message'),
      '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": ""}]}',
    );
  });

  it('are parts in an array of content, images only in a user message', () => {
    assert.deepEqual(completionLabels(user('[<|>]')), ['text part', 'image part']);
    const answer = '{"messages": [{"role": "assistant", "content": [<|>]}]}';
    assert.deepEqual(completionLabels(answer), ['text part', 'refusal part']);
  });

  it('have placeholders only where the client takes snippets', () => {
    const text = user('[<|>]');
    assert.equal(
      complete(text, 'image part'),
      user('[{"type": "image_url", "image_url": {"url": "", "detail": "low"}}]'),
    );
    assert.equal(
      complete(text, 'image part', { hasSnippets: true }),
      user(
        '[{"type": "image_url", "image_url": {"url": "${1:https://}", "detail": ${2|"low","high","auto"|}}}]',
      ),
    );
  });

  it('stand over several lines in a record that does', () => {
    const text = complete('{\n  "messages": [\n    <|>\n  ]\n}', 'user message', {
      languageId: 'json',
    });
    assert.equal(text, '{\n  "messages": [\n    {\n\t"role": "user",\n\t"content": ""\n}\n  ]\n}');
  });
});

const places = [
  '<|>',
  '{<|>',
  '{<|>}',
  '{"messages": <|>}',
  '{"messages": [<|>]}',
  '{"messages": [<|>{"role": "user", "content": "Hi"}]}',
  '{"messages": [{<|>}]}',
  '{"messages":[{"role":"assistant",<|>}]}',
  '{"messages": [{"role": <|>}]}',
  user('<|>'),
  user('[<|>]'),
  user('[{<|>}]'),
  user('[{"type": "image_url", "image_url": <|>}]'),
  user('[{"type": "image_url", "image_url": {<|>}}]'),
  '{"messages": [{"role": "assistant", "tool_calls": [{<|>}]}]}',
  '{"tools": [{<|>}], "messages": []}',
  '{"tools": [{"type": "function", "function": {<|>}}], "messages": []}',
];

describe('every completion', () => {
  for (const place of places) {
    it(`leaves one line of JSON at ${place}`, () => {
      for (const hasSnippets of [false, true]) {
        const items = completions(place, { hasSnippets });
        assert.ok(items.length > 0);
        for (const item of items) {
          const text = expand(item, accept(place, item));
          assert.ok(!/[\r\n]/.test(text), text);
          const whole = place === '{<|>' ? `${text}}` : text;
          assert.doesNotThrow(() => JSON.parse(whole), `${item.label}: ${whole}`);
        }
      }
    });
  }

  it('is plain text where there is nothing to fill in', () => {
    for (const item of completions('{"messages": [{"role": "<|>"}]}', { hasSnippets: true })) {
      assert.equal(item.insertTextFormat, InsertTextFormat.PlainText);
    }
  });
});

describe('completion in hostile text', () => {
  const hostile = {
    'arrays nested 100,000 deep': `{"messages": ${'['.repeat(100_000)}<|>`,
    'objects nested 100,000 deep': `${'{"messages":'.repeat(100_000)}<|>`,
    'a million quotes': `${'"'.repeat(1_000_000)}<|>`,
    'a million backslashes': `{"${'\\'.repeat(1_000_001)}<|>`,
    'a million numbers': `{"messages": [${'1,'.repeat(1_000_000)}<|>]}`,
    'half a surrogate pair': '{"\ud800<|>',
  };
  for (const [name, text] of Object.entries(hostile)) {
    it(`ends without an error: ${name}`, () => {
      assert.doesNotThrow(() => completions(text, { hasSnippets: true }));
    });
  }

  it('takes no longer over megabytes of base64 than their parsing does many times', () => {
    const url = `data:image/png;base64,${'iVBORw0KGgo'.repeat(1_000_000)}`;
    const parts = (detail: string): string =>
      `[{"type": "image_url", "image_url": {"url": "${url}", "detail": "${detail}"}}]`;
    const [marked, whole] = [user(parts('<|>')), user(parts('low'))];
    assert.deepEqual(completionLabels(marked), ['low', 'high', 'auto']);
    const [completing, parsing] = bestOf(3, [
      () => completionLabels(marked),
      () => JSON.parse(whole) as unknown,
    ]);
    assert.ok(completing < 30 * parsing, `${completing} ms, to parse it ${parsing} ms`);
  });
});
