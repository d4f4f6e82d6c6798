/**
 * Opens VS Code on the samples with the extension of this folder loaded: the `code` of the desktop if there is one, otherwise
 * code-server in a browser, on loopback. `--no-desktop` asks for the latter.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { windowAddress } from './editor/address.ts';
import { installEditor } from './editor/install.ts';
import { repository } from './editor/places.ts';
import { copySamples } from './editor/scratch.ts';
import { startServer } from './editor/server.ts';

const folder = await copySamples();
console.log(`Samples copied to ${folder}; edit them freely, the checkout stays as it is.`);

const desktop = process.argv.includes('--no-desktop') ? undefined : findOnPath('code');
if (desktop === undefined || !(await openOnDesktop(desktop))) await serve();

async function openOnDesktop(code: string): Promise<boolean> {
  console.log(`Opening them in the VS Code of this desktop (${code}).`);
  const parameters = [`--extensionDevelopmentPath=${repository}`, '--new-window', folder];
  if ((await run(code, parameters)) === 0) return true;
  console.log('It did not start, so VS Code opens in a browser instead.');
  return false;
}

async function serve(): Promise<void> {
  await installEditor();
  const token = randomBytes(24).toString('hex');
  const server = await startServer({ extension: repository, trust: true, token });
  const address = windowAddress(server, { folder });
  console.log(
    `\nVS Code is at\n\n  ${address}\n\nIt answers to this machine only. Stop it with Ctrl+C.`,
  );
  await openInBrowser(address);
}

/** Only where somebody sits in front of a screen; elsewhere the printed address has to do. */
async function openInBrowser(address: string): Promise<void> {
  if (process.env['CI'] !== undefined || !process.stdout.isTTY) return;
  if (process.platform === 'win32') {
    await run('rundll32', ['url.dll,FileProtocolHandler', address]);
    return;
  }
  const hasScreen =
    process.platform === 'darwin' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  const opener = findOnPath(process.platform === 'darwin' ? 'open' : 'xdg-open');
  if (hasScreen && opener !== undefined) await run(opener, [address]);
}

/** The exit status; 1 if the program could not be started. */
async function run(program: string, parameters: string[]): Promise<number> {
  const isScript = program.endsWith('.cmd');
  const quoted = (text: string): string => (isScript ? `"${text}"` : text);
  const child = spawn(quoted(program), parameters.map(quoted), {
    stdio: ['ignore', 'ignore', 'inherit'],
    // Windows starts a .cmd only through its shell, which needs the quotes.
    shell: isScript,
  });
  const [status] = (await once(child, 'exit').catch(() => [1])) as [number | null];
  return status ?? 1;
}

function findOnPath(name: string): string | undefined {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((path) => names.map((each) => join(path, each)))
    .find((path) => existsSync(path));
}
