/** A number or date that somebody else decides, with the place where it is written. */
export interface Sourced<T> {
  readonly value: T;
  /** The document it was read in: a title and, where there is one, its address. */
  readonly source: string;
  /** When that document was dated or read, ISO 8601. */
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
  readonly limits: Limits;
  /** Roles that the documented record format has. */
  readonly roles: Sourced<readonly string[]>;
  /** Roles that the service knows elsewhere; whether it takes them in a training file is not documented. */
  readonly uncertainRoles: Sourced<readonly string[]>;
  readonly imageTokens: ImageTokenPrices;
}

/** The limits that rules compare with. A user may override each by a setting of the same name. */
export interface Limits {
  /** Fewest examples a training file may have. */
  readonly minExamples: Sourced<number>;
  /** Most examples with images in a training file. */
  readonly maxImageExamples: Sourced<number>;
  /** Most images in one example. */
  readonly maxImagesPerExample: Sourced<number>;
  /** Most bytes of one image, decoded: past it the image is refused whichever way "10 MB" is read. */
  readonly maxImageBytes: Sourced<number>;
  /** From here on it depends on how "10 MB" is read. */
  readonly warnImageBytes: Sourced<number>;
}

export type LimitName = keyof Limits;

/** What an image costs in tokens (the tile family of models). */
export interface ImageTokenPrices {
  /** Tokens of any image at detail low, and the base at detail high. */
  readonly base: Sourced<number>;
  /** Tokens of each 512×512 tile at detail high. */
  readonly tile: Sourced<number>;
}
