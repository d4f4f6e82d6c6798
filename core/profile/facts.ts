import { limitDescriptions } from './limits.ts';
import type { Profile, Sourced } from './profile.ts';

/** A number, word or list that a profile goes by, with what it means and where it is written. */
export interface ProfileFact extends Sourced<unknown> {
  /** As it is called in the profile; for a limit also in settings. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly ProfileFact[];
}

/** The members of a profile that hold facts by name. */
type GroupName = 'limits' | 'format' | 'imageTokens' | 'textTokens';

/** The members of a profile that are a fact each; what it remarks is a sentence already. */
type SingleName = Exclude<
  {
    [K in keyof Profile]-?: NonNullable<Profile[K]> extends Sourced<unknown> ? K : never;
  }[keyof Profile],
  'remark'
>;

const titles: Readonly<Record<GroupName, string>> = {
  limits: 'Limits; a setting of the same name overrides each',
  format: 'Records',
  imageTokens: 'Tokens of an image',
  textTokens: 'Tokens of a text',
};

// A fact without an entry does not compile.
const descriptions: { readonly [G in GroupName]: Readonly<Record<keyof Profile[G], string>> } = {
  limits: limitDescriptions,
  format: {
    roles: 'Roles that are documented.',
    uncertainRoles: 'Roles that are documented elsewhere, but not for training files.',
    recordKeys: 'Keys of a record beside messages.',
    messageKeys: 'Keys of a message by its role.',
    partKeys: 'Keys of a part by its type.',
    imageUrlKeys: 'Keys of the object under image_url.',
    maxToolNameLength: "Most characters of a function's name.",
    maxFunctions: 'Most entries of functions in a record.',
    refusesOtherRecordKeys: 'Whether a record with another key was seen to be refused.',
  },
  imageTokens: {
    base: 'Tokens of any image at detail low, and the base at detail high.',
    tile: 'Tokens of each tile of 512×512 pixels at detail high.',
  },
  textTokens: {
    encoding: 'How a text is cut into tokens.',
    perMessage: 'Tokens that each message adds to its texts, an estimate.',
    perName: 'Tokens that the name of a message adds to its text, an estimate.',
    perRecord: 'Tokens that each record adds to its messages, an estimate.',
  },
};

const singles: Readonly<Record<SingleName, string>> = {
  asksForByteOrderMark: 'Whether the documents ask for a byte order mark at the start of a file.',
  defaultEpochs:
    'Epochs of a job that names none: the target, but more or fewer so that examples times epochs lie within the range.',
  trainingPrice: 'US dollars for a million tokens of training.',
};

/** All facts of a profile, in groups with a title. What a provider does not document is left out. */
export function factsOf(profile: Profile): readonly FactGroup[] {
  const names = Object.keys(titles) as GroupName[];
  const groups = names.map((name) => ({
    title: titles[name],
    facts: describeAll(profile[name], descriptions[name]),
  }));
  return [...groups, { title: 'The rest', facts: describeAll(profile, singles) }];
}

function describeAll(facts: object, sentences: Readonly<Record<string, string>>): ProfileFact[] {
  const known = facts as Readonly<Partial<Record<string, Sourced<unknown>>>>;
  return Object.entries(sentences).flatMap(([name, description]) => {
    const fact = known[name];
    return fact ? [{ name, description, ...fact }] : [];
  });
}
