import { describeImageReference } from '../../core/check/describeImageReference.ts';
import { imageFormatOf } from '../../core/image/imageFacts.ts';
import type { LearntImages, ScreeningHint } from '../../core/image/learntImages.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { Message, Part } from '../../core/record/example.ts';
import type { JsonValue } from '../../core/record/jsonTree.ts';
import { formatCount } from '../../core/text/formatCount.ts';
import { makeVisible } from '../../core/text/quote.ts';
import { contains, type Span } from '../../core/text/span.ts';
import type {
  PictureAction,
  PreviewedBlock,
  PreviewedBox,
  PreviewedFinding,
  PreviewedMessage,
  PreviewedPicture,
  PreviewedRecord,
  PreviewedText,
} from '../../webview/protocol.ts';
import { mayBeRepaired } from '../mayBeRepaired.ts';
import { uprightSize } from '../pictureSize.ts';
import type { ReadRecord, RecordPicture } from '../readRecord.ts';
import { refusePicture } from '../thumbnails.ts';
import { toWebLink } from '../webLink.ts';
import { showText } from './textPieces.ts';

export interface PreviewOptions {
  /** Undefined until the server has told whose limits apply. */
  readonly profile: Profile | undefined;
  /** What was looked up of pictures, if anything was. */
  readonly learnt?: LearntImages;
  /** Messages and parts that are shown; more are only counted. */
  readonly maxBlocks: number;
}

export interface Preview {
  readonly record: PreviewedRecord;
  /** The whole texts of those that are shown, by their ids. */
  readonly texts: readonly string[];
}

/** Characters of a value that is not a text, of a role or an address, that are shown at all. */
const shortCharacters = 300;

/** A record as a conversation: a pure function of its text, of what was found in it and of who would train on it. */
export function previewRecord(
  { example, pictures, text }: ReadRecord,
  findings: readonly PreviewedFinding[],
  options: PreviewOptions,
): Preview {
  const texts: string[] = [];
  const unplaced = new Set(findings);
  const drawn = new Map(pictures.map((picture) => [picture.part, picture]));
  const messages: PreviewedMessage[] = [];
  let room = options.maxBlocks;
  let omitted = 0;
  for (const message of example?.messages ?? []) {
    if (room <= 0) {
      omitted++;
      continue;
    }
    const all = message.parts.length;
    const parts = message.parts.slice(0, room);
    omitted += all - parts.length;
    room -= parts.length + 1;
    messages.push(previewMessage(message, parts));
  }
  const tools = example?.root.get('tools') ?? example?.root.get('functions');
  const record: PreviewedRecord = {
    messages,
    tools: tools && addText(sourceOf(tools), { label: nameTools(tools), isCode: true }),
    findings: [...unplaced],
    omitted,
  };
  // Of a text in which nothing can be read, there is still the text.
  if (messages.length === 0 && omitted === 0) {
    const block = addText(text, { isCode: true });
    return { record: { ...record, messages: [wholeText(block)] }, texts };
  }
  return { record, texts };

  function previewMessage(message: Message, parts: readonly Part[]): PreviewedMessage {
    const blocks = [...contentOf(message, parts), ...callsOf(message.value)];
    return {
      role: shorten(message.role ?? 'no role'),
      notes: notesOf(message),
      blocks,
      findings: takeFindings(message.value.span),
    };
  }

  function* contentOf(message: Message, parts: readonly Part[]): Generator<PreviewedBlock> {
    const { content, value } = message;
    if (parts.length > 0) for (const part of parts) yield previewPart(part);
    else if (content?.kind === 'string') yield addText(content.asString() ?? '', {});
    else if (content && content.kind !== 'null' && message.parts.length === 0) {
      yield addText(sourceOf(content), { isCode: true });
    }
    const refusal = value.get('refusal')?.asString();
    if (refusal !== undefined) yield addText(refusal, { label: 'refusal' });
  }

  function previewPart(part: Part): PreviewedBlock {
    const picture = drawn.get(part);
    if (picture) return previewPicture(picture);
    const said = part.value.get('text')?.asString();
    if (part.type === 'text' && said !== undefined) return addText(said, {});
    const refusal = part.value.get('refusal')?.asString();
    if (part.type === 'refusal' && refusal !== undefined) {
      return addText(refusal, { label: 'refusal' });
    }
    return addText(sourceOf(part.value), { label: shorten(part.type ?? 'no type'), isCode: true });
  }

  function previewPicture(picture: RecordPicture): PreviewedPicture {
    const { embedded, url } = picture;
    const own = takeFindings(picture.part.value.span);
    const learnt = options.learnt?.about(url);
    const refusal = refusePicture(picture);
    const size = uprightSize(embedded?.facts ?? learnt?.facts ?? {});
    return {
      kind: 'picture',
      index: picture.index,
      key: refusal === undefined ? picture.key : '',
      refusal: embedded && refusal,
      words: describeImageReference(picture, options.profile, options.learnt),
      address: embedded ? undefined : shorten(url),
      size,
      boxes: size ? boxesOf(learnt?.likelySkipped ?? [], size) : [],
      actions: actionsOf(picture, own),
      findings: own,
    };
  }

  function* callsOf(value: JsonValue): Generator<PreviewedText> {
    for (const call of value.get('tool_calls')?.elements() ?? []) {
      yield previewCall(call.get('function') ?? call, call.get('id')?.asString());
    }
    const call = value.get('function_call');
    if (call?.kind === 'object') yield previewCall(call, undefined);
  }

  function previewCall(call: JsonValue, id: string | undefined): PreviewedText {
    const name = call.get('name')?.asString() ?? 'no name';
    const given = call.get('arguments');
    return addText(given?.asString() ?? (given ? sourceOf(given) : ''), {
      label: shorten(`calls ${name}${id === undefined ? '' : ` · ${id}`}`),
      isCode: true,
    });
  }

  function addText(
    whole: string,
    { label, isCode = false }: { readonly label?: string; readonly isCode?: boolean },
  ): PreviewedText {
    const id = texts.push(whole) - 1;
    const { pieces, to } = showText(whole, 0, 1);
    const [text = ''] = pieces;
    return { kind: 'text', label, isCode, text, id, shown: to, length: whole.length };
  }

  /** The findings that begin in a span and that nothing inside it has taken. */
  function takeFindings(span: Span): PreviewedFinding[] {
    const taken = [...unplaced].filter(({ offset }) => contains(span, offset));
    for (const finding of taken) unplaced.delete(finding);
    return taken;
  }
}

