import { window, workspace } from 'vscode';
import { replace } from '../../core/fixes/jsonEdits.ts';
import { embedBytes, type Embedding } from '../../core/image/embedBytes.ts';
import { downloadImage } from '../../core/remote/learnRemoteImage.ts';
import { readTargets } from '../../core/remote/remoteTargets.ts';
import { askForHosts, mayFetch, remoteSettings } from '../remoteConsent.ts';
import { describePlainHttp } from '../remoteWords.ts';
import { changeImages } from './changeImages.ts';
import { chooseImages, tellConversions, type ConversionTools } from './conversion.ts';
import type { Conversion } from './conversionWords.ts';
import { Room } from './room.ts';

const title = 'Embed Images From the Web';

/** As many as one host is asked for at a time: images of a file tend to be on one. */
const atOnce = 2;

/** Puts pictures into their records in place of their addresses, fetched from hosts that the user allows. */
export async function embedWebImages({ client, report }: ConversionTools): Promise<void> {
  if (!(await mayFetch())) return;
  const chosen = await chooseImages(client, title, 'web');
  if (!chosen) return;
  const { editor, version, images, maxBytes, maxImageBytes } = chosen;
  const { targets, plainHttp } = readTargets(
    images.map(({ address }) => address),
    remoteSettings(),
  );
  if (plainHttp > 0) void window.showInformationMessage(describePlainHttp(plainHttp));
  const allowed = targets.length > 0 ? await askForHosts(targets, title) : [];
  if (!allowed || allowed.length === 0) return;
  const hrefs = new Map(
    allowed.flatMap(({ href, addresses }) => [...addresses].map((each) => [each, href] as const)),
  );
  const { document } = editor;
  const room = new Room(document);
  const conversions: Conversion[] = [];
  let wantsRepair = false;
  /** One picture may stand in many records. */
  const fetched = new Map<string, Promise<Embedding>>();
  const outcome = await changeImages({
    document,
    version,
    title: `Embedding images of ${workspace.asRelativePath(document.uri)}`,
    places: images.filter(({ address }) => hrefs.has(address)),
    atOnce,
    async change({ image: { url } }, { line, image, address }, signal) {
      const href = hrefs.get(address) ?? '';
      const coming = fetched.get(href) ?? fetch(href, signal);
      fetched.set(href, coming);
      const embedding = room.take(await coming);
      if (embedding.kind === 'left') {
        conversions.push({ kind: 'left', line, image, reason: embedding.reason });
        return [];
      }
      const { byteLength, uri } = embedding;
      wantsRepair ||= embedding.wantsRepair;
      conversions.push({ kind: 'converted', line, image, words: new URL(href).host, byteLength });
      return [replace(url, JSON.stringify(uri))];
    },
  });
  await tellConversions(editor, outcome, 'embedded', conversions, { report, wantsRepair });

  async function fetch(href: string, signal: AbortSignal): Promise<Embedding> {
    const answer = await downloadImage(new URL(href), { maxImageBytes, signal });
    if (answer instanceof Uint8Array) return embedBytes(answer, maxBytes);
    return { kind: 'left', reason: answer.unreachable?.detail ?? 'it cannot be fetched' };
  }
}
