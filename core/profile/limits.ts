import type { LimitName, Limits } from './profile.ts';

/** What each limit is, for settings and for `vision-finetune profiles`. A limit without an entry does not compile. */
export const limitDescriptions: Readonly<Record<LimitName, string>> = {
  minExamples: 'Fewest examples a training file may have.',
  maxImageExamples: 'Most examples with images in a training file.',
  maxImagesPerExample: 'Most images in one example.',
  warnImagesPerExample:
    'Images in one example from which on a warning says that the tuned model may take fewer.',
  maxImageBytes: 'Most bytes of one image, decoded.',
  warnImageBytes:
    'Bytes of one image, decoded, from which on a warning says that it may be too large.',
  minShortSide:
    'Pixels of the shorter side of an image below which information says that little is to be seen.',
  maxExampleTokens: 'Most tokens of one example; what is past them is cut from its end.',
  maxSkippedExamples: 'Most examples that may be skipped before the job fails.',
  maxFileBytes: 'Most bytes of a file sent through the Files API.',
  warnFileBytes: 'Bytes of a file from which on the Files API was seen to lose it.',
  maxPortalFileBytes: 'Most bytes of a file uploaded in the portal.',
  maxUploadBytes: 'Most bytes of a file sent through the Uploads API.',
  maxStoredBytes: 'Most bytes of all files that a resource or project stores.',
  maxStoredFiles: 'Most files that a resource stores.',
  maxTrainingTokens: 'Most tokens of a file times epochs.',
  maxSuffixLength: "Most characters of the suffix of a tuned model's name.",
};

export const limitNames = Object.keys(limitDescriptions) as LimitName[];

/** Told of a provider, but nothing that a file can break: no setting has a say in them. */
const toldOnly: readonly LimitName[] = ['maxStoredFiles', 'maxSuffixLength'];

/** The limits that a user may override. */
export const checkedLimitNames = limitNames.filter((name) => !toldOnly.includes(name));

/** The numbers to compare with: where a provider documents no limit, there is none. */
export function limitValues(limits: Limits): Record<LimitName, number> {
  const entries = limitNames.map((name) => [name, limits[name]?.value ?? Infinity] as const);
  return Object.fromEntries(entries) as Record<LimitName, number>;
}
