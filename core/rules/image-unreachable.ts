import { privateHost } from '../image/hostScope.ts';
import type { Severity } from '../finding/finding.ts';
import type { Unreachable } from '../image/learntImages.ts';
import { placeOf } from '../record/example.ts';
import type { ImageRule } from './rule.ts';

export const imageUnreachable: ImageRule = {
  id: 'image-unreachable',
  summary: 'The image at an address was there when somebody had it checked.',
  severity: 'error',
  skipsExample: true,
  scope: 'image',
  supersedes: ['screening-forecast', 'image-detail-cost'],
  *check({ image, address, learnt }) {
    const unreachable = learnt?.unreachable;
    if (!unreachable || isToldOfAddress(address, unreachable)) return;
    const severity = severityOf(unreachable);
    const outcome = severity === 'error' ? 'and skips' : 'else it may skip';
    yield {
      span: placeOf(image.url),
      severity,
      message: `Image cannot be fetched: ${unreachable.detail}; the service must be able to fetch it, ${outcome} this example.`,
    };
  },
};

/** An address that is private by its own words is image-url's finding; one behind a name or a redirect is not. */
function isToldOfAddress(address: string, { reason }: Unreachable): boolean {
  const hostname = URL.parse(address)?.hostname;
  return reason === 'private-address' && hostname !== undefined && !!privateHost(hostname);
}

/**
 * An answer of the server that anybody gets is as good as the service's own. Whatever this machine or its network may
 * have a part in, or what may be over tomorrow, proves nothing.
 */
function severityOf({ reason, detail }: Unreachable): Severity {
  switch (reason) {
    case 'too-large':
    case 'not-an-image':
    case 'private-address':
      return 'error';
    case 'status':
      return isPassing(detail) ? 'warning' : 'error';
    case 'timeout':
    case 'network':
    case 'redirect':
      return 'warning';
  }
}

/** `the server answered 503 Service Unavailable`: a fault of the server, too many requests, or a request that took too long. */
function isPassing(detail: string): boolean {
  const status = Number(/\b[1-5]\d\d\b/.exec(detail)?.[0]);
  return !(status >= 400 && status < 500) || [408, 425, 429].includes(status);
}
