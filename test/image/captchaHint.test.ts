import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { captchaHint } from '../../core/image/captchaHint.ts';

function facts(width: number, height: number) {
  return { format: 'png', byteLength: 100, width, height };
}

const named = 'https://example.com/login/Captcha?id=3';

describe('an image', () => {
  const cases: readonly [string, string, ReturnType<typeof facts> | undefined, boolean][] = [
    ['named captcha, small and wide, is taken for one', named, facts(160, 60), true],
    ['named captcha, of which nothing else is known, is taken for one', named, undefined, true],
    ['named captcha, as large as a photograph, is not', named, facts(1200, 400), false],
    ['named captcha, as high as it is wide, is not', named, facts(160, 160), false],
    [
      'small and wide under another name is not',
      'https://example.com/a.png',
      facts(160, 60),
      false,
    ],
    [
      'with a name in its data URI is',
      'data:image/png;name=captcha1.png;base64,iVBO',
      facts(150, 50),
      true,
    ],
    [
      'without a name is not, whatever its base64 reads',
      'data:image/png;base64,captcha+',
      facts(150, 50),
      false,
    ],
    [
      'on the host of a service of CAPTCHAs is',
      'https://www.recaptcha.example/image',
      undefined,
      true,
    ],
    ['in a file on the machine that wrote the record is not', 'captcha.png', undefined, false],
  ];
  for (const [behaviour, address, known, isTaken] of cases) {
    it(behaviour, () => {
      assert.deepEqual(captchaHint(address, known), isTaken ? { kind: 'captcha' } : undefined);
    });
  }
});
