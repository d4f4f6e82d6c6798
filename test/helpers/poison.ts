/**
 * Loaded before the server by tests alone (`node --import`): a document that holds one of these texts does to it what bugs do.
 */
const poisons: readonly (readonly [text: string, act: () => void])[] = [
  ['poison: kill', () => process.kill(process.pid, 'SIGKILL')],
  [
    'poison: loop',
    () => {
      for (;;);
    },
  ],
];

const parse = JSON.parse;

// What comes over the wire is read by this function, whatever library does it.
JSON.parse = (text: string, reviver?: (this: unknown, key: string, value: unknown) => unknown) => {
  const read: unknown = parse(text, reviver);
  const isOpening = (read as { method?: unknown } | null)?.method === 'textDocument/didOpen';
  if (isOpening) for (const [poison, act] of poisons) if (text.includes(poison)) act();
  return read;
};

export {};
