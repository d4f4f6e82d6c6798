import type { EditorServer } from './server.ts';

export interface WindowContent {
  /** Absolute path of the folder to open. */
  readonly folder: string;
  /** Absolute path of a file to show at once. */
  readonly openFile?: string;
  readonly suite?: HostSuite;
}

/** Tests that run inside the extension host, which ends after them. */
export interface HostSuite {
  /** Absolute path of the extension's own folder, the one with its `package.json`. */
  readonly extension: string;
  /** Absolute path of a CommonJS module that exports `run()`. */
  readonly tests: string;
}

/**
 * The address of a window. VS Code takes `payload` as a list of pairs. With a token the server answers with a cookie and the
 * same address without the token.
 */
export function windowAddress(
  server: Pick<EditorServer, 'authority' | 'token'>,
  { folder, openFile, suite }: WindowContent,
): string {
  const remote = (path: string): string =>
    `vscode-remote://${server.authority}${urlPath(path).split('/').map(encodeURIComponent).join('/')}`;
  const payload: [string, string][] = [];
  if (openFile !== undefined) payload.push(['openFile', remote(openFile)]);
  if (suite !== undefined) {
    payload.push(['extensionDevelopmentPath', remote(suite.extension)]);
    payload.push(['extensionTestsPath', remote(suite.tests)]);
  }
  const address = new URL(`http://${server.authority}/`);
  if (server.token !== undefined) address.searchParams.set('tkn', server.token);
  address.searchParams.set('folder', urlPath(folder));
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

/** `/C:/folder` on Windows; elsewhere the path as it is. */
function urlPath(path: string): string {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}
