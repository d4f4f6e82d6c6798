/**
 * Loads a bundle in a process of its own, and activates it if it is the extension, in a host of which nothing is real: prints
 * how long that takes, in milliseconds. Called with the path of the bundle.
 */
import { createRequire, registerHooks } from 'node:module';

const path = process.argv[2] ?? '';

/** Answers whatever it is asked for with its like, but for what it is told to hold. */
function standIn(held: Readonly<Record<string, unknown>> = {}): object {
  const known = new Map<string | symbol, unknown>(Object.entries(held));
  function answer(): object {
    return standIn();
  }
  const proxy = new Proxy(answer, {
    get(target, key) {
      if (key === 'prototype') return target.prototype as unknown;
      if (key === 'then') return undefined;
      if (key === Symbol.toPrimitive) return () => '';
      if (key === Symbol.iterator) return () => [][Symbol.iterator]();
      if (!known.has(key)) known.set(key, standIn());
      return known.get(key);
    },
    set: (_, key, value) => {
      known.set(key, value);
      return true;
    },
  });
  answer.prototype = new Proxy({}, { get: (_, key) => (key === 'then' ? undefined : standIn()) });
  return proxy;
}

const host = standIn({
  workspace: standIn({ textDocuments: [], workspaceFolders: [] }),
  window: standIn({ tabGroups: standIn({ all: [] }), visibleTextEditors: [] }),
});
Object.assign(globalThis, { host });
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: 'host:vscode', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === 'host:vscode'
      ? { format: 'commonjs', source: 'module.exports = globalThis.host;', shortCircuit: true }
      : next(url, context),
});

const require = createRequire(import.meta.url);
const started = performance.now();
const { activate } = require(path) as { activate?: (context: object) => void };
activate?.(standIn({ subscriptions: [], extensionPath: '', globalState: standIn() }));
process.stdout.write(`${performance.now() - started}\n`);
process.exit();
