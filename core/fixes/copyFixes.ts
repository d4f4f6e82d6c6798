import type { Fix } from '../finding/finding.ts';

/** Takes a copy of an example out. Not certain: an example may stand in a file twice in order to weigh double. */
export const removeCopy: Fix = {
  title: 'Remove this example',
  kindTitle: 'Remove all duplicates',
  kind: 'remove-copy',
  edits: [],
  isCertain: false,
  line: 'remove',
};
