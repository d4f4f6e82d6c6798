/**
 * A small grammar with the scope name, the scope names and the shape (rules that stay open past a line's end) of the JSON
 * Lines grammar that VS Code brings, for machines where no VS Code is installed. It is not that grammar: see `grammar.ts`.
 */

interface Rule {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Rule[];
  readonly include?: string;
}

/** A rule from `begin` to `end`, both named `scope` with `.begin` and `.end` after it. */
function between(begin: string, end: string, scope: string, rest: Rule): object {
  return {
    begin,
    end,
    beginCaptures: { 0: { name: `${scope}.begin.json.lines` } },
    endCaptures: { 0: { name: `${scope}.end.json.lines` } },
    ...rest,
  };
}

const escape: Rule = { match: '\\\\.', name: 'constant.character.escape.json.lines' };

export const standInJsonLines = {
  scopeName: 'source.json.lines',
  patterns: [{ include: '#value' }],
  repository: {
    value: {
      patterns: [
        { match: '\\b(?:true|false|null)\\b', name: 'constant.language.json.lines' },
        { match: '-?\\d+(?:\\.\\d+)?', name: 'constant.numeric.json.lines' },
        { include: '#string' },
        { include: '#array' },
        { include: '#object' },
      ],
    },
    string: between('"', '"', 'punctuation.definition.string', {
      name: 'string.quoted.double.json.lines',
      patterns: [escape],
    }),
    array: between('\\[', '\\]', 'punctuation.definition.array', {
      name: 'meta.structure.array.json.lines',
      patterns: [
        { include: '#value' },
        { match: ',', name: 'punctuation.separator.array.json.lines' },
        { match: '[^\\s\\]]', name: 'invalid.illegal.expected-array-separator.json.lines' },
      ],
    }),
    object: between('\\{', '\\}', 'punctuation.definition.dictionary', {
      name: 'meta.structure.dictionary.json.lines',
      patterns: [
        { include: '#key' },
        { begin: '/\\*', end: '\\*/', name: 'comment.block.json.lines' },
        { include: '#pair' },
        {
          match: '[^\\s}]',
          name: 'invalid.illegal.expected-dictionary-separator.json.lines',
        },
      ],
    }),
    key: between('"', '"', 'punctuation.support.type.property-name', {
      name: 'string.json.lines support.type.property-name.json.lines',
      patterns: [escape],
    }),
    pair: {
      begin: ':',
      end: ',|(?=\\})',
      captures: { 0: { name: 'punctuation.separator.dictionary.json.lines' } },
      name: 'meta.structure.dictionary.value.json.lines',
      patterns: [
        { include: '#value' },
        { match: '[^\\s,]', name: 'invalid.illegal.expected-dictionary-separator.json.lines' },
      ],
    },
  },
};
