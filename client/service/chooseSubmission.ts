import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { window, workspace, type Memento, type QuickPickItem, type Uri } from 'vscode';
import { validationNames } from '../../core/dataset/validationNames.ts';
import { describeNotice, noticesAt } from '../../core/profile/notices.ts';
import { profiles } from '../../core/profile/profiles.ts';
import { parseEndpoint } from '../../core/service/endpoint.ts';
import type { JobWishes } from '../../core/service/journal.ts';
import { trainingTiers } from '../../core/service/surfaces.ts';
import { fieldsOf } from '../../core/service/wire.ts';
import { connectionTo, keyOf, type Connection } from './connection.ts';
import {
  inputStep,
  pickStep,
  runSteps,
  type Step,
  type StepPlace,
  type StepResult,
} from './quickSteps.ts';
import { rememberAzureEndpoint } from './settings.ts';
import {
  describeWish,
  problemOfTyped,
  readWishes,
  tierTitles,
  wishesOf,
  wishTitles,
  withWish,
  type WishName,
} from './wishes.ts';

/** All that a person chooses of a submission. Files by their paths. */
export interface ChosenSubmission {
  readonly connection: Connection;
  readonly training: string;
  readonly validation: string | undefined;
  readonly wishes: JobWishes;
}

type Partly = Partial<ChosenSubmission>;

export interface ChoiceParts {
  readonly connections: () => readonly Connection[];
  /** Starts the practice service, and gives where it can be reached. */
  readonly startPractice: () => Promise<readonly Connection[]>;
  readonly memory: Memento;
  /** ISO 8601, local. */
  readonly today: string;
}

const title = 'Submit Fine-Tuning Job';

/** Where the answers of the last submission are kept. */
const memoryKey = 'visionFinetune.service.answers';

/** Asks for what cannot be known; undefined when dismissed. */
export async function chooseSubmission(parts: ChoiceParts): Promise<ChosenSubmission | undefined> {
  const active = activeTrainingFile();
  const steps: Step<Partly>[] = [
    (state, place) => chooseConnection(parts, state, { title, ...place }),
    (state, place) => chooseModel(parts, state, { title, ...place }),
    ...(active === undefined ? [chooseTraining] : []),
    chooseValidation,
    chooseWishes,
  ];
  const chosen = await runSteps<Partly>(
    { ...(active !== undefined && { training: active }) },
    steps,
  );
  const { connection, training, validation, wishes } = chosen ?? {};
  if (!connection || training === undefined || !wishes) return undefined;
  const kept = fieldsOf(parts.memory.get(memoryKey));
  const { seed: _, ...lasting } = wishes;
  await parts.memory.update(memoryKey, {
    ...kept,
    connection: keyOf(connection.endpoint),
    [connection.endpoint.provider]: lasting,
  });
  return { connection, training, validation, wishes };
}

/** The file in front, unless it is one to validate with. */
function activeTrainingFile(): string | undefined {
  const { document } = window.activeTextEditor ?? {};
  if (document?.uri.scheme !== 'file' || document.languageId !== 'jsonl') return undefined;
  const path = document.uri.fsPath;
  return validationNames(basename(path)).length > 0 ? path : undefined;
}

type ConnectionItem = QuickPickItem & {
  readonly connection?: Connection;
  readonly other?: 'azure' | 'practice';
};

async function chooseConnection(
  parts: ChoiceParts,
  state: Partly,
  place: StepPlace,
): Promise<StepResult<Partly>> {
  const kept = fieldsOf(parts.memory.get(memoryKey));
  const last = state.connection ? keyOf(state.connection.endpoint) : kept['connection'];
  for (;;) {
    const connections = parts.connections();
    const items: ConnectionItem[] = [
      ...connections.map((connection) => ({
        label: `$(${connection.isPractice ? 'beaker' : 'cloud'}) ${connection.name}`,
        description: connection.endpoint.base.host,
        connection,
      })),
      { label: '$(add) Azure OpenAI: Another Resource or Project…', other: 'azure' },
      ...(connections.some(({ isPractice }) => isPractice)
        ? []
        : [
            {
              label: '$(beaker) Try With the Practice Service',
              description: 'on this machine; trains nothing, costs nothing',
              other: 'practice' as const,
            },
          ]),
    ];
    const active = items.find(
      ({ connection }) => connection && keyOf(connection.endpoint) === last,
    );
    const picked = await pickStep(place, { items, active, placeholder: 'Where the job is to run' });
    if (typeof picked === 'string') return picked;
    const { connection, other } = picked.value;
    if (connection) return { value: { ...state, connection } };
    if (other === 'practice') {
      const [first] = await parts.startPractice();
      if (first) return { value: { ...state, connection: first } };
      continue;
    }
    const entered = await enterAzure(place);
    if (entered === 'dismissed') return entered;
    if (entered !== 'back') return { value: { ...state, connection: entered.value } };
  }
}

async function enterAzure(place: StepPlace): Promise<StepResult<Connection>> {
  const typed = await inputStep(
    // With a way back to the list, which is the same step.
    { ...place, title: `${place.title}: Azure OpenAI`, step: Math.max(place.step, 2) },
    {
      value: '',
      prompt: 'The name of the resource, or the address of the resource or project.',
      placeholder: 'contoso-ai or https://contoso-ai.openai.azure.com',
      problemOf: (text) => {
        const parsed = parseEndpoint(text, 'azure');
        return 'problem' in parsed ? parsed.problem : undefined;
      },
    },
  );
  if (typeof typed === 'string') return typed;
  const endpoint = parseEndpoint(typed.value, 'azure');
  if ('problem' in endpoint) return 'back';
  await rememberAzureEndpoint(typed.value.trim());
  return { value: connectionTo(endpoint) };
}

