import type { Page } from 'playwright-core';

/** A row of the Problems view. Line and column count from 1. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  readonly source: string;
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

/** What is needed of an element of the page, whose types are not among those of Node. */
interface Element {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { textContent: string; className: string } | null;
}

interface Row {
  index: number;
  isLast: boolean;
  icon: string;
  message: string;
  source: string;
  code: string;
  place: string;
}

/**
 * Reads the Problems view, which must have the focus, in its order. It draws only the rows in sight, so the focus is moved
 * through it page by page; rows of files are left out. Hints are not listed by VS Code.
 */
export async function readProblems(page: Page): Promise<Problem[]> {
  const found = new Map<number, Row>();
  await page.keyboard.press('Home');
  // 1,000 pages are more than VS Code keeps; the view of an empty list has no rows at all.
  for (let pages = 0; pages < 1000; pages++) {
    const rows = await drawnRows(page);
    for (const row of rows) found.set(row.index, row);
    if (rows.length === 0 || rows.some((row) => row.isLast)) break;
    await page.keyboard.press('PageDown');
  }
  return [...found.values()]
    .sort((a, b) => a.index - b.index)
    .flatMap((row) => toProblem(row) ?? []);
}

function drawnRows(page: Page): Promise<Row[]> {
  return page.locator('.markers-panel .monaco-list-row').evaluateAll((elements: Element[]) =>
    elements.map((element) => {
      const text = (selector: string): string => element.querySelector(selector)?.textContent ?? '';
      return {
        index: Number(element.getAttribute('data-index')),
        isLast: element.getAttribute('data-last-element') === 'true',
        icon: element.querySelector('.marker-icon .codicon')?.className ?? '',
        message: text('.marker-message'),
        source: text('.marker-source'),
        code: text('.marker-code'),
        place: text('.marker-line'),
      };
    }),
  );
}

function toProblem({ icon, message, source, code, place }: Row): Problem | undefined {
  const at = /Ln (\d+), Col (\d+)/.exec(place);
  if (at === null) return undefined;
  const severity = (['error', 'warning', 'info'] as const).find((name) =>
    icon.includes(`codicon-${name}`),
  );
  return {
    severity: severity ?? 'hint',
    message,
    source,
    code,
    line: Number(at[1]),
    column: Number(at[2]),
  };
}
