import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { soundEvents } from '../../src/simulator/journal.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { fileBeginnings } from '../../src/tools/fileBeginnings.ts';
import { findInfoPlists, findLeftovers } from '../../src/tools/findCopies.ts';
import { propertyListText } from '../../src/tools/plutil.ts';
import type { Runner } from '../../src/tools/port/runner.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';
import { buildWhenStale } from '../support/bundles.ts';
import { installFolderOn, installOn } from '../support/installOn.ts';
import { demoNames, readDemo } from '../support/renamedDemo.ts';
import { benchOn, openBench, prepareKernel, type SimulatedBench } from '../support/simulatedBench.ts';
import { type SimulatedToolName, simulatedToolNames, writeSimulatedTools } from '../support/simulatedTools.ts';
import { withStatement } from './badDrivers.ts';

const { signal } = new AbortController();
const files = await readDemo();
const { bundleIdentifier, driver, engine, executable } = demoNames(files);
const installed = '/private/tmp/kext-dev/install.kext';

/** What is asked, in this order, and whether as root. */
const calls: readonly (readonly [tool: Exclude<SimulatedToolName, 'sudo'>, asRoot: boolean, ...argv: string[]])[] = [
  ['sw_vers', false],
  ['sysctl', false, '-n', 'kern.boottime'],
  ['sysctl', false, '-n', 'hw.model'],
  ['csrutil', false, 'status'],
  ['ps', false, '-axo', 'pid=,comm='],
  ['which', false, 'kextstat', 'kmutil'],
  ['date', false, '-u', '+%s'],
  ['df', false, '-k', '/', '/Library'],
  ['nvram', false, 'boot-args'],
  ['spctl', false, 'kext-consent', 'status'],
  ['id', false, '-G'],
  ['ls', false, '/Library/Developer/KDKs'],
  ['system_profiler', false, '-json', 'SPiBridgeDataType'],
  ['log', false, 'show', '--style', 'ndjson', '--last', '1m', '--predicate', 'process == "kernel"'],
  ['kmutil', false, 'showloaded'],
  ['kextstat', false],
  ['kextstat', false, '-l', '-b', bundleIdentifier],
  ['ioclasscount', false],
  ['ioclasscount', false, engine, 'No_Such'],
  ['ioreg', false, '-l', '-w', '0'],
  ['ioreg', false, '-a', '-r', '-c', driver],
  ['ioreg', false, '-x'],
  ['kextunload', false, '-b', bundleIdentifier],
  ['kextunload', true, '-b', bundleIdentifier],
  ['kextload', false, installed],
  ['mkdir', true, '-p', '/private/tmp/kext-dev/a b'],
  ['chown', true, '-R', 'root:wheel', '/private/tmp/kext-dev'],
  ['chmod', true, '-R', 'go-w', '/private/tmp/kext-dev'],
  ['chmod', false, '-R', 'go-w', '/private/tmp/kext-dev'],
  ['kextutil', false, '-nt', installed],
  ['kextload', true, installed],
  ['kextstat', false, '-a', '-b', bundleIdentifier],
  ['sw_vers', false, '-productVersion'],
  ['kextunload', true, '-b', 'org.nobody.NoSuch'],
  ['rm', true, '-rf', '/private/tmp/kext-dev/a b'],
  ['id', false, '-u'],
  ['id', true, '-u'],
  ['ls', false, '-ldn', '/private/tmp/kext-dev'],
  ['ls', false, '-ldn', '/private/tmp/no such'],
  ['openssl', false, 'dgst', '-sha256', `${installed}/Contents/Info.plist`, '/private/tmp/no such'],
  ['find', false, ...findInfoPlists(bundleIdentifier, ['/no such', '/private/tmp/kext-dev']).argv],
  ['find', false, ...fileBeginnings(`${installed}/Contents/MacOS`).argv],
  ['find', false, ...findLeftovers().argv],
  ['find', false, '/private/tmp', '-newer', 'x'],
  ['plutil', false, ...propertyListText(`${installed}/Contents/Info.plist`).argv],
  ['plutil', false, ...propertyListText('/no such').argv],
  ['mkdir', true, '-m', '755', '/private/tmp/kext-dev/c'],
  ['mkdir', true, '-m', '755', '/private/tmp/kext-dev/c'],
  ['tar', true, '-x', '-p', '-b', '128', '-f', '-', '-C', '/private/tmp/kext-dev/c'],
  ['mv', false, '/private/tmp/kext-dev/c', '/private/tmp/kext-dev/d'],
  ['mv', true, '/private/tmp/kext-dev/c', '/private/tmp/kext-dev/d'],
  ['mv', true, '/private/tmp/kext-dev/c', '/private/tmp/kext-dev/d'],
];