async function chooseModel(
  { memory, today }: ChoiceParts,
  state: Partly,
  place: StepPlace,
): Promise<StepResult<Partly>> {
  const { connection } = state;
  if (!connection) return 'back';
  const { provider, surface } = connection.endpoint;
  const kept = readWishes(fieldsOf(memory.get(memoryKey))[provider], provider, surface);
  const wishes = state.wishes ?? kept;
  const items = profiles
    .filter((each) => each.provider === provider)
    .map((profile) => ({
      label: profile.model,
      detail: noticesAt(profile, today)
        .map((notice) => describeNotice(notice, today))
        .join(' '),
    }));
  const active = items.find(({ label }) => label === wishes.model);
  const picked = await pickStep(place, { items, active, placeholder: 'The model to train' });
  if (typeof picked === 'string') return picked;
  return { value: { ...state, wishes: { ...wishes, model: picked.value.label } } };
}

type FileItem = QuickPickItem & { readonly path?: string; readonly browse?: true };

const chooseTraining: Step<Partly> = async (state, place) => {
  const open = workspace.textDocuments.filter(
    ({ uri, languageId }) => uri.scheme === 'file' && languageId === 'jsonl',
  );
  const picked = await pickFile({ title, ...place }, 'The file to train on', [
    ...open.map(({ uri }) => fileItem(uri.fsPath)),
  ]);
  if (typeof picked === 'string') return picked;
  return picked.value === undefined ? 'back' : { value: { ...state, training: picked.value } };
};

const chooseValidation: Step<Partly> = async (state, place) => {
  const { training } = state;
  if (training === undefined) return 'back';
  const neighbours: string[] = [];
  for (const name of validationNames(basename(training))) {
    const path = join(dirname(training), name);
    if (await exists(path)) neighbours.push(path);
  }
  const picked = await pickFile({ title, ...place }, 'The file to validate with', [
    ...neighbours.map((path) => fileItem(path)),
    { label: '$(circle-slash) Without Validation' },
  ]);
  if (typeof picked === 'string') return picked;
  return { value: { ...state, validation: picked.value } };
};

function fileItem(path: string): FileItem {
  return {
    label: `$(file) ${basename(path)}`,
    description: workspace.asRelativePath(dirname(path)),
    path,
  };
}

async function pickFile(
  place: StepPlace,
  placeholder: string,
  offered: readonly FileItem[],
): Promise<StepResult<string | undefined>> {
  const items: FileItem[] = [
    ...offered,
    { label: '$(folder-opened) Choose a File…', browse: true },
  ];
  for (;;) {
    const picked = await pickStep(place, { items, placeholder });
    if (typeof picked === 'string') return picked;
    if (!picked.value.browse) return { value: picked.value.path };
    const [uri] =
      (await window.showOpenDialog({
        title: placeholder,
        filters: { 'JSON Lines': ['jsonl'] },
        ...folderOfWorkspace(),
      })) ?? [];
    if (uri?.scheme === 'file') return { value: uri.fsPath };
  }
}

function folderOfWorkspace(): { readonly defaultUri?: Uri } {
  const uri = workspace.workspaceFolders?.[0]?.uri;
  return uri ? { defaultUri: uri } : {};
}

type WishItem = QuickPickItem & { readonly wish?: WishName };

/** One list of all that may be told, each with what it is now: whoever wants none of it goes on at once. */
const chooseWishes: Step<Partly> = async (state, place) => {
  const { connection } = state;
  let { wishes } = state;
  if (!connection || !wishes) return 'back';
  const { provider, surface } = connection.endpoint;
  for (let last: WishName | undefined; ;) {
    const current = wishes;
    const items: WishItem[] = [
      { label: '$(check) Check the Files and Go On', description: 'nothing is sent yet' },
      ...wishesOf(surface).map((wish) => ({
        label: wishTitles[wish],
        description: describeWish(wish, current),
        wish,
      })),
    ];
    const active = items.find(({ wish }) => wish === last && wish !== undefined);
    const picked = await pickStep({ title, ...place }, { items, active });
    if (picked === 'back') return picked;
    if (picked === 'dismissed') return picked;
    const { wish } = picked.value;
    if (wish === undefined) return { value: { ...state, wishes } };
    const typed = await askForWish(wish, current, { title, ...place }, provider);
    if (typed === 'dismissed') return typed;
    if (typed !== 'back') wishes = withWish(current, wish, typed.value);
    last = wish;
  }
};

async function askForWish(
  wish: WishName,
  wishes: JobWishes,
  place: StepPlace,
  provider: Connection['endpoint']['provider'],
): Promise<StepResult<string>> {
  const within = { ...place, title: `${place.title}: ${wishTitles[wish]}` };
  if (wish === 'tier') {
    const items = trainingTiers.map((tier) => ({ label: tierTitles[tier], tier }));
    const active = items.find(({ tier }) => tier === wishes.tier);
    const picked = await pickStep(within, { items, active });
    return typeof picked === 'string' ? picked : { value: picked.value.tier };
  }
  return inputStep(within, {
    value: wishes[wish]?.toString() ?? '',
    prompt: `Leave it empty to ${wish === 'suffix' ? 'have none' : 'let the service choose'}.`,
    problemOf: (typed) => problemOfTyped(wish, typed, provider),
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
