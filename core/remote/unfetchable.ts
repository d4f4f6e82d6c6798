import type { Unreachable, UnreachableReason } from '../image/learntImages.ts';

/** Ends the fetching of an image. Thrown and caught inside this folder, where it becomes a value. */
export class Unfetchable extends Error implements Unreachable {
  override readonly name = 'Unfetchable';
  readonly reason: UnreachableReason;
  readonly status?: number;

  constructor(reason: UnreachableReason, detail: string, status?: number) {
    super(detail);
    this.reason = reason;
    if (status !== undefined) this.status = status;
  }

  /** Plain data, to be kept and sent. */
  toValue(): Unreachable {
    const { reason, detail, status } = this;
    return status === undefined ? { reason, detail } : { reason, detail, status };
  }

  get detail(): string {
    return this.message;
  }
}

/** What a failed request or look-up means. The system's own words name hosts and addresses, so only its code is told. */
export function toUnfetchable(error: unknown): Unfetchable {
  if (error instanceof Unfetchable) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = wordsByCode[code] ?? (isCertificateCode.test(code) ? wrongCertificate : undefined);
  if (words === undefined) {
    return new Unfetchable('network', `the connection failed${code && ` (${code.slice(0, 40)})`}`);
  }
  return new Unfetchable('network', words === wrongCertificate ? `${words} (${code})` : words);
}

const wrongCertificate = 'the certificate of the server is not valid';

const isCertificateCode = /CERT|SIGNED|ISSUER|^ERR_TLS_/;

const wordsByCode: Readonly<Record<string, string>> = {
  ENOTFOUND: 'no address is known for its host',
  EAI_AGAIN: 'the address of its host could not be looked up',
  ECONNREFUSED: 'the server refused the connection',
  ECONNRESET: 'the server cut the connection',
  EPIPE: 'the server cut the connection',
  ETIMEDOUT: 'the server did not take the connection',
  EHOSTUNREACH: 'there is no way to the server',
  ENETUNREACH: 'there is no way to the server',
  EPROTO: 'the server does not speak TLS as it should',
};
