import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partsFrom } from '../../core/service/submission.ts';
import { describeUpload } from '../../core/service/uploadWords.ts';

describe('the way in which a file is sent', () => {
  it('is told of large files only', () => {
    assert.equal(describeUpload('azure-v1', partsFrom - 1), undefined);
    assert.match(describeUpload('openai', partsFrom) ?? '', /^in parts of 67\.1 MB; /);
    assert.match(describeUpload('azure-dated', partsFrom) ?? '', /^in parts of /);
  });

  it('is said to lack the Uploads API where it does, and which has it', () => {
    for (const surface of ['azure-v1', 'azure-project-v1'] as const) {
      const words = describeUpload(surface, partsFrom) ?? '';
      assert.match(words, /^in one request, .* has no Uploads API, .*dated API .* has it$/);
    }
  });
});
