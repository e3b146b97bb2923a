import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildWhenStale } from '../support/bundles.ts';
import { isRunning } from '../support/isRunning.ts';
import { pathWithout } from '../support/pathWithout.ts';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
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

/** The project with another Makefile: a build that does what `recipe` says. */
const builtBy = (...recipe: readonly string[]) =>
  new Map(files).set('Makefile', `all:\n${recipe.map(line => `\t@${line}\n`).join('')}`);

describe('A folder that is no kext project', () => {
  const refused: readonly { readonly title: string; readonly infoPlist: string | undefined; readonly says: RegExp }[] =
    [
      { title: 'without an Info.plist', infoPlist: undefined, says: /^No kext project in \/.*: no Info\.plist with/ },
      {
        title: 'with the Info.plist of an application',
        infoPlist: files.get('Info.plist')?.replace('>KEXT<', '>APPL<'),
        says: /^No kext project in/,
      },
      {
        title: 'with an Info.plist that was cut off',
        infoPlist: files.get('Info.plist')?.slice(0, 500),
        says: /Info\.plist:\d+:\d+: Info\.plist is malformed: found the end of the file; expected <\/\w+> for/,
      },
      {
        title: 'with an Info.plist whose tags do not match',
        infoPlist: files.get('Info.plist')?.replace('</key>', '<key>'),
        says: /Info\.plist:\d+:\d+: Info\.plist is malformed: found .*; expected <\/key> for the <key> on line 5$/,
      },
      { title: 'with an empty Info.plist', infoPlist: '', says: /Info\.plist:1:1: Info\.plist is empty; expected/ },
      {
        title: 'with a binary Info.plist',
        infoPlist: 'bplist00\u0000\u0001',
        says: /Info\.plist is a binary property list; convert it with plutil/,
      },
      {
        title: 'with an Info.plist that has no identifier',
        infoPlist: files.get('Info.plist')?.replace(/\t<key>CFBundleIdentifier<\/key>\n.*\n/, ''),
        says: /Info\.plist:\d+:\d+: Info\.plist: .*CFBundleIdentifier/,
      },
    ];
  for (const { title, infoPlist, says } of refused) {
    it(`${title}: one line that says so, status 2`, async () => {
      const project = new Map(files);
      if (infoPlist === undefined) project.delete('Info.plist');
      else project.set('Info.plist', infoPlist);
      await withBench(project, async bench => {
        const answer = await kextDev(['reload', ...placeOf(bench)]);
        assert.equal(answer.status, 2);
        assert.match(onlyLine(answer), says);
      });
    });
  }

  it('names the very line and column of the mistake', async () => {
    const text = files.get('Info.plist') ?? '';
    await withBench(
      new Map(files).set('Info.plist', text.replace('<string>en</string>', '<strin>en</strin>')),
      async bench => {
        const said = onlyLine(await kextDev(['status', ...placeOf(bench)]));
        const line = text.slice(0, text.indexOf('<string>en</string>')).split('\n').length;
        assert.ok(said.startsWith(`${join(bench.project, 'Info.plist')}:${line}:2: `), said);
      },
    );
  });

  it('that is not there, or is a file', async () => {
    const missing = await kextDev(['reload', '--target', 'simulated', '--project', join(folder, 'nowhere')]);
    assert.match(onlyLine(missing), /nowhere does not exist; expected the folder of a kext project/);
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const answer = await kextDev(['reload', '--target', 'simulated', '--project', file]);
    assert.match(onlyLine(answer), /a-file is a file; expected the folder of a kext project/);
    assert.deepEqual([missing.status, answer.status], [2, 2]);
  });
});

