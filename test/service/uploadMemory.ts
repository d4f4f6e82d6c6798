/** Uploads a file, and tells how much its memory grew; the service is another process's. */
import { Credential, keySchemeOf } from '../../core/service/credential.ts';
import { parseEndpoint } from '../../core/service/endpoint.ts';
import { uploadFile } from '../../core/service/files.ts';
import { FileHasher, OpenedFile } from '../../core/service/openedFile.ts';
import { ServiceClient } from '../../core/service/serviceClient.ts';
import { surfaces, uploadLimits } from '../../core/service/surfaces.ts';
import { uploadInParts } from '../../core/service/uploads.ts';

const [path = '', address = '', key = ''] = process.argv.slice(2);
const endpoint = parseEndpoint(address, address.includes('/openai') ? 'azure' : 'openai');
if ('problem' in endpoint) throw new Error(endpoint.problem);
const credential = new Credential(endpoint, keySchemeOf(endpoint.surface), key);
const client = new ServiceClient({ endpoint, credential });
const file = await OpenedFile.open(path);
const hasher = new FileHasher(uploadLimits.maxPartBytes.value);
for await (const chunk of file.read()) hasher.update(chunk);
const digest = hasher.digest();
// Of this process alone: what the system counts as its own, once the garbage of the hashing is gone.
globalThis.gc?.();
const before = process.memoryUsage.rss();
let highest = before;
const onProgress = (): void => {
  highest = Math.max(highest, process.memoryUsage.rss());
};
const toSend = { file, digest, name: 'large-1.jsonl', onProgress };
const sent = surfaces[endpoint.surface].hasUploads.value
  ? await uploadInParts(client, { ...toSend, onState: async () => Promise.resolve() })
  : await uploadFile(client, toSend);
process.stdout.write(JSON.stringify({ growth: highest - before, bytes: sent.byteLength }));
