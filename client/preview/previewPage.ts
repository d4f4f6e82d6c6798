/** What the page of the preview is made of; addresses as the webview gives them. */
export interface PageParts {
  /** Where the webview takes files of the extension from. */
  readonly source: string;
  readonly script: string;
  readonly style: string;
  /** Random, new for each page: the one script that may run carries it. */
  readonly nonce: string;
}

/**
 * The page, which holds nothing of any record: what it shows comes as data, and its script makes text of it. Pictures are
 * bytes that were sent to it; it can load nothing from anywhere else, nor send anything.
 */
export function previewPage({ source, script, style, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
    'img-src blob:',
    `style-src ${source}`,
    `script-src 'nonce-${nonce}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>Record</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
