/** A number or date that somebody else decides, with the place where it is written. */
export interface Sourced<T> {
  readonly value: T;
  /** The document it was read in: a title and, where there is one, its address. */
  readonly source: string;
  /** When that document was dated or read, ISO 8601, to the day or to the month. */
  readonly date: string;
}

export const providers = ['azure', 'openai'] as const;
export type Provider = (typeof providers)[number];

export type ModelName = 'gpt-4o-2024-08-06' | 'gpt-4.1-2025-04-14';

/** What one provider accepts for one model. Sizes are in bytes, prices in US dollars. */
export interface Profile {
  readonly provider: Provider;
  /** As people write it: `Azure OpenAI`. */
  readonly providerName: string;
  readonly model: ModelName;
  /** The newest date among the sources, shown as "limits of …". */
  readonly date: string;
  /** What a person should know before choosing it. */
  readonly remark?: Sourced<string>;
  /** Days after which something is no longer possible, the nearest first. */
  readonly notices: readonly Notice[];
  readonly limits: Limits;
  readonly format: RecordFormat;
  /** Whether the documents ask for a byte order mark at the start of a file. */
  readonly asksForByteOrderMark: Sourced<boolean>;
  readonly imageTokens: ImageTokenPrices;
  readonly textTokens: TextTokenCounts;
  /** How many epochs a job has that names none; absent where that is not documented. */
  readonly defaultEpochs?: Sourced<EpochHeuristic>;
  /** US dollars for a million tokens of training; absent where no price is published. */
  readonly trainingPrice?: Sourced<number>;
}

/** Something that ends on a day. */
export interface Notice extends Sourced<string> {
  /** The day itself, ISO 8601. `date` is that of the source. */
  readonly day: string;
}

/** Which keys and roles a record of supervised fine-tuning may have. */
export interface RecordFormat {
  /** Roles that are documented. */
  readonly roles: Sourced<readonly string[]>;
  /** Roles that the service knows elsewhere; whether it takes them in a training file is not documented. */
  readonly uncertainRoles: Sourced<readonly string[]>;
  /** Keys beside `messages`. */
  readonly recordKeys: Sourced<readonly string[]>;
  /** Keys of a message by its role, documented or uncertain. */
  readonly messageKeys: Sourced<Readonly<Record<string, readonly string[]>>>;
  /** Keys of a part by its type. */
  readonly partKeys: Sourced<Readonly<Record<string, readonly string[]>>>;
  /** Keys of the object under `image_url`. */
  readonly imageUrlKeys: Sourced<readonly string[]>;
  /** Most characters of a function's name. */
  readonly maxToolNameLength: Sourced<number>;
  /** Most entries of the older `functions`; of `tools` no number is documented. */
  readonly maxFunctions: Sourced<number>;
  /** Whether the service was seen to refuse a record with another key at its top. */
  readonly refusesOtherRecordKeys: Sourced<boolean>;
}

/**
 * The limits that rules compare with, in the unit that the name tells. One that a provider does not document is absent.
 * A user may override each by a setting of the same name.
 */
export interface Limits {
  /** Fewest examples a training file may have. */
  readonly minExamples: Sourced<number>;
  /** Most examples with images in a training file. */
  readonly maxImageExamples: Sourced<number>;
  /** Most images in one example. */
  readonly maxImagesPerExample: Sourced<number>;
  /** From more images in an example on, the tuned model may not take as many as it was trained on. */
  readonly warnImagesPerExample?: Sourced<number>;
  /** Most bytes of one image, decoded: past it the image is refused whichever way "10 MB" is read. */
  readonly maxImageBytes: Sourced<number>;
  /** From here on it depends on how "10 MB" is read. */
  readonly warnImageBytes: Sourced<number>;
  /** Below so many pixels of its shorter side, little is to be seen on an image. */
  readonly minShortSide: Sourced<number>;
  /** Most tokens of one example: what is past them is cut, from the end. */
  readonly maxExampleTokens: Sourced<number>;
  /** Most examples that may be skipped before the job fails. */
  readonly maxSkippedExamples?: Sourced<number>;
  /** Most bytes of a file through the Files API. */
  readonly maxFileBytes: Sourced<number>;
  /** From more bytes on, a file sent through the Files API was seen to fail during the job. */
  readonly warnFileBytes?: Sourced<number>;
  /** Most bytes of a file through the portal. */
  readonly maxPortalFileBytes?: Sourced<number>;
  /** Most bytes of a file through the Uploads API. */
  readonly maxUploadBytes: Sourced<number>;
  /** Most bytes of all files that a resource or project stores. */
  readonly maxStoredBytes: Sourced<number>;
  /** Most files that a resource stores. */
  readonly maxStoredFiles?: Sourced<number>;
  /** Most tokens of a file times epochs. */
  readonly maxTrainingTokens?: Sourced<number>;
  /** Most characters of the suffix of a tuned model's name. */
  readonly maxSuffixLength: Sourced<number>;
}

export type LimitName = keyof Limits;

/** What an image costs in tokens (the tile family of models). */
export interface ImageTokenPrices {
  /** Tokens of any image at detail low, and the base at detail high. */
  readonly base: Sourced<number>;
  /** Tokens of each 512×512 tile at detail high. */
  readonly tile: Sourced<number>;
}

/** How the tokens of a text are counted, and what the format of a conversation adds to them: an estimate. */
export interface TextTokenCounts {
  readonly encoding: Sourced<'o200k_base'>;
  readonly perMessage: Sourced<number>;
  /** For each message with a `name`. */
  readonly perName: Sourced<number>;
  readonly perRecord: Sourced<number>;
}

/** Epochs that a service chooses: `target`, but more or fewer so that examples times epochs lie within the range. */
export interface EpochHeuristic {
  readonly target: number;
  readonly minExamples: number;
  readonly maxExamples: number;
  readonly minEpochs: number;
  readonly maxEpochs: number;
}
