/** The environment variables that keys are read from; the official clients read the same. */
export const keyVariables = [
  'OPENAI_API_KEY',
  'AZURE_OPENAI_API_KEY',
  'AZURE_OPENAI_AD_TOKEN',
] as const;

export type KeyVariable = (typeof keyVariables)[number];
