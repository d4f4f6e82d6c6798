import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkFilesValues, recordScheme, settingsSection } from '../../server/protocol.ts';
import { readSettings } from '../../server/settings.ts';
import { configFileSchema, configuration } from '../../scripts/manifest.ts';
import { readText, repositoryFiles } from '../helpers/repository.ts';

const manifest = JSON.parse(readText('package.json')) as {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: unknown;
    readonly [point: string]: unknown;
  };
};

describe('the manifest', () => {
  it('has the commands that the client registers', () => {
    const table = readText('client/commands.ts').matchAll(/^ {4}'(visionFinetune\.\w+)':/gm);
    assert.deepEqual(
      manifest.contributes.commands.map(({ command }) => command),
      [...table].map(([, id]) => id),
    );
  });

  it('lists every command under the name of the product', () => {
    const categories = manifest.contributes.commands.map(({ category }) => category);
    assert.deepEqual([...new Set(categories)], ['Vision Fine-Tuning']);
  });

  it('starts the extension by language, which stays that of VS Code, by a record or a preview opened by itself, and to look for files that are no documents', () => {
    assert.deepEqual(manifest.activationEvents, [
      'onLanguage:jsonl',
      `onFileSystem:${recordScheme}`,
      'onWebviewPanel:visionFinetune.preview',
      'onStartupFinished',
    ]);
    assert.equal(manifest.contributes['languages'], undefined);
  });

  it('has the settings that follow from the code, as `npm run sync` writes them', () => {
    assert.deepEqual(manifest.contributes.configuration, toJson(configuration));
  });

  it('has defaults that the server takes for its own', () => {
    const defaults = Object.entries(configuration.properties).map(([name, setting]) => [
      name.slice(settingsSection.length + 1),
      setting.default,
    ]);
    const { options, checkFiles, ignored } = readSettings(Object.fromEntries(defaults));
    assert.deepEqual({ checkFiles, ignored }, { checkFiles: checkFilesValues[0], ignored: [] });
    assert.deepEqual(toJson(options), { severities: {}, limits: {} });
  });
});

describe('the schema of vision-finetune.json', () => {
  it('is the one that follows from the code', () => {
    const schema: unknown = JSON.parse(readText('schemas/vision-finetune.schema.json'));
    assert.deepEqual(schema, toJson(configFileSchema));
  });
});

describe('the client', () => {
  const sources = repositoryFiles().filter((path) => path.startsWith('client/'));

  it('takes no HTML and no icons in markdown', () => {
    const taking = sources.filter((path) =>
      /\bsupportHtml\b|\bsupportThemeIcons\b/.test(readText(path)),
    );
    assert.deepEqual(taking, []);
  });

  it('trusts markdown in one place, for the commands that it names', () => {
    // Whether the workspace is trusted is asked, and not said.
    const said = sources.flatMap((path) =>
      readText(path)
        .split('\n')
        .filter((line) => /\bisTrusted\s*[:=]/.test(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
    assert.deepEqual(said, [
      'client/pictureLinks.ts: markdown.isTrusted = { enabledCommands: links.map(([, command]) => command) };',
    ]);
  });
});

/** As a file holds it: without what is undefined. */
function toJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
