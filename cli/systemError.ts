/** What the operating system refused, as Node reports it. */
export interface SystemError extends Error {
  /** `ENOENT`. */
  readonly code: string;
}

export function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

const words: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'it is in use',
  EDQUOT: 'no space left',
  EEXIST: 'exists already',
  EFBIG: 'no space left',
  EIO: 'the disk cannot read or write it',
  EISDIR: 'is a directory',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'name is too long',
  ENOENT: 'no such file',
  ENOSPC: 'no space left',
  ENOTDIR: 'no such file',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
};

/** In words without a full stop: `no such file`. */
export function describeSystemError({ code, message }: SystemError): string {
  return words[code] ?? message;
}
