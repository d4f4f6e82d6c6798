import { parseArgs } from 'node:util';
import { factsOf, type ProfileFact } from '../core/profile/facts.ts';
import { describeNotice, nameSource } from '../core/profile/notices.ts';
import type { Profile } from '../core/profile/profile.ts';
import { profiles as allProfiles } from '../core/profile/profiles.ts';
import { formatCount } from '../core/text/formatCount.ts';
import { oneOf, toUsageError } from './arguments.ts';
import type { Command } from './command.ts';
import type { ExitStatus, Io } from './io.ts';
import { Output } from './output.ts';
import { createPaint, wantsColor, type Paint } from './style.ts';

const formats = ['human', 'json'] as const;

export const profiles: Command = {
  name: 'profiles',
  summary: 'shows the limits by provider and model, with their sources',
  help: `Usage: vision-finetune profiles [options]

Shows every number that a file is checked by, for each provider and model, with
the document that it is from and its date.

Options:
  --format NAME  ${formats.join(', ')} (default: human)
  --help         print this

Exit status: 0, or 2 for unusable arguments.
`,
  run: show,
};

async function show(args: readonly string[], io: Io): Promise<ExitStatus> {
  const format = readFormat(args);
  const paint = createPaint(wantsColor(io));
  const text = format === 'json' ? asJson() : asText(io.today, paint);
  await new Output(io.stdout).write(text);
  return 0;
}

function readFormat(args: readonly string[]): (typeof formats)[number] {
  try {
    const options = { format: { type: 'string' } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return oneOf('--format', values.format ?? 'human', formats);
  } catch (error) {
    throw toUsageError(error, 'profiles');
  }
}

/** The profiles as they are in the code: each number beside its source and date. */
function* asJson(): Generator<string> {
  const described = allProfiles.map(({ provider, date, ...rest }) => ({
    profile: provider,
    limitsOf: date,
    ...rest,
  }));
  yield `${JSON.stringify({ version: 1, profiles: described }, undefined, 2)}\n`;
}

/** Facts in columns with the number of their source; the sources stand once, at the end. */
function* asText(today: string, paint: Paint): Generator<string> {
  const sources = new Map<string, number>();
  for (const profile of allProfiles) {
    const { providerName, model, date, remark, notices } = profile;
    yield `${paint('bold', `${providerName} · ${model} · limits of ${date}`)}\n`;
    if (remark) yield `${remark.value} ${refer(nameSource(remark))}\n`;
    for (const notice of notices) yield `${describeNotice(notice, today)}\n`;
    yield* listFacts(profile);
    yield '\n';
  }
  yield `${paint('bold', 'Sources')}\n`;
  for (const [source, number] of sources) yield `  ${`[${number}]`.padEnd(4)} ${source}\n`;

  function* listFacts(profile: Profile): Generator<string> {
    for (const { title, facts } of factsOf(profile)) {
      yield `  ${paint('underline', title)}\n`;
      for (const fact of facts) yield `    ${describeFact(fact)}\n`;
    }
  }

  /** `maxImagesPerExample     [1]            64  Most images in one example.` */
  function describeFact(fact: ProfileFact): string {
    const { name, value, description } = fact;
    const reference = refer(nameSource(fact)).padEnd(4);
    return `${name.padEnd(22)}  ${reference}  ${describeValue(value).padStart(13)}  ${paint('dim', description)}`;
  }

  function refer(source: string): string {
    const number = sources.get(source) ?? sources.size + 1;
    sources.set(source, number);
    return `[${number}]`;
  }
}

/** `65,536`, `yes`, `url, detail`, `text: type, text; refusal: type, refusal`. */
function describeValue(value: unknown): string {
  if (typeof value === 'number') return formatCount(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(describeValue).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${describeValue(inner)}`)
    .join('; ');
}