function wholeText(block: PreviewedText): PreviewedMessage {
  return { role: 'not a conversation', notes: [], blocks: [block], findings: [] };
}

function notesOf({ role, value }: Message): readonly string[] {
  const notes: string[] = [];
  const weight = value.get('weight');
  if (weight) notes.push(`weight ${shorten(sourceOf(weight))}`);
  else if (role === 'assistant') notes.push('weight 1');
  const name = value.get('name')?.asString();
  if (name !== undefined) notes.push(`name ${shorten(name)}`);
  const answered = value.get('tool_call_id')?.asString();
  if (answered !== undefined) notes.push(`answers ${shorten(answered)}`);
  return notes;
}

function nameTools(tools: JsonValue): string {
  const names = [...tools.elements()].map(
    (tool) => (tool.get('function') ?? tool).get('name')?.asString() ?? 'no name',
  );
  return shorten(`tools: ${names.slice(0, 20).join(', ')}${names.length > 20 ? ' …' : ''}`);
}

function actionsOf(
  { embedded, url }: RecordPicture,
  findings: readonly PreviewedFinding[],
): readonly PictureAction[] {
  const actions: PictureAction[] = [];
  if (imageFormatOf(embedded?.facts) !== undefined) actions.push('copy', 'extract');
  actions.push('setDetail');
  if (findings.some(mayBeRepaired)) actions.push('repair');
  if (!embedded && toWebLink(url) !== undefined) actions.push('checkAddress');
  return actions;
}

function boxesOf(
  hints: readonly ScreeningHint[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly PreviewedBox[] {
  return hints.flatMap(({ kind, confidence, box }) => {
    if (!box) return [];
    const sure = confidence === undefined ? '' : ` ${formatCount(Math.round(confidence * 100))} %`;
    return [
      {
        label: `${kind}${sure}`,
        left: box.x / width,
        top: box.y / height,
        width: box.width / width,
        height: box.height / height,
      },
    ];
  });
}

/** A value as it stands in the record. */
function sourceOf({ tree, span }: JsonValue): string {
  return tree.text.slice(span.start, span.end);
}

function shorten(text: string): string {
  const isLong = text.length > shortCharacters;
  return makeVisible(isLong ? `${text.slice(0, shortCharacters - 1)}…` : text);
}
