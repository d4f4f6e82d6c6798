import type {
  EpochHeuristic,
  ImageTokenPrices,
  Limits,
  ModelName,
  Profile,
  Provider,
  RecordFormat,
  Sourced,
  TextTokenCounts,
} from './profile.ts';
import {
  azureApi,
  azureFineTuning,
  azureLargeFiles,
  azureQuotas,
  azureRetirements,
  azureSkipQuestion,
  azureTroubleshooting,
  azureVision,
  azureVisionModels,
  openaiCookbook,
  openaiDeprecations,
  openaiExtraKey,
  openaiFineTuning,
  openaiImages,
  openaiPrices,
  openaiRecordSpec,
  openaiSpec,
  openaiSupervised,
  openaiTiktoken,
  openaiVision,
  ownJudgement,
  sourced,
} from './sources.ts';

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

// "10 MB" is not said to be 10^7 or 10 × 1024² bytes, of the file or of its base64: past the larger an image is
// certainly too large, between the two it may be.
const azureLimits: Limits = {
  minExamples: sourced(10, azureVision),
  maxImageExamples: sourced(50_000, azureVision),
  maxImagesPerExample: sourced(64, azureVision),
  warnImagesPerExample: sourced(10, azureVisionModels),
  maxImageBytes: sourced(10 * mebibyte, azureVision),
  warnImageBytes: sourced(10_000_001, azureVision),
  minShortSide: sourced(100, ownJudgement),
  maxExampleTokens: sourced(65_536, azureFineTuning),
  maxSkippedExamples: sourced(200, azureSkipQuestion),
  maxFileBytes: sourced(512 * mebibyte, azureFineTuning),
  warnFileBytes: sourced(150 * mebibyte, azureLargeFiles),
  maxPortalFileBytes: sourced(200 * mebibyte, azureQuotas),
  maxUploadBytes: sourced(8 * gibibyte, azureTroubleshooting),
  maxStoredBytes: sourced(gibibyte, azureQuotas),
  maxStoredFiles: sourced(100, azureQuotas),
  maxTrainingTokens: sourced(2_000_000_000, azureQuotas),
  maxSuffixLength: sourced(40, azureApi),
};

const openaiLimits: Limits = {
  minExamples: sourced(10, openaiSupervised),
  maxImageExamples: sourced(50_000, openaiVision),
  maxImagesPerExample: sourced(10, openaiVision),
  maxImageBytes: sourced(10 * mebibyte, openaiVision),
  warnImageBytes: sourced(10_000_001, openaiVision),
  minShortSide: sourced(100, ownJudgement),
  maxExampleTokens: sourced(65_536, openaiFineTuning),
  maxFileBytes: sourced(512 * mebibyte, openaiSpec),
  maxUploadBytes: sourced(8 * gibibyte, openaiSpec),
  maxStoredBytes: sourced(2_500_000_000_000, openaiSpec),
  maxSuffixLength: sourced(64, openaiSpec),
};

/** gpt-4o and gpt-4.1 count alike. */
const tilePrices: ImageTokenPrices = {
  base: sourced(85, openaiImages),
  tile: sourced(170, openaiImages),
};

/** The notebook writes its numbers for another encoding: an estimate. */
const textTokens: TextTokenCounts = {
  encoding: sourced('o200k_base', openaiTiktoken),
  perMessage: sourced(3, openaiCookbook),
  perName: sourced(1, openaiCookbook),
  perRecord: sourced(3, openaiCookbook),
};

const openaiEpochs: EpochHeuristic = {
  target: 3,
  minExamples: 100,
  maxExamples: 25_000,
  minEpochs: 1,
  maxEpochs: 25,
};

const messageKeys = {
  system: ['role', 'content', 'name'],
  developer: ['role', 'content', 'name'],
  user: ['role', 'content', 'name'],
  assistant: [
    'role',
    'content',
    'name',
    'weight',
    'refusal',
    'audio',
    'tool_calls',
    'function_call',
  ],
  // The description has no name here; the notebook of OpenAI's cookbook that checks training data takes one.
  tool: ['role', 'content', 'tool_call_id', 'name'],
  function: ['role', 'content', 'name'],
} as const;

