import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRecord, type RecordPicture } from '../../client/readRecord.ts';
import { Thumbnails, type Imaging } from '../../client/thumbnails.ts';
import { ImagingError } from '../../imaging/imagingError.ts';
import type { Room, Thumbnail } from '../../imaging/protocol.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf } from '../helpers/trainingText.ts';

const never = new AbortController().signal;

function pictureOf(uri: string): RecordPicture {
  const [picture] = readRecord(recordOf(imagePart(uri))).pictures;
  return picture ?? assert.fail('no picture');
}

const large = pictureOf(dataUri('png', makeImage('png', 1600, 900, { byteLength: 100_000 })));

/** A folder in memory. */
class MemoryStore {
  readonly files = new Map<string, Uint8Array>();

  get(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  put(name: string, bytes: Uint8Array): Promise<undefined> {
    this.files.set(name, bytes);
    return Promise.resolve(undefined);
  }
}

/** An image process that counts what it is asked. */
class StandInProcess {
  readonly rooms: Room[] = [];

  async thumbnail(_bytes: Uint8Array, room: Room, signal?: AbortSignal): Promise<Thumbnail> {
    this.rooms.push(room);
    await Promise.resolve();
    signal?.throwIfAborted();
    const size = { width: room.width, height: Math.round((room.width * 9) / 16) };
    const bytes = makeImage('png', size.width, size.height);
    return { bytes, mediaType: 'image/png', ...size };
  }
}

function thumbnailsWith(imaging: Imaging, store = new MemoryStore()): Thumbnails {
  return new Thumbnails(imaging, store);
}

describe('a smaller copy of a picture', () => {
  it('is made once, for all who ask at the same time and afterwards', async () => {
    const child = new StandInProcess();
    const thumbnails = thumbnailsWith(() => Promise.resolve(child));
    const views = await Promise.all([1, 2].map(() => thumbnails.of(large, 640, never)));
    views.push(await thumbnails.of(large, 640, never));
    for (const view of views) {
      assert.ok(view.kind === 'picture');
      assert.deepEqual([view.mediaType, view.width, view.height], ['image/png', 640, 360]);
    }
    assert.deepEqual(child.rooms, [{ width: 640, height: 640 }]);
  });

  it('is found again in the folder by the next window', async () => {
    const store = new MemoryStore();
    const child = new StandInProcess();
    await thumbnailsWith(() => Promise.resolve(child), store).of(large, 640, never);
    const next = thumbnailsWith(() => assert.fail('nothing is started'), store);
    assert.equal((await next.of(large, 640, never)).kind, 'picture');
    assert.match([...store.files.keys()].join(), /^[0-9a-f]{64}-640\.png$/);
  });

  it('is the picture itself, without a process, where that is small', async () => {
    const bytes = makeImage('webp', 64, 32);
    const view = await thumbnailsWith(() => assert.fail('nothing is started')).of(
      pictureOf(dataUri('png', bytes)),
      320,
      never,
    );
    assert.ok(view.kind === 'picture');
    assert.equal(view.mediaType, 'image/webp');
    assert.deepEqual(Buffer.from(view.bytes), Buffer.from(bytes));
  });

  it('is not made of too many pixels, of an SVG, of a page, of what is no image or not here', async () => {
    const bomb = Buffer.from(makeImage('png', 8, 8));
    bomb.writeUInt32BE(40_000, 16);
    bomb.writeUInt32BE(40_000, 20);
    const refused = [
      dataUri('png', bomb),
      dataUri('png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      dataUri('png', Buffer.from('<!DOCTYPE html><p>')),
      dataUri('png', Buffer.from('no image')),
      'https://example.com/photo.png',
    ];
    const thumbnails = thumbnailsWith(() => assert.fail('nothing is started'));
    for (const uri of refused) {
      assert.equal((await thumbnails.of(pictureOf(uri), 640, never)).kind, 'hidden', uri);
      assert.equal((await thumbnails.whole(pictureOf(uri), never)).kind, 'hidden', uri);
    }
  });

  it('says what the process says of a picture that cannot be decoded', async () => {
    const thumbnail = (): Promise<Thumbnail> => Promise.reject(new ImagingError('it is cut short'));
    const view = await thumbnailsWith(() => Promise.resolve({ thumbnail })).of(large, 640, never);
    assert.deepEqual(view, { kind: 'hidden', reason: 'it is cut short' });
  });

  it('is the picture itself where no process can be started', async () => {
    const view = await thumbnailsWith(() => Promise.reject(new Error('spawn EPERM'))).of(
      large,
      640,
      never,
    );
    assert.ok(view.kind === 'picture');
    assert.deepEqual([view.width, view.bytes.length], [1600, 100_000]);
  });

  it('stops when nobody waits for it any more, and only then', async () => {
    const started = Promise.withResolvers<undefined>();
    let stopped: AbortSignal | undefined;
    const thumbnail = (_b: Uint8Array, _r: Room, signal?: AbortSignal): Promise<Thumbnail> => {
      stopped = signal;
      started.resolve(undefined);
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('stopped')));
      });
    };
    const thumbnails = thumbnailsWith(() => Promise.resolve({ thumbnail }));
    const [one, two] = [new AbortController(), new AbortController()];
    const views = [one, two].map(({ signal }) => thumbnails.of(large, 640, signal));
    await started.promise;
    one.abort();
    await assert.rejects(views[0] ?? assert.fail(), { name: 'AbortError' });
    assert.equal(stopped?.aborted, false);
    two.abort();
    await assert.rejects(views[1] ?? assert.fail(), { name: 'AbortError' });
    assert.equal(stopped.aborted, true);
  });
});
