import {
  circle,
  drawing,
  ellipse,
  group,
  moved,
  rect,
  repeat,
  shape,
  stroke,
  verticalGradient,
} from './svg.ts';

/** Landscapes and still lifes. No people, no faces. */

/** A small harbour at sunset: lighthouse, two sailing boats, a row of houses. 640 × 400. */
export function harbour(): string {
  const houses = ['#d9694a', '#e9b44c', '#6fa8a0', '#c94f5d', '#e8d9b5', '#5b84b1'];
  return drawing(
    640,
    400,
    verticalGradient('sky', '#27305f', '#7a4d86', '#ef7f5a', '#ffd27d'),
    verticalGradient('water', '#e99a63', '#7c5684', '#2b3a67', '#16223f'),
    '<radialGradient id="beam" gradientUnits="userSpaceOnUse" cx="24" cy="28" r="180"><stop stop-color="#fff6c8" stop-opacity=".7"/><stop offset="1" stop-color="#fff6c8" stop-opacity="0"/></radialGradient>',
    `<filter id="ripple" x="0" y="0" width="1" height="1"><feTurbulence type="fractalNoise" baseFrequency=".012 .16" numOctaves="3" seed="7"/><feColorMatrix values="0 0 0 0 1  0 0 0 0 .86  0 0 0 0 .7  2.6 0 0 0 -1.15"/></filter>`,
    rect(0, 0, 640, 232, 'url(#sky)'),
    circle(262, 214, 46, '#fff0b8', 'opacity=".35"') + circle(262, 214, 32, '#fff3c9'),
    shape(
      'M0 206L70 176 130 196 210 162 300 204 380 180 470 206 560 184 640 200V240H0Z',
      '#55406f',
    ),
    rect(0, 230, 640, 170, 'url(#water)'),
    shape('M236 232h54l22 168h-96Z', '#ffe2a0', 'opacity=".45"'),
    rect(0, 230, 640, 170, '#fff', 'filter="url(#ripple)" opacity=".55"'),
    moved(
      400,
      122,
      ...houses.map((color, index) => moved(index * 40, (index % 3) * 9, house(color))),
    ),
    shape('M392 224h248v22H384Z', '#4a4458'),
    repeat(7, (index) => rect(398 + index * 36, 240, 6, 26, '#2f2b3d')),
    moved(58, 66, lighthouse()),
    moved(196, 214, boat('#fdf6e3', '#b5382f', 1)),
    moved(330, 262, boat('#f4c95d', '#1f6f78', 1.45)),
    stroke('M150 92q8 -9 16 0q8 -9 16 0M204 66q6 -7 12 0q6 -7 12 0', '#221d3a', 2.5),
  );
}

function house(color: string): string {
  return [
    rect(0, 26, 38, 80, color),
    shape('M-2 28L19 6L40 28Z', '#5a2f3a'),
    repeat(4, (index) => rect(7 + (index % 2) * 15, 38 + (index >> 1) * 24, 9, 12, '#ffe9a6')),
  ].join('');
}

function lighthouse(): string {
  return [
    shape('M24 24L-58 4V52ZM24 24L210 -14V54Z', 'url(#beam)'),
    shape('M-58 196Q-20 150 24 158Q80 154 106 196Z', '#3b3350'),
    shape('M12 40H36L44 162H4Z', '#f7f1e6'),
    shape('M10.3 66H37.7L39 88H8.8ZM7.4 110H40.6L42 132H6Z', '#c8372d'),
    rect(12, 16, 24, 24, '#ffefaf', 'stroke="#3b3350" stroke-width="3"'),
    shape('M8 16L24 0L40 16Z', '#c8372d'),
  ].join('');
}

function boat(sail: string, hull: string, size: number): string {
  return group(
    `transform="scale(${size})"`,
    shape('M-26 34H30L20 48H-16Z', hull),
    stroke('M0 34V-26', '#3a2a1e', 2.5),
    shape('M3 -24Q34 6 28 28H3Z', sail) + shape('M-3 -18V28H-22Z', '#fff'),
    shape('M-22 50H26L18 58H-12Z', hull, 'opacity=".35"'),
  );
}

/** Two peaks and a wood beside a lake at dawn. 512 × 340. */
export function lake(): string {
  return drawing(
    512,
    340,
    verticalGradient('dawn', '#7fb2d6', '#cfe3e6', '#fbe7cf'),
    verticalGradient('lake', '#8fb7c4', '#3f7f95', '#1f5b73'),
    rect(0, 0, 512, 200, 'url(#dawn)') + circle(404, 62, 24, '#fff6d8'),
    peaks(),
    rect(0, 196, 512, 144, 'url(#lake)'),
    group('transform="translate(0 392) scale(1 -1)" opacity=".35"', peaks()),
    repeat(18, (index) => moved(index * 31 - 14, 150 + (index % 4) * 5, fir(index))),
    stroke('M60 262h90M210 284h130M330 248h96M40 310h70M392 316h70', '#e8f4f5', 2, 'opacity=".6"'),
    shape('M228 262h76l-12 14h-52Z', '#a8512f') + stroke('M244 258l-26 26', '#5b3a22', 3),
  );
}

function peaks(): string {
  return [
    shape('M-20 200L96 74L150 128L250 28L392 164L440 130L540 200Z', '#6f7f95'),
    shape('M250 28L284 61L262 74L246 60L226 76L214 64ZM96 74L118 96L98 104L74 98Z', '#fff'),
    shape('M250 28L392 164L330 200H262Z', '#58677f', 'opacity=".55"'),
  ].join('');
}

