import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { stepText } from '../../src/model/driverUse.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { demoNames, readDemo, renameDemo, useFile, writeDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { kextDev, kextDevJson, onlyLine, placeOf } from '../support/terminal.ts';

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
      for (const name of files.keys()) if (name.endsWith('.exercise.json')) project.delete(name);
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
      const early = await kextDev(['exercise', ...placeOf(bench)]);
      assert.equal(early.status, 1);
      assert.equal(
        early.stdout.trimEnd().split('\n').at(-1),
        `Failed: ${names.process} could not open ${names.driver} (kIOReturnNotFound): the service is not running. ` +
          `Reload ${names.bundleIdentifier} first.`,
      );
      await bench.reload();
      const used = await bench.exercise();
      assert.equal(used.outcome, 'failed');
      assert.deepEqual(
        used.steps.map(({ status, ...step }) => [stepText(step), status.toString(16)]),
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
    await writeDemo(files, join(folder, 'project'));
    await writeFile(join(folder, 'binary'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2]));
  });

  const inFolder = (word: string) => word.replace('FOLDER', folder).replace('PROJECT', join(folder, 'project'));
  const wrong: readonly { readonly argv: readonly string[]; readonly says: RegExp }[] = [
    { argv: [], says: /^which command\? kext-dev reload/ },
    { argv: ['frobnicate'], says: /^there is no command frobnicate; there are: reload, / },
    { argv: ['constructor'], says: /^there is no command constructor; / },
    { argv: ['--frobnicate'], says: /^Unknown option '--frobnicate'\. Usage: kext-dev / },
    { argv: ['preflight', 'FOLDER'], says: /^preflight is not there yet$/ },
    { argv: ['unload', '--plan'], says: /^unload does not take --plan; it takes --target / },
    { argv: ['reload', 'FOLDER', '--target', 'simulated'], says: /^reload does not take \S+; it takes --target / },
    {
      argv: ['build', '--target', 'simulated', '--build', 'make -j4'],
      says: /^--build takes a JSON array, .*: make -j4$/,
    },
    {
      argv: ['status', '--target', 'simulated', '--project', 'PROJECT', '--state', 'FOLDER/binary'],
      says: /\/binary is no folder; expected one to keep files in$/,
    },
    {
      argv: ['reload', '--target', 'simulated', '--project', 'PROJECT', '--state', 'FOLDER/binary/below'],
      says: /\/binary is no folder; expected one to keep files in$/,
    },
    {
      argv: ['install', '--target', 'ssh:nowhere.invalid', '--project', 'PROJECT', '--state', 'FOLDER/binary/below'],
      says: /\/binary is no folder; expected one to keep files in$/,
    },
    {
      argv: ['status', '--target', 'simulated', '--project', 'PROJECT', '--state', '/proc/nowhere/below'],
      says: /^\/proc\/nowhere\/below cannot be made \(E\w+\); expected a folder to keep files in$/,
    },
    { argv: ['reload'], says: /^which target\? --target simulated, ssh:HOST or local$/ },
    {
      argv: ['exercise', '--target', 'ssh:somewhere'],
      says: /^exercise is a switch of the Simulated Mac, and somewhere is none: --target simulated$/,
    },
    {
      argv: ['reload', '--target', 'simulated', '--install-path', 'Extensions'],
      says: /^--install-path Extensions: expected the absolute path of a folder on the target, as "\/Library\/Extensions"$/,
    },
    {
      argv: ['reload', '--target', 'simulated', '--install-path', '/System/Library/Extensions'],
      says: /^--install-path \/System\/Library\/Extensions: expected .*, and none of the system's own$/,
    },
    { argv: ['parse'], says: /^parse takes a tool and a file: parse kextstat, / },
    { argv: ['parse', 'constructor', '-'], says: /^parse constructor is not there yet; / },
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

  it('is told in a document, too, where one was asked for', async () => {
    for (const argv of [
      ['--json'],
      ['frobnicate', '--json'],
      ['parse', 'kextstat', join(folder, 'nowhere'), '--json'],
    ]) {
      const { status, stdout, stderr } = await kextDev(argv);
      assert.equal(status, 2);
      assert.deepEqual(JSON.parse(stdout), { schema: 1, error: stderr.trimEnd() });
    }
  });
});

