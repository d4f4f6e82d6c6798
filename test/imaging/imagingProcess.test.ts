import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp from 'sharp';
import { bytesSource } from '../../core/image/byteSource.ts';
import { identifyImage } from '../../core/image/identifyImage.ts';
import { ImagingError, ImagingProcess } from '../../imaging/imagingProcess.ts';
import { corporaMissing } from '../helpers/corpora.ts';
import { makeBomb } from '../helpers/makeBomb.ts';
import { makeImage, type MadeFormat } from '../helpers/makeImage.ts';
import { corpusImages } from '../image/corpusImages.ts';
import { imagingScript, startImaging } from './startImaging.ts';

const room = { width: 320, height: 320 };
const picture = makeImage('png', 400, 300);

function rejection(message: string | RegExp): object {
  return { name: ImagingError.name, message };
}

describe('a thumbnail', () => {
  const imaging = startImaging();

  const sizes: readonly [from: string, to: string][] = [
    ['1600x400', '320x80'],
    ['400x1600', '80x320'],
    ['320x320', '320x320'],
    ['30x20', '30x20'],
    ['5000x1', '320x1'],
  ];
  for (const [from, to] of sizes) {
    it(`of ${from} pixels has ${to}: it fits in, keeps its shape and never grows`, async () => {
      const [width = 0, height = 0] = from.split('x').map(Number);
      const small = await imaging.thumbnail(makeImage('png', width, height), room);
      assert.equal(`${small.width}x${small.height}`, to);
    });
  }

  for (const format of ['png', 'jpeg', 'webp', 'gif', 'bmp'] satisfies MadeFormat[]) {
    it(`of a ${format} is what it says it is`, async () => {
      const small = await imaging.thumbnail(makeImage(format, 640, 480), room);
      const facts = identifyImage(bytesSource(small.bytes));
      assert.equal(small.mediaType, `image/${facts.format ?? ''}`);
      assert.deepEqual([facts.width, facts.height], [320, 240]);
    });
  }

  it('stands upright', async () => {
    const turned = makeImage('jpeg', 600, 300, { orientation: 6 });
    const { width, height } = await imaging.thumbnail(turned, room);
    assert.deepEqual([width, height], [160, 320]);
  });

  it('keeps what is transparent', async () => {
    const { bytes } = await imaging.thumbnail(
      makeImage('png', 64, 64, { colorMode: 'rgba' }),
      room,
    );
    assert.equal((await sharp(bytes).stats()).isOpaque, false);
  });

  it('shows what there is of a picture whose end is missing', async () => {
    const whole = await sharp({
      create: { width: 300, height: 300, channels: 3, background: 'red' },
    })
      .jpeg()
      .toBuffer();
    const small = await imaging.thumbnail(whole.subarray(0, whole.length * 0.8), room);
    assert.deepEqual([small.width, small.height], [300, 300]);
  });

  it('is refused of what is no picture, or a drawing that could hold scripts and links', async () => {
    const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
    await assert.rejects(
      imaging.thumbnail(Buffer.from(drawing), room),
      rejection('SVG is not decoded here'),
    );
    await assert.rejects(
      imaging.thumbnail(Buffer.from('no picture'), room),
      rejection('it is in no known format'),
    );
    await assert.rejects(imaging.thumbnail(new Uint8Array(), room), rejection('it has no bytes'));
  });
});

describe('decoding', () => {
  const imaging = startImaging();

  it('finds nothing in pictures that are sound', async () => {
    for (const format of ['png', 'jpeg', 'webp', 'gif', 'bmp'] as const) {
      assert.equal(await imaging.decode(makeImage(format, 40, 30)), undefined, format);
    }
  });

  it('finds what a header does not show', async () => {
    const bytes = Buffer.from(picture);
    bytes.fill(0x55, 60, 90);
    assert.equal(typeof (await imaging.decode(bytes)), 'string');
  });

  it('puts up with stray bytes between the segments of a JPEG, which decoders skip', async () => {
    const jpeg = makeImage('jpeg', 40, 30);
    // Behind the first segment, whose length stands at its third byte.
    const end = 2 + 2 + Buffer.from(jpeg).readUInt16BE(4);
    const parts = [jpeg.subarray(0, end), Buffer.from([1, 2, 3]), jpeg.subarray(end)];
    const strayed = Buffer.concat(parts);
    assert.equal(await imaging.decode(strayed), undefined);
  });

  it(
    'tells all 14 corrupt files of PngSuite from all others',
    { skip: corporaMissing },
    async () => {
      const found: string[] = [];
      for (const { path, bytes } of corpusImages('png')) {
        if ((await imaging.decode(bytes)) !== undefined) found.push(path);
      }
      const corrupt = corpusImages('png').filter(({ path }) => /png-suite.x/.test(path));
      assert.equal(corrupt.length, 14);
      assert.deepEqual(
        found,
        corrupt.map(({ path }) => path),
      );
    },
  );
});

