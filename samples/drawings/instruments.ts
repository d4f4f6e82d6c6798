import { lettering } from './lettering.ts';
import { circle, drawing, onCircle, rect, repeat, stroke } from './svg.ts';

/** Instruments of 256 × 256 pixels that show a given value, so that every record can have a picture of its own. */

/** A wall clock; `hours` 0 to 12, `minutes` 0 to 59. */
export function clock(hours: number, minutes: number): string {
  const [centre, ink] = [128, '#23313f'];
  return drawing(
    256,
    256,
    rect(0, 0, 256, 256, '#dbe7ee'),
    circle(centre, centre + 5, 108, '#b9cbd6'),
    circle(centre, centre, 108, '#fffdf6', `stroke="#2f6f8f" stroke-width="10"`),
    repeat(60, (minute) => tick(minute * 6, minute % 5 === 0 ? 86 : 94, 98, ink)),
    repeat(4, (quarter) => {
      const [x, y] = onCircle(centre, centre, 70, quarter * 90)
        .split(' ')
        .map(Number);
      const place = { x: x ?? 0, y: (y ?? 0) + 9, size: 18, align: 'middle' } as const;
      return lettering(String(quarter === 0 ? 12 : quarter * 3), place);
    }),
    hand((hours % 12) * 30 + minutes / 2, 50, 9, ink),
    hand(minutes * 6, 80, 6, ink),
    circle(centre, centre, 9, '#d9482b'),
  );
}

/** A pressure gauge from 0 to 10 bar, red from 8. */
export function gauge(bar: number): string {
  const degrees = (value: number) => -135 + value * 27;
  const arc = (from: number, to: number, color: string) =>
    stroke(
      `M${onCircle(128, 128, 84, degrees(from))}A84 84 0 0 1 ${onCircle(128, 128, 84, degrees(to))}`,
      color,
      14,
      'style="stroke-linecap:butt"',
    );
  return drawing(
    256,
    256,
    rect(0, 0, 256, 256, '#e9e4da'),
    circle(128, 128, 112, '#9aa3a9'),
    circle(128, 128, 104, '#fbfbf9', 'stroke="#5c666d" stroke-width="4"'),
    arc(0, 5, '#3b9c6b') + arc(5, 8, '#e3b23c') + arc(8, 10, '#cf3f34'),
    repeat(11, (value) => tick(degrees(value), 76, 92, '#23313f')),
    ...[0, 2, 4, 6, 8, 10].map((value) => {
      const [x, y] = onCircle(128, 128, 60, degrees(value)).split(' ').map(Number);
      const place = { x: x ?? 0, y: (y ?? 0) + 6, size: 12, align: 'middle' } as const;
      return lettering(String(value), place);
    }),
    lettering('BAR', { x: 128, y: 196, size: 14, align: 'middle', color: '#5c666d' }),
    hand(degrees(bar), 78, 6, '#b3261e'),
    circle(128, 128, 10, '#23313f'),
  );
}

/** A garden thermometer from -20 to 50 °C. */
export function thermometer(celsius: number): string {
  const height = (degrees: number) => 196 - (degrees + 20) * 2.4;
  return drawing(
    256,
    256,
    rect(0, 0, 256, 256, '#cfe6d4'),
    rect(68, 8, 120, 240, '#fffdf6', 'rx="18" stroke="#7d9c86" stroke-width="4"'),
    rect(98, 20, 18, 190, '#e6ecef', 'rx="9"'),
    circle(107, 216, 20, '#d13b2e'),
    rect(101, height(celsius), 12, 216 - height(celsius), '#d13b2e', 'rx="4"'),
    repeat(15, (index) => {
      const degrees = -20 + index * 5;
      const length = degrees % 10 === 0 ? 16 : 9;
      return stroke(`M122 ${height(degrees)}h${length}`, '#23313f', 2);
    }),
    ...[-20, 0, 20, 40].map((degrees) =>
      lettering(String(degrees), { x: 180, y: height(degrees) + 5, size: 10, align: 'end' }),
    ),
    lettering('°C', { x: 160, y: 236, size: 14, align: 'middle' }),
  );
}

function tick(degrees: number, from: number, to: number, color: string): string {
  const line = `M${onCircle(128, 128, from, degrees)}L${onCircle(128, 128, to, degrees)}`;
  return stroke(line, color, 2.5);
}

function hand(degrees: number, length: number, width: number, color: string): string {
  const tail = onCircle(128, 128, -16, degrees);
  return stroke(`M${tail}L${onCircle(128, 128, length, degrees)}`, color, width);
}
