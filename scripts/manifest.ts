/**
 * The parts of package.json and of schemas/ that follow from the code: a setting for each rule and each limit.
 * `npm run sync` writes them; a repository test compares.
 */
import { levels } from '../core/finding/finding.ts';
import { providers, type LimitName } from '../core/profile/profile.ts';
import { limitDescriptions, checkedLimitNames } from '../core/profile/limits.ts';
import { modelNames, profiles } from '../core/profile/profiles.ts';
import { rules } from '../core/rules/index.ts';
import { numberRanges, type NumberWish } from '../core/service/wishes.ts';
import { trainingTiers } from '../core/service/surfaces.ts';
import { checkFilesValues } from '../server/protocol.ts';

/** Each rule with the levels that it can be given. */
const severitiesSchema = {
  type: 'object',
  default: {},
  additionalProperties: false,
  properties: Object.fromEntries(
    rules.map(({ id, summary, severity }) => [
      id,
      { type: 'string', enum: levels, default: severity, description: summary },
    ]),
  ),
};

/** Each limit, with what the profiles say of it. */
const limitsSchema = {
  type: 'object',
  default: {},
  additionalProperties: false,
  properties: Object.fromEntries(
    checkedLimitNames.map((name) => [
      name,
      {
        type: 'integer',
        minimum: 1,
        description: `${limitDescriptions[name]} ${describeValues(name)}`,
      },
    ]),
  ),
};

const epochsDescription =
  'How often the job goes over the file, for what it costs. Empty: as the provider chooses, where that is documented.';

/** `contributes.configuration` of package.json. */
export const configuration = {
  title: 'Vision Fine-Tuning',
  properties: {
    'visionFinetune.profile': {
      order: 1,
      type: ['string', 'null'],
      enum: [...providers, null],
      enumDescriptions: [
        'Azure OpenAI',
        'OpenAI',
        'As vision-finetune.json says, else Azure OpenAI',
      ],
      default: null,
      scope: 'resource',
      description: 'The provider whose limits apply.',
    },
    'visionFinetune.model': {
      order: 2,
      type: ['string', 'null'],
      enum: [...modelNames, null],
      default: null,
      scope: 'resource',
      description:
        'The model that is trained. Empty: as vision-finetune.json says, else the default of the provider.',
    },
    'visionFinetune.checkFiles': {
      order: 3,
      type: 'string',
      enum: checkFilesValues,
      enumDescriptions: [
        'Files that look like training data: one of the first 20 records has messages, prompt, input or preferred_output',
        'All JSON Lines files',
        'None, unless the command Check File asks for it',
      ],
      default: 'training',
      scope: 'resource',
      description: 'Which JSON Lines files are checked while they are open.',
    },
    'visionFinetune.validationFile': {
      order: 4,
      type: ['string', 'null'],
      default: null,
      scope: 'resource',
      markdownDescription:
        'The file that a training file is validated with, as a path from its folder or from one above: the two should have no example and no image in common. Empty: the one beside it that is named so, such as `val.jsonl` for `train.jsonl`, or `a_val.jsonl` for `a_train.jsonl` and for `a.jsonl`.',
    },
    'visionFinetune.severities': {
      order: 5,
      scope: 'resource',
      markdownDescription:
        'How grave the findings of a rule are, or `off`. Wins over `severities` in `vision-finetune.json`.',
      ...severitiesSchema,
    },
    'visionFinetune.limits': {
      order: 6,
      scope: 'resource',
      markdownDescription:
        'Limits to apply instead of those of the profile. Wins over `limits` in `vision-finetune.json`.',
      ...limitsSchema,
    },
    'visionFinetune.epochs': {
      order: 7,
      type: ['integer', 'null'],
      minimum: 1,
      default: null,
      scope: 'resource',
      markdownDescription: `${epochsDescription} Wins over \`epochs\` in \`vision-finetune.json\`.`,
    },
    'visionFinetune.recordStatus': {
      order: 8,
      type: 'boolean',
      default: true,
      scope: 'resource',
      description:
        'Shows in the language status how many images and tokens the record at the cursor has.',
    },
    'visionFinetune.remote.allowedHosts': {
      order: 9,
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
      default: [],
      scope: 'application',
      markdownDescription:
        'Hosts that the commands "Check Remote Images" ask without a question. Nothing is fetched but by them.',
    },
    'visionFinetune.remote.allowHttp': {
      order: 10,
      type: 'boolean',
      default: false,
      scope: 'application',
      markdownDescription:
        'Lets the commands "Check Remote Images" fetch over plain http too, where others can see what is fetched, and change it.',
    },
    'visionFinetune.service.azureEndpoints': {
      order: 11,
      type: 'array',
      items: { type: 'string' },
      uniqueItems: true,
      default: [],
      scope: 'application',
      markdownDescription:
        'Resources and projects of Azure OpenAI that jobs may be sent to: a name as `contoso-ai`, or an address. Read from the settings of the user alone.',
    },
    'visionFinetune.service.openaiEndpoint': {
      order: 12,
      type: ['string', 'null'],
      default: null,
      scope: 'application',
      markdownDescription:
        'The address of a service that speaks as OpenAI does. Empty: `https://api.openai.com/v1`. Read from the settings of the user alone.',
    },
    'visionFinetune.service.azureScope': {
      order: 13,
      type: 'string',
      default: 'https://cognitiveservices.azure.com/.default',
      scope: 'application',
      markdownDescription:
        'What a sign-in with Microsoft asks for. Two are known: `https://cognitiveservices.azure.com/.default` for resources, and `https://ai.azure.com/.default`, which some documents give for the v1 surface and for projects.',
    },
    'visionFinetune.trace.server': {
      order: 14,
      type: 'string',
      enum: ['off', 'messages', 'verbose'],
      default: 'off',
      scope: 'window',
      description: 'Writes the messages between VS Code and the language server to the output.',
    },
  },
};

