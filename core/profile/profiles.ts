import type { ImageTokenPrices, Limits, ModelName, Profile, Provider, Sourced } from './profile.ts';

const azureVision =
  'Microsoft Learn, "Vision fine-tuning" (azure/foundry/openai/how-to/fine-tuning-vision)';
const openaiVision =
  'OpenAI, "Vision fine-tuning" (developers.openai.com/api/docs/guides/vision-fine-tuning)';
const openaiImages =
  'OpenAI, "Images and vision" (developers.openai.com/api/docs/guides/images-vision)';
const openaiSupervised =
  'OpenAI, "Supervised fine-tuning" (developers.openai.com/api/docs/guides/supervised-fine-tuning)';

function sourced<T>(value: T, source: string, date: string): Sourced<T> {
  return { value, source, date };
}

// "10 MB" is not said to be 10^7 or 10 × 1024² bytes, of the file or of its base64: past the larger an image is
// certainly too large, between the two it may be.
const mebibyte = 1024 * 1024;

const azureLimits: Limits = {
  minExamples: sourced(10, azureVision, '2026-07-31'),
  maxImageExamples: sourced(50_000, azureVision, '2026-07-31'),
  maxImagesPerExample: sourced(64, azureVision, '2026-07-31'),
  maxImageBytes: sourced(10 * mebibyte, azureVision, '2026-07-31'),
  warnImageBytes: sourced(10_000_001, azureVision, '2026-07-31'),
};

const openaiLimits: Limits = {
  minExamples: sourced(10, openaiSupervised, '2026-11-01'),
  maxImageExamples: sourced(50_000, openaiVision, '2026-11-01'),
  maxImagesPerExample: sourced(10, openaiVision, '2026-11-01'),
  maxImageBytes: sourced(10 * mebibyte, openaiVision, '2026-11-01'),
  warnImageBytes: sourced(10_000_001, openaiVision, '2026-11-01'),
};

/** gpt-4o and gpt-4.1 count alike. */
const tilePrices: ImageTokenPrices = {
  base: sourced(85, openaiImages, '2026-09-05'),
  tile: sourced(170, openaiImages, '2026-09-05'),
};

const openaiSpec =
  'OpenAI API description, FineTuneChatRequestInput (openai/openai-openapi, branch manual_spec)';

/** What all profiles share: one record format, one way to count. */
const common = {
  roles: sourced(['system', 'user', 'assistant', 'tool', 'function'], openaiSpec, '2025-04-29'),
  uncertainRoles: sourced(['developer'], openaiSpec, '2025-04-29'),
  imageTokens: tilePrices,
};

const azure = {
  ...common,
  provider: 'azure',
  providerName: 'Azure OpenAI',
  limits: azureLimits,
} as const;
const openai = {
  ...common,
  provider: 'openai',
  providerName: 'OpenAI',
  limits: openaiLimits,
} as const;

/** Every provider and model; the first of a provider is its default, the very first the default of all. */
export const profiles: readonly Profile[] = [
  dated({ ...azure, model: 'gpt-4.1-2025-04-14' }),
  dated({ ...azure, model: 'gpt-4o-2024-08-06' }),
  dated({ ...openai, model: 'gpt-4o-2024-08-06' }),
  dated({
    ...openai,
    model: 'gpt-4.1-2025-04-14',
    remark: sourced(
      'OpenAI names only gpt-4o-2024-08-06 for fine-tuning on images.',
      openaiVision,
      '2026-11-01',
    ),
  }),
];

/** The models that people may name: all that any profile has. */
export const modelNames: readonly ModelName[] = [...new Set(profiles.map((each) => each.model))];

/** The profile of a provider and model; without a model, the provider's default. */
export function findProfile(provider: Provider, model?: ModelName): Profile | undefined {
  return profiles.find((each) => each.provider === provider && (!model || each.model === model));
}

function dated(profile: Omit<Profile, 'date'>): Profile {
  const { limits, roles, imageTokens } = profile;
  const sources: readonly Sourced<unknown>[] = [roles, ...values(limits), ...values(imageTokens)];
  return {
    ...profile,
    date: sources.reduce((newest, { date }) => (date > newest ? date : newest), ''),
  };
}

/** `Object.values` forgets the type of an interface's values. */
function values(group: Limits | ImageTokenPrices): readonly Sourced<number>[] {
  return Object.values<Sourced<number>>({ ...group });
}
