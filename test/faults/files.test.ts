import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createContext } from '../../core/check/context.ts';
import { FileChecker } from '../../core/check/fileChecker.ts';
import type { CheckOptions } from '../../core/check/options.ts';
import { Companion } from '../../core/dataset/companion.ts';
import { providers, type Provider } from '../../core/profile/profile.ts';
import { rules } from '../../core/rules/index.ts';

/** A fault that only a whole file can have, and the file without it. */
interface FileFault {
  readonly title: string;
  readonly faulty: string | Buffer;
  readonly sound: string | Buffer;
  /** `line severity rule`, lines from 1. */
  readonly finds: string;
  /** The only provider for which it is a fault. */
  readonly only?: Provider;
  readonly limits?: CheckOptions['limits'];
  readonly epochs?: number;
  /** The file that it is validated with. */
  readonly validation?: string;
}

const ten = texts(10);
const tenImages = images(10, 'low');
const copied = ten.replace('Question 5', 'Question 2').replace('Answer 5', 'Answer 2');
const system = (prompt: string) => `{"role":"system","content":"${prompt}"},`;
const prompted = ten.replaceAll('"messages":[', `"messages":[${system('Be brief.')}`);
const gifs = (count: number) =>
  `${Array.from({ length: count }, (_, at) => image(`s3://birds/${at}.gif`, 'low', at)).join('')}${tenImages}`;

const faults: readonly FileFault[] = [
  { title: 'no example', faulty: '', sound: ten, finds: '1 error too-few-examples' },
  { title: 'nine examples', faulty: texts(9), sound: ten, finds: '1 error too-few-examples' },
  {
    title: 'a blank line between records',
    faulty: ten.replace('\n', '\n\n'),
    sound: ten,
    finds: '2 warning blank-line',
  },
  {
    title: 'a line of blanks at the end',
    faulty: `${ten}   `,
    sound: ten,
    finds: '11 warning blank-line',
  },
  {
    title: 'a byte order mark',
    faulty: `\ufeff${ten}`,
    sound: ten,
    finds: '1 info text-encoding',
    only: 'openai',
  },
  {
    title: 'a line that a carriage return alone ends',
    faulty: ten.replace('\n', '\r'),
    sound: ten.replace('\n', '\r\n'),
    finds: '1 warning text-encoding',
  },
  {
    title: 'a carriage return inside a record',
    faulty: ten.replace('Answer 1"', 'Answer\r1"'),
    sound: ten,
    // Either half is no record, and what broke it is what is repaired.
    finds: '1 error json-syntax; 1 warning text-encoding; 2 error json-syntax',
  },
  {
    title: 'a byte of Latin-1',
    faulty: Buffer.from(ten.replace('Answer 3', 'Caf\xe9'), 'latin1'),
    sound: ten.replace('Answer 3', 'Caf\xe9'),
    finds: '3 error text-encoding',
  },
  {
    title: 'too many examples with images',
    faulty: tenImages,
    sound: tenImages,
    finds: '10 warning too-many-image-examples',
    limits: { maxImageExamples: 9 },
  },
  {
    title: 'more skipped examples than Azure bears',
    faulty: gifs(3),
    sound: gifs(0),
    finds: '1 error image-url; 2 error image-url; 3 error image-url; 3 error skip-limit',
    limits: { maxSkippedExamples: 2 },
  },
  ...sizes(),
  {
    title: 'images with too many tokens for a job',
    faulty: tenImages,
    sound: tenImages,
    finds: '1 warning file-budget',
    limits: { maxTrainingTokens: 849 },
  },
  {
    title: 'images with too many tokens in three epochs',
    faulty: tenImages,
    sound: tenImages,
    finds: '1 warning file-budget',
    limits: { maxTrainingTokens: 2549 },
    epochs: 3,
  },
  { title: 'a copy', faulty: copied, sound: ten, finds: '5 info duplicate-example' },
  {
    title: 'two answers to one question',
    faulty: ten.replace('Question 5', 'Question 2'),
    sound: ten,
    finds: '5 info answer-conflict',
  },
  {
    title: 'an image in two examples',
    faulty: tenImages.replace('/5.png', '/2.png').replace('Bird 5', 'Nest 5'),
    sound: tenImages,
    finds: '5 info duplicate-image',
  },
  {
    title: 'another system prompt',
    faulty: prompted.replace('Be brief.', 'Be long.'),
    sound: prompted,
    finds: '1 info system-prompt-drift',
  },
  {
    title: 'an example of the validation file',
    faulty: ten,
    sound: ten.replace('Question 4', 'Question 40'),
    finds: '4 info train-validation-leak',
    validation: text(4),
  },
  {
    title: 'an image of the validation file',
    faulty: tenImages,
    sound: tenImages.replace('/4.png', '/40.png'),
    finds: '4 info train-validation-leak',
    validation: image('https://example.com/4.png', 'low', 77),
  },
];

