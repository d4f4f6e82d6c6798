/** A sound record without an image. */
export const soundRecord =
  '{"messages":[{"role":"user","content":"Which way?"},{"role":"assistant","content":"North."}]}';

/** Ten sound records, the fewest that a training file may have. */
export const soundFile = `${soundRecord}\n`.repeat(10);

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
