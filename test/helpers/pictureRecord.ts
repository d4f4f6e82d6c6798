/** Characters of a long string that a finding about it underlines (`placeOf`). */
const longestPlace = 80;

/** A record with one picture: an address, or `$image(…)` of a fixture. */
export function pictureRecord(url: string): string {
  return `{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"${url}","detail":"low"}}]}]}`;
}

/** The same as a fixture, with a note under the address: `error Image is …`. */
export function notedPicture(url: string, note: string): string {
  const record = pictureRecord(url);
  const start = record.indexOf(url) - 1;
  // A place that ends within an expansion covers all of it that is written.
  const length = url.startsWith('$image') ? url.length + 1 : url.length + 2;
  return `${record}\n${' '.repeat(start)}${'^'.repeat(Math.min(length, longestPlace))} ${note}`;
}
