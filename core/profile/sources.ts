import type { Sourced } from './profile.ts';

/** A document in which limits are written. Where its own date is not known, the month in which it was read. */
export interface Source {
  readonly source: string;
  readonly date: string;
}

export function sourced<T>(value: T, { source, date }: Source): Sourced<T> {
  return { value, source, date };
}

function doc(source: string, date: string): Source {
  return { source, date };
}

// Microsoft Learn, pages of "Azure OpenAI in Microsoft Foundry models".
const learn = 'learn.microsoft.com/azure/foundry/openai';
export const azureVision = doc(
  `Microsoft Learn, "Vision fine-tuning" (${learn}/how-to/fine-tuning-vision)`,
  '2026-07-31',
);
export const azureQuotas = doc(
  `Microsoft Learn, "Quotas and limits" (${learn}/quotas-limits)`,
  '2026-02-17',
);
export const azureFineTuning = doc(
  `Microsoft Learn, "Customize a model with fine-tuning" (${learn}/how-to/fine-tuning)`,
  '2026-11',
);
export const azureTroubleshooting = doc(
  `Microsoft Learn, "Troubleshoot fine-tuning" (${learn}/how-to/fine-tuning-troubleshoot)`,
  '2025-08-29',
);
export const azureCosts = doc(
  `Microsoft Learn, "Cost management for fine-tuning" (${learn}/how-to/fine-tuning-cost-management)`,
  '2026-11',
);
export const azureVisionModels = doc(
  `Microsoft Learn, "Use vision-enabled chat models" (${learn}/how-to/gpt-with-vision)`,
  '2026-11',
);
export const azureRetirements = doc(
  `Microsoft Learn, "Model deprecations and retirements" (${learn}/concepts/model-retirements)`,
  '2026-07-07',
);
export const azureApi = doc(
  'Azure OpenAI authoring API 2024-10-21 (Azure/azure-rest-api-specs)',
  '2024-10-21',
);
/** A question that shows the service's own message: 3,124 examples skipped, 200 allowed. */
export const azureSkipQuestion = doc(
  'Microsoft Q&A 2225236, "How to host private images for fine-tuning gpt-4o"',
  '2025-03-14',
);
export const azureLargeFiles = doc(
  'microsoft/azure-skills, finetuning/references/large-file-uploads.md',
  '2026-08-20',
);

/** No document of either provider gives a number. The troubleshooting of vision fine-tuning names poor results without one. */
export const ownJudgement = doc(
  'Chosen for this check: smaller than any thumbnail in use, and documented nowhere',
  '2026-11',
);

// developers.openai.com
const openai = 'developers.openai.com/api/docs';
export const openaiVision = doc(
  `OpenAI, "Vision fine-tuning" (${openai}/guides/vision-fine-tuning)`,
  '2026-11',
);
export const openaiImages = doc(
  `OpenAI, "Images and vision" (${openai}/guides/images-vision)`,
  '2026-09-05',
);
export const openaiSupervised = doc(
  `OpenAI, "Supervised fine-tuning" (${openai}/guides/supervised-fine-tuning)`,
  '2026-11',
);
export const openaiFineTuning = doc('OpenAI, "Fine-tuning" (guide of late 2024)', '2024-11');
export const openaiPrices = doc(`OpenAI, "Pricing" (${openai}/pricing)`, '2026-11');
export const openaiDeprecations = doc(`OpenAI, "Deprecations" (${openai}/deprecations)`, '2026-07');
export const openaiSpec = doc(
  'OpenAI API description (openai/openai-openapi, openapi.yaml)',
  '2026-08-21',
);
export const openaiRecordSpec = doc(
  'OpenAI API description, FineTuneChatRequestInput (openai/openai-openapi, branch manual_spec)',
  '2025-04-29',
);
/** A job that failed with: Example 1 contains an extra "weight". */
export const openaiExtraKey = doc(
  'OpenAI developer forum, job error "contains an extra …"',
  '2026-11',
);
/** A notebook that counts tokens and works out epochs: openai/openai-cookbook at 2e652704. */
export const openaiCookbook = doc(
  'OpenAI Cookbook, "Data preparation and analysis for chat model fine-tuning" (examples/Chat_finetuning_data_prep.ipynb)',
  '2026-11',
);
export const openaiTiktoken = doc('openai/tiktoken, tiktoken/model.py', '2026-11');
