import { applyEdits } from '../fixes/jsonEdits.ts';
import { replaceImage } from '../fixes/imageFixes.ts';
import { decodeDataUri, type DataUri } from '../image/dataUri.ts';
import type { ImageFacts } from '../image/imageFacts.ts';
import { readEmbeddedImage } from '../image/inspectImage.ts';
import { type RepairedImage, type RepairPlan, type RepairRefusal } from '../image/repairPlan.ts';
import { imagesOf, readExample } from '../record/example.ts';
import { isBlank } from '../record/isBlank.ts';
import type { JsonValue } from '../record/jsonTree.ts';
import { readJson } from '../record/readJson.ts';
import { decodeLine } from '../text/decodeLine.ts';
import { LineRewriter, type WholeLine } from '../text/lineRewriter.ts';

/** What is to be done to an image by its header, or why nothing can be; undefined where nothing is. */
export type PlanImage = (facts: ImageFacts) => RepairPlan | RepairRefusal | undefined;

/** What is to be done to an image of a file, or why nothing can be. */
export interface PlannedImage {
  /** From 0. */
  readonly line: number;
  /** Of the image as it is. */
  readonly facts: ImageFacts;
  readonly plan: RepairPlan | undefined;
  /** From what to what; without a plan, why there is none and what to do. */
  readonly words: string;
}

/** What was done to an image. */
export interface RepairedFileImage extends PlannedImage {
  readonly plan: RepairPlan;
  readonly repaired: RepairedImage;
}

/** Does what is planned; a text says why that was not possible. */
export type RepairBytes = (bytes: Uint8Array, plan: RepairPlan) => Promise<RepairedImage | string>;

export interface ImageRepairEvents {
  /** With each image that is to be repaired and is. */
  readonly onRepair: (image: RepairedFileImage) => void;
  /** With each that is left as it is though a rule reports on it. */
  readonly onLeft: (image: PlannedImage) => void;
}

/** An image of a record, with where it stands. */
interface FoundImage extends PlannedImage {
  readonly url: JsonValue;
  readonly address: string;
  readonly uri: DataUri;
}

/** What became of an image: a text says why it is as it was, undefined that nothing was planned. */
interface Outcome {
  readonly image: FoundImage;
  readonly repaired: RepairedImage | string | undefined;
}

interface RewrittenLine {
  /** With its line end. */
  readonly bytes: Uint8Array;
  readonly outcomes: readonly Outcome[];
}

/** The images of a record that are to be repaired, or should be and cannot. A record that is not JSON has none. */
export function planImages(text: string, line: number, plan: PlanImage): readonly FoundImage[] {
  const tree = readJson(text);
  const example = tree.problem ? undefined : readExample(tree);
  if (!example) return [];
  return imagesOf(example).flatMap(({ image: { url } }) => {
    const address = url.asString() ?? '';
    const embedded = readEmbeddedImage(address);
    const planned = embedded && plan(embedded.facts);
    if (!planned) return [];
    const { words } = planned;
    return [
      {
        line,
        url,
        address,
        ...embedded,
        plan: planned.kind === 'plan' ? planned : undefined,
        words,
      },
    ];
  });
}

/**
 * Repairs the images of a file: of a data URI the media type and the base64 are replaced, everything else keeps its bytes. The
 * images of the lines that end in one chunk are repaired side by side. Used as the `LineRewriter` that it is.
 */
export class ImageFileRepairer extends LineRewriter {
  readonly #plan: PlanImage;
  readonly #repair: RepairBytes;
  readonly #events: ImageRepairEvents;

  constructor(
    plan: PlanImage,
    repair: RepairBytes,
    events: ImageRepairEvents,
    { isRecord = false } = {},
  ) {
    super({ isRecord }, (lines) => this.#rewrite(lines));
    this.#plan = plan;
    this.#repair = repair;
    this.#events = events;
  }

  async *#rewrite(lines: readonly WholeLine[]): AsyncGenerator<Uint8Array> {
    // All are begun before the first is waited for; a failure of a later one is not to go unheard till then.
    const rewritten = await Promise.all(lines.map((line) => this.#rewriteLine(line)));
    for (const line of rewritten) yield this.#tell(line);
  }

  /** In order of lines, whichever was ready first. */
  #tell({ bytes, outcomes }: RewrittenLine): Uint8Array {
    for (const { image, repaired } of outcomes) {
      const { plan } = image;
      if (plan && typeof repaired === 'object') this.#events.onRepair({ ...image, plan, repaired });
      if (typeof repaired !== 'object') {
        this.#events.onLeft({ ...image, words: repaired ?? image.words });
      }
    }
    return bytes;
  }

  async #rewriteLine({ line, bytes, eol, whole }: WholeLine): Promise<RewrittenLine> {
    const unchanged = { bytes: whole, outcomes: [] };
    if (isBlank(bytes)) return unchanged;
    const { text, invalid } = decodeLine(bytes);
    const found = invalid ? [] : planImages(text, line, this.#plan);
    if (found.length === 0) return unchanged;
    const outcomes = await Promise.all(found.map((image) => this.#repairOne(image)));
    const edits = outcomes.flatMap(({ image: { url, address, uri }, repaired }) =>
      typeof repaired === 'object' ? replaceImage(url, address, uri, repaired) : [],
    );
    if (edits.length === 0) return { ...unchanged, outcomes };
    return { bytes: Buffer.from(applyEdits(text, edits) + eol), outcomes };
  }

  async #repairOne(image: FoundImage): Promise<Outcome> {
    const { plan, address, uri } = image;
    return { image, repaired: plan && (await this.#repair(decodeDataUri(address, uri), plan)) };
  }
}