describe('the image process', () => {
  it('starts with the first request', async () => {
    const imaging = startImaging();
    assert.equal(imaging.pid, undefined);
    const decoded = imaging.decode(picture);
    assert.ok(imaging.pid);
    assert.equal(await decoded, undefined);
  });

  it('never sees a picture that would unfold past the limit of pixels', async () => {
    const imaging = startImaging();
    const refusal = rejection('40000×40000 pixels are more than the 100 million that are decoded');
    const bomb = await makeBomb(40_000, 40_000);
    assert.ok(bomb.length < 200_000);
    await assert.rejects(imaging.decode(bomb), refusal);
    await assert.rejects(imaging.thumbnail(bomb, room), refusal);
    assert.equal(imaging.pid, undefined);
  });

  it('ends as soon as a picture unfolds past the limit of memory', async () => {
    const imaging = startImaging({ maxPixels: 2e9, maxMemory: 400_000_000 });
    // 1.2 GB, decoded.
    const bomb = await makeBomb(20_000, 20_000);
    await assert.rejects(imaging.decode(bomb), rejection('it takes more than 400 MB of memory'));
    assert.equal(await imaging.decode(picture), undefined);
  });

  it('ends when there was nothing to do for a while, and starts again', async (t) => {
    const imaging = startImaging({ idleMilliseconds: 5000 });
    await imaging.decode(picture);
    t.mock.timers.enable({ apis: ['setTimeout'] });
    await imaging.decode(picture);
    const { pid } = imaging;
    t.mock.timers.tick(4999);
    assert.equal(imaging.pid, pid);
    t.mock.timers.tick(1);
    assert.equal(imaging.pid, undefined);
    assert.equal(await imaging.decode(picture), undefined);
    assert.notEqual(imaging.pid, pid);
  });

  it('fails only the request at hand when it is killed', async () => {
    const imaging = startImaging();
    const [first, second] = [imaging.decode(picture), imaging.decode(picture)];
    process.kill(imaging.pid ?? 0, 'SIGKILL');
    await assert.rejects(first, rejection('the image process broke down (SIGKILL)'));
    assert.equal(await second, undefined);
  });

  it('fails only the picture that takes too long', async () => {
    const imaging = startImaging({ deadlines: { decode: 1 } });
    const slow = imaging.decode(picture);
    const small = imaging.thumbnail(picture, room);
    await assert.rejects(slow, rejection('it took longer than 0.001 s'));
    assert.equal((await small).width, 320);
  });

  it('fails only the picture that takes too much memory', async () => {
    const imaging = startImaging({ maxMemory: 1000 });
    await assert.rejects(imaging.decode(picture), rejection('it takes more than 1 kB of memory'));
    await assert.rejects(imaging.decode(picture), rejection('it takes more than 1 kB of memory'));
  });

  it('does not pile up pictures that are done', async () => {
    const imaging = startImaging({ maxMemory: 1_000_000_000 });
    const large = makeImage('jpeg', 4000, 3000);
    const pids = new Set<number | undefined>();
    // Of 36 MB each, decoded. A process that held half of what it may would give way to a new one.
    for (let count = 0; count < 20; count++) {
      assert.equal(await imaging.decode(large), undefined);
      pids.add(imaging.pid);
    }
    assert.equal(pids.size, 1);
  });

  it('gives way to a new one after a picture that leaves too little memory for another', async () => {
    const imaging = startImaging({ maxMemory: 700_000_000 });
    const huge = makeImage('png', 9000, 9000);
    const [first, second] = [imaging.decode(huge), imaging.decode(picture)];
    const { pid } = imaging;
    assert.equal(await first, undefined);
    assert.equal(await second, undefined);
    assert.ok(imaging.pid);
    assert.notEqual(imaging.pid, pid);
  });

  it('forgets what nobody waits for any more, running or waiting', async () => {
    const imaging = startImaging();
    const abort = new AbortController();
    const running = imaging.decode(picture, abort.signal);
    const waiting = imaging.decode(picture, abort.signal);
    const other = imaging.thumbnail(picture, room);
    abort.abort(new Error('moved on'));
    await assert.rejects(running, { message: 'moved on' });
    await assert.rejects(waiting, { message: 'moved on' });
    await assert.rejects(imaging.decode(picture, abort.signal), { message: 'moved on' });
    assert.equal((await other).width, 320);
  });

  it('answers nobody once it is disposed of', async () => {
    const imaging = startImaging();
    const [running, waiting] = [imaging.decode(picture), imaging.decode(picture)];
    imaging.dispose();
    for (const each of [running, waiting, imaging.decode(picture)]) {
      await assert.rejects(each, rejection('nobody waits for it any more'));
    }
    assert.equal(imaging.pid, undefined);
  });

  it('says so when it cannot be started', async () => {
    const missing = new ImagingProcess({ script: `${imagingScript}.gone` });
    await assert.rejects(missing.decode(picture), rejection(/broke down \(status 1\)/));
    const noProgram = new ImagingProcess({ script: imagingScript, execPath: '/gone/node' });
    await assert.rejects(noProgram.decode(picture), rejection(/ENOENT/));
  });
});
