import { randomUUID } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { previewPage } from './previewPage.ts';

/** Puts a page with a script and a style of the built extension, both of one name, into a webview. */
export function showPage(webview: Webview, extensionUri: Uri, name: 'preview' | 'records'): void {
  const folder = Uri.joinPath(extensionUri, 'dist');
  webview.options = {
    enableScripts: true,
    enableCommandUris: false,
    localResourceRoots: [folder],
  };
  webview.html = previewPage({
    source: webview.cspSource,
    script: webview.asWebviewUri(Uri.joinPath(folder, `${name}.js`)).toString(),
    style: webview.asWebviewUri(Uri.joinPath(folder, `${name}.css`)).toString(),
    nonce: randomUUID(),
  });
}
