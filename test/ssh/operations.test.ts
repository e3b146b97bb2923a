import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadedKext } from '../../src/model/snapshot.ts';
import { buildKext } from '../../src/operations/buildKext.ts';
import { handedOn } from '../../src/operations/captures/heardOperation.ts';
import { installKext } from '../../src/operations/installKext.ts';
import { readSnapshot } from '../../src/operations/kernel/snapshot.ts';
import { loadKext } from '../../src/operations/loadKext.ts';
import type { Operation, OperationResult } from '../../src/operations/operation.ts';
import { planReload } from '../../src/operations/planReload.ts';
import { KextRecordFile } from '../../src/operations/record/kextRecord.ts';
import { OnceFile } from '../../src/operations/record/onceFile.ts';
import { finishReload, reloadKext } from '../../src/operations/reload.ts';
import { uninstallKext } from '../../src/operations/uninstallKext.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import type { Scenario } from '../../src/simulator/systems/simulatedSystem.ts';
import { ProcessRunner } from '../../src/targets/processRunner.ts';
import { SshTarget } from '../../src/targets/sshTarget.ts';
import { asForMac } from '../support/asForMac.ts';
import { type FarSimulatedMac, openFarSimulatedMac } from '../support/farSimulatedMac.ts';
import { type DemoFiles, demoNames, readDemo } from '../support/renamedDemo.ts';
import { prepareKernel } from '../support/simulatedBench.ts';
import { kextDev } from '../support/terminal.ts';

const { signal } = new AbortController();

/** A Simulated Mac behind a real server, with the operations as they are done on any Mac over SSH. */
interface FarBench extends FarSimulatedMac {
  /** The kinds of their phases, as they were told. */
  readonly told: string[];
  operation(): Promise<Operation>;
  /** A change after which the built code is another one. */
  edit(): Promise<void>;
  isLoaded(): Promise<boolean>;
}

/**
 * What is behind the server runs the demo's own code: `known`, where the product may know of that, since it would give a real Mac
 * no such bundle.
 */
async function farBench({ files = demo, scenario = 'macos-10.15', known = true }: Far = {}): Promise<FarBench> {
  const far = await openFarSimulatedMac(files, { scenario });
  const { bench, server } = far;
  const parts = { host: 'mini', state: join(server.folder, 'state'), environment: process.env, log: () => undefined };
  const target = { ...handedOn(new SshTarget({ ...parts, processes: new ProcessRunner() })), simulated: known };
  const told: string[] = [];
  const records = new KextRecordFile(join(server.folder, 'state', 'kext.json'));
  return {
    ...far,
    told,
    operation: async () => ({
      ...(await bench.operation()),
      target,
      records,
      advised: new OnceFile(join(server.folder, 'state', 'advised')),
      progress: (phase, _plan, _kext, extent) => extent ?? told.push(phase),
    }),
    edit: () => appendFile(join(bench.project, `${names.driver}.cpp`), '\nextern "C" int oneMore() { return 1; }\n'),
    isLoaded: async () => loadedKext(await readSnapshot(target, [], signal), names.bundleIdentifier) !== undefined,
  };
}

interface Far {
  readonly files?: DemoFiles;
  readonly scenario?: Scenario;
  readonly known?: boolean;
}

const demo = await readDemo();
const names = demoNames(demo);

const told = ({ outcome, diagnoses }: OperationResult) => [outcome, ...diagnoses.map(({ cause }) => cause)];

