import { registerHooks } from 'node:module';

/**
 * Leads sharp to its WebAssembly build: it runs wherever Node.js runs, and what a picture breaks in it stays in there.
 * Where sources run, a native build is installed too, as the judge of tests; the bundle holds nothing else
 * (`scripts/imagingBundle.ts`, which leaves this file out).
 */
registerHooks({
  resolve: (specifier, context, next) =>
    next(/^@img\/sharp-[^/]+\/sharp\.node$/.test(specifier) ? webAssembly : specifier, context),
});

const webAssembly = '@img/sharp-wasm32/sharp.node';