/** The JSON Schema of `vision-finetune.json`, so that editors complete and check it. */
export const configFileSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Options of Vision Fine-Tuning',
  type: 'object',
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    profile: { enum: providers, description: 'The provider whose limits apply.' },
    model: { enum: modelNames, description: 'The model that is trained.' },
    severities: {
      description: 'How grave the findings of a rule are, or "off".',
      ...severitiesSchema,
    },
    limits: { description: 'Limits to apply instead of those of the profile.', ...limitsSchema },
    epochs: { type: 'integer', minimum: 1, description: epochsDescription },
    job: {
      description: 'What "vision-finetune submit" wishes of a job, unless a flag says otherwise.',
      type: 'object',
      additionalProperties: false,
      properties: {
        batchSize: describeWish('batchSize', 'Examples in a batch.'),
        learningRateMultiplier: describeWish(
          'learningRateMultiplier',
          'Times the learning rate that the service chooses.',
        ),
        seed: describeWish('seed', 'Makes a job repeatable, as far as the service can.'),
        suffix: { type: 'string', description: 'Becomes part of the name of the tuned model.' },
        tier: { enum: trainingTiers, description: 'Azure OpenAI: where and how the job is run.' },
      },
    },
  },
};

function describeWish(name: NumberWish, description: string): object {
  const { least, most, isWhole } = numberRanges[name].value;
  const range = isWhole ? { minimum: least, maximum: most } : { exclusiveMinimum: 0 };
  return { type: isWhole ? 'integer' : 'number', ...range, description };
}

/** `Azure OpenAI: 64; OpenAI: 10.` */
function describeValues(name: LimitName): string {
  const byProvider = new Map(
    profiles.map(({ providerName, limits }) => [providerName, limits[name]?.value]),
  );
  const words = [...byProvider].map(
    ([provider, limit]) => `${provider}: ${limit?.toLocaleString('en-US') ?? 'none'}`,
  );
  return `${words.join('; ')}.`;
}
