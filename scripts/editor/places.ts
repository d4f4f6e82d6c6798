/** Where things are on disk. */
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '../..');

/** Holds the packages of VS Code and of the browser, apart from the product's own. */
export const editorFolder = join(repository, 'test/editor');

const modules = join(editorFolder, 'node_modules');

/** Written last by the installation, so a half-finished one is done again. */
export const stampFile = join(modules, '.installed');

/** VS Code as code-server carries it; the two folders have package lists of their own. */
export const vscodeFolder = join(modules, 'code-server/lib/vscode');
export const vscodeExtensionsFolder = join(vscodeFolder, 'extensions');

/** Chromium with its libraries and fonts, unpacked. */
export const chromiumFolder = join(modules, '.chromium');
