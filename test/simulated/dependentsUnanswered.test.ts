import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { failureOf } from '../../src/operations/failure.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { unloadKext } from '../../src/operations/unload.ts';
import { outcomeText } from '../../src/report/outcomeText.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';
import { type LinkedBench, linkedKexts, loadAll, three, uuids, withLinkedKexts } from '../support/linkedKexts.ts';
import { prepareKernel } from '../support/simulatedBench.ts';
import { type Alteration, type Call, withAlteredTools } from './alteredTools.ts';

type IsCall = (call: Call) => boolean;

const { signal } = new AbortController();
const kexts = await linkedKexts(3);

before(() => prepareKernel());

const anchorOf = ({ project }: LinkedBench) => join(project, 'Info.plist');

describe('Where a tool answers what nobody knows', () => {
  const adrift: ToolOutput = {
    stdout: 'adrift\n',
    stderr: '',
    exitCode: null,
    signal: 'SIGKILL',
    timedOut: false,
    cancelled: false,
  };
  const isOn =
    (tool: string, { executable, bundleIdentifier }: LinkedBench) =>
    (call: Call) =>
      call.tool === tool && call.argv.some(word => word === bundleIdentifier || word.endsWith(`/${executable}.kext`));

  for (const [what, alter] of [
    ['and has not unloaded it', (is: IsCall): Alteration => ({ call: call => (is(call) ? adrift : undefined) })],
    ['and has unloaded it', (is: IsCall): Alteration => ({ output: (call, said) => (is(call) ? adrift : said) })],
  ] as const)
    it(`to the unload of the second one ${what}: all run again, and that is said with the tool's words`, async () => {
      await withLinkedKexts(kexts, async benches => {
        const [a, b, c] = three(benches);
        await loadAll(benches);
        const loaded = await uuids(benches);
        const operation = withAlteredTools(await a.operation(), alter(isOn('kextunload', b)));
        const back = what.includes('not') ? c.bundleIdentifier : `${c.bundleIdentifier}, ${b.bundleIdentifier}`;
        await assert.rejects(unloadKext(operation, signal), (error: Error) => {
          const { message } = failureOf(error);
          assert.match(message, /^kextunload was killed by SIGKILL; /);
          assert.ok(message.includes(`Loaded again: ${back}.`) && message.endsWith('adrift'), message);
          return true;
        });
        assert.deepEqual(await uuids(benches), loaded);
      });
    });

  it('to the unload and to the list: which ones went is said', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      let asked = false;
      const isUnload = isOn('kextunload', b);
      const call = (each: Call) => {
        asked ||= isUnload(each);
        return isUnload(each) || (asked && each.tool === 'kextstat') ? adrift : undefined;
      };
      await assert.rejects(unloadKext(withAlteredTools(await a.operation(), { call }), signal), (error: Error) => {
        const said = `Unloaded before that, and not loaded again, since the Simulated Mac does not list its kexts: ${c.bundleIdentifier}.`;
        assert.ok(error.message.startsWith('kextunload was killed') && error.message.endsWith(said), error.message);
        return true;
      });
    });
  });

  it('to the unload of the kext itself, which has gone: what needs it is not asked for, and that is said', async () => {
    await withLinkedKexts(kexts, async benches => {
      const [a, b, c] = three(benches);
      await loadAll(benches);
      const isUnload = isOn('kextunload', a);
      const output = (each: Call, said: ToolOutput) => (isUnload(each) ? adrift : said);
      await assert.rejects(unloadKext(withAlteredTools(await a.operation(), { output }), signal), (error: Error) => {
        const said = `${b.bundleIdentifier} is not loaded again: it is linked against ${a.bundleIdentifier}, which is not loaded.`;
        assert.ok(
          error.message.includes(said) &&
            error.message.includes(`Load ${b.bundleIdentifier}, then ${c.bundleIdentifier}.`),
          error.message,
        );
        return true;
      });
    });
  });

  for (const [what, alter, load] of [
    ['and loads it', (is: IsCall): Alteration => ({ output: (call, said) => (is(call) ? adrift : said) }), true],
    ['and does not load it', (is: IsCall): Alteration => ({ call: call => (is(call) ? adrift : undefined) }), false],
  ] as const)
    it(`to the load of one that comes back, ${what}: the reload has failed, and each is told`, async () => {
      await withLinkedKexts(kexts, async benches => {
        const [a, b, c] = three(benches);
        await loadAll(benches);
        const loaded = await uuids(benches);
        const operation = withAlteredTools(await a.operation(), alter(isOn('kextload', b)));
        const result = await reloadKext(operation, signal);
        assert.equal(result.outcome, 'failed');
        const [first, second] = result.diagnoses;
        assert.match(first?.message ?? '', /was to be loaded again, and that came to no answer: kextload was killed/);
        assert.deepEqual([first?.anchor?.file, first?.evidence], [anchorOf(b), [{ text: 'adrift' }]]);
        assert.equal(second?.anchor?.file, load ? undefined : anchorOf(c));
        assert.deepEqual(await uuids(benches), load ? loaded : [loaded[0], undefined, undefined]);
        assert.equal(/Not loaded again/.test(outcomeText(result, operation)), !load);
      });
    });
});