describe('A build that fails', () => {
  it('with clang’s errors: each on its own line of the source, and nothing is loaded', async () => {
    const [source = '', text = ''] = [...files].find(([name]) => name === `${names.engine}.cpp`) ?? [];
    const edited = text.replace('lock = IOLockAlloc();', 'lock = IOLockAlloc()\n    length = rope;');
    const line = text.slice(0, text.indexOf('lock = IOLockAlloc();')).split('\n').length;
    await withBench(new Map(files).set(source, edited), async bench => {
      const result = await bench.reload();
      assert.equal(result.outcome, 'failed');
      assert.deepEqual(
        result.diagnoses.map(each => [each.about, each.cause, each.severity, each.anchor?.file, each.anchor?.line]),
        [
          ['build', 'buildError', 'error', join(bench.project, source), line],
          ['build', 'buildError', 'error', join(bench.project, source), line + 1],
        ],
      );
      assert.match(result.diagnoses[0]?.message ?? '', /^expected ';'/);
      assert.deepEqual(
        result.phases.map(({ name, outcome }) => `${name} ${outcome}`),
        ['building failed'],
      );
      const answer = await kextDev(['reload', ...placeOf(bench)]);
      assert.equal(answer.status, 1);
      assert.match(answer.stdout, new RegExp(`^${source}:${line}:\\d+: error: expected ';'`, 'm'));
    });
  });

  it('with an undefined symbol of the twin: an error that names it', async () => {
    const [source = '', text = ''] = [...files].find(([name]) => name === `${names.engine}.cpp`) ?? [];
    const edited = text.replace(
      'lock = IOLockAlloc();',
      'extern "C" void nobodyHasThis();\n    nobodyHasThis();\n    $&',
    );
    await withBench(new Map(files).set(source, edited.replace('$&', 'lock = IOLockAlloc();')), async bench => {
      const result = await bench.reload();
      assert.equal(result.outcome, 'failed');
      assert.match(JSON.stringify(result.diagnoses), /nobodyHasThis/);
    });
  });

  it('with rubbish: the command, how it ended, and its last words', async () => {
    await withBench(builtBy("printf '\\001\\377 rubbish \\033[31m\\n%s\\n' 'no known form'", 'exit 3'), async bench => {
      const { outcome, diagnoses } = await bench.reload();
      assert.equal(outcome, 'failed');
      assert.equal(diagnoses.length, 1);
      assert.equal(diagnoses[0]?.message, 'The build failed: make exited with 2.');
      assert.ok(diagnoses[0]?.evidence.some(({ text }) => text === 'no known form'));
      assert.equal(diagnoses[0]?.anchor?.file, join(bench.project, 'Info.plist'));
    });
  });

  it('by a signal', async () => {
    await withBench(builtBy('kill -KILL $$PPID'), async bench => {
      const { outcome, diagnoses } = await bench.reload();
      assert.equal(outcome, 'failed');
      assert.equal(diagnoses[0]?.message, 'The build failed: make was killed by SIGKILL.');
    });
  });

  it('because the project’s folder went meanwhile: that is said in one line, status 2, and no tool is missed', async () => {
    await withBench(builtBy('rm -rf "$(CURDIR)"; $(MAKE) more'), async bench => {
      const answer = await kextDev(['reload', ...placeOf(bench)]);
      assert.equal(answer.status, 2);
      assert.equal(
        onlyLine(answer),
        `The project's folder is gone: ${bench.project}. Put it back, or open the project where it is.`,
      );
    });
  });

  it('and says that it succeeded, without a product', async () => {
    await withBench(builtBy('echo done'), async bench => {
      const { outcome, diagnoses } = await bench.reload();
      assert.equal(outcome, 'failed');
      assert.equal(
        diagnoses[0]?.message,
        `The build made no kext with the identifier ${names.bundleIdentifier} below ${bench.project}.`,
      );
    });
  });
});

describe('A build that hangs', () => {
  const hanging = builtBy("sh -c 'echo $$$$ > parent; sleep 600 & echo $$! > child; wait'");
  const pidIn = async (bench: SimulatedBench, name: string) => {
    for (;;) {
      const pid = Number(await readFile(join(bench.project, name), 'utf8').catch(() => ''));
      if (pid > 0) return pid;
      await sleep(20);
    }
  };

  it('ends with all that it started when it is cancelled', { timeout: 30_000 }, async () => {
    await withBench(hanging, async bench => {
      const stop = new AbortController();
      const reloading = bench.reload(stop.signal);
      const pids = [await pidIn(bench, 'parent'), await pidIn(bench, 'child')];
      assert.deepEqual(await Promise.all(pids.map(isRunning)), [true, true]);
      stop.abort();
      const result = await reloading;
      assert.equal(result.outcome, 'cancelled');
      assert.deepEqual(
        result.phases.map(({ name, outcome }) => `${name} ${outcome}`),
        ['building cancelled'],
      );
      assert.deepEqual(await Promise.all(pids.map(isRunning)), [false, false]);
    });
  });

  it('ends so in the terminal, too: Ctrl-C, status 130', { timeout: 30_000 }, async () => {
    await withBench(hanging, async bench => {
      const stop = new AbortController();
      const answering = kextDev(['reload', ...placeOf(bench)], { signal: stop.signal });
      const pids = [await pidIn(bench, 'parent'), await pidIn(bench, 'child')];
      stop.abort();
      const answer = await answering;
      assert.equal(answer.status, 130);
      assert.deepEqual(await Promise.all(pids.map(isRunning)), [false, false]);
    });
  });
});

describe('Missing build tools', () => {
  const missing: readonly { readonly title: string; readonly without: RegExp; readonly says: RegExp }[] = [
    {
      title: 'clang',
      without: /clang/,
      says: /^clang\+\+ is missing: install clang, lld and llvm \(Debian: apt-get install /,
    },
    { title: 'lld', without: /lld/, says: /^(ld64\.)?lld is missing: install lld/ },
    { title: 'dsymutil', without: /dsymutil/, says: /^dsymutil is missing: install llvm/ },
    { title: 'make', without: /^g?make$/, says: /^make is missing: install make/ },
  ];
  for (const { title, without, says } of missing) {
    it(`${title}: one line that names what to install, status 2`, async () => {
      const PATH = pathWithout(without, join(folder, `without-${title}`));
      await withBench(files, async bench => {
        const answer = await kextDev(['reload', ...placeOf(bench)], { environment: { PATH } });
        assert.equal(answer.status, 2);
        assert.match(onlyLine(answer), says);
      });
    });
  }
});
