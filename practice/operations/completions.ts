import { hash } from 'node:crypto';
import { unixSeconds } from '../clock.ts';
import type { OperationId } from '../contract/contract.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { letters } from '../identifier.ts';
import { Refusal } from '../refusal.ts';
import { bodyOf, parameterOf, type Call, type Operation } from './call.ts';

export const completionOperations = {
  createCompletion: (call) => complete(call, (bodyOf(call) as { model?: string }).model ?? ''),
  createDeploymentCompletion: (call) => complete(call, parameterOf(call, 'deployment_id')),
} as const satisfies Partial<Record<OperationId, Operation>>;

/** Bytes of a token, of an estimate that nothing is paid by. */
const bytesPerToken = 4;

/**
 * Answers with one of the answers that the model was trained on, the same to the same question. At Azure a tuned model
 * counts as deployed under its own name.
 */
function complete(call: Call, model: string): Reply {
  const { account } = call;
  const answers = account.jobs.findByModel(model)?.training?.answers;
  if (!answers) {
    const message = `The model '${model.slice(0, 80)}' does not exist or you do not have access to it.`;
    throw new Refusal('unknownModel', message);
  }
  const question = JSON.stringify((bodyOf(call) as { messages: unknown }).messages);
  const chosen = parseInt(hash('sha256', question).slice(0, 8), 16) % Math.max(1, answers.length);
  const content = answers[chosen] ?? '';
  const promptTokens = Math.ceil(Buffer.byteLength(question) / bytesPerToken);
  const completionTokens = Math.ceil(Buffer.byteLength(content) / bytesPerToken);
  return jsonReply({
    id: `chatcmpl-${letters(29)}`,
    object: 'chat.completion',
    created: unixSeconds(account.environment.clock),
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  });
}
