import { countOf } from '../../core/finding/words.ts';
import { embedBytes, type Embedding } from '../../core/image/embedBytes.ts';
import { quietImageBytes } from '../../core/image/repairPlan.ts';
import { refusalOf } from '../../core/remote/addressGuard.ts';
import { downloadImage } from '../../core/remote/learnRemoteImage.ts';
import { remoteLimits } from '../../core/remote/remoteLimits.ts';
import { countByHost, readTargets } from '../../core/remote/remoteTargets.ts';
import { visitTargets } from '../../core/remote/visitTargets.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { refuseProxy } from '../gather/remoteImages.ts';
import type { Io } from '../io.ts';
import type { ImageStore } from './embedImages.ts';

/** Of a profile. */
type ImageLimits = Parameters<typeof quietImageBytes>[0];

/** Hosts that are named before they are asked. */
const maxHosts = 20;

/** Images on the web, fetched by the guard of `core/remote`. Those of one chunk of a file are held at a time. */
export class WebImages implements ImageStore {
  readonly #limits: ImageLimits;
  readonly #io: Pick<Io, 'network'>;
  readonly #options: { readonly allowHttp: boolean; readonly isDryRun: boolean };
  readonly #end = new AbortController();

  /** Throws a `UsageError` where a proxy would have to be asked. */
  constructor(
    options: { readonly allowHttp: boolean; readonly isDryRun: boolean },
    limits: ImageLimits,
    io: Pick<Io, 'env' | 'network'>,
  ) {
    refuseProxy(io.env, '--embed-web');
    this.#options = options;
    this.#limits = limits;
    this.#io = io;
  }

  survey(addresses: readonly string[]): Promise<{ count: number; where: string }> {
    const { targets, plainHttp } = readTargets(addresses, this.#options);
    const asked = targets.filter(({ href }) => !this.#refusal(href));
    const hosts = [...countByHost(asked)];
    const named = hosts.slice(0, maxHosts).map(([host, count]) => `${host} ${formatCount(count)}`);
    if (hosts.length > maxHosts) named.push(countOf(hosts.length - maxHosts, 'more host'));
    const refused = targets.length - asked.length;
    const where = [
      `from the web${named.length > 0 ? `: ${named.join(', ')}` : ''}`,
      refused > 0 && `${formatCount(refused)} at addresses that are never asked`,
      plainHttp > 0 && `${formatCount(plainHttp)} on plain http left out (--allow-http)`,
    ].filter(Boolean);
    const meant = new Set(asked.flatMap((target) => [...target.addresses]));
    const count = addresses.filter((address) => meant.has(address)).length;
    return Promise.resolve({ count, where: where.join('; ') });
  }

  /** In a dry run nothing is fetched, and each address stands for itself. */
  async load(addresses: ReadonlySet<string>): Promise<ReadonlyMap<string, Embedding>> {
    const embeddings = new Map<string, Embedding>();
    const { targets } = readTargets(addresses, this.#options);
    await visitTargets(
      targets,
      remoteLimits,
      async (target) => {
        const fetched = this.#options.isDryRun
          ? this.#refusal(target.href)
          : await this.#fetch(target.href);
        for (const uri of target.addresses) embeddings.set(uri, fetched ?? standIn(uri));
      },
      this.#end.signal,
    );
    return embeddings;
  }

  dispose(): void {
    this.#end.abort();
  }

  /** Why an address will not be asked, as far as that is written in it. */
  #refusal(href: string): Embedding | undefined {
    const refusal = refusalOf(new URL(href), this.#io.network);
    return refusal && { kind: 'left', reason: refusal.detail };
  }

  async #fetch(href: string): Promise<Embedding> {
    const { signal } = this.#end;
    const { network } = this.#io;
    const { maxImageBytes } = this.#limits;
    try {
      const options = { maxImageBytes, signal, ...(network && { network }) };
      const answer = await downloadImage(new URL(href), options);
      if (answer instanceof Uint8Array) return embedBytes(answer, quietImageBytes(this.#limits));
      return { kind: 'left', reason: answer.unreachable?.detail ?? 'it cannot be fetched' };
    } catch (error) {
      if (!signal.aborted) throw error;
      return { kind: 'left', reason: 'it was interrupted' };
    }
  }
}

function standIn(uri: string): Embedding {
  return { kind: 'embedded', uri, byteLength: 0, wantsRepair: false };
}
