import { Ajv } from 'ajv';
import { operations } from './operations/index.ts';
import type { Fault } from './faults.ts';
import { knownRefusals, Refusal } from './refusal.ts';

const count = { type: 'integer', minimum: 0 };

function effect(kind: string, properties: object, required: readonly string[] = []): object {
  return {
    properties: { kind: { const: kind }, ...properties },
    required: ['kind', ...required],
    additionalProperties: false,
  };
}

const schema = {
  type: 'object',
  required: ['moment', 'effect'],
  additionalProperties: false,
  properties: {
    operation: { enum: Object.keys(operations) },
    moment: { enum: ['arrival', 'body', 'reply'] },
    afterBytes: count,
    skip: count,
    times: { type: 'integer', minimum: 1 },
    effect: {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        effect('delay', { milliseconds: { type: 'number', minimum: 0 } }, ['milliseconds']),
        effect(
          'status',
          {
            status: { type: 'integer', minimum: 400, maximum: 599 },
            retryAfter: { type: 'string', pattern: '^[ -~]{1,40}$' },
          },
          ['status'],
        ),
        effect('refuse', { refusal: { enum: Object.keys(knownRefusals) } }, ['refusal']),
        effect('cut', { bytes: count }),
        effect(
          'redirect',
          {
            location: { type: 'string', pattern: '^https?://[!-~]{1,2000}$' },
            status: { enum: [301, 302, 307, 308] },
          },
          ['location'],
        ),
      ],
    },
  },
};

const validate = new Ajv({ discriminator: true }).compile<Fault>(schema);

/** A fault as somebody wrote it down; refuses what is none, with the place. */
export function readFault(value: unknown): Fault {
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const place = error?.instancePath.slice(1).replaceAll('/', '.') ?? '';
  throw new Refusal(
    'badRequest',
    `No fault: ${place} ${error?.message ?? 'is not one'}`.replace('  ', ' '),
  );
}
