/** What a project wishes of its jobs; whether a service takes it is for who sends it to say. Absent is not decided. */
export interface JobOptions {
  readonly batchSize?: number;
  readonly learningRateMultiplier?: number;
  readonly seed?: number;
  readonly suffix?: string;
  readonly tier?: string;
}

export const jobOptionTypes: Readonly<Record<keyof JobOptions, 'number' | 'string'>> = {
  batchSize: 'number',
  learningRateMultiplier: 'number',
  seed: 'number',
  suffix: 'string',
  tier: 'string',
};

/** One of them; undefined for a value of another type. */
export function readJobOption(name: string, value: unknown): number | string | undefined {
  const type = jobOptionTypes[name as keyof JobOptions] as string | undefined;
  const isOfType =
    typeof value === type && (typeof value === 'number' || typeof value === 'string');
  return isOfType ? value : undefined;
}
