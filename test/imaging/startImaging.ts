import { after } from 'node:test';
import { join } from 'node:path';
import { ImagingProcess, type ImagingOptions } from '../../imaging/imagingProcess.ts';

/** Runs from the sources. */
export const imagingScript = join(import.meta.dirname, '../../imaging/main.ts');

/** An image process that ends with the tests of the file or suite. */
export function startImaging(options: Partial<ImagingOptions> = {}): ImagingProcess {
  const imaging = new ImagingProcess({ script: imagingScript, ...options });
  after(() => imaging.dispose());
  return imaging;
}
