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
  *check({ image, learnt }) {
    const unreachable = learnt?.unreachable;
    if (!unreachable) return;
    const severity = severityOf(unreachable);
    const outcome = severity === 'error' ? 'and skips' : 'else it may skip';
    yield {
      span: placeOf(image.url),
      severity,
      message: `Image cannot be fetched: ${unreachable.detail}; the service must be able to fetch it, ${outcome} this example.`,
    };
  },
};

/**
 * An answer of the server that anybody gets is as good as the service's own. Whatever this machine or its network may
 * have a part in, or what may be over tomorrow, proves nothing.
 */
function severityOf({ reason, status }: Unreachable): Severity {
  switch (reason) {
    case 'too-large':
    case 'not-an-image':
    case 'private-address':
      return 'error';
    case 'status':
      return isFinal(status) ? 'error' : 'warning';
    case 'timeout':
    case 'network':
    case 'redirect':
      return 'warning';
  }
}

/** What is neither a fault of the server, nor too many requests, nor a request that took too long or came too early. */
function isFinal(status = 0): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}
