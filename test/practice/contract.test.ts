import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Contract } from '../../practice/contract/contract.ts';
import document from '../../practice/contract/fineTuning.json' with { type: 'json' };
import { surfaceDocument } from '../../practice/contract/surfaceDocument.ts';
import { operations } from '../../practice/operations/index.ts';
import { surfaceNames } from '../../practice/surface.ts';
import { exerciseAll } from './exercise.ts';
import { startPractice } from './practiceClient.ts';

interface Described {
  readonly method: string;
  readonly path: string;
  readonly id: string;
}

function operationsOf(surface: (typeof surfaceNames)[number]): Described[] {
  const { paths } = surfaceDocument(document, surface);
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      const { operationId } = operation as { operationId?: string };
      return operationId === undefined
        ? []
        : [{ method: method.toUpperCase(), path, id: operationId }];
    }),
  );
}

describe('the contract', () => {
  it('is sound JSON Schema, and leads nowhere but into itself', () => {
    const text = JSON.stringify(document);
    for (const [, place = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
      const found = place
        .split('/')
        .slice(1)
        .reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], document);
      assert.ok(found, place);
    }
    const ajv = new Ajv2020({ strict: false });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
    }
  });

  it('names each operation once, and each has somebody who does it', () => {
    for (const surface of surfaceNames) {
      const names = operationsOf(surface).map(({ id }) => id);
      assert.equal(new Set(names).size, names.length);
      assert.deepEqual(
        names.filter((name) => !Object.hasOwn(operations, name)),
        [],
      );
    }
    const all = surfaceNames.flatMap((surface) => operationsOf(surface).map(({ id }) => id));
    assert.deepEqual([...new Set(all)].sort(), Object.keys(operations).sort());
  });

  it('takes from a surface what x-surfaces gives to others', () => {
    const whole = { a: { 'x-surfaces': ['openai'], b: 1 }, c: [{ 'x-surfaces': ['azure-v1'] }, 2] };
    assert.deepEqual(surfaceDocument(whole, 'openai'), { a: { b: 1 }, c: [2] });
    assert.deepEqual(surfaceDocument(whole, 'azure-v1'), { c: [{}, 2] });
  });

  for (const surface of surfaceNames) {
    it(`is kept by every operation of the surface ${surface}, in what is asked and answered`, async (test) => {
      const contract = await Contract.of(surface);
      const practice = await startPractice(test, surface);
      const exchanges = await exerciseAll(practice);
      const asked = new Set(practice.service.requests.map(({ operation }) => operation));
      assert.deepEqual(
        [...asked].sort(),
        operationsOf(surface)
          .map(({ id }) => id)
          .sort(),
      );
      assert.deepEqual(
        practice.service.requests.filter(({ problems }) => problems.length > 0),
        [],
      );
      for (const [index, { answer, path }] of exchanges.entries()) {
        const id = practice.service.requests[index]?.operation;
        assert.ok(id);
        const body = answer.status === 204 ? null : answer.body;
        if (id === 'getFileContent') continue;
        const problems = contract.judgeReply(body, id, answer.status);
        assert.deepEqual(problems, [], `${id} ${path}`);
      }
    });
  }
});
