import {
  azureApi,
  azureFineTuning,
  azureLargeFiles,
  openaiSpec,
  sourced,
} from '../profile/sources.ts';
import type { Sourced } from '../profile/profile.ts';
import type { Surface } from './endpoint.ts';

/** How the tier of a training is called by people, and how each surface spells it. */
export const trainingTiers = ['standard', 'globalStandard', 'developer'] as const;
export type TrainingTier = (typeof trainingTiers)[number];

/** What a surface offers beyond the operations that all have. */
export interface SurfaceFacts {
  /** As people call it: `Azure OpenAI, v1`. */
  readonly name: string;
  /** Whether files can be sent in parts. */
  readonly hasUploads: Sourced<boolean>;
  /** Whether a job carries key-value pairs of ours, and jobs can be found by them. */
  readonly hasMetadata: Sourced<boolean>;
  /** Whether a file has to be processed before a job may name it. */
  readonly processesFiles: Sourced<boolean>;
  /** The spelling of each tier in `trainingType`; absent where there are no tiers. */
  readonly trainingTypes?: Sourced<Readonly<Record<TrainingTier, string>>>;
}

/** Spellings differ between the documents. */
const trainingTypes = sourced(
  { standard: 'Standard', globalStandard: 'GlobalStandard', developer: 'Developer' },
  azureFineTuning,
);

export const surfaces: Readonly<Record<Surface, SurfaceFacts>> = {
  openai: {
    name: 'OpenAI',
    hasUploads: sourced(true, openaiSpec),
    hasMetadata: sourced(true, openaiSpec),
    processesFiles: sourced(false, openaiSpec),
  },
  'azure-v1': {
    name: 'Azure OpenAI, v1',
    hasUploads: sourced(false, azureLargeFiles),
    hasMetadata: sourced(true, azureFineTuning),
    processesFiles: sourced(true, azureFineTuning),
    trainingTypes,
  },
  'azure-project-v1': {
    name: 'Azure AI Foundry project, v1',
    hasUploads: sourced(false, azureLargeFiles),
    hasMetadata: sourced(true, azureFineTuning),
    processesFiles: sourced(true, azureFineTuning),
    trainingTypes,
  },
  'azure-dated': {
    name: 'Azure OpenAI, dated API',
    hasUploads: sourced(true, azureLargeFiles),
    hasMetadata: sourced(false, azureApi),
    processesFiles: sourced(true, azureApi),
    trainingTypes,
  },
};

/** Of the Uploads API: most bytes of one part, and how long an upload stays open, in seconds. */
export const uploadLimits = {
  maxPartBytes: sourced(64 * 1024 * 1024, openaiSpec),
  secondsOpen: sourced(3600, openaiSpec),
};
