import type { OperationId } from '../contract/contract.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import type { Upload } from '../resources/uploads.ts';
import type { SurfaceName } from '../surface.ts';
import { bodyOf, fileOf, parameterOf, type Call, type Operation } from './call.ts';
import { showFile } from './files.ts';

export const uploadOperations = {
  createUpload,
  addPart,
  completeUpload,
  cancelUpload: (call) => {
    const upload = call.account.uploads.cancel(parameterOf(call, 'upload_id'));
    return jsonReply(showUpload(upload, call.surface));
  },
} as const satisfies Partial<Record<OperationId, Operation>>;

function createUpload(call: Call): Reply {
  const { filename, purpose, bytes, expires_after } = bodyOf(call) as {
    filename: string;
    purpose: string;
    bytes: number;
    expires_after?: { seconds: number };
  };
  const upload = call.account.uploads.add({
    filename,
    purpose,
    byteLength: bytes,
    expiresAfterSeconds: expires_after?.seconds,
  });
  return jsonReply(showUpload(upload, call.surface));
}

function addPart(call: Call): Reply {
  const { content } = fileOf(call, 'data');
  const part = call.account.uploads.addPart(parameterOf(call, 'upload_id'), content);
  const { id, uploadId, createdAt } = part;
  return jsonReply({ id, object: 'upload.part', created_at: createdAt, upload_id: uploadId });
}

async function completeUpload(call: Call): Promise<Reply> {
  const { part_ids, md5 } = bodyOf(call) as {
    part_ids: readonly string[];
    md5?: string;
  };
  const { uploads } = call.account;
  const upload = await uploads.complete(parameterOf(call, 'upload_id'), part_ids, md5);
  return jsonReply(showUpload(upload, call.surface));
}

function showUpload(upload: Upload, surface: SurfaceName): object {
  const { id, byteLength, createdAt, expiresAt, filename, purpose, status, file } = upload;
  return {
    id,
    object: 'upload',
    bytes: byteLength,
    created_at: createdAt,
    filename,
    purpose,
    status,
    expires_at: expiresAt,
    ...(file && { file: showFile(file, surface) }),
  };
}
