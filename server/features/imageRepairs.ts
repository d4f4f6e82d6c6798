import type { CodeAction, Command } from 'vscode-languageserver';
import type { RecordAt } from '../../core/check/checkedDocument.ts';
import type { RepairableFinding } from '../../core/check/checkRecord.ts';
import { readEmbeddedImage } from '../../core/image/inspectImage.ts';
import { everyExtra } from '../../core/image/repairOffer.ts';
import { planRepair, quietImageBytes, type RepairOptions } from '../../core/image/repairPlan.ts';
import { imagesOf, placeOf, readExample, type PlacedImage } from '../../core/record/example.ts';
import { JsonScratch, readJson } from '../../core/record/readJson.ts';
import {
  repairImagesCommand,
  type ImageToRepair,
  type ImagesToRepairParams,
  type RepairImagesArgument,
} from '../protocol.ts';
import type { Snapshot } from '../snapshot.ts';

/** What a repair may be asked to do besides making an image acceptable. */
type Extras = Omit<RepairOptions, 'maxBytes'>;

/** The rules about the bytes of an image, each with what has to be asked of a repair so that its finding goes away. */
export const extrasByRule: Readonly<Record<string, Extras>> = {
  'image-format': {},
  'image-color-mode': {},
  'image-corrupt': {},
  'image-size': {},
  'image-animated': { stopsAnimation: true },
};

/** An action without its kind, and the findings that it is for. */
export interface ImageAction {
  readonly finding: RepairableFinding;
  readonly action: Pick<CodeAction, 'title' | 'command' | 'disabled'>;
}

/**
 * The repairs of the images that findings are about: commands for the client, since nothing is decoded here. An image that
 * cannot be repaired has an action that says so and does nothing.
 */
export function* imageActions(
  snapshot: Snapshot,
  record: RecordAt,
  findings: readonly RepairableFinding[],
): Generator<ImageAction> {
  const { uri, version, document } = snapshot;
  const wanted = findings.filter(({ rule }) => rule in extrasByRule);
  if (wanted.length === 0) return;
  const done = new Set<number>();
  const images = imagesIn(record.text);
  const maxBytes = quietImageBytes(document.context.limits);
  for (const finding of wanted) {
    const image = images.findIndex(
      ({ image: { url } }) => placeOf(url).start === finding.span.start,
    );
    const facts = factsOf(images[image]);
    if (!facts || done.has(image)) continue;
    const planned = planRepair(facts, { ...extrasByRule[finding.rule], maxBytes });
    if (!planned) continue;
    done.add(image);
    const title = `Repair: ${planned.words}`;
    const argument = { uri, version, line: record.line, image };
    yield planned.kind === 'plan'
      ? { finding, action: { title, command: repairCommand(title, argument) } }
      : { finding, action: { title: 'Repair the image', disabled: { reason: planned.words } } };
    if (countFindings(snapshot) > 1) {
      const command = repairCommand(inFileTitle, { uri, version });
      yield { finding, action: { title: inFileTitle, command } };
    }
  }
}

/** More is asked before anything is done. */
const inFileTitle = 'Repair images of the whole file…';

/** The images of a record, or of all of them, that a repair would change; a record at a time. One that is not JSON has none. */
export function* imagesToRepair(
  { document }: Snapshot,
  { line }: Pick<ImagesToRepairParams, 'line'>,
): Generator<readonly ImageToRepair[]> {
  const options = { ...everyExtra, maxBytes: quietImageBytes(document.context.limits) };
  const scratch = new JsonScratch();
  for (const record of line === undefined ? document.records() : recordOn(line)) {
    yield imagesIn(record.text, scratch).flatMap((placed, image) => {
      const facts = factsOf(placed);
      return facts && planRepair(facts, options) ? [{ line: record.line, image, facts }] : [];
    });
  }

  function recordOn(line: number): readonly RecordAt[] {
    const record = document.recordAt({ line, character: 0 });
    return record ? [record] : [];
  }
}

function imagesIn(text: string, scratch?: JsonScratch): readonly PlacedImage[] {
  const tree = readJson(text, scratch);
  const example = tree.problem ? undefined : readExample(tree);
  return example ? imagesOf(example) : [];
}

/** Undefined for an image that is somewhere else. */
function factsOf(placed: PlacedImage | undefined): ImageToRepair['facts'] | undefined {
  return readEmbeddedImage(placed?.image.url.asString() ?? '')?.facts;
}

function countFindings({ document }: Snapshot): number {
  return Object.keys(extrasByRule).reduce((sum, rule) => sum + document.countOf(rule), 0);
}

function repairCommand(title: string, argument: RepairImagesArgument): Command {
  return { title, command: repairImagesCommand, arguments: [argument] };
}
