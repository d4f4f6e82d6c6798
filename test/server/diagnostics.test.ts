import assert from 'node:assert/strict';
import { it } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver';
import { describeServer } from '../helpers/serverSuite.ts';
import { settingsOf } from '../helpers/settingsOf.ts';
import { soundRecord, withSoundRecords } from '../helpers/trainingText.ts';
import { hinted, robot, uri } from './records.ts';

describeServer('Diagnostics', (connect) => {
  it('appear when a file is opened, with the rule as code, its page and where they come from', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(soundRecord, '{"messages": [}'));
    const [diagnostic, ...others] = await client.diagnostics(uri);
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.code, 'json-syntax');
    assert.equal(diagnostic.source, 'vision-finetune');
    assert.equal(diagnostic.severity, DiagnosticSeverity.Error);
    assert.match(
      diagnostic.codeDescription?.href ?? '',
      /^file:\/\/.*\/docs\/rules\/json-syntax\.md$/,
    );
    assert.deepEqual(diagnostic.range.start, { line: 1, character: 14 });
  });

  it('are none for a sound file', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords());
    assert.deepEqual(await client.diagnostics(uri), []);
  });

  it('follow what is typed', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords());
    client.replace(uri, '"user"', '"robot"');
    assert.deepEqual(await client.codes(uri), ['message-role:1']);
    client.replace(uri, '"robot"', '"user"');
    assert.deepEqual(await client.codes(uri), []);
  });

  it('move with their record when a line is put in above it', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(soundRecord, robot));
    assert.deepEqual(await client.codes(uri), ['message-role:2']);
    const start = { line: 0, character: 0 };
    client.change(uri, { range: { start, end: start }, text: `${soundRecord}\n\n` });
    assert.deepEqual(await client.codes(uri), ['message-role:4']);
  });

  it('are right after several changes in one message, each relative to the one before', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(robot));
    const at = (line: number, character: number) => ({ line, character });
    client.change(
      uri,
      { range: { start: at(0, 0), end: at(0, 0) }, text: '\n' },
      { range: { start: at(1, 0), end: at(2, 0) }, text: '' },
      { range: { start: at(1, 0), end: at(1, 1) }, text: '[' },
    );
    assert.deepEqual(await client.codes(uri), ['json-syntax:2']);
  });

  it('are those of the new text when all of it is replaced', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(robot));
    client.change(uri, { text: withSoundRecords(soundRecord, hinted) });
    assert.deepEqual(await client.codes(uri), ['image-detail-cost:2']);
  });

  it('are those of the last text when a document is opened again with another version', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(robot), 'jsonl', 7);
    client.close(uri);
    client.open(uri, withSoundRecords(hinted), 'jsonl', 3);
    assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
    assert.equal(client.publications.at(-1)?.version, 3);
  });

  it('are those of the last text when a document is opened twice without being closed', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(robot), 'jsonl', 7);
    client.open(uri, withSoundRecords(hinted), 'jsonl', 8);
    assert.deepEqual(await client.codes(uri), ['image-detail-cost:1']);
  });

  it('go away when the document is closed', async () => {
    const client = await connect();
    client.open(uri, withSoundRecords(robot));
    await client.diagnostics(uri);
    client.close(uri);
    await client.until(() => client.publications.at(-1)?.diagnostics.length === 0, 'an empty list');
  });

  it('are kept apart for two documents', async () => {
    const client = await connect();
    const other = 'untitled:Untitled-1';
    client.open(uri, withSoundRecords(robot));
    client.open(other, withSoundRecords(soundRecord, hinted));
    client.replace(uri, '"robot"', '"user"');
    assert.deepEqual(await client.codes(uri), []);
    assert.deepEqual(await client.codes(other), ['image-detail-cost:2']);
  });

  it('do not come of a document that changes before it is opened', async () => {
    const client = await connect();
    await client.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: robot }],
    });
    assert.equal(await client.checkFile(uri), null);
    client.open(uri, withSoundRecords(robot));
    assert.deepEqual(await client.codes(uri), ['message-role:1']);
  });
});

describeServer('A file that does not look like training data', (connect) => {
  it('has no diagnostics until "messages" is typed, and then keeps them', async () => {
    const client = await connect();
    client.open(uri, '{"name": "Ada"}\n{"name": broken}\n');
    assert.deepEqual(await client.codes(uri), []);
    assert.equal((await client.status(uri)).state, 'ignored');
    client.replace(uri, '"name"', '"messages"');
    const expected = ['record-shape:1', 'too-few-examples:1', 'json-syntax:2'];
    assert.deepEqual((await client.codes(uri)).sort(), expected.sort());
    client.replace(uri, '"messages"', '"name"');
    assert.equal((await client.status(uri)).state, 'checked');
  });

  it('is checked all the same when a setting says so', async () => {
    const client = await connect({ settings: settingsOf({ checkFiles: 'all' }) });
    client.open(uri, '{"name": broken}');
    assert.deepEqual(await client.codes(uri), ['too-few-examples:1', 'json-syntax:1']);
  });

  it('is checked all the same when a person asks, and from then on', async () => {
    const client = await connect();
    client.open(uri, '{"name": broken}');
    const result = await client.checkFile(uri);
    assert.deepEqual(
      result?.findings.map(({ rule }) => rule),
      ['too-few-examples', 'json-syntax'],
    );
    client.replace(uri, 'broken', '1');
    assert.deepEqual(await client.codes(uri), ['too-few-examples:1', 'record-shape:1']);
  });

  it('is one like any other when the setting is "none", unless a person asks', async () => {
    const client = await connect({ settings: settingsOf({ checkFiles: 'none' }) });
    client.open(uri, withSoundRecords(robot));
    assert.deepEqual(await client.codes(uri), []);
    assert.equal((await client.checkFile(uri))?.findings.length, 1);
    assert.deepEqual(await client.codes(uri), ['message-role:1']);
  });
});

describeServer('A document of plain JSON', (connect) => {
  it('is one record over many lines', async () => {
    const client = await connect();
    const text = JSON.stringify(JSON.parse(robot), undefined, 2);
    client.open('file:///record.json', text, 'json');
    const [diagnostic, ...others] = await client.diagnostics('file:///record.json');
    assert.deepEqual(others, []);
    assert.equal(diagnostic?.code, 'message-role');
    assert.deepEqual(diagnostic.range, {
      start: { line: 3, character: 14 },
      end: { line: 3, character: 21 },
    });
  });
});

describeServer('A file with 1,500 findings', (connect) => {
  const errors = 300;
  const text = withSoundRecords(
    ...Array<string>(1500 - errors).fill(hinted),
    ...Array<string>(errors).fill(robot),
  );

  it('has 1,000 diagnostics: first how many more there are, then the gravest', async () => {
    const client = await connect();
    client.open(uri, text);
    const diagnostics = await client.diagnostics(uri);
    assert.equal(diagnostics.length, 1000);
    const [first, ...rest] = diagnostics;
    assert.equal(first?.severity, DiagnosticSeverity.Warning);
    assert.equal(
      first.message,
      '501 more findings are not shown here; the command "Vision Fine-Tuning: Check File" lists all of them.',
    );
    assert.deepEqual(first.range.start, { line: 0, character: 0 });
    assert.equal(rest.filter(({ code }) => code === 'message-role').length, errors);
  });

  it('has all of them in the answer to a check', async () => {
    const client = await connect();
    client.open(uri, text);
    const result = await client.checkFile(uri);
    assert.equal(result?.findings.length, 1500);
    assert.deepEqual(result.counts, { error: errors, warning: 0, info: 0, hint: 1500 - errors });
  });
});