describe('Executables with the names of the tools', { timeout: 120_000 }, () => {
  let folder: string;
  let bench: SimulatedBench;
  before(async () => {
    await Promise.all([prepareKernel(), buildWhenStale()]);
    folder = await mkdtemp(join(tmpdir(), 'kext-dev-tools-'));
    bench = await openBench(files);
    const { bundle } = await bench.reload();
    await bench.exercise();
    await installOn(bench.target, bundle?.folder ?? '', installed);
  });
  after(async () => {
    await bench.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** A Mac that stands as the bench's does, and its tools as processes. */
  async function processes(): Promise<{ readonly state: string; readonly run: typeof run }> {
    const there = await mkdtemp(join(folder, "it's a Mac "));
    const [state, tools] = [join(there, 'state'), join(there, 'tools')];
    await cp(bench.state, state, { recursive: true });
    await writeSimulatedTools(tools, state);
    const host: Runner = new ProcessRunner();
    function run(tool: string, asRoot: boolean, ...argv: readonly string[]): Promise<ToolOutput> {
      const [started, ...words] = asRoot ? ['sudo', '-n', tool, ...argv] : [tool, ...argv];
      const environment = { KEXT_DEV_SIMULATED_UID: '501' };
      const command = { tool: join(tools, started ?? ''), argv: words, asRoot: false, timeoutMs: 30_000, environment };
      return host.run({ ...command, parse: () => undefined }, signal);
    }
    return { state, run };
  }

  it('say and end as the tools of the Mac in this process do, byte by byte', async () => {
    const there = await processes();
    const here = await mkdtemp(join(folder, 'here-'));
    await cp(bench.state, here, { recursive: true });
    const { target } = benchOn(bench.project, here);
    for (const [tool, asRoot, ...argv] of calls) {
      const call = { tool, argv, asRoot, timeoutMs: 1000, parse: () => undefined };
      const expected = await target.runner.run(call, signal);
      assert.deepEqual(await there.run(tool, asRoot, ...argv), expected, [tool, ...argv].join(' '));
    }
    const journal = (state: string) => readFile(join(state, 'journal.jsonl'), 'utf8');
    assert.equal(await journal(there.state), await journal(here));
    assert.deepEqual([...new Set(calls.map(([tool]) => tool)), 'sudo'].sort(), [...simulatedToolNames].sort());
  });

  it('say of sudo what it lets one do, and run nothing for it', async () => {
    const { run } = await processes();
    const command = { tool: 'sudo', argv: ['-n', '-l'], asRoot: false, timeoutMs: 1000, parse: () => undefined };
    const expected = await bench.target.runner.run(command, signal);
    assert.deepEqual(await run('sudo', false, '-n', '-l'), expected);
    assert.match(expected.stdout, /\(ALL\) NOPASSWD: ALL/);
  });

  it('at once do not harm each other: all that was done is there', async () => {
    const { state, run } = await processes();
    const before = soundEvents(await readFile(join(state, 'journal.jsonl'), 'utf8')).events.length;
    const names = ['a', 'b', 'c', 'd'].map(name => `/private/tmp/${name}`);
    const all = await Promise.all([
      ...names.map(name => run('mkdir', true, '-p', name)),
      run('kextunload', true, '-b', bundleIdentifier),
      run('kextunload', true, '-b', bundleIdentifier),
      run('kextstat', false),
      ...names.map(name => run('chmod', true, '-R', '700', name)),
    ]);
    assert.deepEqual(
      all.slice(0, 7).map(({ exitCode }) => exitCode),
      [0, 0, 0, 0, 3, 3, 0],
    );
    const journal = await readFile(join(state, 'journal.jsonl'), 'utf8');
    const { events, bytes } = soundEvents(journal);
    assert.equal(bytes, Buffer.byteLength(journal));
    assert.equal(events.length, before + 2);
    for (const name of names) {
      const again = await run('chmod', true, '-R', '755', name);
      assert.deepEqual([again.exitCode, again.stderr], [0, '']);
    }
  });

  it('act as root behind sudo, and for root; else as a user', async () => {
    const { run } = await processes();
    assert.equal((await run('kextunload', false, '-b', 'org.nobody.NoSuch')).exitCode, 77);
    assert.equal((await run('kextunload', true, '-b', 'org.nobody.NoSuch')).exitCode, 1);
    const { stderr, exitCode } = await run('nonesuch', true);
    assert.deepEqual([stderr, exitCode], ['sudo: nonesuch: command not found\n', 1]);
  });

  it('are those of the Mac’s system: on macOS 13 shims over kmutil, which say what they run', async () => {
    const { state, run } = await processes();
    const other = await openBench(files, { scenario: 'macos-13' });
    try {
      assert.equal((await other.reload()).outcome, 'waitingForApproval');
      await rm(state, { recursive: true });
      await cp(other.state, state, { recursive: true });
      const path = `${await installFolderOn(other.target)}/${executable}.kext`;
      for (const [tool, asRoot, ...argv] of [
        ['sw_vers', false],
        ['sysctl', false, '-n', 'hw.use_kernelmanagerd'],
        ['kextstat', false, '-l', '-b', 'com.apple.kpi.bsd'],
        ['kmutil', false, 'showloaded', '--no-kernel-components'],
        ['kextutil', true, '-nt', path],
        ['kextload', true, path],
        ['kextunload', true, '-b', bundleIdentifier],
        ['log', false, 'show', '--style', 'ndjson', '--last', '1m', '--predicate', 'process == "kernel"'],
      ] as const) {
        const call = { tool, argv, asRoot, timeoutMs: 1000, parse: () => undefined };
        const expected = await other.target.runner.run(call, signal);
        assert.deepEqual(await run(tool, asRoot, ...argv), expected, [tool, ...argv].join(' '));
      }
      assert.match(
        (await run('kextload', true, path)).stderr,
        /^Executing: \/usr\/bin\/kmutil load -p .*\n.* Code=27 /,
      );
    } finally {
      await other.remove();
    }
  });

  it('lose the connection when the driver panics', async () => {
    const { state, run } = await processes();
    const bad = withStatement(files, 'driver', 'stop', 'panic("out of rope");');
    const other = await openBench(bad.files);
    try {
      assert.equal((await other.reload()).outcome, 'loaded');
      await rm(state, { recursive: true });
      await cp(other.state, state, { recursive: true });
    } finally {
      await other.remove();
    }
    const { exitCode, stdout, stderr } = await run('kextunload', true, '-b', bundleIdentifier);
    assert.deepEqual([exitCode, stdout], [255, '']);
    assert.equal(stderr, 'The Simulated Mac panicked: out of rope. It has restarted.\n');
    assert.equal((await run('kextstat', false, '-l', '-b', bundleIdentifier)).stdout, '');
  });
});
