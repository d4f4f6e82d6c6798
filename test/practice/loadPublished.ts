import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { OpenAPIBackend, type Document } from 'openapi-backend';
import { corpora } from '../helpers/corpora.ts';

/** The operations of the description that OpenAI publishes that this product uses, ready to judge requests and answers. */
export async function loadPublished(): Promise<OpenAPIBackend> {
  const text = await readFile(corpora('openapi', 'openai.yaml'), 'utf8');
  const document = load(text) as Mutable & { paths: Mutable };
  const wanted = /^\/(?:files|uploads|fine_tuning\/jobs|chat\/completions)(?:\/|$)/;
  const paths = Object.entries(document.paths).filter(([path]) => wanted.test(path));
  document.paths = Object.fromEntries(paths);
  modernize(document);
  const published = new OpenAPIBackend({
    definition: document as unknown as Document,
    quick: true,
    ajvOpts: { allErrors: true, strict: false, logger: false },
  });
  await published.init();
  return published;
}

type Mutable = Record<string, unknown>;

/**
 * OpenAPI 3.0's `nullable` and boolean `exclusiveMinimum`, which the description has although it calls itself 3.1, in the
 * words of 3.1.
 */
function modernize(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const each of Object.values(value)) modernize(each);
  const schema = value as Mutable;
  if (schema['exclusiveMinimum'] === true) {
    schema['exclusiveMinimum'] = schema['minimum'];
    delete schema['minimum'];
  }
  if (typeof schema['nullable'] !== 'boolean') return;
  if (schema['nullable'] && typeof schema['type'] === 'string') {
    schema['type'] = [schema['type'], 'null'];
  }
  delete schema['nullable'];
}
