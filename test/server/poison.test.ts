import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Quarantine } from '../../client/survival/quarantine.ts';
import { Restarts } from '../../client/survival/restarts.ts';
import { Watchdog } from '../../client/survival/watchdog.ts';
import { pingMethod } from '../../server/protocol.ts';
import { Client } from '../helpers/client.ts';
import { attachTo, builtServer } from '../helpers/server.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { robot } from './records.ts';

const poison = pathToFileURL(join(import.meta.dirname, '..', 'helpers', 'poison.ts')).href;

/** An editor that keeps its server alive as the client does, with the same parts. */
class Survivor {
  readonly quarantine = new Quarantine();
  readonly left: string[] = [];
  starts = 0;
  client: Client | undefined;
  readonly #restarts = new Restarts();
  readonly #documents: ReadonlyMap<string, string>;
  readonly #spawn: () => ChildProcess;
  #child: ChildProcess | undefined;
  #watchdog: Watchdog | undefined;

  constructor(spawn: () => ChildProcess, documents: Readonly<Record<string, string>>) {
    this.#spawn = spawn;
    this.#documents = new Map(Object.entries(documents));
  }

  /** Starts the server as often as it dies, until all documents are checked that can be. */
  async live(): Promise<void> {
    while (!(await this.#liveOnce())) {
      this.left.push(...this.quarantine.noteDeath(performance.now()));
      assert.notEqual(this.#restarts.delayAfterDeath(performance.now()), undefined);
    }
  }

  end(): void {
    this.#watchdog?.dispose();
    this.#child?.kill('SIGKILL');
  }

  /** Whether the server has outlived it. */
  async #liveOnce(): Promise<boolean> {
    this.starts++;
    this.#watchdog?.dispose();
    const child = (this.#child = this.#spawn());
    const death = once(child, 'exit');
    const client = (this.client = await Client.start(attachTo(child)));
    this.#watchdog = new Watchdog({
      isBusy: () => this.quarantine.isBusy,
      ping: () => client.connection.sendRequest(pingMethod),
      end: () => child.kill('SIGKILL'),
    });
    const settled: Promise<void>[] = [];
    const work = Promise.withResolvers<undefined>();
    for (const [uri, text] of this.#documents) {
      this.quarantine.open(uri, () => {
        client.open(uri, text);
        const checked = client.codes(uri).then(() => this.quarantine.settle(uri, 1));
        settled.push(checked.catch(() => undefined));
        if (settled.length === this.#documents.size - this.quarantine.left.size) {
          void Promise.all(settled).then(() => work.resolve(undefined));
        }
      });
    }
    return Promise.race([death.then(() => false), work.promise.then(() => true)]);
  }
}

describe('A document that is the end of the server', () => {
  const built = builtServer();
  const survivors: Survivor[] = [];
  after(() => survivors.forEach((survivor) => survivor.end()));

  for (const kind of ['kill', 'loop']) {
    it(`by a ${kind} is named after two deaths, and the others have their findings`, async () => {
      const survivor = new Survivor(() => built.spawn(['--stdio'], ['--import', poison]), {
        'file:///a.jsonl': withSoundRecords(robot),
        'file:///poison.jsonl': withSoundRecords(soundRecord.replace('Hi', `poison: ${kind}`)),
        'file:///b.jsonl': withSoundRecords('{'),
        'file:///c.jsonl': withSoundRecords(),
      });
      survivors.push(survivor);
      await survivor.live();
      assert.deepEqual(survivor.left, ['file:///poison.jsonl']);
      assert.equal(survivor.starts, 3);
      const { client } = survivor;
      assert.deepEqual(await client?.codes('file:///a.jsonl'), ['message-role:1']);
      assert.deepEqual(await client?.codes('file:///b.jsonl'), ['json-syntax:1']);
      assert.deepEqual(await client?.codes('file:///c.jsonl'), []);
    });
  }
});
