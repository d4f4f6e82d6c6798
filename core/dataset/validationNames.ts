/** The end of the name of a file to train on, and of one to validate with. */
const training = /(?:^|[_.-])train(?:ing)?\.jsonl$/i;
const validation = /(?:^|[_.-])val(?:idation)?\.jsonl$/i;

/**
 * How the validation file of a training file is named where the two stand side by side, likeliest first: `val.jsonl` for
 * `train.jsonl`, `a_val.jsonl` for `a_train.jsonl` and for `a.jsonl`. None for what is a validation file itself.
 */
export function validationNames(name: string): string[] {
  if (!name.endsWith('.jsonl') || validation.test(name)) return [];
  const word = /train(?:ing)?\.jsonl$/i;
  const stem = training.test(name) ? name.replace(word, '') : name.replace(/\.jsonl$/, '_');
  return [`${stem}val.jsonl`, `${stem}validation.jsonl`];
}
