import { ServiceError } from '../../core/service/serviceError.ts';
import { complain } from '../complain.ts';
import { UsageError, type ExitStatus, type Io } from '../io.ts';
import { Output } from '../output.ts';
import { describeSystemError, isSystemError } from '../systemError.ts';

/** Does something with the service. What the service did not do is a line on standard error, and status 2. */
export async function withService(
  io: Io,
  { isJson }: { readonly isJson: boolean },
  run: () => Promise<ExitStatus>,
): Promise<ExitStatus> {
  try {
    return await run();
  } catch (error) {
    if (isSystemError(error)) {
      throw new UsageError(`cannot use the folder of submissions: ${describeSystemError(error)}`);
    }
    if (!(error instanceof ServiceError)) throw error;
    complain(io, error.message);
    if (isJson) await new Output(io.stdout).write([asJson({ error: describe(error) })]);
    return 2;
  }
}

function describe({ kind, outcome, status, code, message }: ServiceError): object {
  return { kind, outcome, status, code, message };
}

/** One line for programs. */
export function asJson(value: object): string {
  return `${JSON.stringify({ version: 1, ...value })}\n`;
}
