import { formatBytes } from '../core/image/describeImage.ts';

/** Milliseconds between two looks: a decoder fills 100 MB in as many. */
const interval = 50;

/**
 * Calls `refuse` once with a reason when the process holds more than so many bytes. Decoding happens on other threads, so
 * that this one is free to look.
 */
export function watchMemory(maxMemory: number, refuse: (reason: string) => void): Disposable {
  const look = (): void => {
    if (process.memoryUsage.rss() <= maxMemory) return;
    clearInterval(timer);
    refuse(`it takes more than ${formatBytes(maxMemory)} of memory`);
  };
  const timer = setInterval(look, interval);
  look();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
