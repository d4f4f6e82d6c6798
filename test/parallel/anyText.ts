import fc from 'fast-check';
import { anyFile } from '../check/anyKnownRecords.ts';
import { anyLineEnd, goodRecord, imageRecord } from '../check/anyTraining.ts';

/** Records over many lines, with others and what is no record between them. */
const anySpreadFile = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        ...[goodRecord, imageRecord].map((record) =>
          JSON.stringify(JSON.parse(record), undefined, 1),
        ),
        goodRecord,
        '[',
        ']',
        `${goodRecord},`,
        '{"messages":[',
        '',
        'é\u2028',
      ),
      anyLineEnd,
    ),
    { maxLength: 12 },
  )
  .map((lines) => lines.map(([text, end]) => text.replaceAll('\n', end) + end).join(''));

/** The text of a file of a few records, which may begin with a byte order mark. */
export const anyText = fc
  .tuple(fc.oneof(anyFile, anySpreadFile), fc.constantFrom('', '', '\uFEFF', '\u0000'))
  .map(([text, opening]) => opening + text);
