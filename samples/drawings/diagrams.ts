import { lettering } from './lettering.ts';
import { circle, drawing, group, onCircle, rect, repeat, shape, stroke } from './svg.ts';

/** Things to be read or judged: charts, plans, a sign, a receipt, a workpiece. */

/** Bars of bicycles counted on five days. 480 × 320. */
export function barChart(): string {
  const days = { MON: 420, TUE: 510, WED: 380, THU: 610, FRI: 300 };
  const y = (count: number) => 272 - count / 3.2;
  return drawing(
    480,
    320,
    rect(0, 0, 480, 320, '#fffdf8'),
    lettering('BICYCLES ON THE BRIDGE', { x: 24, y: 36, size: 14 }),
    ...[0, 200, 400, 600].map(
      (count) =>
        stroke(`M64 ${y(count)}H456`, '#d8d3c7', 1.5) +
        lettering(String(count), { x: 54, y: y(count) + 6, size: 11, align: 'end' }),
    ),
    ...Object.entries(days).map(([day, count], index) => {
      const x = 84 + index * 74;
      return [
        rect(x, y(count), 46, 272 - y(count), day === 'THU' ? '#d9592f' : '#2f6f8f', 'rx="4"'),
        lettering(String(count), { x: x + 23, y: y(count) - 8, size: 11, align: 'middle' }),
        lettering(day, { x: x + 23, y: 296, size: 12, align: 'middle' }),
      ].join('');
    }),
  );
}

/** The sign for a roundabout where one drives on the right, on a transparent ground. 256 × 256. */
export function roundaboutSign(): string {
  const arrow = (degrees: number) =>
    group(
      `transform="rotate(${degrees} 128 128)"`,
      stroke('M128 82A46 46 0 0 1 165.2 101', '#fff', 15, 'style="stroke-linecap:butt"'),
      shape('M153 111L180 92L179 126Z', '#fff'),
    );
  return drawing(
    256,
    256,
    circle(128, 128, 120, '#fff', 'stroke="#8d99a3" stroke-width="3"'),
    circle(128, 128, 111, '#1559a6'),
    group('transform="matrix(-1 0 0 1 256 0)"', arrow(0), arrow(120), arrow(240)),
  );
}

/** A receipt of a bakery. 300 × 400. */
export function receipt(): string {
  const lines = { 'RYE BREAD': '4.20', '2 ROLLS': '1.60', 'PLUM CAKE': '3.40', COFFEE: '2.80' };
  const zigzag = repeat(
    13,
    (index) => `L${270 - index * 18.5 - 9} 374L${270 - index * 18.5 - 18.5} 386`,
  );
  return drawing(
    300,
    400,
    rect(0, 0, 300, 400, '#8c6a4f'),
    repeat(9, (index) => stroke(`M0 ${index * 46 + 20}q150 14 300 -4`, '#7d5c42', 3)),
    shape(`M30 14H270V386${zigzag}V14Z`, '#fbfaf5'),
    lettering('CORNER BAKERY', { x: 150, y: 52, size: 14, align: 'middle' }),
    lettering('14 MAY 2026  08:12', { x: 150, y: 80, size: 9, align: 'middle' }),
    ...Object.entries(lines).map(([name, price], index) => {
      const y = 128 + index * 34;
      return (
        lettering(name, { x: 48, y, size: 12 }) +
        lettering(price, { x: 252, y, size: 12, align: 'end' })
      );
    }),
    stroke('M48 252H252', '#22303c', 2, 'stroke-dasharray="2 7"'),
    lettering('TOTAL', { x: 48, y: 288, size: 16 }),
    lettering('12.00', { x: 252, y: 288, size: 16, align: 'end' }),
    repeat(30, (index) => rect(60 + index * 6, 312, 1 + ((index * 7) % 5), 38, '#22303c')),
  );
}

/** A street map with a marked way from the station to the museum. 480 × 360. */
export function streetMap(): string {
  return drawing(
    480,
    360,
    rect(0, 0, 480, 360, '#ece7dc'),
    shape('M0 250Q120 220 220 270T480 262V322Q340 350 220 326T0 308Z', '#a9d3e5'),
    rect(286, 34, 154, 92, '#bfdcae', 'rx="10"') +
      circle(330, 76, 15, '#9cc58b') +
      circle(386, 90, 18, '#9cc58b'),
    repeat(9, (index) =>
      rect(30 + (index % 3) * 74, 40 + Math.floor(index / 3) * 62, 52, 40, '#d6cdbc', 'rx="4"'),
    ),
    stroke('M0 92H272V0M0 154H480M16 0V240M92 0V232M166 0V250M256 154V360M452 0V250', '#fff', 11),
    stroke('M256 236V352', '#f6e7b8', 15),
    stroke('M92 110V154H256V338', '#d9482b', 6, 'stroke-dasharray="1 11"'),
    circle(92, 104, 12, '#1559a6') + lettering('STATION', { x: 110, y: 110, size: 10 }),
    shape('M256 352C240 326 242 316 256 314C270 316 272 326 256 352Z', '#d9482b'),
    lettering('MUSEUM', { x: 276, y: 346, size: 10 }),
    lettering('PARK', { x: 363, y: 56, size: 10, align: 'middle', color: '#3f6b35' }),
    lettering('RIVER', { x: 92, y: 282, size: 10, color: '#2f6f8f' }),
  );
}

