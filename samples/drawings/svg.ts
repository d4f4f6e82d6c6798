/** The few SVG shapes that the drawings are made of. Lengths are in pixels, y grows downwards. */

/** A whole drawing of `width` × `height` pixels; later parts cover earlier ones. */
export function drawing(width: number, height: number, ...parts: readonly string[]): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${parts.join('')}</svg>`;
}

export function rect(
  x: number,
  y: number,
  width: number,
  height: number,
  fill: string,
  more = '',
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`;
}

export function circle(x: number, y: number, radius: number, fill: string, more = ''): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${more}/>`;
}

export function ellipse(x: number, y: number, rx: number, ry: number, fill: string): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}"/>`;
}

/** A filled shape; `d` is SVG path data. */
export function shape(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`;
}

/** A line along the path `d`, with round ends and corners. */
export function stroke(d: string, color: string, width: number, more = ''): string {
  const pen = `fill="none" stroke-linecap="round" stroke-linejoin="round"`;
  return `<path d="${d}" ${pen} stroke="${color}" stroke-width="${width}" ${more}/>`;
}

export function group(more: string, ...parts: readonly string[]): string {
  return `<g ${more}>${parts.join('')}</g>`;
}

export function moved(x: number, y: number, ...parts: readonly string[]): string {
  return group(`transform="translate(${x} ${y})"`, ...parts);
}

/** A gradient from top to bottom through `colors` at equal distances; use it as `fill="url(#id)"`. */
export function verticalGradient(id: string, ...colors: readonly string[]): string {
  const stops = colors.map(
    (color, index) => `<stop offset="${index / (colors.length - 1)}" stop-color="${color}"/>`,
  );
  return `<linearGradient id="${id}" x2="0" y2="1">${stops.join('')}</linearGradient>`;
}

/** Numbers 0 to n - 1 through `make`, joined: rows of windows, ticks of a dial. */
export function repeat(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join('');
}

/** A point on a circle; degrees clockwise from twelve o'clock. Rounded to tenths to keep the drawing short. */
export function onCircle(x: number, y: number, radius: number, degrees: number): string {
  const angle = (degrees * Math.PI) / 180;
  return `${tenths(x + radius * Math.sin(angle))} ${tenths(y - radius * Math.cos(angle))}`;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
