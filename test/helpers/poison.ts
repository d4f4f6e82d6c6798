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

interface Message {
  readonly method?: string;
  readonly params?: { readonly textDocument?: { readonly text?: string } };
}

function take(message: Message | null): void {
  if (message?.method !== 'textDocument/didOpen') return;
  const { text = '' } = message.params?.textDocument ?? {};
  for (const [poison, act] of poisons) if (text.includes(poison)) act();
}

// What comes over a channel; this is heard before the server is.
process.on('message', take);

// What comes over standard input is read by this function, whatever library does it.
const parse = JSON.parse;
JSON.parse = (text: string, reviver?: (this: unknown, key: string, value: unknown) => unknown) => {
  const read: unknown = parse(text, reviver);
  take(read as Message | null);
  return read;
};

export {};
