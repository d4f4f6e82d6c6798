import type { PageParts } from '../preview/previewPage.ts';

/**
 * The page of jobs, which holds nothing of any job: what it shows comes as data, and its script makes text and lines of it.
 * It can load nothing from anywhere, nor send anything.
 */
export function jobPage({ source, script, style, nonce }: PageParts): string {
  const policy = [
    "default-src 'none'",
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
<title>Fine-Tuning Job</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
