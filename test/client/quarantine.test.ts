import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Quarantine } from '../../client/survival/quarantine.ts';

/** An editor with documents, of which the server is told through a quarantine. */
class Documents {
  readonly quarantine = new Quarantine();
  /** Documents that the server was told of, in order, since it started. */
  opened: string[] = [];
  readonly #names: string[];

  constructor(...names: readonly string[]) {
    this.#names = [...names];
    this.start();
  }

  /** The server starts: all documents are open in the editor. */
  start(): void {
    this.opened = [];
    for (const name of this.#names) this.open(name);
  }

  open(name: string): void {
    if (!this.#names.includes(name)) this.#names.push(name);
    this.quarantine.open(name, () => this.opened.push(name));
  }

  settle(...names: readonly string[]): void {
    for (const name of names) this.quarantine.settle(name, 1);
  }

  /** The server dies and starts again. Gives what is left out from then on. */
  die(now = 0): readonly string[] {
    const left = this.quarantine.noteDeath(now);
    this.start();
    return left;
  }
}

describe('the quarantine', () => {
  it('opens documents at once while nothing has happened', () => {
    const documents = new Documents('a', 'b');
    assert.deepEqual(documents.opened, ['a', 'b']);
  });

  it('opens what the server died with one by one, and leaves the cause out after the second death', () => {
    const documents = new Documents('a', 'poison', 'b');
    assert.deepEqual(documents.die(), []);
    assert.deepEqual(documents.opened, ['a'], 'the others wait');
    documents.settle('a');
    assert.deepEqual(documents.opened, ['a', 'poison']);
    assert.deepEqual(documents.die(), ['poison']);
    documents.settle('a');
    assert.deepEqual(documents.opened, ['a', 'b'], 'b, which was never checked, has its turn');
    assert.deepEqual([...documents.quarantine.left], ['poison']);
    assert.equal(documents.quarantine.isOpen('poison'), false);
  });

  it('opens what was done with before at once', () => {
    const documents = new Documents('a', 'poison');
    documents.settle('a');
    documents.die();
    assert.deepEqual(documents.opened, ['a'], 'the suspect waits until that is checked');
    documents.settle('a');
    assert.deepEqual(documents.opened, ['a', 'poison']);
  });

  it('clears a document that is checked to its end', () => {
    const documents = new Documents('a', 'poison');
    documents.die();
    documents.settle('a');
    documents.die();
    documents.settle('a');
    documents.quarantine.note('a', 2);
    assert.deepEqual(documents.die(), [], 'it is the first death that counts');
  });

  it('blames nobody for a death in idleness', () => {
    const documents = new Documents('a', 'b');
    documents.settle('a', 'b');
    documents.die();
    documents.settle('a', 'b');
    assert.deepEqual(documents.die(), []);
    assert.deepEqual(documents.opened, ['a', 'b']);
  });

  it('does not take an answer about an older text for the end of the work', () => {
    const documents = new Documents('a');
    documents.quarantine.note('a', 2);
    documents.settle('a');
    assert.ok(documents.quarantine.isBusy);
    documents.quarantine.settle('a', 2);
    assert.ok(!documents.quarantine.isBusy);
  });

  it('leaves out what kills by a request, though its check comes to an end each time', () => {
    const documents = new Documents('a', 'poison');
    documents.settle('a', 'poison');
    documents.quarantine.ask('poison');
    assert.deepEqual(documents.die(1000), []);
    documents.settle('a', 'poison');
    documents.quarantine.ask('poison');
    assert.deepEqual(documents.die(2000), ['poison']);
    assert.deepEqual(documents.opened, ['a']);
  });

  it('forgets a death by a request after three minutes, and one that was answered at once', () => {
    const documents = new Documents('a');
    documents.settle('a');
    const answered = documents.quarantine.ask('a');
    assert.deepEqual(documents.quarantine.atWork, ['a']);
    answered();
    assert.deepEqual(documents.quarantine.atWork, []);
    documents.quarantine.ask('a');
    documents.die(0);
    documents.settle('a');
    documents.quarantine.ask('a');
    assert.deepEqual(documents.die(200_000), []);
  });

  it('goes on to the next suspect when one is closed', () => {
    const documents = new Documents('a', 'b');
    documents.die();
    assert.deepEqual(documents.opened, ['a']);
    documents.quarantine.close('a');
    assert.deepEqual(documents.opened, ['a', 'b']);
  });

  it('opens one that has changed once more, alone, and leaves it out again after one more death', () => {
    const documents = new Documents('poison', 'a');
    documents.settle('a');
    documents.die();
    documents.settle('a');
    documents.die();
    documents.quarantine.retry('poison');
    assert.deepEqual(documents.opened, ['a'], 'it waits until all else is checked');
    documents.settle('a');
    assert.deepEqual(documents.opened, ['a', 'poison']);
    assert.deepEqual([...documents.quarantine.left], []);
    assert.deepEqual(documents.die(), ['poison']);
    documents.settle('a');
    documents.quarantine.retry('poison');
    documents.settle('poison');
    documents.quarantine.note('poison', 2);
    assert.deepEqual(documents.die(), [], 'one that was checked to its end is as any other');
    documents.quarantine.retry('a');
    assert.deepEqual(documents.opened, ['poison', 'a'], 'there is nothing to retry');
  });

  it('gives every document another chance when somebody asks for it', () => {
    const documents = new Documents('poison');
    documents.die();
    documents.die();
    assert.deepEqual(documents.opened, []);
    documents.quarantine.clear();
    documents.start();
    assert.deepEqual(documents.opened, ['poison']);
  });
});
