import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Client } from '../helpers/client.ts';
import { describeServer } from '../helpers/serverSuite.ts';

const uri = 'file:///train.jsonl';
const record =
  '{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Yes"}]}';
const formatted = JSON.stringify(JSON.parse(record), undefined, 2);
const other = record.replace('Hi', 'Ho');
const copies = { severities: { 'too-few-examples': 'off' } };
const settings = { severities: { 'too-few-examples': 'off', 'duplicate-example': 'off' } };

describeServer('repairs of whole lines', (connect) => {
  async function open(text: string, options: object = settings): Promise<Client> {
    const client = await connect({ settings: options });
    client.open(uri, text);
    await client.diagnostics(uri);
    return client;
  }

  it('take a blank line out, and all of them', async () => {
    const client = await open(`${record}\n\n${record}\n \n`);
    await choose(client, 1, 'Remove the blank line');
    assert.equal(client.text(uri), `${record}\n${record}\n \n`);
    client.close(uri);
    const all = await open(`${record}\r\n\r\n${record}\r\n  `);
    await choose(all, 1, 'Remove the blank line in the whole file (2 places)');
    assert.equal(all.text(uri), `${record}\r\n${record}\r\n`);
    all.close(uri);
  });

  it('join a record that is spread over lines, from any of its lines', async () => {
    for (const line of [1, 4, 11]) {
      const client = await open(`${record}\n${formatted}\n${record}`);
      await choose(client, line, 'Join 12 lines into one record');
      assert.equal(client.text(uri), `${record}\n${record}\n${record}`);
      client.close(uri);
    }
  });

  it('give several records on a line lines of their own, ended like that line', async () => {
    const client = await open(`${record} ${record}\r\n${record}`);
    await choose(client, 0, 'Give each of the 2 records a line of its own');
    assert.equal(client.text(uri), `${record}\r\n${record}\r\n${record}`);
    client.close(uri);
  });

  it('take a copy of an example out, and all copies, also those that are not reported for their number', async () => {
    const client = await open(`${record}\r\n${other}\r\n${record}\r\n${other}`, copies);
    await choose(client, 3, 'Remove this example');
    assert.equal(client.text(uri), `${record}\r\n${other}\r\n${record}\r\n`);
    client.close(uri);
    const many = await open(`${record}\n${other}\n${`${record}\n`.repeat(1200)}${other}`, copies);
    await choose(many, 3, 'Remove all duplicates in the whole file (1,201 places)');
    assert.equal(many.text(uri), `${record}\n${other}\n`);
    assert.deepEqual(await many.diagnostics(uri), []);
    many.close(uri);
  });

  it('leave copies where they are when all that is certain is done', async () => {
    const client = await open(`${record}\n\n${record}\n`, copies);
    await client.fixAll(uri);
    assert.equal(client.text(uri), `${record}\n${record}\n`);
    client.close(uri);
  });

  it('are done with all that is certain, after which there is nothing left to do', async () => {
    const client = await open(`\n${formatted},\n${record}${record.slice(0, -1)},}\n\n`);
    await client.fixAll(uri);
    assert.equal(client.text(uri), `${record}\n`.repeat(3));
    const version = client.version(uri);
    await client.fixAll(uri);
    assert.equal(client.version(uri), version);
    client.close(uri);
  });

  it('are not offered in a document of plain JSON, which is one record', async () => {
    const client = await connect({ settings });
    client.open(uri, `${record}${record}`, 'json');
    await client.diagnostics(uri);
    assert.deepEqual(await titlesAt(client, 0), []);
    client.close(uri);
  });
});

async function choose(client: Client, line: number, title: string): Promise<void> {
  const actions = await actionsAt(client, line);
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `No "${title}" among: ${actions.map((each) => each.title).join(' | ')}`);
  await client.apply(action);
}

async function titlesAt(client: Client, line: number): Promise<string[]> {
  return (await actionsAt(client, line)).map(({ title }) => title);
}

function actionsAt(client: Client, line: number) {
  const range = { start: { line, character: 0 }, end: { line, character: 1000 } };
  return client.codeActions(uri, range);
}
