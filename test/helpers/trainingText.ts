/** A record that no rule says anything of. */
export const soundRecord =
  '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]}';

/** These lines, and as many sound records behind them as make a file long enough to train on. */
export function withSoundRecords(...lines: readonly string[]): string {
  const others = Array.from({ length: 10 }, (_, index) => soundRecord.replace('Hi', `Hi ${index}`));
  return [...lines, ...others].join('\n');
}

/** A record of one user message with these parts, as JSON, and a sound answer. */
export function recordOf(...parts: readonly string[]): string {
  const answer = '{"role": "assistant", "content": "Yes."}';
  return `{"messages": [{"role": "user", "content": [${parts.join(', ')}]}, ${answer}]}`;
}

/** A part that names a picture, as JSON. */
export function imagePart(url: string, detail?: string): string {
  return JSON.stringify({ type: 'image_url', image_url: { url, detail } });
}

export const webPicture = 'https://example.com/photo.png';
