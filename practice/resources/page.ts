import { Refusal } from '../refusal.ts';

export interface PageQuery {
  /** The id of the last item of the page before. */
  readonly after: string | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/** What follows in a list. Refuses an item that is not in it. */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  { after, limit }: PageQuery,
): Page<T> {
  const start = after === undefined ? 0 : items.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) {
    throw new Refusal('notFound', `No such object: ${after.slice(0, 60)}`, { param: 'after' });
  }
  return { items: items.slice(start, start + limit), hasMore: start + limit < items.length };
}
