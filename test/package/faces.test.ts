import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ImagingProcess } from '../../imaging/imagingProcess.ts';
import { packExtension, unpackExtension } from '../helpers/extensionPackage.ts';
import { makeImage } from '../helpers/makeImage.ts';

/** Runs the shipped image process where the first attempt to reach a network ends it. */
const withoutNetwork = `
const stop = () => process.exit(77);
require('node:net').Socket.prototype.connect = stop;
require('node:net').Server.prototype.listen = stop;
require('node:dgram').createSocket = stop;
require('node:dns').lookup = stop;
globalThis.fetch = stop;
require('./imaging.js');
`;

const picture = makeImage('png', 400, 300);

describe('the face detector in the package', () => {
  let folder: string;
  let imaging: ImagingProcess;

  before(async () => {
    folder = await unpackExtension(await packExtension());
    const script = join(folder, 'dist/withoutNetwork.js');
    await writeFile(script, withoutNetwork);
    imaging = new ImagingProcess({ script });
  });

  after(async () => {
    imaging.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('runs from its files beside the image process, without a network', async () => {
    assert.deepEqual(await imaging.screen(picture), []);
  });

  it('is loaded when it is first asked for, and not for anything else', async () => {
    await rm(join(folder, 'dist/faces.js'));
    const other = new ImagingProcess({ script: join(folder, 'dist/imaging.js') });
    try {
      assert.equal(await other.decode(picture), undefined);
      assert.equal((await other.thumbnail(picture, { width: 320, height: 320 })).width, 320);
      await assert.rejects(other.screen(picture), /faces\.js/);
    } finally {
      other.dispose();
    }
  });
});
