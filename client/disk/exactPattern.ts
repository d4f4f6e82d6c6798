import { RelativePattern, Uri } from 'vscode';

/** The pattern that a file alone fits: its name is no pattern, whatever it is made of. */
export function exactPattern(uri: Uri): RelativePattern {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  return new RelativePattern(Uri.joinPath(uri, '..'), name.replaceAll(/[*?{}[\]]/g, '[$&]'));
}
