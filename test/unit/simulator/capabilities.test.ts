import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { capabilitiesOf, macosName } from '../../../src/model/capabilities.ts';
import { readSystem } from '../../../src/operations/kernel/readSystem.ts';
import { scenarios } from '../../../src/simulator/systems/simulatedSystem.ts';
import { simulatedSystem } from '../../../src/simulator/systems/simulatedSystems.ts';
import { openSimulatedMac } from '../../../src/targets/openSimulatedMac.ts';
import { fakeRunner } from './fakeRunner.ts';

const { signal } = new AbortController();

/** What no system says of itself, or what the sources tell differently. */
const neverCertain = new Set(['kernelLog', 'unloadCanWork', 'unloadTakesEffect', 'bootPolicyAllowsKexts']);

for (const scenario of scenarios)
  describe(`What ${scenario} says of itself`, () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'kext-dev-says-'));
    });
    after(() => rm(folder, { recursive: true, force: true }));

    const system = simulatedSystem(scenario);
    const open = () => {
      const host = fakeRunner(({ tool }) => assert.fail(`started ${tool}`));
      const places = { sources: folder, cache: folder, state: join(folder, 'state'), scenario };
      return openSimulatedMac(places, host, () => undefined);
    };

    it('is what it is, and enough to be certain of all that the sources agree on', async () => {
      const facts = await readSystem(open(), signal);
      const { version, build, kernelmanagerd } = system;
      assert.deepEqual([facts.version, facts.build], [version, build]);
      assert.equal(facts.usesKernelmanagerd ?? false, kernelmanagerd);
      assert.deepEqual(facts.integrityProtection, { status: 'disabled', kextSigning: false });
      assert.ok((facts.bootTime ?? 0) > 0);
      const unsure = Object.entries(capabilitiesOf(facts)).filter(([, { certain }]) => !certain);
      for (const [question] of unsure) assert.ok(neverCertain.has(question), question);
    });

    it('has the answers of the table to how it takes kexts', async () => {
      const target = open();
      const facts = await readSystem(target, signal);
      const capabilities = capabilitiesOf(facts);
      const { kernelmanagerd, auxiliaryCollection, unloads, architecture } = system;
      assert.equal(capabilities.listTool.value, kernelmanagerd ? 'kmutil showloaded' : 'kextstat');
      assert.equal(capabilities.kernelLines.value, kernelmanagerd ? 'in the log' : 'relayed by the tool');
      assert.equal(capabilities.kextArchitecture.value, architecture);
      assert.equal(capabilities.fromCollection.value, auxiliaryCollection);
      assert.equal(capabilities.loadNeedsRestart.value, auxiliaryCollection);
      assert.equal(capabilities.loadNeedsApproval.value, auxiliaryCollection);
      if (unloads !== 'at once') assert.equal(capabilities.unloadTakesEffect.value, 'at once or at the restart');
      if (unloads === 'never') assert.equal(capabilities.unloadCanWork.value, 'perhaps');
      assert.ok(target.name === 'Simulated Mac' || target.name.includes(macosName(facts)), target.name);
    });

    it('kextutil tests a kext, or says that it cannot, as the table has it', async () => {
      const target = open();
      const { explainTool } = capabilitiesOf(await readSystem(target, signal));
      const call = { tool: 'kextutil', argv: ['-n', '-t', '/nowhere.kext'], asRoot: false, timeoutMs: 1000 };
      const said = await target.runner.run({ ...call, parse: () => undefined }, signal).then(
        ({ stderr }) => stderr,
        (error: Error) => error.message,
      );
      assert.equal(/not a supported kmutil mode/.test(said), explainTool.value !== 'kextutil -nt', said);
    });
  });
