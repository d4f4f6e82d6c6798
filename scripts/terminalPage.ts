/** A page that shows a command and what it wrote to a terminal, in the colours of VS Code's dark terminal. */
export function terminalPage(command: string, output: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<style>
  body { margin: 0; background: #181818; }
  main { display: inline-block; padding: 14px 18px; background: #181818; color: #cccccc;
         font: 14px/20px 'DejaVu Sans Mono', Menlo, Consolas, monospace; white-space: pre; }
  ${Object.values(styles).join('\n  ')}
</style>
<main><span class="s36">$</span> ${escapeHtml(command)}\n${toHtml(output.trimEnd())}</main>`;
}

/** The styles that the command line uses, by their SGR code (ECMA-48, 8.3.117). */
const styles: Readonly<Record<string, string>> = {
  1: '.s1 { font-weight: bold; color: #ffffff; }',
  2: '.s2 { color: #8f8f8f; }',
  31: '.s31 { color: #f14c4c; }',
  32: '.s32 { color: #23d18b; }',
  33: '.s33 { color: #e5c07b; }',
  34: '.s34 { color: #3b8eea; }',
  36: '.s36 { color: #29b8db; }',
};

/** A code opens a span or, when it is none of the styles, closes the last. */
function toHtml(output: string): string {
  return output
    .split(/\u001b\[(\d+)m/)
    .map((piece, index) => {
      if (index % 2 === 0) return escapeHtml(piece);
      return piece in styles ? `<span class="s${piece}">` : '</span>';
    })
    .join('');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
