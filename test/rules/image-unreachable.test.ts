import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { UnreachableReason } from '../../core/image/learntImages.ts';
import { checkRule, noFinding, reportingRules } from '../helpers/checkRule.ts';
import { notedPicture, pictureRecord } from '../helpers/pictureRecord.ts';

const rule = 'image-unreachable';
const address = 'https://example.com/a.png';

function learntOf(reason: UnreachableReason, detail: string, at = address) {
  const status = Number(/ answered (\d+)/.exec(detail)?.[1]);
  return { [at]: { unreachable: { reason, detail, ...(reason === 'status' && { status }) } } };
}

describe(rule, () => {
  it('says nothing of an address that nobody had checked, or that has an image', () => {
    const facts = {
      format: 'png',
      byteLength: 900,
      width: 300,
      height: 200,
      colorMode: 'rgb',
    } as const;
    noFinding(pictureRecord(address));
    noFinding(pictureRecord(address), { learnt: { [address]: { facts } } });
  });

  const certain: [reason: UnreachableReason, detail: string][] = [
    ['status', 'the server answered 404 Not Found'],
    ['status', 'the server answered 403 Forbidden'],
    ['too-large', 'it is larger than 10,485,760 bytes'],
    ['not-an-image', 'the server sent no image, which it calls text/html'],
    ['private-address', 'its host is a private address (RFC 1918)'],
  ];
  for (const [reason, detail] of certain) {
    it(`reports as an error what is the same for everybody: ${detail}`, () => {
      const outcome = 'the service must be able to fetch it, and skips this example.';
      const note = `error Image cannot be fetched: ${detail}; ${outcome}`;
      checkRule(rule, notedPicture(address, note), { learnt: learntOf(reason, detail) });
    });
  }

  const doubtful: [reason: UnreachableReason, detail: string][] = [
    ['status', 'the server answered 429 Too Many Requests'],
    ['status', 'the server answered 503 Service Unavailable'],
    ['status', 'the server answered 302 Found'],
    ['timeout', 'the server took longer than 10 seconds'],
    ['network', 'no address is known for its host'],
    ['redirect', 'it redirects more than 5 times'],
  ];
  for (const [reason, detail] of doubtful) {
    it(`warns of what may be this machine's fault, or over tomorrow: ${detail}`, () => {
      const outcome = 'the service must be able to fetch it, else it may skip this example.';
      const note = `warning Image cannot be fetched: ${detail}; ${outcome}`;
      checkRule(rule, notedPicture(address, note), { learnt: learntOf(reason, detail) });
    });
  }

  const told: [what: string, at: string, reason: UnreachableReason, detail: string][] = [
    [
      'a host that is private by its own words',
      'https://192.168.0.10/a.png',
      'private-address',
      'its host is a private address (RFC 1918)',
    ],
    [
      'a signature that has expired',
      'https://example.com/a.png?se=2024-01-01T00%3A00Z&sig=a',
      'status',
      'the server answered 403 Forbidden',
    ],
  ];
  for (const [what, at, reason, detail] of told) {
    it(`leaves to image-url what follows from the address: ${what}`, () => {
      const learnt = learntOf(reason, detail, at);
      assert.deepEqual(reportingRules(pictureRecord(at), { learnt }, 'image-url'), ['image-url']);
    });
  }

  it('silences what else would be said of a picture that is not there', () => {
    const learnt = learntOf('status', 'the server answered 404 Not Found');
    const high = pictureRecord(address).replace('"low"', '"high"');
    checkRule('image-detail-cost', high, { learnt, alongside: [rule] });
  });

  it('has the severity that the settings give it', () => {
    const learnt = learntOf('timeout', 'the server took longer than 10 seconds');
    noFinding(pictureRecord(address), { learnt, severities: { [rule]: 'off' } });
  });
});
