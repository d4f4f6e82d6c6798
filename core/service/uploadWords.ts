import { formatBytes } from '../image/describeImage.ts';
import type { Surface } from './endpoint.ts';
import { partsFrom } from './submission.ts';
import { surfaces, uploadLimits } from './surfaces.ts';

/** How a file that is large will be sent, and what its surface lacks for that; undefined for any other. */
export function describeUpload(surface: Surface, byteLength: number): string | undefined {
  if (byteLength < partsFrom) return undefined;
  const { name, hasUploads } = surfaces[surface];
  if (hasUploads.value) {
    return `in parts of ${formatBytes(uploadLimits.maxPartBytes.value)}; one that is stopped goes on where it was`;
  }
  return `in one request, begun anew when it is stopped: ${name} has no Uploads API, and files of more than ${formatBytes(partsFrom)} were seen to fail later; Azure's dated API (an endpoint with api-version) has it`;
}