describe('A Mac over SSH that kexts are loaded on', { timeout: 420_000 }, () => {
  before(async () => {
    const kernel = await prepareKernel();
    // The demo builds for no other system than the Simulated Mac; whose target it is on does not matter to its Makefile.
    Object.assign(process.env, { SIMULATED_MAC: kernel.folder, SIMULATED_ARCHITECTURE: 'x86_64' });
  });
  after(() => {
    delete process.env.SIMULATED_MAC;
    delete process.env.SIMULATED_ARCHITECTURE;
  });

  it('reloads, proves by the UUID, unloads and uninstalls', async () => {
    await using far = await farBench();
    const first = await reloadKext(await far.operation(), signal);
    assert.deepEqual(told(first), ['loaded']);
    assert.deepEqual(far.told, ['building', 'installing', 'loading', 'verifying']);
    await far.edit();
    const second = await reloadKext(await far.operation(), signal);
    assert.deepEqual(told(second), ['loaded']);
    assert.notEqual(second.bundle?.executable?.uuid, first.bundle?.executable?.uuid);
    assert.deepEqual(far.told.slice(4), ['building', 'unloading', 'installing', 'loading', 'verifying']);
    assert.deepEqual(told(await unloadKext(await far.operation(), signal)), ['unloaded']);
    assert.equal(await far.isLoaded(), false);
    const disk = join(far.bench.state, 'disk', 'private', 'tmp', 'kext-dev');
    assert.deepEqual(await readdir(disk), [`${names.executable}.kext`]);
    assert.deepEqual(told(await uninstallKext(await far.operation(), signal)), ['uninstalled']);
    assert.deepEqual(await readdir(disk), []);
  });

  it('waits for approval and a restart on macOS 13, keeps the copy before it until then, and finishes by its UUID', async () => {
    await using far = await farBench({ scenario: 'macos-13' });
    const first = await reloadKext(await far.operation(), signal);
    assert.deepEqual(told(first), ['waitingForApproval', 'waitingForApproval']);
    await far.bench.approve();
    await far.bench.restart();
    assert.deepEqual(told(await finishReload(await far.operation(), signal)), ['loaded']);
    await far.edit();
    assert.deepEqual(told(await reloadKext(await far.operation(), signal)), [
      'waitingForApproval',
      'waitingForApproval',
    ]);
    const disk = join(far.bench.state, 'disk', 'Library', 'Extensions');
    const bundle = `${names.executable}.kext`;
    assert.deepEqual((await readdir(disk)).sort(), [`.${bundle}.kext-dev-old`, bundle]);
    await far.bench.approve();
    await far.bench.restart();
    assert.deepEqual(told(await finishReload(await far.operation(), signal)), ['loaded']);
    assert.deepEqual(await readdir(disk), [bundle]);
  });

  it('is given no bundle that was built for the Simulated Mac, and what runs there goes on running', async () => {
    await using far = await farBench({ known: false });
    const { outcome, diagnoses, phases } = await reloadKext(await far.operation(), signal);
    assert.deepEqual([outcome, diagnoses.map(({ cause }) => cause)], ['failed', ['crossBuilt']]);
    assert.match(
      diagnoses[0]?.message ?? '',
      /was built for the Simulated Mac \(KextDevCrossBuilt in its Info\.plist\); it is not installed on mini\.$/,
    );
    assert.deepEqual(
      phases.map(({ name }) => name),
      ['building'],
    );
  });

  it('from macOS 11 on: the first time one is told what to do if the Mac no longer starts, with the path', async () => {
    await using far = await farBench({ files: asForMac(demo), scenario: 'macos-15', known: false });
    const build = async () => assert.equal((await buildKext(await far.operation(), signal)).outcome, 'built');
    process.env.SIMULATED_ARCHITECTURE = 'arm64e';
    await build();
    process.env.SIMULATED_ARCHITECTURE = 'x86_64';
    const first = await installKext(await far.operation(), signal);
    assert.deepEqual(told(first), ['installed', 'recoveryAdvice']);
    const path = `/Library/Extensions/${names.executable}.kext`;
    const [advice] = first.diagnoses;
    assert.match(advice?.message ?? '', new RegExp(`If mini no longer starts: safe mode, then remove ${path}\\.$`));
    assert.match(advice?.evidence[0]?.text ?? '', /hold the power button/);
    assert.equal(advice?.evidence[1]?.text, `sudo rm -rf ${path}`);
    assert.deepEqual(told(await installKext(await far.operation(), signal)), ['installed']);
  });

  it('whose boot policy keeps kexts out gets none, however it is asked, until its owner has been in Recovery', async () => {
    await using far = await farBench({ files: asForMac(demo), scenario: 'macos-15', known: false });
    const profiler = join(far.bench.project, 'build', 'tools', 'system_profiler');
    const reduced = await readFile(profiler, 'utf8');
    const full =
      '{ "SPiBridgeDataType" : [ { "ibridge_secure_boot" : "Full Security", "ibridge_sb_other_kext" : "No" } ] }';
    await writeFile(profiler, `#!/bin/sh\necho '${full}'\n`);
    process.env.SIMULATED_ARCHITECTURE = 'arm64e';
    try {
      for (const work of [reloadKext, installKext, loadKext]) {
        const result = await work(await far.operation(), signal);
        assert.deepEqual(told(result), ['failed', 'keptOutByBootPolicy']);
        const [problem] = result.diagnoses;
        assert.match(
          problem?.message ?? '',
          /^The boot policy of mini keeps \S+ out: Full Security, kexts not allowed\./,
        );
        assert.match(problem?.remedy ?? '', /^Shut down, hold the power button .* allow user management of kernel/);
        assert.equal(problem?.anchor?.file, join(far.bench.project, 'Info.plist'));
      }
      assert.deepEqual([...new Set(far.told)], ['building']);
      await writeFile(profiler, reduced);
      await far.bench.restart();
      await far.server.closeConnections();
      const after = await reloadKext(await far.operation(), signal);
      assert.deepEqual(told(after), ['waitingForApproval', 'waitingForApproval', 'recoveryAdvice']);
    } finally {
      process.env.SIMULATED_ARCHITECTURE = 'x86_64';
    }
  });

  it('whose kext a bootloader or a collection brings gets no build beside it, unless a folder is named for that', async () => {
    await using far = await farBench({ files: asForMac(demo), scenario: 'macos-13', known: false });
    assert.equal((await reloadKext(await far.operation(), signal)).outcome, 'waitingForApproval');
    await far.bench.approve();
    await far.bench.restart();
    await finishReload(await far.operation(), signal);
    assert.equal(await far.isLoaded(), true);
    const path = `/Library/Extensions/${names.executable}.kext`;
    const rm = { tool: 'rm', argv: ['-rf', path], asRoot: true, timeoutMs: 10_000, parse: () => undefined };
    await far.bench.target.runner.run(rm, signal);
    const plan = await planReload(await far.operation(), signal);
    const { outcome, diagnoses, phases } = await reloadKext(await far.operation(), signal);
    assert.deepEqual([outcome, diagnoses.map(({ cause }) => cause)], ['failed', ['providedAtBoot']]);
    assert.deepEqual(
      plan.steps.map(({ name }) => name),
      phases.map(({ name }) => name),
    );
    assert.match(plan.notes[0] ?? '', /^Nothing will be installed: /);
    assert.match(
      diagnoses[0]?.remedy ?? '',
      /installed beside it all the same, in \/Library\/Extensions, set kext\.install\.path to that folder /,
    );
    assert.deepEqual(
      phases.map(({ name }) => name),
      ['building'],
    );
    const named = { ...(await far.operation()), installPath: '/Library/Extensions' };
    assert.ok((await reloadKext(named, signal)).phases.some(({ name }) => name === 'installing'));
  });

  it('is worked on from the terminal as from the editor: the same phases, and an exit status', async () => {
    await using far = await farBench({ files: asForMac(demo), known: false });
    const environment = { ...far.server.environment, XDG_STATE_HOME: join(far.server.folder, 'state') };
    const run = (command: string) =>
      kextDev([command, '--target', 'ssh:mini', '--project', far.bench.project], { environment });
    const told = (phases: readonly string[]) => phases.map(phase => `${phase}\n`).join('');
    const begun = (command: string, phase: string) => `${command} ${names.bundleIdentifier} on mini: ${phase}`;
    const built = await run('build');
    assert.deepEqual([built.status, built.stderr], [0, told([begun('build', 'building')])]);
    const installed = await run('install');
    assert.deepEqual([installed.status, installed.stderr], [0, told([begun('install', 'installing')])]);
    const removed = await run('uninstall');
    assert.deepEqual([removed.status, removed.stderr], [0, told([begun('uninstall', 'removing')])]);
    const missing = await run('load');
    assert.equal(missing.status, 1);
    assert.match(missing.stdout, new RegExp(`${names.executable}\\.kext`));
  });

  it('is asked for nothing a second time: a Reload with nothing to change has so many round trips', async () => {
    await using far = await farBench();
    await reloadKext(await far.operation(), signal);
    await far.server.takeStarts();
    assert.deepEqual(told(await reloadKext(await far.operation(), signal)), ['loaded']);
    const starts = await far.server.takeStarts();
    assert.ok(starts <= 16, `${starts} round trips`);
  });
});