describe('A command line that asks for help', () => {
  it('gets every command, status 0', async () => {
    const answers = await Promise.all([kextDev(['--help']), kextDev(['-h']), kextDev(['help'])]);
    for (const { status, stdout, stderr } of answers) {
      assert.deepEqual([status, stderr], [0, '']);
      assert.match(stdout, /^ {2}reload .*build, unload what runs, install, load/m);
      assert.equal(stdout, answers[0].stdout);
    }
  });
});

describe('A build in the terminal', () => {
  it('is a phase, with the command that the line names', async () => {
    await withBench(files, async bench => {
      const { status, document } = await kextDevJson(['build', ...placeOf(bench), '--build', '["make", "-j2"]']);
      assert.deepEqual([status, document.outcome], [0, 'built']);
      assert.deepEqual(
        document.phases.map(({ name, outcome }: Record<string, unknown>) => [name, outcome]),
        [['building', 'done']],
      );
      const named = await kextDevJson(['build', ...placeOf(bench), '--build', '["make", "no such rule"]']);
      assert.deepEqual([named.status, named.document.phases[0].outcome], [1, 'failed']);
      assert.match(JSON.stringify(named.document.diagnoses), /no such rule/);
    });
  });

  it('that is cancelled ends with a document that says so, status 130', async () => {
    await withBench(files, async bench => {
      const hanging = '["sh", "-c", "touch begun; sleep 100"]';
      const stop = new AbortController();
      const answer = kextDev(['build', ...placeOf(bench), '--build', hanging, '--json'], { signal: stop.signal });
      for (let ms = 0; ms < 20_000 && !(await readdir(bench.project)).includes('begun'); ms += 20) await sleep(20);
      stop.abort();
      const { status, stdout } = await answer;
      const { outcome, phases } = JSON.parse(stdout);
      assert.deepEqual([status, outcome, phases.length, phases[0].outcome], [130, 'cancelled', 1, 'cancelled']);
    });
  });
});

describe('A kext below the folder that is named', () => {
  const nested = async (bench: SimulatedBench, ...folders: readonly string[]) => {
    for (const name of folders) await writeDemo(renameDemo(files, seed + name.length), join(bench.project, name));
  };

  it('is named before anything is done to it', async () => {
    await withBench(new Map(), async bench => {
      await nested(bench, 'one');
      const taken = demoNames(renameDemo(files, seed + 'one'.length)).bundleIdentifier;
      const { status, stderr } = await kextDev(['status', ...placeOf(bench)]);
      assert.deepEqual([status, stderr], [0, `Takes ${taken}, the kext of one/Info.plist.\n`]);
    });
  });

  it('is not guessed where there are two: they are named, and nothing is done', async () => {
    await withBench(new Map(), async bench => {
      await nested(bench, 'one', 'three');
      const { status, stdout, stderr } = await kextDev(['reload', ...placeOf(bench)]);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(
        stderr,
        /has 2 kexts\. Name the folder of one of them:\n {2}\S+ in one\/Info\.plist\n {2}\S+ in three\/Info\.plist\n/,
      );
    });
  });

  it('has one Simulated Mac, by whatever folder it was found', async () => {
    await withBench(new Map(), async bench => {
      await nested(bench, 'one');
      await symlink('project', join(bench.project, '..', 'linked'));
      const environment = { XDG_STATE_HOME: join(bench.state, 'home') };
      const status = (project: string) =>
        kextDev(['status', '--target', 'simulated', '--project', project], { environment });
      for (const project of [bench.project, join(bench.project, 'one'), join(bench.project, '..', 'linked', 'one')]) {
        assert.equal((await status(project)).status, 0);
      }
      const macs = await readdir(join(bench.state, 'home', 'kext-dev', 'simulated'));
      assert.deepEqual(
        macs.map(name => name.replace(/-[0-9a-f]{8}$/, '')),
        ['one'],
      );
    });
  });
});
