import './englishNumbers.ts';
import uPlot from 'uplot';
import { element } from './elements.ts';
import type { Curve, ShownJob } from './jobProtocol.ts';

/** Theme colours of the jobs, in their order; job.css has the same for the marks beside their names. */
const colors = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'].map(
  (name) => `--vscode-charts-${name}`,
);

/** Pixels. */
const height = 190;
const narrowest = 240;

/** The curves of one kind of all jobs, one over the other by their steps. */
export class Chart {
  readonly element: HTMLElement;
  readonly #kind: Curve['kind'];
  readonly #place: HTMLElement;
  readonly #empty: HTMLElement;
  #plot: uPlot | undefined;
  #shape = '';

  constructor(kind: Curve['kind'], title: string) {
    this.#kind = kind;
    this.#place = element('div', { class: 'plot' });
    this.#empty = element('p', { class: 'note' }, 'Nothing is measured yet.');
    this.element = element(
      'section',
      { class: 'chart' },
      element('h2', {}, title),
      this.#empty,
      this.#place,
    );
    new ResizeObserver(() => this.#fit()).observe(this.element);
  }

  /** Draws what there is; where only values have come, the plot stays and a zoom with it. */
  show(jobs: readonly ShownJob[]): void {
    const tables = jobs.map(({ steps, curves }): uPlot.AlignedData => [
      [...steps],
      ...this.#of(curves).map(({ values }) => [...values]),
    ]);
    const drawn = jobs.flatMap((job, index) =>
      this.#of(job.curves).map((curve) => seriesOf(curve, index, jobs.length > 1 ? job.name : '')),
    );
    this.#empty.hidden = drawn.length > 0;
    this.#place.hidden = drawn.length === 0;
    if (drawn.length === 0) return;
    const data = uPlot.join(tables);
    const shape = JSON.stringify([drawn, colorOf('--vscode-editor-foreground')]);
    if (this.#plot && shape === this.#shape) {
      this.#plot.setData(data);
      return;
    }
    this.#shape = shape;
    this.#plot?.destroy();
    this.#plot = new uPlot(this.#options(drawn), data, this.#place);
  }

  #of(curves: readonly Curve[]): readonly Curve[] {
    return curves.filter(({ kind }) => kind === this.#kind);
  }

  #options(series: readonly uPlot.Series[]): uPlot.Options {
    const axis = {
      stroke: colorOf('--vscode-descriptionForeground'),
      grid: { stroke: colorOf('--vscode-widget-border', 'rgba(128, 128, 128, 0.25)'), width: 1 },
      ticks: { show: false },
      font: '11px sans-serif',
    };
    return {
      width: this.#width(),
      height,
      scales: { x: { time: false }, ...(this.#kind === 'accuracy' && { y: { range: [0, 1] } }) },
      axes: [axis, axis],
      series: [{ label: 'step' }, ...series],
    };
  }

  #fit(): void {
    this.#plot?.setSize({ width: this.#width(), height });
  }

  #width(): number {
    return Math.max(narrowest, this.element.clientWidth);
  }
}

function seriesOf({ name, of }: Curve, index: number, job: string): uPlot.Series {
  const stroke = colorOf(colors[index % colors.length] ?? '');
  const label = job === '' ? name : `${job}: ${name}`;
  const shared = { label, stroke, spanGaps: true, points: { show: false } };
  // Whoever does not tell colours apart has lines, dashes and dots.
  if (of === 'training') return { ...shared, width: 1.5 };
  if (of === 'validation') return { ...shared, width: 1.5, dash: [6, 4] };
  return { ...shared, width: 0, points: { show: true, size: 8, fill: stroke } };
}

/** As the theme has it now: a canvas knows no variables. */
function colorOf(variable: string, otherwise = 'gray'): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  return value === '' ? otherwise : value;
}
