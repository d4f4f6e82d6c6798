import type { JsonStyle } from '../../core/fixes/jsonEdits.ts';

/** A JSON value with places to fill in. The order of its members is that of the text. */
export type Template =
  string | number | boolean | Hole | readonly Template[] | { readonly [key: string]: Template };

/** A place to fill in: a string, or one of some values. */
export class Hole {
  /** What it shows until it is filled in. Nothing of it is left in an editor without snippets. */
  readonly hint: string;
  /** JSON texts to choose from; empty for a string. */
  readonly choices: readonly string[];

  constructor(hint: string, choices: readonly string[] = []) {
    this.hint = hint;
    this.choices = choices;
  }
}

export function hole(hint = ''): Hole {
  return new Hole(hint);
}

/** The first choice stands there if nobody chooses. */
export function choice(values: readonly (string | number | boolean)[]): Hole {
  return new Hole(
    '',
    values.map((value) => JSON.stringify(value)),
  );
}

export interface Layout extends JsonStyle {
  /** Whether the client takes placeholders (`${1:hint}`). */
  readonly hasSnippets: boolean;
  /** Whether containers go over several lines: only in a document that is one record, never in JSON Lines. */
  readonly isOverLines: boolean;
}

export interface RenderedTemplate {
  readonly text: string;
  /** Whether the text has placeholders, and is escaped as a snippet. */
  readonly isSnippet: boolean;
}

/** A template as text to insert, with `prefix` (a key and its colon) before it and `suffix` (a comma) behind it. */
export function render(
  template: Template | undefined,
  layout: Layout,
  { prefix = '', suffix = '' }: { readonly prefix?: string; readonly suffix?: string } = {},
): RenderedTemplate {
  const isSnippet = layout.hasSnippets && template !== undefined && hasHole(template);
  const plain = isSnippet ? layout : { ...layout, hasSnippets: false };
  const written = template === undefined ? '' : write(template, plain, { holes: 0 }, '');
  const literal = (text: string): string => (isSnippet ? escapeLiteral(text) : text);
  return { text: literal(prefix) + written + literal(suffix), isSnippet };
}

/** Templates are shallow and ours, so that recursion is safe. */
function write(
  template: Template,
  layout: Layout,
  count: { holes: number },
  indent: string,
): string {
  if (template instanceof Hole) return writeHole(template, layout, count);
  if (typeof template !== 'object') return literalOf(JSON.stringify(template), layout);
  const inner = `${indent}\t`;
  const isArray = Array.isArray(template);
  const members = isArray
    ? (template as readonly Template[]).map((each) => write(each, layout, count, inner))
    : Object.entries(template as Record<string, Template>).map(
        ([key, value]) =>
          literalOf(JSON.stringify(key) + layout.colon, layout) +
          write(value, layout, count, inner),
      );
  const [open, close] = isArray ? ['[', ']'] : ['{', '}'];
  if (!layout.isOverLines || members.length === 0) return open + members.join(layout.comma) + close;
  return `${open}\n${inner}${members.join(`,\n${inner}`)}\n${indent}${close}`;
}

function writeHole({ hint, choices }: Hole, layout: Layout, count: { holes: number }): string {
  const [first] = choices;
  if (!layout.hasSnippets) return first ?? '""';
  count.holes++;
  if (first === undefined) return `"\${${count.holes}:${hint.replaceAll(/[\\$}]/g, '\\$&')}}"`;
  return `\${${count.holes}|${choices.map((each) => each.replaceAll(/[\\$},|]/g, '\\$&')).join(',')}|}`;
}

function literalOf(text: string, { hasSnippets }: Layout): string {
  return hasSnippets ? escapeLiteral(text) : text;
}

/** TextMate snippets, as LSP takes them over: a dollar begins a placeholder. */
function escapeLiteral(text: string): string {
  return text.replaceAll(/[\\$]/g, '\\$&');
}

function hasHole(template: Template): boolean {
  if (template instanceof Hole) return true;
  return typeof template === 'object' && Object.values(template).some(hasHole);
}
