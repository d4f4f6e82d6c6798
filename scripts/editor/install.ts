/**
 * Installs a whole VS Code and, on Linux x64, a Chromium into test/editor/node_modules. Everything comes in npm packages
 * and no install script runs, so it works wherever `npm ci` does. Takes about 20 seconds and 950 MB of disk the first time,
 * and a few milliseconds after that.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  chromiumFolder,
  editorFolder,
  stampFile,
  vscodeExtensionsFolder,
  vscodeFolder,
} from './places.ts';

const run = promisify(execFile);
const stepLimitMs = 10 * 60 * 1000;

/** Chromium comes as a package for this platform alone; elsewhere an installed Chrome is used. */
export const hasBundledChromium = process.platform === 'linux' && process.arch === 'x64';

export async function installEditor(): Promise<void> {
  const wanted = await lockfileHash();
  if (wanted === (await readFile(stampFile, 'utf8').catch(() => ''))) return;
  const steps: [string, () => Promise<unknown>][] = [
    ['VS Code and browser packages', () => npm(editorFolder, 'ci')],
    // code-server's own install script would do these two, and compile native modules that we do not need.
    ['packages of VS Code', () => npm(vscodeFolder, 'install', '--omit=dev')],
    ['packages of its extensions', () => npm(vscodeExtensionsFolder, 'install', '--omit=dev')],
  ];
  if (hasBundledChromium) steps.push(['Chromium unpacked', unpackChromium]);
  console.log('Installing VS Code for tests and demonstrations from npm (once, about 950 MB) ...');
  for (const [index, [title, step]] of steps.entries()) {
    const started = performance.now();
    await step();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`  ${index + 1}/${steps.length} ${title} (${seconds} s)`);
  }
  await writeFile(stampFile, wanted);
}

async function lockfileHash(): Promise<string> {
  const lockfile = await readFile(join(editorFolder, 'package-lock.json'));
  return createHash('sha256').update(lockfile).digest('hex');
}

async function npm(folder: string, ...parameters: string[]): Promise<void> {
  // Under `npm run`, npm names its own script, which spares the differences between npm, npm.cmd and shells.
  const script = process.env['npm_execpath'];
  const viaNode = script?.endsWith('.js') === true;
  const parametersForAll = [...parameters, '--ignore-scripts', '--no-audit', '--no-fund'];
  await run(
    viaNode ? process.execPath : 'npm',
    viaNode ? [script, ...parametersForAll] : parametersForAll,
    {
      cwd: folder,
      timeout: stepLimitMs,
      maxBuffer: 2 ** 26,
      shell: !viaNode && process.platform === 'win32',
    },
  );
}

/**
 * The package unpacks into the system's temporary folder and takes what it finds there for its own. A folder of ours is
 * neither shared with other users nor with a second process that is still unpacking. The AWS variable makes it unpack
 * libnss3, libnspr4 and libexpat too, which a small Linux lacks.
 */
async function unpackChromium(): Promise<void> {
  await mkdir(chromiumFolder, { recursive: true });
  const program =
    "import chromium from '@sparticuz/chromium'; console.log(await chromium.executablePath());";
  await run(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: editorFolder,
    timeout: stepLimitMs,
    env: { ...process.env, TMPDIR: chromiumFolder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  });
  const fontsFile = join(chromiumFolder, 'fonts/fonts.conf');
  const fonts = await readFile(fontsFile, 'utf8');
  await writeFile(fontsFile, fonts.replaceAll('/tmp/fonts', join(chromiumFolder, 'fonts')));
}

if (import.meta.main) await installEditor();
