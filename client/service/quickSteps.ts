import { Disposable, QuickInputButtons, window, type QuickInput, type QuickPickItem } from 'vscode';

/** What a person did in a step: gave an answer, wants the step before, or wants no more of it. */
export type StepResult<T> = { readonly value: T } | 'back' | 'dismissed';

export interface StepPlace {
  readonly title: string;
  /** From 1. */
  readonly step: number;
  readonly totalSteps: number;
}

/** One question of several. */
export type Step<State> = (
  state: State,
  place: Omit<StepPlace, 'title'>,
) => Promise<StepResult<State>>;

/**
 * Asks one question after the other; each gives the state that the next one gets. Back leads to the question before, with
 * what was answered until then. Undefined when dismissed.
 */
export async function runSteps<State>(
  start: State,
  steps: readonly Step<State>[],
): Promise<State | undefined> {
  const states = [start];
  while (states.length <= steps.length) {
    const state = states.at(-1);
    const step = steps[states.length - 1];
    if (state === undefined || !step) return undefined;
    const result = await step(state, { step: states.length, totalSteps: steps.length });
    if (result === 'dismissed') return undefined;
    if (result === 'back') {
      // What this step was given is kept: the one before begins with its own answer.
      if (states.length > 1) states.pop();
    } else states.push(result.value);
  }
  return states.at(-1);
}

/** Lets a person choose one of some items; `active` has the focus at first. */
export async function pickStep<Item extends QuickPickItem>(
  { title, step, totalSteps }: StepPlace,
  {
    items,
    active,
    placeholder,
  }: {
    readonly items: readonly Item[];
    readonly active?: Item | undefined;
    readonly placeholder?: string;
  },
): Promise<StepResult<Item>> {
  const input = window.createQuickPick<Item>();
  Object.assign(input, { title, step, totalSteps, items, placeholder, ignoreFocusOut: true });
  input.matchOnDescription = true;
  if (active) input.activeItems = [active];
  return settle(input, step, (answer) =>
    input.onDidAccept(() => {
      const [picked] = input.selectedItems;
      if (picked) answer(picked);
    }),
  );
}

/** Lets a person type something that `problemOf` has nothing to say of. */
export async function inputStep(
  { title, step, totalSteps }: StepPlace,
  {
    value,
    prompt,
    placeholder,
    problemOf,
  }: {
    readonly value: string;
    readonly prompt: string;
    readonly placeholder?: string;
    readonly problemOf: (value: string) => string | undefined;
  },
): Promise<StepResult<string>> {
  const input = window.createInputBox();
  Object.assign(input, {
    title,
    step,
    totalSteps,
    value,
    prompt,
    placeholder,
    ignoreFocusOut: true,
  });
  input.onDidChangeValue((typed) => (input.validationMessage = problemOf(typed)));
  return settle(input, step, (answer) =>
    input.onDidAccept(() => {
      input.validationMessage = problemOf(input.value);
      if (input.validationMessage === undefined) answer(input.value);
    }),
  );
}

async function settle<T>(
  input: QuickInput & {
    buttons: readonly (typeof QuickInputButtons)['Back'][];
    onDidTriggerButton: (listener: () => void) => Disposable;
  },
  step: number,
  listen: (answer: (value: T) => void) => Disposable,
): Promise<StepResult<T>> {
  const { promise, resolve } = Promise.withResolvers<StepResult<T>>();
  if (step > 1) input.buttons = [QuickInputButtons.Back];
  const listeners = Disposable.from(
    listen((value) => resolve({ value })),
    input.onDidTriggerButton(() => resolve('back')),
    input.onDidHide(() => resolve('dismissed')),
  );
  input.show();
  try {
    return await promise;
  } finally {
    listeners.dispose();
    input.dispose();
  }
}
