/** A sound record without an image. */
export const soundRecord =
  '{"messages":[{"role":"user","content":"Which way?"},{"role":"assistant","content":"North."}]}';

/** Ten sound records, the fewest that a training file may have, of which no two ask the same; each is as long as the one above. */
export const soundFile = linesOf(10, (at) => soundRecord.replace('Which way?', `At fork ${at}?`));

/** A record with one picture. */
export function imageRecord(url: string, detail = 'low'): string {
  const image = { type: 'image_url', image_url: { url, detail } };
  return JSON.stringify({
    messages: [
      { role: 'user', content: [image] },
      { role: 'assistant', content: 'A harbour.' },
    ],
  });
}

/** A record whose role, 18 characters after its start, nobody knows. */
export const robotRecord = soundRecord.replace('"user"', '"robot"');

/** Records with one picture each, of which no two are the same. */
export function imageRecords(count: number, detail?: string): string {
  return linesOf(count, (at) => imageRecord(`https://example.com/${at}.png`, detail));
}

function linesOf(count: number, record: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${record(at)}\n`).join('');
}
