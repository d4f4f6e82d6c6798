import type { JsonKind } from './jsonTree.ts';

/** A kind of value as it reads in a sentence: `an array`. */
export function nameKind(kind: JsonKind): string {
  switch (kind) {
    case 'object':
    case 'array':
      return `an ${kind}`;
    case 'string':
    case 'number':
      return `a ${kind}`;
    case 'true':
    case 'false':
    case 'null':
      return kind;
  }
}
