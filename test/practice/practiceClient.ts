import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TestContext } from 'node:test';
import { PracticeService, type PracticeOptions } from '../../practice/practice.ts';
import type { SurfaceName } from '../../practice/surface.ts';
import { FakeClock } from './fakeClock.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly body: Body;
}

/** Members that some answer has. */
export interface Body {
  readonly [name: string]: unknown;
  readonly id: string;
  readonly status: string;
  readonly data: readonly Body[];
  readonly error: {
    readonly code: string | null;
    readonly message: string;
    readonly param?: string;
  };
}

export interface Asked {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** The service with a clock that stands still, and one who asks it on a surface. */
export class Practice {
  readonly clock: FakeClock;
  readonly service: PracticeService;
  readonly surface: SurfaceName;

  constructor(service: PracticeService, clock: FakeClock, surface: SurfaceName) {
    this.service = service;
    this.clock = clock;
    this.surface = surface;
  }

  /** The same service on another surface. */
  on(surface: SurfaceName): Practice {
    return new Practice(this.service, this.clock, surface);
  }

  async ask(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    const { json, form, headers, signal } = asked;
    const response = await fetch(this.address(path), {
      method,
      redirect: 'manual',
      headers: {
        ...(this.surface === 'openai'
          ? { authorization: `Bearer ${this.service.key}` }
          : { 'api-key': this.service.key }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(form && { body: form }),
      ...(signal && { signal }),
    });
    const received = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    const body = (isJson && received !== '' ? JSON.parse(received) : {}) as Body;
    return { status: response.status, headers: response.headers, text: received, body };
  }

  address(path: string): string {
    const base = this.service.addresses[this.surface] ?? '';
    if (this.surface !== 'azure-dated') return base + path;
    return `${base}${path}${path.includes('?') ? '&' : '?'}api-version=2025-04-01-preview`;
  }

  upload(
    content: string,
    { purpose = 'fine-tune', type = 'application/jsonl' } = {},
  ): Promise<Answer> {
    const form = new FormData();
    form.set('purpose', purpose);
    form.set('file', new Blob([content], { type }), 'train.jsonl');
    return this.ask('POST', '/files', { form });
  }

  /** The id of a file that has been processed. */
  async uploaded(content: string): Promise<string> {
    const { body } = await this.upload(content);
    await this.pass(2000);
    return body.id;
  }

  createJob(training: string, more: object = {}): Promise<Answer> {
    const model = this.surface === 'openai' ? 'gpt-4o-2024-08-06' : 'gpt-4.1-2025-04-14';
    return this.ask('POST', '/fine_tuning/jobs', {
      json: { model, training_file: training, ...more },
    });
  }

  /** A job of a file, when so much time has passed that it must be at its end. */
  async finishedJob(content: string, more: object = {}): Promise<Body> {
    const { body } = await this.createJob(await this.uploaded(content), more);
    await this.pass(60_000);
    return (await this.ask('GET', `/fine_tuning/jobs/${body.id}`)).body;
  }

  /** All that the job tells, oldest first. */
  async events(jobId: string): Promise<Body[]> {
    const events: Body[] = [];
    for (let after = ''; ; after = `&after=${events.at(-1)?.id ?? ''}`) {
      const path = `/fine_tuning/jobs/${jobId}/events?limit=100${after}`;
      const { body } = await this.ask('GET', path);
      events.push(...body.data);
      if (body['has_more'] !== true) return events.reverse();
    }
  }

  async messages(jobId: string): Promise<string[]> {
    return (await this.events(jobId)).map((event) => String(event['message']));
  }

  async pass(milliseconds: number): Promise<void> {
    await this.clock.advance(this.service, milliseconds);
  }
}

/** Gone when the test is over. */
export async function startPractice(
  test: TestContext,
  surface: SurfaceName,
  options: PracticeOptions = {},
): Promise<Practice> {
  const clock = new FakeClock();
  const service = await PracticeService.start({ clock, ...options });
  test.after(() => service.stop());
  return new Practice(service, clock, surface);
}

/** Sends these bytes, whatever they are, and gives all that comes back. */
export async function sendRaw(practice: Practice, bytes: string | Buffer): Promise<string> {
  const { port } = new URL(practice.service.origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(bytes);
  return text(socket).catch(() => '');
}
