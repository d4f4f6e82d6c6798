import { imagesOf, readExample } from '../core/record/example.ts';
import { readTolerantly } from '../core/record/readTolerantly.ts';
import { makeVisible } from '../core/text/quote.ts';

/** Characters that a row has room for. */
const maxCharacters = 160;

/** Roles whose words tell one record from another: the instructions of a system are mostly the same in all. */
const telling = ['user', 'assistant', 'system', 'developer', 'tool'];

/** What somebody says first in a record, and how many pictures it has. Holds nothing of the record's text. */
export function firstWords(text: string): { words: string; images: number } {
  const example = readExample(readTolerantly(text));
  const images = example ? imagesOf(example).length : 0;
  const said = (example?.messages ?? [])
    .map(({ role, content, parts }) => ({
      rank: (telling.indexOf(role ?? '') + telling.length + 1) % (telling.length + 1),
      words:
        content?.asString() ??
        parts.map(({ value }) => value.get('text')?.asString() ?? '').find((words) => words) ??
        '',
    }))
    .filter(({ words }) => words.trim() !== '')
    .sort((a, b) => a.rank - b.rank);
  return { words: cut(said[0]?.words ?? text), images };
}

function cut(words: string): string {
  const head = words
    .slice(0, maxCharacters * 2)
    .replaceAll(/\s+/g, ' ')
    .trim();
  const isLong = words.length > maxCharacters * 2 || head.length > maxCharacters;
  const shown = isLong ? `${head.slice(0, maxCharacters - 1)}…` : head;
  // Through bytes: a slice would keep all of a record of megabytes alive.
  return Buffer.from(makeVisible(shown)).toString();
}
