import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type PackagedExtension, packagedFiles, packageExtension } from '../support/packageExtension.ts';
import { repositoryFolder } from '../support/repository.ts';
import { runProgram } from '../support/runProgram.ts';
import { readZip } from '../support/zipFile.ts';

const most = 1_500_000;

/** What vsce calls by another name in the archive. */
const renamed: Readonly<Record<string, string>> = {
  'README.md': 'readme.md',
  'CHANGELOG.md': 'changelog.md',
  LICENSE: 'LICENSE.txt',
};

describe('The .vsix', () => {
  let scratch: string;
  let vsix: PackagedExtension;
  let files: ReadonlyMap<string, () => Buffer>;

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'kext-dev-vsix-'));
    process.env.NODE_OPTIONS = `--require ${JSON.stringify(join(repositoryFolder, 'test/support/noNetwork.cjs'))}`;
    vsix = await packageExtension(join(scratch, 'kext-dev.vsix'));
    files = await readZip(vsix.path);
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  it('was packaged by programs that could open no connection', async () => {
    const connect = "try { require('node:net').connect(1, '127.0.0.1') } catch (error) { console.log(error.message) }";
    assert.equal(await runProgram(process.execPath, ['-e', connect]), 'There is no network here.\n');
  });

  it(`has less than ${most.toLocaleString('en')} bytes`, () => {
    assert.ok(vsix.bytes < most, `${vsix.bytes} bytes`);
  });

  it('holds what was listed to be packaged and vsce’s own two, nothing else', async () => {
    const listed = (await packagedFiles()).map(file => `extension/${renamed[file] ?? file}`);
    assert.deepEqual([...files.keys()].sort(), [...listed, 'extension.vsixmanifest', '[Content_Types].xml'].sort());
  });

  it('has the README as it is here, and each picture that it shows', async () => {
    const readme = await readFile(join(repositoryFolder, 'README.md'), 'utf8');
    assert.equal(files.get('extension/readme.md')?.().toString('utf8'), readme);
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path = '']) => path);
    assert.ok(pictures.length > 0);
    for (const path of pictures) {
      const packed = files.get(`extension/${path}`)?.();
      assert.ok(packed?.equals(await readFile(join(repositoryFolder, path))), path);
    }
  });

  it('has the extension and the program that were built', async () => {
    const built = (await readdir(join(repositoryFolder, 'dist/extension'))).filter(name => name.endsWith('.mjs'));
    const parts = built.map(name => `dist/extension/${name}`);
    assert.ok(parts.includes('dist/extension/extension.mjs'));
    for (const product of [...parts, 'dist/cli.mjs']) {
      const packed = files.get(`extension/${product}`)?.();
      assert.ok(packed?.equals(await readFile(join(repositoryFolder, product))), product);
    }
  });
});
