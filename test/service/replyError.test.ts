import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { replyError } from '../../core/service/replyError.ts';
import type { ServiceError } from '../../core/service/serviceError.ts';

const closing = {
  error: {
    message: 'OpenAI is winding down the fine-tuning platform',
    type: 'invalid_request_error',
    param: null,
    code: 'training_not_available',
  },
};

/** What a service answers: its status, its body, and the kind and outcome that it means. */
const answers: readonly [number, unknown, string][] = [
  [0, '', 'not-the-service unknown'],
  [301, '', 'redirect refused'],
  [303, '', 'redirect unknown'],
  [307, '', 'redirect refused'],
  [400, azure('invalidPayload', 'The file has no content type.'), 'refused refused'],
  [400, azure('quotaExceeded', 'Too many files.'), 'quota-full refused'],
  [400, error('The specified base model does not support fine-tuning'), 'wrong-model refused'],
  [401, error('Incorrect API key provided', 'invalid_api_key'), 'wrong-key refused'],
  [401, { statusCode: 401, message: 'Unauthorized.' }, 'wrong-key refused'],
  [403, error('No permission'), 'forbidden refused'],
  [403, closing, 'training-closed refused'],
  [404, error('No such File object', 'not_found'), 'not-found refused'],
  [404, '<html>nginx</html>', 'not-the-service refused'],
  [404, error('The model does not exist', 'model_not_found'), 'wrong-model refused'],
  [408, '', 'service-failed unknown'],
  [409, error('Conflict'), 'conflict unknown'],
  [413, '', 'too-large refused'],
  [429, error('Rate limit reached'), 'rate-limited refused'],
  [429, error('You exceeded your current quota', 'insufficient_quota'), 'quota-full refused'],
  [500, error('Internal error'), 'service-failed unknown'],
  [502, '<html>', 'service-failed unknown'],
  [503, '', 'service-failed unknown'],
  [999, '', 'not-the-service unknown'],
];

describe('an answer of the service', () => {
  it('is no error with any status of success', () => {
    assert.equal(read(200, {}), undefined);
    assert.equal(read(201, {}), undefined);
  });

  for (const [status, body, expected] of answers) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    it(`${status} ${text.slice(0, 70)} is ${expected}`, () => {
      const found = read(status, body);
      assert.equal(`${found?.kind} ${found?.outcome}`, expected);
      assert.match(found?.message ?? '', /\.$|It said: /);
    });
  }

  it("shows the service's own words, with what would change a terminal made visible, and not at any length", () => {
    const found = read(400, error(`bad \u001b[2Jvalue ${'x'.repeat(2000)}`));
    assert.match(found?.message ?? '', /It said: bad \\u001b\[2Jvalue x/);
    assert.ok((found?.message.length ?? 0) < 700);
  });

  it('tells how long the service asks to wait, in seconds or as a date', () => {
    assert.equal(read(429, '', { 'retry-after': '7' })?.retryAfter, 7000);
    const date = new Date(now + 30_000).toUTCString();
    assert.equal(read(503, '', { 'retry-after': date })?.retryAfter, 30_000);
    assert.equal(read(503, '', { 'retry-after': 'soon' })?.retryAfter, undefined);
  });
});

const now = Date.UTC(2026, 10, 21);

function read(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): ServiceError | undefined {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return replyError({ status, headers, body: Buffer.from(text) }, 'api.openai.com', now);
}

function error(message: string, code: string | null = null): unknown {
  return { error: { message, type: 'invalid_request_error', param: null, code } };
}

function azure(code: string, message: string): unknown {
  return { error: { code, message } };
}
