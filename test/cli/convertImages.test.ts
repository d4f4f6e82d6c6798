import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { AddressRewriter } from '../../core/fixes/addressRewriter.ts';
import { dataUri, makeImage } from '../helpers/makeImage.ts';
import { imagePart, recordOf, soundRecord } from '../helpers/trainingText.ts';
import { hostname, sendFile, serve, type ImageServer } from '../remote/imageServer.ts';
import { makeFolder, runCli, type CliOptions, type CliResult } from './runCli.ts';

const png = makeImage('png', 120, 110);
const sound = imagePart(dataUri('png', png));
const gif = imagePart(dataUri('gif', makeImage('gif', 120, 110)));
const html = imagePart(dataUri('png', Buffer.from('<!DOCTYPE html>')));

const base = 'https://example.com/pictures';
const extract = ['--extract', 'images', '--base', base];

describe('fix --extract', () => {
  it('puts an address in the place of each embedded image, and the same bytes into one file', async (test) => {
    const { folder, fix } = await start(test, [recordOf(sound, gif), '', recordOf(sound)]);
    const { stdout } = await fix('in.jsonl', '-o', 'out.jsonl', ...extract);
    assert.match(
      stdout,
      /^in\.jsonl: 3 images to extract to images, [\d.]+ kB\n3 images extracted, /,
    );
    assert.match(stdout, / · 3 changes · /);
    assert.deepEqual(await addressesOf(folder, 'out.jsonl'), [
      `${base}/in-record1-image1.png`,
      `${base}/in-record1-image2.gif`,
      `${base}/in-record1-image1.png`,
    ]);
    assert.ok((await readFile(join(folder, 'images/in-record1-image1.png'))).equals(png));
    assert.deepEqual(JSON.parse(await read(folder, 'images/images.json')), {
      source: 'in.jsonl',
      base: `${base}/`,
      images: {
        'in-record1-image1.png': [
          { record: 1, image: 1 },
          { record: 2, image: 1 },
        ],
        'in-record1-image2.gif': [{ record: 1, image: 2 }],
      },
    });
  });

  it('is undone by fix --embed, to the byte', async (test) => {
    const lines = [`\ufeff${recordOf(sound, gif)}\r`, '{"broken', `  ${recordOf(sound)}`];
    const { folder, fix } = await start(test, lines);
    await fix('in.jsonl', '-o', 'out.jsonl', ...extract);
    const { stdout } = await fix('out.jsonl', '-o', 'back.jsonl', '--embed', 'images');
    assert.match(stdout, /^out\.jsonl: 3 images to embed from images\n3 images embedded, /);
    assert.match(stdout, /1 of them are not as the service takes them/);
    assert.equal(await read(folder, 'back.jsonl'), await read(folder, 'in.jsonl'));
  });

  it('leaves what is no image as it is, and says so', async (test) => {
    const { folder, fix } = await start(test, [recordOf(html)]);
    const { stderr } = await fix('in.jsonl', '-o', 'out.jsonl', ...extract);
    assert.match(stderr, /in\.jsonl:1: image 1 is left as it is: its bytes are no image/);
    assert.equal(await read(folder, 'out.jsonl'), await read(folder, 'in.jsonl'));
    assert.deepEqual((await readdir(folder)).sort(), ['in.jsonl', 'out.jsonl']);
  });

  it('writes over no file that is there, and into no folder that has a map', async (test) => {
    const { folder, fix } = await start(test, [recordOf(sound)]);
    await mkdir(join(folder, 'images'));
    await writeFile(join(folder, 'images/in-record1-image1.png'), 'mine');
    await fix('in.jsonl', '-o', 'out.jsonl', ...extract);
    assert.equal(await read(folder, 'images/in-record1-image1.png'), 'mine');
    assert.deepEqual(await addressesOf(folder, 'out.jsonl'), [`${base}/in-record1-image1-2.png`]);
    const again = await fix('in.jsonl', '-o', 'again.jsonl', ...extract);
    assert.deepEqual([again.status, again.stdout], [2, '']);
    assert.match(again.stderr, /images has images\.json of images that were extracted before/);
  });

  it('leaves no image and no folder behind where the file cannot be written', async (test) => {
    const { folder, fix } = await start(test, [recordOf(sound)]);
    await writeFile(join(folder, 'in.jsonl.bak'), '');
    const deep = ['--extract', 'new/images', '--base', base];
    const { status, stderr } = await fix('in.jsonl', '--in-place', ...deep);
    assert.equal(status, 2);
    assert.match(stderr, /in\.jsonl\.bak exists/);
    assert.deepEqual((await readdir(folder)).sort(), ['in.jsonl', 'in.jsonl.bak']);
  });

  it('leaves a folder that was there before', async (test) => {
    const { folder, fix } = await start(test, [recordOf(sound)]);
    await writeFile(join(folder, 'in.jsonl.bak'), '');
    await mkdir(join(folder, 'images'));
    await fix('in.jsonl', '--in-place', ...extract);
    assert.deepEqual(await readdir(join(folder, 'images')), []);
    await mkdir(join(folder, 'mine'));
    await fix('in.jsonl', '--in-place', '--extract', 'mine/images', '--base', base);
    assert.deepEqual(await readdir(join(folder, 'mine')), []);
  });

  it('writes nothing in a dry run, and lists what it would do', async (test) => {
    const { folder, fix } = await start(test, [recordOf(sound)]);
    const { stdout } = await fix('in.jsonl', '--dry-run', ...extract);
    assert.match(stdout, /^ {2}1 {2}image 1 → in-record1-image1\.png {2}extracted$/m);
    assert.deepEqual(await readdir(folder), ['in.jsonl']);
  });

  it('works on a record that is formatted over many lines', async (test) => {
    const text = JSON.stringify(JSON.parse(recordOf(sound)), undefined, 2);
    const folder = await makeFolder(test, { 'one.json': text });
    await runCli(['fix', 'one.json', '-o', 'out.json', ...extract], { cwd: folder });
    const expected = text.replace(/data:[^"]*/, `${base}/one-record1-image1.png`);
    assert.equal(await read(folder, 'out.json'), expected);
  });
});

describe('fix --embed', () => {
  it('names a file that cannot be read, and keeps its address', async (test) => {
    const { folder, fix } = await start(test, [recordOf(sound)]);
    await fix('in.jsonl', '-o', 'out.jsonl', ...extract);
    await writeFile(join(folder, 'images/in-record1-image1.png'), 'no image');
    const { stderr } = await fix('out.jsonl', '-o', 'back.jsonl', '--embed', 'images');
    assert.match(stderr, /out\.jsonl:1: image 1 is left as it is: images.in-record1-image1\.png: /);
    assert.equal(await read(folder, 'back.jsonl'), await read(folder, 'out.jsonl'));
  });

  it('needs a folder with a map', async (test) => {
    const { fix } = await start(test, [recordOf(sound)]);
    const { status, stderr } = await fix('in.jsonl', '-o', 'out.jsonl', '--embed', '.');
    assert.deepEqual([status, stderr.includes('. has no images.json that tells')], [2, true]);
  });
});

describe('fix --embed-web', () => {
  it('tells the hosts, fetches each image once, and puts it into the records', async (test) => {
    const server = await serve(test, sendFile(png));
    const { folder, fix } = await start(test, web(server, '/a.png', '/b.png', '/a.png'));
    const { stdout } = await fix('in.jsonl', '-o', 'out.jsonl', '--embed-web', '--allow-http', {
      network: server.network,
    });
    const told = `in.jsonl: 3 images to embed from the web: ${hostname} 2\n3 images embedded, `;
    assert.ok(stdout.startsWith(told), stdout);
    const uri = dataUri('png', png);
    assert.deepEqual(await addressesOf(folder, 'out.jsonl'), [uri, uri, uri]);
    const paths = server.requests.map((line) => line.split(' ')[1]);
    assert.deepEqual([...new Set(paths)].sort(), ['/a.png', '/b.png']);
  });

  it('leaves an address that gives no image as it is, and says why', async (test) => {
    const server = await serve(test, (_request, response) => response.writeHead(404).end());
    const { folder, fix } = await start(test, web(server, '/a.png'));
    const { stderr } = await fix('in.jsonl', '-o', 'out.jsonl', '--embed-web', '--allow-http', {
      network: server.network,
    });
    assert.match(stderr, /in\.jsonl:1: image 1 is left as it is: .*404/);
    assert.equal(await read(folder, 'out.jsonl'), await read(folder, 'in.jsonl'));
  });

  it('asks nobody in a dry run, nor plain http unless it is allowed', async (test) => {
    const server = await serve(test, sendFile(png));
    const { network } = server;
    const { fix } = await start(test, web(server, '/a.png'));
    const dry = await fix('in.jsonl', '--dry-run', '--embed-web', '--allow-http', { network });
    assert.match(dry.stdout, new RegExp(`from the web: ${hostname} 1\\n`));
    assert.match(dry.stdout, /^ {2}1 {2}image 1 → data URI {2}embedded$/m);
    const { stdout } = await fix('in.jsonl', '-o', 'out.jsonl', '--embed-web');
    assert.match(stdout, /^in\.jsonl: no image .* 1 on plain http left out \(--allow-http\)/);
    assert.equal(server.connections(), 0);
  });

  it('names before it begins no host that is not on the internet, and counts the images there', async (test) => {
    const addresses = [
      'https://127.0.0.1/a.png',
      'https://10.0.0.1/a.png',
      'https://a.example:81/',
    ];
    const { folder, fix } = await start(
      test,
      addresses.map((url) => recordOf(imagePart(url))),
    );
    const told = 'in.jsonl: no image to embed from the web; 3 at addresses that are never asked\n';
    const dry = await fix('in.jsonl', '--dry-run', '--embed-web');
    assert.ok(dry.stdout.startsWith(told), dry.stdout);
    assert.doesNotMatch(dry.stdout, /→ data URI/);
    const real = await fix('in.jsonl', '-o', 'out.jsonl', '--embed-web');
    assert.ok(real.stdout.startsWith(told), real.stdout);
    for (const { stderr } of [dry, real]) {
      assert.match(stderr, /in\.jsonl:1: image 1 is left as it is: its host is /);
      assert.match(stderr, /in\.jsonl:3: image 1 is left as it is: only the ports 80 and 443 /);
    }
    assert.equal(await read(folder, 'out.jsonl'), await read(folder, 'in.jsonl'));
  });
});

describe('a conversion of images', () => {
  for (const [args, message] of [
    [['--extract', 'images'], /--extract needs --base/],
    [['--extract', 'images', '--base', 'http://example.com'], /--extract needs --base/],
    [['--base', base], /--base is for --extract, which is not given/],
    [['--allow-http'], /--allow-http is for --embed-web, which is not given/],
    [['--embed', 'a', '--embed-web'], /--embed and --embed-web are given; expected one of them/],
    [['--embed', 'a', '--images'], /--embed and --images are given/],
    [['--embed-web', '--rule', 'image-url'], /--embed-web and --rule are given/],
  ] as const) {
    it(`cannot be asked for as: ${args.join(' ')}`, async () => {
      const { status, stderr } = await runCli(['fix', 'in.jsonl', '-o', 'out.jsonl', ...args]);
      assert.equal(status, 2);
      assert.match(stderr, message);
    });
  }

  it('goes to no proxy', async () => {
    const env = { HTTPS_PROXY: 'http://proxy:3128' };
    const { stderr } = await runCli(['fix', 'a', '-o', 'b', '--embed-web'], { env });
    assert.match(stderr, /HTTPS_PROXY is set, and --embed-web asks no proxy/);
  });

  it('gives the same bytes whatever chunks a file comes in', async () => {
    const bytes = Buffer.from(
      ['\ufeff' + recordOf(sound), '', 'no json', `${soundRecord}\r`, recordOf(gif, sound)].join(
        '\n',
      ),
    );
    const whole = await rewrite([bytes]);
    assert.notEqual(whole, bytes.toString());
    for (const size of [1, 7, 100, 1000]) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      assert.equal(await rewrite(chunks), whole, String(size));
    }
  });
});

/** Each address becomes its place. */
async function rewrite(chunks: readonly Buffer[]): Promise<string> {
  const rewriter = new AddressRewriter({ isRecord: false }, (images) =>
    Promise.resolve(images.map(({ line, record, image }) => `${line} ${record} ${image}`)),
  );
  const pieces: Uint8Array[] = [];
  for (const chunk of chunks) for await (const piece of rewriter.read(chunk)) pieces.push(piece);
  for await (const piece of rewriter.finish()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

type Fix = (...args: (string | CliOptions)[]) => Promise<CliResult>;

async function start(
  test: TestContext,
  lines: readonly string[],
): Promise<{ readonly folder: string; readonly fix: Fix }> {
  const folder = await makeFolder(test, { 'in.jsonl': lines.join('\n') });
  const fix: Fix = (...args) => {
    const words = args.filter((each) => typeof each === 'string');
    const [options] = args.filter((each) => typeof each === 'object');
    return runCli(['fix', ...words], { cwd: folder, ...options });
  };
  return { folder, fix };
}

function web(server: ImageServer, ...paths: readonly string[]): string[] {
  return paths.map((path) => recordOf(imagePart(server.url(path).href)));
}

async function addressesOf(folder: string, name: string): Promise<string[]> {
  const text = await read(folder, name);
  return [...text.matchAll(/"url":"([^"]*)"/g)].map(([, url = '']) => url);
}

function read(folder: string, name: string): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}
