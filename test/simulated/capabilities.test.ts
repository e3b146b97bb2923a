import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { before, describe, it } from 'node:test';
import { capabilitiesOf } from '../../src/model/capabilities.ts';
import { readSystem } from '../../src/operations/kernel/readSystem.ts';
import { scenarios } from '../../src/simulator/systems/simulatedSystem.ts';
import { installOn } from '../support/installOn.ts';
import { prepareKernel, type SimulatedBench, withBench } from '../support/simulatedBench.ts';
import { files, listed, never, withRunning } from './systemsSubject.ts';

before(() => prepareKernel());

const capabilities = async ({ target }: SimulatedBench) => capabilitiesOf(await readSystem(target, never));

/** What a tool says on standard error, run as root. */
async function said({ target }: SimulatedBench, tool: string, ...argv: readonly string[]): Promise<string> {
  const call = { tool, argv, asRoot: true, timeoutMs: 10_000, parse: () => undefined };
  return (await target.runner.run(call, never)).stderr;
}

for (const scenario of scenarios)
  describe(`What ${scenario} does is what is told of its system`, () => {
    it('a load waits for what it is told to need, and for nothing else', async () => {
      await withBench(
        files,
        async bench => {
          const { loadNeedsApproval, loadNeedsRestart } = await capabilities(bench);
          if (loadNeedsApproval.value) {
            assert.equal((await bench.reload()).outcome, 'waitingForApproval');
            await bench.approve();
          }
          if (loadNeedsRestart.value) {
            assert.equal((await bench.reload()).outcome, 'waitingForRestart');
            await bench.restart();
          }
          const { outcome, bundle } = await bench.reload();
          assert.equal(outcome, 'loaded');
          assert.equal(await listed(bench), bundle?.executable?.uuid);
        },
        { scenario },
      );
    });

    it('an unload works for certain, or perhaps, and the tools relay what the kernel says, or do not', async () => {
      await withRunning(scenario, files, async bench => {
        const { unloadCanWork, unloadTakesEffect, kernelLines } = await capabilities(bench);
        const refusal = await said(bench, 'kextunload', '-b', 'org.nobody.NoSuch');
        assert.equal(refusal.includes('(kernel) '), kernelLines.value === 'relayed by the tool', refusal);
        const { outcome } = await bench.unload();
        if (outcome === 'refused') assert.equal(unloadCanWork.value, 'perhaps');
        else if (outcome === 'stillLoaded') assert.equal(unloadTakesEffect.value, 'at once or at the restart');
        else assert.equal(outcome, 'unloaded');
      });
    });

    it('a bundle is taken from any folder, or is not', async () => {
      await withBench(
        files,
        async bench => {
          const { loadsFrom } = await capabilities(bench);
          const { bundle } = await bench.reload();
          const built = bundle?.folder ?? assert.fail();
          const elsewhere = `/private/tmp/elsewhere/${basename(built)}`;
          await installOn(bench.target, built, elsewhere);
          const refused = /Should appear in one of/.test(await said(bench, 'kextload', elsewhere));
          assert.equal(refused, loadsFrom.value !== 'any folder');
        },
        { scenario },
      );
    });
  });
