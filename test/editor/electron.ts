import { runTests } from '@vscode/test-electron';
import type { HostSuite } from '../../scripts/editor/address.ts';

/** Runs a bundled suite in a desktop VS Code, which is downloaded first. Resolves to whether all of it passed. */
export async function runInElectron(folder: string, suite: HostSuite): Promise<boolean> {
  const status = await runTests({
    extensionDevelopmentPath: suite.extension,
    extensionTestsPath: suite.tests,
    launchArgs: [folder, '--disable-extensions', '--disable-workspace-trust'],
  }).catch((error: unknown) => {
    // Rejects for tests that failed too; their own lines have said which.
    console.error(String(error));
    return 1;
  });
  return status === 0;
}
