import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo, renameDemo, useFile } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';
import { kextDev, onlyLine, placeOf } from '../support/terminal.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

const folder = mkdtempSync(join(tmpdir(), 'kext-dev-bad-'));
after(() => rmSync(folder, { recursive: true, force: true }));
before(async () => {
  await prepareKernel();
  await buildWhenStale();
});

describe('What says how a process uses the driver', () => {
  const use = useFile(files);
  const text = files.get(use) ?? '';
  const wrong: readonly { readonly title: string; readonly text: string | undefined; readonly says: RegExp }[] = [
    {
      title: 'is missing',
      text: undefined,
      says: /^Nothing in \S+ says how a process uses the driver: expected a file NAME\.exercise\.json$/,
    },
    { title: 'is no JSON', text: text.slice(0, -4), says: /\.exercise\.json: is not JSON: / },
    { title: 'is a list', text: '[]', says: /expected an object with process, service and calls$/ },
    {
      title: 'names no process',
      text: text.replace('"process"', '"proces"'),
      says: /"process" must be the name of a process$/,
    },
    {
      title: 'has a selector that is no number',
      text: text.replace('"selector": 1', '"selector": "one"'),
      says: /call 2 must be \{ "selector": number/,
    },
  ];
  for (const each of wrong) {
    it(`${each.title}: one line, status 2`, async () => {
      const project = new Map(files);
      project.delete(use);
      if (each.text !== undefined) project.set(use, each.text);
      await withBench(project, async bench => {
        const answer = await kextDev(['exercise', ...placeOf(bench)]);
        assert.equal(answer.status, 2);
        assert.match(onlyLine(answer), each.says);
      });
    });
  }

  it('names a service that is not there, or a call that the driver refuses: the step and its status', async () => {
    const calls = '"calls": [{ "selector": 0, "scalars": [12] }, { "selector": 99 }, { "selector": 0, "scalars": [] }]';
    const edited = text.replace(/"calls": \[[\s\S]*\]/, calls);
    await withBench(new Map(files).set(use, edited), async bench => {
      const before = await bench.exercise();
      assert.equal(before.outcome, 'failed');
      assert.notEqual(before.steps[0]?.status, 0);
      await bench.reload();
      const used = await bench.exercise();
      assert.equal(used.outcome, 'failed');
      assert.deepEqual(
        used.steps.map(({ step, status }) => [step, status.toString(16)]),
        [
          [`open ${names.driver}`, '0'],
          ['call 0', '0'],
          ['call 99', 'e00002c2'],
          ['call 0', 'e00002c2'],
          ['close', '0'],
        ],
      );
    });
  });
});

describe('A command line that cannot be carried out', () => {
  before(async () => {
    await mkdir(join(folder, 'a-folder'));
    await writeFile(join(folder, 'binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2]));
  });

  const inFolder = (word: string) => word.replace('FOLDER', folder);
  const wrong: readonly { readonly argv: readonly string[]; readonly says: RegExp }[] = [
    { argv: [], says: /^which command\? kext-dev reload/ },
    { argv: ['frobnicate'], says: /^frobnicate is not there yet$/ },
    { argv: ['constructor'], says: /^constructor is not there yet$/ },
    { argv: ['--frobnicate'], says: /^Unknown option '--frobnicate'\. Usage: kext-dev / },
    { argv: ['reload'], says: /^which target\? --target simulated$/ },
    { argv: ['reload', '--target', 'ssh:somewhere'], says: /^--target ssh:somewhere is not there yet/ },
    { argv: ['parse'], says: /^parse takes a tool and a file: parse kextstat, / },
    { argv: ['parse', 'frobstat', '-'], says: /^parse frobstat is not there yet; there are: kextstat, / },
    { argv: ['parse', 'kextstat', 'FOLDER/nowhere'], says: /nowhere cannot be read \(ENOENT\); expected a text file$/ },
    { argv: ['parse', 'kextstat', 'FOLDER/a-folder'], says: /a-folder is a folder; expected a text file$/ },
    { argv: ['parse', 'ioreg', 'FOLDER/binary'], says: /binary is a binary file; expected text$/ },
    { argv: ['diagnose'], says: /^diagnose takes --unload FILE/ },
    { argv: ['diagnose', '--unload', 'FOLDER/nowhere'], says: /nowhere cannot be read/ },
    { argv: ['diagnose', '--unload', 'FOLDER/a-folder'], says: /a-folder is a folder/ },
    { argv: ['diagnose', '--unload', 'FOLDER/binary'], says: /binary is a binary file/ },
    { argv: ['diagnose', '--unload', '-', '--registry', 'FOLDER/nowhere'], says: /nowhere cannot be read/ },
    {
      argv: ['diagnose', '--unload', '-', '--source', 'FOLDER/nowhere'],
      says: /nowhere is no folder; expected one with the source of a kext$/,
    },
  ];
  for (const { argv, says } of wrong) {
    it(`kext-dev ${argv.join(' ')}: one line, status 2`, async () => {
      const answer = await kextDev(argv.map(inFolder), {
        input: 'Failed to unload x - (libkern/kext) kext is in use.\n',
      });
      assert.match(onlyLine(answer), says);
      assert.equal(answer.status, 2);
    });
  }
});
