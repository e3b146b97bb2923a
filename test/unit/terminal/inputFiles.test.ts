import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { inputFiles } from '../../../src/terminal/inputFiles.ts';
import { captureFile } from '../../../src/tools/captures/captureFile.ts';

describe('A file that a command line names', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-input-'));
  });
  after(() => rm(folder, { recursive: true }));

  const chunksOf = async (file: string) => {
    const chunks: string[] = [];
    for await (const chunk of inputFiles.readChunks(file)) chunks.push(chunk);
    return chunks;
  };

  it('is read in chunks, none of them large, which are its text together', async () => {
    const text = 'Kext ü said – something\n'.repeat(50_000);
    const file = join(folder, 'log');
    await writeFile(file, text);
    const chunks = await chunksOf(file);
    assert.equal(chunks.join(''), text);
    assert.ok(chunks.length > 10 && chunks.every(chunk => chunk.length <= 65_536));
    assert.equal(await inputFiles.readInput(file), text);
  });

  it('is what the tool said, where it is a capture', async () => {
    const file = join(folder, 'capture.txt');
    const call = { tool: 'kextunload', macos: '10.15', argv: [], exitCode: 3, origin: 'rebuilt' } as const;
    await writeFile(file, captureFile({ ...call, stdout: 'a', stderr: 'b\n' }));
    assert.equal(await inputFiles.readInput(file), 'a\nb\n');
  });

  it('that is none is told in one line, whichever way it is read', async () => {
    const binary = join(folder, 'binary');
    await writeFile(binary, 'a\0b');
    for (const [file, message] of [
      [folder, `${folder} is a folder; expected a text file`],
      [binary, `${binary} is a binary file; expected text`],
      [join(folder, 'no'), `${join(folder, 'no')} cannot be read (ENOENT); expected a text file`],
    ] as const)
      for (const read of [chunksOf, inputFiles.readInput])
        await assert.rejects(read(file), { name: 'UsageError', message });
  });
});
