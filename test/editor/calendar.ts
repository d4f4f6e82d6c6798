import { mkdir, mkdtemp, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionFolder } from './editor.ts';

/**
 * A folder of the extension under test whose server begins at noon of a day (ISO 8601), from where time goes on. All else in it are
 * links. VS Code takes NODE_OPTIONS away from what it starts, so this is done in the server's own file.
 */
export function extensionOn(day: string): Promise<string> {
  return extensionWith(serverOn(day));
}

/** The same, but that its server runs some other code first. */
export async function extensionWith(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vision-finetune-calendar-'));
  await mkdir(join(folder, 'dist'));
  await link(extensionFolder, folder, 'dist');
  await link(join(extensionFolder, 'dist'), join(folder, 'dist'), 'server.js');
  const server = `require(${JSON.stringify(join(extensionFolder, 'dist/server.js'))});`;
  await writeFile(join(folder, 'dist/server.js'), `${code}\n${server}\n`);
  return folder;
}

async function link(from: string, to: string, but: string): Promise<void> {
  for (const name of await readdir(from)) {
    if (name !== but) await symlink(join(from, name), join(to, name), 'junction');
  }
}

function serverOn(day: string): string {
  return `
    const shift = Date.parse('${day}T12:00:00') - Date.now();
    globalThis.Date = class extends Date {
      constructor(...values) {
        super(...(values.length > 0 ? values : [Date.now()]));
      }
      static now() {
        return super.now() + shift;
      }
    };
  `;
}