const details: FileFault = {
  title: 'two details',
  faulty: images(5, 'low') + images(5, 'auto', 5),
  sound: tenImages,
  finds: '6 info mixed-detail',
};

describe(`the table of ${faults.length + 1} faults in files`, () => {
  it('has one for every rule about a file or a blank line', () => {
    const planted = [...faults, details].map(({ finds }) => finds).join(' ');
    const missing = rules
      .filter(({ scope }) => scope === 'dataset' || scope === 'blank-line')
      .filter(({ id }) => !planted.includes(id));
    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });
});

for (const provider of providers) {
  describe(`${provider} finds in a file what is planted and nothing graver:`, () => {
    for (const fault of [...faults, details]) {
      const { title, faulty, sound, finds, only, limits } = fault;
      it(title, () => {
        const expected = only === undefined || only === provider ? finds : '';
        assert.equal(check(faulty, provider, fault), expected);
        // Where the fault is in a number, the sound twin is a larger limit.
        const twin = sound === faulty ? { ...fault, limits: raise(limits) } : fault;
        assert.equal(check(sound, provider, twin), '');
      });
    }
  });
}

function sizes(): FileFault[] {
  const rows = [
    ['error', 'maxUploadBytes', 'that no way to upload takes'],
    ['warning', 'maxStoredBytes', 'past what is stored of all files'],
    ['warning', 'maxFileBytes', 'too large for the Files API'],
    ['info', 'maxPortalFileBytes', 'too large for the portal'],
    ['info', 'warnFileBytes', 'that the Files API was seen to lose'],
  ] as const;
  return rows.map(([severity, name, what]) => ({
    title: `a file ${what}`,
    faulty: ten,
    sound: ten,
    finds: `1 ${severity} file-size`,
    limits: { [name]: Buffer.byteLength(ten) - 1 },
  }));
}

function raise(limits: CheckOptions['limits'] = {}): CheckOptions['limits'] {
  return Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, limit + 1]));
}

/** What is found but for hints, of which details have their own. */
function check(content: string | Buffer, provider: Provider, fault: FileFault): string {
  const { limits = {}, epochs, validation } = fault;
  const options = { profile: provider, limits, ...(epochs !== undefined && { epochs }) };
  const context = createContext([options], '2026-11-21');
  const companion = validation === undefined ? undefined : new Companion('val.jsonl');
  if (validation !== undefined) {
    const reader = new FileChecker(context, 0, undefined, companion);
    reader.read(Buffer.from(validation));
    reader.finish();
  }
  const checker = new FileChecker({ ...context, companion });
  checker.read(Buffer.from(content));
  return checker
    .finish()
    .findings.filter(({ severity }) => severity !== 'hint')
    .sort((a, b) => a.range.start.line - b.range.start.line || (a.rule < b.rule ? -1 : 1))
    .map(({ rule, severity, range }) => `${range.start.line + 1} ${severity} ${rule}`)
    .join('; ');
}

function texts(count: number): string {
  return Array.from({ length: count }, (_, at) => text(at + 1)).join('');
}

function text(at: number): string {
  return `{"messages":[{"role":"user","content":"Question ${at}"},{"role":"assistant","content":"Answer ${at}"}]}\n`;
}

function images(count: number, detail: string, from = 0): string {
  return Array.from({ length: count }, (_, at) => {
    const number = from + at + 1;
    return image(`https://example.com/${number}.png`, detail, number);
  }).join('');
}

function image(url: string, detail: string, at: number): string {
  const part = `{"type":"image_url","image_url":{"url":"${url}","detail":"${detail}"}}`;
  return `{"messages":[{"role":"user","content":[{"type":"text","text":"Bird ${at}"},${part}]},{"role":"assistant","content":"Answer ${at}"}]}\n`;
}
