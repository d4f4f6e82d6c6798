import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import textmate from 'vscode-textmate';
import type { IGrammar, IToken } from 'vscode-textmate';
import {
  assertScopes,
  builtIn,
  builtInMissing,
  loadGrammar,
  standIn,
  tokenizeLines,
} from '../helpers/grammar.ts';
import type { Base } from '../helpers/grammar.ts';

/** Lines from here on are not tokenized: the default of `editor.maxTokenizationLineLength`, in UTF-16 units. */
const maxTokenizationLineLength = 20_000;

/** What the editor allows for one line. The lines here that must keep to it take about a fiftieth of that. */
const timeLimitMs = 500;

const bases: readonly { name: string; base: Base; skip: string | false }[] = [
  { name: 'the grammar that VS Code brings', base: builtIn, skip: builtInMissing },
  { name: 'a stand-in for that grammar', base: standIn, skip: false },
];

for (const { name, base, skip } of bases) {
  describe(`the grammars injected into ${name}`, { skip }, () => {
    let grammar: IGrammar;
    before(async () => {
      grammar = await loadGrammar(base);
    });

    const scopes = (marked: string) => assertScopes(grammar, marked);

    for (const role of ['system', 'developer', 'user', 'assistant', 'tool', 'function']) {
      it(`names the role ${role}`, () => {
        scopes(`
{"role": "${role}"}
          ${'^'.repeat(role.length)} constant.language.role.${role} string.quoted.double
        `);
      });
    }

    for (const detail of ['low', 'high', 'auto']) {
      it(`names the detail value ${detail}`, () => {
        scopes(`
{"detail": "${detail}"}
            ${'^'.repeat(detail.length)} constant.language.detail.${detail} string.quoted.double
        `);
      });
    }

    it('leaves a role, detail or part type that it does not know a plain string', () => {
      scopes(`
{"role": "robot", "detail": "ultra", "type": "picture"}
         ^^^^^^^ string.quoted.double !constant !invalid
                            ^^^^^^^ string.quoted.double !constant !invalid
                                             ^^^^^^^^^ string.quoted.double !support !invalid
      `);
    });

    it('names a role only after the key role, and a detail only after the key detail', () => {
      scopes(`
{"role": "low", "detail": "user", "name": "user", "mode": "low", "list": ["user", "role"]}
         ^^^^^ string.quoted.double !constant
                          ^^^^^^ string.quoted.double !constant
                                          ^^^^^^ string.quoted.double !constant
                                                          ^^^^^ string.quoted.double !constant
                                                                          ^^^^^^ string.quoted.double !constant
                                                                                  ^^^^^^ string.quoted.double !support
      `);
    });

    it('names the keys of the format, and no others', () => {
      scopes(`
{"messages": [{"content": [{"text": "a"}], "weight": 0}], "model": ""}
 ^^^^^^^^^^ support.type.property-name.messages support.type.property-name.json.lines
               ^^^^^^^^^ support.type.property-name.content
                            ^^^^^^ support.type.property-name.text
                                           ^^^^^^^^ support.type.property-name.weight
                                                     ^ constant.numeric.weight
                                                          ^^^^^^^ support.type.property-name.json.lines !support.type.property-name.model
      `);
    });

    it('names the part types', () => {
      scopes(`
[{"type": "text"}, {"type": "image_url"}]
           ^^^^ support.type.part.text
                             ^^^^^^^^^ support.type.part.image_url
      `);
    });

    it('names the address of an image on the web as a link', () => {
      scopes(`
{"image_url": {"url": "https://example.com/a.png?b=%20", "detail": "low"}}
 ^^^^^^^^^^^ support.type.property-name.image_url
               ^^^^^ support.type.property-name.url
                      ^ punctuation.definition.string.begin !markup
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ markup.underline.link.image string.quoted.double
                                                      ^ punctuation.definition.string.end !markup
                                                       ^ punctuation.separator.dictionary.pair
                                                                    ^^^ constant.language.detail.low
      `);
    });

    it('names an address given without its object', () => {
      scopes(`
{"image_url": "HTTPS://example.com/a.png"}
               ^^^^^^^^^^^^^^^^^^^^^^^^^ markup.underline.link.image
      `);
    });

    it('leaves what is no address a plain string', () => {
      scopes(`
{"url": "photo.png", "link": "https://example.com/a.png"}
        ^^^^^^^^^^^ string.quoted.double !markup
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double !markup
      `);
    });

    it('tells the header of a data URI from its base64', () => {
      scopes(`
{"url": "data:image/png;base64,iVBORw0K+/==", "detail": "low"}
        ^ punctuation.definition.string.begin
         ^^^^^^^^^^^^^^^^^^^^^^ keyword.other.data-uri !comment
              ^^^^^^^^^ support.type.media-type
                               ^^^^^^^^^^^^ comment.block.base64 meta.string.base64 !keyword
                                           ^ punctuation.definition.string.end !comment
                                                         ^^^ constant.language.detail.low
      `);
    });

    it('reads a data URI without a media type, with parameters, or in capitals', () => {
      scopes(`
[{"url": "data:;base64,AA=="}, {"url": "DATA:image/svg+xml;charset=utf-8;BASE64,AA=="}]
          ^^^^^^^^^^^^^ keyword.other.data-uri
                       ^^^^ comment.block.base64
                                             ^^^^^^^^^^^^^ support.type.media-type
                                                          ^^^^^^^^^^^^^^^^^^^^^^ keyword.other.data-uri
                                                                                ^^^^ comment.block.base64
      `);
    });

    it('names a data URI that is not base64 as a link', () => {
      scopes(`
{"url": "data:image/svg+xml,%3Csvg/%3E"}
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ markup.underline.link.image !comment
      `);
    });

    it('accepts escaped slashes in addresses and in base64', () => {
      scopes(String.raw`
[{"url": "https:\/\/example.com\/a.png"}, {"url": "data:image\/png;base64,iVBO\/\/8="}, {"role": "user"}]
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ markup.underline.link.image
                ^^^^ constant.character.escape
                                                        ^^^^^^^^^^ support.type.media-type
                                                                          ^^^^^^^^^^ comment.block.base64
                                                                                                  ^^^^ constant.language.role.user
      `);
    });

    it('shows a wrong escape in an address as wrong', () => {
      scopes(String.raw`
{"url": "https://example.com/\x"}
                             ^^ invalid.illegal.unrecognized-string-escape
      `);
    });

    it('does not take text about roles for a role', () => {
      scopes(String.raw`
{"type": "text", "text": "Set \"role\": \"user\" and \"detail\": \"low\""}
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double !support !constant.language
      `);
    });

    it('does not take a data URI in text for an image', () => {
      scopes(`
{"text": "data:image/png;base64,iVBORw0K"}
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double !comment !markup !keyword
      `);
    });

    it('names the parts of an assistant message with tool calls', () => {
      scopes(String.raw`
{"role": "assistant", "tool_calls": [{"type": "function", "function": {"arguments": "{\"role\": 1}"}}], "weight": 1}
          ^^^^^^^^^ constant.language.role.assistant
                      ^^^^^^^^^^^^ support.type.property-name.tool_calls
                                              ^^^^^^^^^^ string.quoted.double !support
                                                                                    ^^^^^^^^^^^^^^^ string.quoted.double !support
                                                                                                                  ^ constant.numeric.weight
      `);
    });

    it('counts in UTF-16 units after text outside ASCII', () => {
      scopes(`
{"content": "Größe 写真 📷", "role": "user"}
            ^^^^^^^^^^^^^ string.quoted.double !constant
                                    ^^^^ constant.language.role.user
      `);
    });

    for (const broken of [
      '{"messages": [{"role": "user", "content": "cut off',
      '{"messages": [{"role": "user", "conte',
      '{"messages": [{"role": ',
      '{"url": "data:image/png;base64,iVBO',
      '{"url": "https://example.com/a.pn',
      '"',
      '}]"',
      '\\',
    ]) {
      it(`starts afresh on the line after ${broken}`, () => {
        const good = '{"messages": [{"role": "user", "content": "a"}], "b": [null]}';
        const [alone] = tokenizeLines(grammar, [good]);
        assert.deepEqual(tokenizeLines(grammar, [good, broken, good, good]).slice(2), [
          alone,
          alone,
        ]);
      });
    }

    it('is in the same state after every record, so that an edit recolours two lines at most', () => {
      const after = (lines: readonly string[]) =>
        lines.reduce(
          (state, line) => grammar.tokenizeLine(line, state).ruleStack,
          textmate.INITIAL,
        );
      const good = '{"messages": [{"role": "user"}]}';
      assert.ok(after([good]).equals(after([good, '{"messages": [{"role": "us', good])));
      assert.ok(!after([good]).equals(after([good, '{"messages": [{"role": "us'])));
    });

    it('shows a broken line as far as it goes', () => {
      scopes(`
{"role": "user" "detail": "low", "url": "data:image/png;base64,iVBO
          ^^^^ constant.language.role.user
                           ^^^ constant.language.detail.low
                                                               ^^^^ comment.block.base64
      `);
    });

    it('lets a string end where JSON ends it, whatever follows', () => {
      scopes(`
{"text": "a"role": "user"}
         ^^^ string.quoted.double !support
            ^^^^ invalid.illegal.expected-dictionary-separator !string
      `);
    });

    it('leaves comments, which are no JSON, to the grammar beneath', () => {
      scopes(`
{ /* "role": "user" */ "role": "user" }
     ^^^^^^^^^^^^^^ comment.block !support !constant
                                ^^^^ constant.language.role.user
      `);
    });

    it('goes on over empty lines', () => {
      assert.deepEqual(
        tokenizeLines(grammar, ['', '{"role": "user"}', '', '  ', '{"role": "user"}'])[4],
        tokenizeLines(grammar, ['{"role": "user"}'])[0],
      );
    });

    it('follows one record over many lines', () => {
      scopes(`
{
  "messages": [
  ^^^^^^^^^^ support.type.property-name.messages
    {
      "role":
        "user",
         ^^^^ constant.language.role.user

      "name": "b"
      ^^^^^^ support.type.property-name.json.lines
    }
  ],
  "weight" : 1
             ^ constant.numeric.weight
}
^ punctuation.definition.dictionary.end meta.structure.dictionary.json.lines !meta.structure.dictionary.value
      `);
    });

    it('keeps what the grammar beneath calls wrong', () => {
      scopes(`
{"role": user, "a": oops}
         ^^^^ invalid.illegal.expected-dictionary-separator
                    ^^^^ invalid.illegal.expected-dictionary-separator
      `);
    });

    it('leaves a file that is no training data as it is, but for names of keys', () => {
      scopes(`
{"id": 1, "tags": ["a", null], "ok": true}
 ^^^^ support.type.property-name.json.lines
       ^ constant.numeric.json.lines
                        ^^^^ constant.language.json.lines
                                     ^^^^ constant.language.json.lines
      `);
    });

    for (const [shape, unit] of [
      ['base64', 'A'],
      ['base64 with escaped slashes', '\\/'],
    ] as const) {
      it(`reads the longest line that the editor tokenizes, of ${shape}, to its end`, () => {
        const [head, tail] = ['{"url": "data:image/png;base64,', '", "detail": "low"}'];
        const room = maxTokenizationLineLength - 1 - head.length - tail.length;
        const line = head + unit.repeat(Math.floor(room / unit.length)) + tail;
        assert.equal(
          grammar.tokenizeLine2(line, textmate.INITIAL, timeLimitMs).stoppedEarly,
          false,
        );
        const [tokens = []] = tokenizeLines(grammar, [line]);
        const low = tokens.find(({ startIndex }) => startIndex === line.length - 'low"}'.length);
        assert.ok(low?.scopes.includes('constant.language.detail.low.vision-finetune'));
      });
    }

    for (const hostile of ['"role"', '"role" ', '"role":', '"url": "data:', '\\', '"', '}']) {
      it(`reads a line of nothing but ${hostile} to its end`, () => {
        const line = hostile.repeat(Math.floor((maxTokenizationLineLength - 1) / hostile.length));
        assert.ok(end(tokenizeLines(grammar, [line])[0]) >= line.length);
      });
    }

    // Not deeper: with any injection the engine's time grows with the square of the depth (README.md of syntaxes).
    for (const opening of ['[', '{"role":']) {
      it(`reads a line of 500 times ${opening} to its end`, () => {
        const line = opening.repeat(500);
        assert.ok(end(tokenizeLines(grammar, [line])[0]) >= line.length);
      });
    }
  });
}

const end = (tokens: readonly IToken[] = []) => tokens.at(-1)?.endIndex ?? 0;
