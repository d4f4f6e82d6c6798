import { countOf } from '../../core/finding/words.ts';
import { learnRemoteImages } from '../../core/remote/learnRemoteImages.ts';
import { RemoteCache } from '../../core/remote/remoteCache.ts';
import { countByHost, readTargets, type RemoteTargets } from '../../core/remote/remoteTargets.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { ownCopy } from '../../core/text/ownCopy.ts';
import { complain } from '../complain.ts';
import { UsageError, type Io } from '../io.ts';
import type { Progress } from '../progress.ts';
import { chunkLength, withFile, type Unreadable } from '../readFile.ts';
import { AddressReader } from './addressReader.ts';
import { cacheFolder } from './cacheFolder.ts';
import type { GatheredFile, Gatherer } from './gather.ts';

/** How `check --remote` fetches. */
export interface RemoteArguments {
  readonly allowHttp: boolean;
  /** Whether what was fetched is remembered for the next time. */
  readonly hasCache: boolean;
}

/** Characters of addresses that are kept of one file, and what each costs besides: memory has an end, a file has none. */
const maxAddressCharacters = 50_000_000;
const costOfAddress = 100;

/** Fetches the heads of images on the web. Throws a `UsageError` where a proxy would have to be asked. */
export function remoteGatherer(
  { allowHttp, hasCache }: RemoteArguments,
  io: Io,
  { progress, isQuiet }: { readonly progress: Progress; readonly isQuiet: boolean },
): Gatherer {
  refuseProxy(io.env, '--remote');
  const folder = hasCache ? cacheFolder(io.env) : undefined;
  const cache = folder === undefined ? undefined : new RemoteCache({ folder, now: Date.now });
  return async (file) => {
    const found = await findTargets(file, allowHttp, progress);
    if ('reason' in found) return found;
    const { targets } = found;
    if (!isQuiet) tell(io, file.name, found);
    const learnt = await learnRemoteImages(targets, {
      maxImageBytes: file.context.limits.maxImageBytes,
      cache,
      ...(io.network && { network: io.network }),
      onProgress: (done) => progress.showImages({ name: file.name, done, all: targets.length }),
    });
    progress.erase();
    return learnt;
  };
}

interface FoundTargets extends RemoteTargets {
  /** Images for which there was no room. */
  readonly left: number;
}

async function findTargets(
  { name, path }: GatheredFile,
  allowHttp: boolean,
  progress: Progress,
): Promise<FoundTargets | Unreadable> {
  const addresses = new Set<string>();
  let room = maxAddressCharacters;
  let left = 0;
  const reader = new AddressReader(
    { isRecord: path.toLowerCase().endsWith('.json') },
    (address) => {
      if (!/^https?:/i.test(address) || addresses.has(address)) return;
      room -= address.length + costOfAddress;
      if (room < 0) left++;
      else addresses.add(ownCopy(address));
    },
  );
  const read = await withFile(
    path,
    new Uint8Array(chunkLength),
    async ({ chunks, size, reread }) => {
      if (!reread) return { reason: 'can be read only once, and --remote reads a file twice' };
      let bytes = 0;
      for await (const chunk of chunks) {
        reader.read(chunk);
        bytes += chunk.length;
        progress.show({ name, bytes, size, records: 0 });
      }
      reader.finish();
      return { ...readTargets(addresses, { allowHttp }), left };
    },
  );
  progress.erase();
  return read;
}

/** `train.jsonl: fetches 1,204 images from 12 hosts; 3 on plain http are left out (--allow-http)` */
function tell(io: Io, name: string, { targets, plainHttp, left }: FoundTargets): void {
  const byHost = countByHost(targets);
  const images = [...byHost.values()].reduce((sum, count) => sum + count, 0);
  const parts = [`fetches ${countOf(images, 'image')} from ${countOf(byHost.size, 'host')}`];
  if (plainHttp > 0) parts.push(`${formatCount(plainHttp)} on plain http left out (--allow-http)`);
  if (left > 0) parts.push(`${formatCount(left)} more left out, which are too many for one run`);
  complain(io, `${name}: ${parts.join('; ')}`);
}

const proxyVariables = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [
  name.toUpperCase(),
  name,
]);

/** A proxy looks up names by itself, past the guard, and asking servers past it is not what whoever set it wants. */
export function refuseProxy(env: Io['env'], option: string): void {
  if ((env['NO_PROXY'] ?? env['no_proxy']) === '*') return;
  const name = proxyVariables.find((each) => env[each]);
  if (name === undefined) return;
  throw new UsageError(
    `${name} is set, and ${option} asks no proxy; set NO_PROXY=* to ask servers directly`,
  );
}
