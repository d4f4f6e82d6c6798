import { describe, it } from 'node:test';
import { checkRule, noFinding } from '../helpers/checkRule.ts';

const rule = 'wrong-method';

describe(rule, () => {
  it('accepts records with "messages", whatever their text speaks of', () => {
    noFinding(
      '{"messages":[{"role":"user","content":"{\\"prompt\\":1,\\"completion\\":2}"},{"role":"assistant","content":"preferred_output"}],"tools":[]}',
    );
  });

  it('leaves a record of no form at all to another rule', () => {
    checkRule(
      rule,
      `
      {"prompt":"Hi"}
      {"completion":"Hi"}
      {"input":{"messages":[]}}
      ["prompt","completion"]
      null
      `,
      { alongside: ['record-shape'] },
    );
  });

  it('reports pairs of prompt and completion, and no other rule speaks of them', () => {
    checkRule(
      rule,
      `
      {"prompt":"What is it?","completion":" A cat."}
       ^^^^^^^^ error Record is a pair of "prompt" and "completion" for a model without chat; expected "messages", without which a job of supervised fine-tuning fails.
      {"completion":[],"id":1,"prompt":null}
                              ^^^^^^^^ error Record is a pair of "prompt" and "completion" for a model without chat; expected "messages", without which a job of supervised fine-tuning fails.
      `,
    );
  });

  it('reports records of preference optimization, in older spellings and of other trainers too', () => {
    checkRule(
      rule,
      `
      {"input":{"messages":[{"role":"user","content":"Hi"}]},"preferred_output":[{"role":"assistant","content":"Hi"}],"non_preferred_output":[{"role":"assistant","content":"No"}]}
                                                             ^^^^^^^^^^^^^^^^^^ error Record is one of preference optimization ("preferred_output"); expected "messages", without which a job of supervised fine-tuning fails.
      {"input":{"messages":[]},"non_preferred_completion":[]}
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^ error Record is one of preference optimization ("non_preferred_completion"); expected "messages", without which a job of supervised fine-tuning fails.
      {"prompt":"Hi","chosen":"Hello","rejected":"No"}
                     ^^^^^^^^ error Record is one of preference optimization ("chosen"); expected "messages", without which a job of supervised fine-tuning fails.
      `,
    );
  });

  it('warns of records like those of reinforcement, on the role of the last message', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"system","content":"Count."},{"role":"user","content":"1, 2"}],"reference_answer":2}
                                                                ^^^^^^ warning Record has no answer, and "reference_answer" beside "messages", like one of reinforcement; expected the assistant's answer at the end, else supervised fine-tuning may refuse it.
      `,
    );
  });

  it('finds in them an error where the provider was seen to refuse such a key', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"1, 2"}],"reference_answer":2}
                           ^^^^^^ error Record has no answer, and "reference_answer" beside "messages", like one of reinforcement; expected the assistant's answer at the end, else OpenAI refuses the file.
      `,
      { profile: 'openai' },
    );
  });

  it('does not take a record with an answer for one of reinforcement, nor one without other keys', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hi"},{"role":"user","content":"Hi"}],"id":1}
      {"messages":[{"role":"user","content":"Hi"}],"tools":[],"weight":1}
      {"messages":[],"id":1}
      `,
      { alongside: ['unknown-key', 'assistant-weight', 'record-shape'] },
    );
  });

  it('lets other rules speak where it is switched off', () => {
    const options = { severities: { [rule]: 'off' } } as const;
    checkRule(
      'record-shape',
      `
      {"prompt":"Hi","completion":"Hi"}
      ^ error Record has no "messages"; expected an array of messages; the service refuses the file.
      `,
      options,
    );
  });

  it('has the severity that the settings give it, also where its own differs', () => {
    checkRule(
      rule,
      `
      {"messages":[{"role":"user","content":"Hi"}],"answer":2}
                           ^^^^^^ info Record has no answer, and "answer" beside "messages", like one of reinforcement; expected the assistant's answer at the end, else supervised fine-tuning may refuse it.
      `,
      { severities: { [rule]: 'info' } },
    );
  });

  it('reports the same between broken lines', () => {
    checkRule(
      rule,
      `
      {"prompt":"Hi",
      {"prompt":"Hi","completion":"Hi"}
       ^^^^^^^^ error Record is a pair of "prompt" and "completion" for a model without chat; expected "messages", without which a job of supervised fine-tuning fails.
      "completion":"Hi"}
      `,
      { alongside: ['json-syntax'] },
    );
  });
});