function fir(index: number): string {
  const color = ['#24523f', '#2f6549', '#1d4636'][index % 3] ?? '#24523f';
  return shape('M15 0L26 24H20L30 46H0L10 24H4Z', color) + rect(13, 46, 4, 6, '#4b3524');
}

/** Three apples, two pears and a lemon on a cloth. 400 × 300. */
export function fruit(): string {
  const cloth = repeat(10, (index) => rect(index * 40, 170, 20, 130, '#5f93a8', 'opacity=".35"'));
  return drawing(
    400,
    300,
    rect(0, 0, 400, 172, '#f3e3c3') + rect(0, 170, 400, 130, '#cfe0e4') + cloth,
    ellipse(200, 252, 168, 16, '#46606b55'),
    moved(96, 176, pear('#b7c343')) + moved(168, 166, pear('#c9b93a')),
    moved(246, 204, apple('#c9302c')) + moved(122, 226, apple('#7fae3a')),
    moved(196, 230, apple('#d64533')),
    shape('M268 240Q276 206 318 208Q340 208 352 226Q340 250 316 252Q284 256 268 240Z', '#f2cf3b'),
    stroke('M298 220q14 -8 30 -4', '#fff6c4', 5, 'opacity=".8"'),
  );
}

function apple(color: string): string {
  return [
    shape(
      'M0 -26C-16 -40 -44 -28 -40 4C-38 28 -20 38 0 31C20 38 38 28 40 4C44 -28 16 -40 0 -26Z',
      color,
    ),
    stroke('M0 -26q2 -14 10 -20', '#5b3a22', 4) +
      shape('M8 -38q18 -14 30 0q-18 12 -30 0Z', '#4d8b3c'),
    stroke('M-26 -10q2 -10 10 -13', '#fff', 5, 'opacity=".65"'),
  ].join('');
}

function pear(color: string): string {
  return [
    shape(
      'M0 -62C14 -62 16 -40 22 -24C34 4 44 16 40 38C36 62 -36 62 -40 38C-44 16 -34 4 -22 -24C-16 -40 -14 -62 0 -62Z',
      color,
    ),
    stroke('M0 -60q0 -12 8 -18', '#5b3a22', 4) +
      stroke('M-22 18q2 -16 8 -26', '#fff', 6, 'opacity=".5"'),
  ].join('');
}

/** A red suspension bridge over a strait in the morning haze. 560 × 320. */
export function bridge(): string {
  const hangers = repeat(51, (index) => {
    const x = 8 + index * 11;
    const middle = (x - 280) / 130;
    const cable =
      x > 150 && x < 410 ? 84 + 92 * (1 - middle * middle) : 84 + Math.abs(middle) * 70 - 70;
    return stroke(`M${x} ${cable.toFixed(1)}V196`, '#b8402e', 1.5);
  });
  return drawing(
    560,
    320,
    verticalGradient('haze', '#9cc4dd', '#dfe9e6', '#f6e6cf'),
    verticalGradient('sea', '#6fa3b4', '#2c6076'),
    rect(0, 0, 560, 230, 'url(#haze)'),
    shape('M0 204Q90 156 190 198Q300 218 390 194Q470 164 560 180V240H0Z', '#93a9a4'),
    rect(0, 226, 560, 94, 'url(#sea)'),
    stroke('M-20 170Q90 150 150 84Q280 268 410 84Q470 150 580 170', '#b8402e', 4),
    hangers,
    rect(0, 194, 560, 10, '#a83828') + rect(0, 204, 560, 4, '#6f2a20'),
    ...[150, 410].map(
      (x) =>
        rect(x - 10, 70, 7, 190, '#c44a34') +
        rect(x + 3, 70, 7, 190, '#c44a34') +
        rect(x - 12, 108, 24, 6, '#c44a34') +
        rect(x - 12, 150, 24, 6, '#c44a34') +
        rect(x - 20, 252, 40, 16, '#7b7f80'),
    ),
    stroke('M40 286h60M180 300h84M330 280h70M440 304h74', '#cfe2e6', 2, 'opacity=".6"'),
  );
}

/** A maple leaf in autumn on wet stone. 320 × 320. */
export function leaf(): string {
  const half =
    'L178 104L196 96L198 140L236 104L242 124L286 118L266 148L284 160L216 206L226 230L166 222';
  return drawing(
    320,
    320,
    rect(0, 0, 320, 320, '#6e7a80'),
    repeat(40, (index) =>
      ellipse(
        (index * 97) % 320,
        (index * 61) % 320,
        6 + (index % 5) * 3,
        3 + (index % 3) * 2,
        index % 2 ? '#65717799' : '#7b878c99',
      ),
    ),
    moved(5, 8, shape(`M160 40${half}H160Z`, '#00000033')),
    shape(`M160 40${half}H160Z`, '#d9662b') +
      group('transform="matrix(-1 0 0 1 320 0)"', shape(`M160 40${half}H160Z`, '#e07f33')),
    stroke(
      'M160 66V290M160 222L258 128M160 222L62 128M160 222L222 212M160 222L98 212M160 160L188 116M160 160L132 116',
      '#8f3a16',
      3.5,
    ),
  );
}