/** Both providers document the same record; what Azure does with other keys is not known. */
const azureFormat: RecordFormat = {
  roles: sourced(['system', 'user', 'assistant', 'tool', 'function'], openaiRecordSpec),
  uncertainRoles: sourced(['developer'], openaiRecordSpec),
  recordKeys: sourced(['tools', 'parallel_tool_calls', 'functions'], openaiRecordSpec),
  messageKeys: sourced(messageKeys, openaiRecordSpec),
  partKeys: sourced(
    {
      text: ['type', 'text'],
      image_url: ['type', 'image_url'],
      refusal: ['type', 'refusal'],
    },
    openaiRecordSpec,
  ),
  imageUrlKeys: sourced(['url', 'detail'], openaiRecordSpec),
  maxToolNameLength: sourced(64, openaiSpec),
  maxFunctions: sourced(128, openaiRecordSpec),
  refusesOtherRecordKeys: sourced(false, openaiRecordSpec),
};

const openaiFormat: RecordFormat = {
  ...azureFormat,
  refusesOtherRecordKeys: sourced(true, openaiExtraKey),
};

const azure = {
  provider: 'azure',
  providerName: 'Azure OpenAI',
  limits: azureLimits,
  format: azureFormat,
  // Its own samples have none, and are taken: nobody is told of a mark that is missing.
  asksForByteOrderMark: sourced(true, azureFineTuning),
  imageTokens: tilePrices,
  textTokens,
} as const;

const openai = {
  provider: 'openai',
  providerName: 'OpenAI',
  limits: openaiLimits,
  format: openaiFormat,
  asksForByteOrderMark: sourced(false, openaiSupervised),
  imageTokens: tilePrices,
  textTokens,
  trainingPrice: sourced(25, openaiPrices),
  defaultEpochs: sourced(openaiEpochs, openaiCookbook),
  notices: [
    {
      day: '2027-01-06',
      ...sourced('OpenAI takes no fine-tuning jobs any more', openaiDeprecations),
    },
  ],
} as const;

/** Every provider and model; the first of a provider is its default, the very first the default of all. */
export const profiles: readonly Profile[] = [
  dated({
    ...azure,
    model: 'gpt-4.1-2025-04-14',
    notices: azureNotices('2026-10-14', '2027-04-14'),
  }),
  dated({
    ...azure,
    model: 'gpt-4o-2024-08-06',
    notices: azureNotices('2026-10-01', '2027-04-01'),
  }),
  dated({ ...openai, model: 'gpt-4o-2024-08-06' }),
  dated({
    ...openai,
    model: 'gpt-4.1-2025-04-14',
    remark: sourced('OpenAI names only gpt-4o-2024-08-06 for fine-tuning on images.', openaiVision),
  }),
];

/** The models that people may name: all that any profile has. */
export const modelNames: readonly ModelName[] = [...new Set(profiles.map((each) => each.model))];

/** The profile of a provider and model; without a model, the provider's default. */
export function findProfile(provider: Provider, model?: string): Profile | undefined {
  return profiles.find((each) => each.provider === provider && (!model || each.model === model));
}

/** `baseDay`: the base model retires; `trainingDay`: the earliest end of training for those who have trained before. */
function azureNotices(baseDay: string, trainingDay: string): Profile['notices'] {
  return [
    {
      day: baseDay,
      ...sourced(
        'Azure trains this model only for customers who have trained it before',
        azureRetirements,
      ),
    },
    {
      day: trainingDay,
      ...sourced('Azure may end training of this model for all', azureRetirements),
    },
  ];
}

function dated(profile: Omit<Profile, 'date'>): Profile {
  const { limits, format, imageTokens, textTokens } = profile;
  const sources = [
    ...values(limits),
    ...values(format),
    ...values(imageTokens),
    ...values(textTokens),
  ];
  return {
    ...profile,
    date: sources.reduce((newest, { date }) => (date > newest ? date : newest), ''),
  };
}

/** `Object.values` forgets the type of an interface's values. */
function values(group: object): readonly Sourced<unknown>[] {
  return Object.values(group) as Sourced<unknown>[];
}