/** A battery, a switch, a resistor and a lamp in one loop; the switch is open. 420 × 280. */
export function circuit(): string {
  const ink = '#1d3340';
  return drawing(
    420,
    280,
    rect(0, 0, 420, 280, '#f7faf7'),
    repeat(13, (index) => stroke(`M${index * 35} 0V280M0 ${index * 35}H420`, '#dfeae4', 1)),
    stroke('M70 124V60H150M194 60H350V118M350 166V220H270M170 220H70V150', ink, 4),
    stroke('M46 124H94M58 150H82', ink, 5),
    circle(152, 60, 5, ink) + circle(194, 60, 5, ink) + stroke('M152 60L188 36', ink, 4),
    circle(350, 142, 24, '#fff4c2', `stroke="${ink}" stroke-width="4"`),
    stroke('M333 125L367 159M367 125L333 159', ink, 4),
    rect(170, 206, 100, 28, '#fff', `stroke="${ink}" stroke-width="4"`),
    lettering('S1', { x: 172, y: 92, size: 12, align: 'middle' }),
    lettering('9 V', { x: 104, y: 142, size: 12 }),
    lettering('LAMP', { x: 316, y: 147, size: 12, align: 'end' }),
    lettering('R1  220', { x: 220, y: 196, size: 12, align: 'middle' }),
  );
}

/** A spur gear of sixteen teeth; the tooth of number `missing`, clockwise from the top, is broken off. 320 × 320. */
export function gear(missing?: number): string {
  const tooth = (index: number) =>
    group(
      `transform="rotate(${index * 22.5} 160 160)"`,
      index === missing
        ? shape('M146 50L150 42L157 48L163 43L174 50Z', '#6d7a84')
        : shape('M145 52L150 22H170L175 52Z', '#7f8d98'),
    );
  return drawing(
    320,
    320,
    rect(0, 0, 320, 320, '#c8d6c4'),
    repeat(5, (index) => rect(0, 30 + index * 64, 320, 2, '#b7c8b2')),
    circle(164, 166, 116, '#00000022'),
    repeat(16, tooth),
    circle(160, 160, 114, '#7f8d98') +
      circle(160, 160, 92, '#98a5af') +
      circle(160, 160, 84, '#8b99a4'),
    repeat(6, (index) => {
      const [x, y] = onCircle(160, 160, 56, index * 60)
        .split(' ')
        .map(Number);
      return circle(x ?? 0, y ?? 0, 17, '#c8d6c4', 'stroke="#6d7a84" stroke-width="3"');
    }),
    circle(160, 160, 22, '#c8d6c4', 'stroke="#6d7a84" stroke-width="4"') +
      rect(154, 132, 12, 12, '#c8d6c4'),
  );
}

/** The temperature of one day as a line. 480 × 280. */
export function lineChart(): string {
  const celsius = [9, 8, 7, 9, 13, 17, 20, 22, 21, 17, 13, 11];
  const point = (value: number, index: number) => `${64 + index * 34} ${240 - value * 8}`;
  const line = celsius.map(point).join('L');
  return drawing(
    480,
    280,
    rect(0, 0, 480, 280, '#10202c'),
    lettering('TEMPERATURE  °C', { x: 24, y: 32, size: 12, color: '#cfe3ee' }),
    ...[0, 10, 20].map(
      (value) =>
        stroke(`M64 ${240 - value * 8}H450`, '#2b4556', 1.5) +
        lettering(String(value), {
          x: 52,
          y: 245 - value * 8,
          size: 10,
          align: 'end',
          color: '#8fb3c7',
        }),
    ),
    ...[0, 6, 12, 18].map((hour) =>
      lettering(`${hour}:00`, {
        x: 64 + hour * 17,
        y: 264,
        size: 10,
        align: 'middle',
        color: '#8fb3c7',
      }),
    ),
    shape(`M${line}V240H64Z`, '#f2a03d', 'opacity=".2"') + stroke(`M${line}`, '#f2a03d', 4),
    circle(302, 64, 7, '#ffe0a8'),
  );
}
