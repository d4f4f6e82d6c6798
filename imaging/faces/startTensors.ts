import { readFile } from 'node:fs/promises';
import { types } from 'node:util';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, ready, setBackend, type Platform } from '@tensorflow/tfjs-core';

/** Gives TensorFlow.js the WebAssembly that it computes with, from a file. Rejects where there is none or it does not run. */
export async function startTensors(wasmPath: string): Promise<void> {
  env().setPlatform('files', filesOnly);
  // The build for processors with SIMD instructions, which Node.js has on all that it runs on, and for one thread.
  const path = (build: string): [string, string] => [`tfjs-backend-wasm${build}.wasm`, wasmPath];
  setWasmPaths(Object.fromEntries([path(''), path('-simd'), path('-threaded-simd')]), true);
  if (!(await setBackend('wasm'))) throw new Error('the face detector cannot be started');
  await ready();
}

/** All that TensorFlow.js takes from outside comes through here: files, and never anything from a network. */
const filesOnly: Platform = {
  fetch: async (path) => new Response(await readFile(path)),
  now: () => performance.now(),
  encode: (text) => new TextEncoder().encode(text),
  decode: (bytes) => new TextDecoder().decode(bytes),
  isTypedArray: types.isTypedArray as Platform['isTypedArray'],
};
