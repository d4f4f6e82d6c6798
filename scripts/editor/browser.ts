import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { hasBundledChromium } from './install.ts';
import { chromiumFolder } from './places.ts';

/**
 * Starts a Chromium without a window. `VISION_FINETUNE_CHROME` names one to use; otherwise it is the one that the packages
 * bring (Linux x64: the same for everybody), otherwise an installed Chrome, Chromium or Edge.
 */
export async function launchBrowser(): Promise<Browser> {
  const chosen = process.env['VISION_FINETUNE_CHROME'];
  if (chosen !== undefined && chosen !== '') return launch(chosen);
  if (hasBundledChromium) return launch(join(chromiumFolder, 'chromium'), bundledEnvironment());
  const installed = findInstalled();
  if (installed !== undefined) return launch(installed);
  throw new Error(
    'No Chrome found. Set VISION_FINETUNE_CHROME to the path of a Chrome or Chromium.',
  );
}

function launch(executablePath: string, env = process.env): Promise<Browser> {
  return chromium.launch({
    executablePath,
    env,
    // The browser finds no host but this machine, so a test cannot depend on another by accident.
    args: ['--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  });
}

/** The package brings the libraries that a small Linux lacks, and fonts. */
function bundledEnvironment(): NodeJS.ProcessEnv {
  const libraries = [join(chromiumFolder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']];
  const env = { ...process.env, LD_LIBRARY_PATH: libraries.filter(Boolean).join(':') };
  // The system's fonts, when it has any, include one of fixed width, as an editor needs.
  if (existsSync('/etc/fonts/fonts.conf')) return env;
  return { ...env, FONTCONFIG_PATH: join(chromiumFolder, 'fonts') };
}

const installedNames: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) =>
    ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'].map((path) =>
      join(process.env[variable] ?? '', path),
    ),
  ),
  linux: (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) =>
      ['google-chrome', 'chromium', 'chromium-browser'].map((name) => join(folder, name)),
    ),
};

function findInstalled(): string | undefined {
  return installedNames[process.platform]?.find((path) => existsSync(path));
}
