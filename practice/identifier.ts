import { randomBytes } from 'node:crypto';
import type { Provider } from '../core/profile/profile.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `file-` and 24 letters and digits at OpenAI, 32 hexadecimal digits at Azure. */
export function newIdentifier(prefix: string, provider: Provider): string {
  return prefix + (provider === 'azure' ? hexadecimal() : letters(24));
}

export function hexadecimal(): string {
  return randomBytes(16).toString('hex');
}

/** As even as it has to be. */
export function letters(count: number): string {
  return [...randomBytes(count)].map((byte) => alphabet[byte % alphabet.length]).join('');
}
