import type { OperationId } from '../contract/contract.ts';
import type { Operation } from './call.ts';
import { completionOperations } from './completions.ts';
import { fileOperations } from './files.ts';
import { jobOperations } from './jobs.ts';
import { uploadOperations } from './uploads.ts';

/** What each operation of the contract does. */
export const operations: Readonly<Record<OperationId, Operation>> = {
  ...fileOperations,
  ...uploadOperations,
  ...jobOperations,
  ...completionOperations,
};
