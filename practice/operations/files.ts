import type { OperationId } from '../contract/contract.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { Refusal } from '../refusal.ts';
import { pageOf } from '../resources/page.ts';
import { trainingPurpose, type FileStatus, type StoredFile } from '../resources/files.ts';
import type { SurfaceName } from '../surface.ts';
import { refuseFirstLine } from '../training/inspectFile.ts';
import { bodyOf, fileOf, pageQueryOf, parameterOf, type Call, type Operation } from './call.ts';

export const fileOperations = {
  createFile,
  listFiles,
  getFile: (call) => jsonReply(showFile(fileNamed(call), call.surface)),
  deleteFile,
  getFileContent,
} as const satisfies Partial<Record<OperationId, Operation>>;

async function createFile(call: Call): Promise<Reply> {
  const { account, surface } = call;
  const { filename, content } = fileOf(call, 'file');
  const { purpose, expires_after } = bodyOf(call) as {
    purpose: string;
    expires_after?: { seconds: number };
  };
  if (content.byteLength === 0) {
    throw new Refusal('badRequest', 'The file is empty.', { param: 'file' });
  }
  account.files.reserve(content.byteLength);
  if (surface === 'openai' && purpose === trainingPurpose) {
    const refusal = await refuseFirstLine(account.environment.store.read(content));
    if (refusal !== undefined) throw new Refusal('badRequest', refusal);
  }
  const file = account.files.add({
    filename,
    purpose,
    content,
    expiresAfterSeconds: expires_after?.seconds,
  });
  return jsonReply(showFile(file, surface), surface === 'azure-dated' ? 201 : 200);
}

function listFiles(call: Call): Reply {
  const { account, surface, query } = call;
  const purpose = query.get('purpose');
  const newest = account.files.all.filter((file) => purpose === null || file.purpose === purpose);
  const ordered = query.get('order') === 'asc' ? newest.toReversed() : newest;
  const { items, hasMore } = pageOf(ordered, pageQueryOf(call, 10_000));
  const data = items.map((file) => showFile(file, surface));
  const ends = { first_id: items[0]?.id ?? null, last_id: items.at(-1)?.id ?? null };
  return jsonReply({ object: 'list', data, has_more: hasMore, ...(items.length > 0 && ends) });
}

async function deleteFile(call: Call): Promise<Reply> {
  const id = parameterOf(call, 'file_id');
  await call.account.files.remove(id);
  if (call.surface === 'azure-dated') return { status: 204 };
  return jsonReply({ id, object: 'file', deleted: true });
}

function getFileContent(call: Call): Reply {
  const { content } = fileNamed(call);
  const chunks = call.account.environment.store.read(content);
  return { status: 200, body: { kind: 'bytes', byteLength: content.byteLength, chunks } };
}

function fileNamed(call: Call): StoredFile {
  return call.account.files.get(parameterOf(call, 'file_id'));
}

/** A file as the surface tells of it. */
export function showFile(file: StoredFile, surface: SurfaceName): object {
  const { id, filename, purpose, content, createdAt, expiresAt, status, statusDetails } = file;
  return {
    object: 'file',
    id,
    purpose,
    filename,
    bytes: content.byteLength,
    created_at: createdAt,
    ...(expiresAt !== undefined && { expires_at: expiresAt }),
    status: (surface === 'openai' ? openaiStatus : azureStatus)[status],
    ...(statusDetails !== undefined && { status_details: statusDetails }),
  };
}

/** Deprecated there, and still sent. */
const openaiStatus: Readonly<Record<FileStatus, string>> = {
  waiting: 'uploaded',
  running: 'uploaded',
  processed: 'processed',
  error: 'error',
};

const azureStatus: Readonly<Record<FileStatus, string>> = {
  waiting: 'pending',
  running: 'running',
  processed: 'processed',
  error: 'error',
};
