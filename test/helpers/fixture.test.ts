import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFix, checkRule, noFinding } from './checkRule.ts';
import { printFixture, readFixture, writtenColumn } from './fixture.ts';

describe('a fixture', () => {
  it('takes off the indentation of the template and keeps blank lines and deeper indentation', () => {
    const { text } = readFixture(`
      {}

        []
    `);
    assert.equal(text, '{}\n\n  []');
  });

  it('reads notes under a record: the carets are the span, "^|" is an empty one', () => {
    const { text, notes } = readFixture(`
      [1, x]
          ^ error No value.
            ^| hint Nothing here.
      {}
    `);
    assert.equal(text, '[1, x]\n{}');
    assert.deepEqual(notes, [
      { line: 0, start: 4, end: 5, severity: 'error', message: 'No value.' },
      { line: 0, start: 6, end: 6, severity: 'hint', message: 'Nothing here.' },
    ]);
  });

  it('prints as it was written', () => {
    const written = '[$image(png 1x1), x]\n                  ^ error No.\n{\n ^| info End.';
    const { lines, notes } = readFixture(written);
    assert.equal(printFixture(lines, notes), written);
  });

  it('refuses a note that it cannot read, and a note without a record', () => {
    assert.throws(() => readFixture('{}\n^^ grave Wrong.'), /Not a note/);
    assert.throws(() => readFixture('{}\n^^error Wrong.'), /Not a note/);
    assert.throws(() => readFixture('^^ error Wrong.'), /Not a note/);
  });

  it('has a record that begins with a caret written with a backslash', () => {
    const { text, lines } = readFixture(String.raw`\^x`);
    assert.equal(text, '^x');
    assert.deepEqual(
      [0, 1, 2].map((column) => columnOf(lines[0], column)),
      [0, 2, 3],
    );
  });

  it('expands $image to the data URI of such an image, and finds the way back to what is written', () => {
    const { text, lines } = readFixture('["$image(png 8x8 colorMode=grey)",1]');
    assert.match(text, /^\["data:image\/png;base64,iVBORw0KGgo[A-Za-z0-9+/]+=*",1\]$/);
    const [line] = lines;
    assert.equal(columnOf(line, 1), 1);
    assert.equal(columnOf(line, 30, 'start'), 2);
    assert.equal(columnOf(line, 30, 'end'), '["$image(png 8x8 colorMode=grey)'.length);
    assert.equal(columnOf(line, text.indexOf(',1]')), '["$image(png 8x8 colorMode=grey)"'.length);
  });
});

describe('checkRule', () => {
  const robot = '{"messages":[{"role":"robot","content":"Hi"}]}';

  it('fails on a finding that no note announces, and prints the fixture to paste', () => {
    assert.throws(
      () => checkRule('message-role', robot),
      /Surplus from message-role:\n {2}1:22 to 29 error .*\n.*\n.*robot.*\n {21}\^{7} error Role "robot"/,
    );
  });

  it('fails on a note that no finding answers', () => {
    const fixture = '{"messages":[{"role":"user","content":"Hi"}]}\n^ error Nothing.';
    assert.throws(
      () => checkRule('message-role', fixture),
      /Missed by message-role:\n {2}1:1 to 2/,
    );
  });

  it('fails on an error of another rule, unless that is expected alongside', () => {
    assert.throws(() => checkRule('record-shape', robot), /From other rules:[^]*message-role/);
    checkRule('record-shape', robot, { alongside: ['message-role'] });
  });
});

describe('noFinding', () => {
  it('fails on a hint', () => {
    const part = '{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}';
    assert.throws(() => noFinding(`{"messages":[{"role":"user","content":[${part}]}]}`), /hint/);
  });
});

describe('checkFix', () => {
  const image =
    '{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"huge"}}';
  const record = `{"messages":[{"role":"user","content":[${image}]}]}`;

  it('fails when it is not clear which fix is meant', () => {
    assert.throws(
      () => checkFix('image-detail', record, record),
      /There are: Set detail to low \|/,
    );
  });

  it('fails when the text differs', () => {
    assert.throws(() => checkFix('image-detail', record, record, 'Set detail to low'), /huge/);
  });
});

function columnOf(
  line: ReturnType<typeof readFixture>['lines'][number] | undefined,
  column: number,
  side: 'start' | 'end' = 'start',
): number {
  assert.ok(line);
  return writtenColumn(line, column, side);
}
