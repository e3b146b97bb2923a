import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { knownNames } from '../../src/operations/captures/knownNames.ts';
import { type RecordedCall, recordReadOnlyCalls, reviewOf } from '../../src/operations/captures/recordCaptures.ts';
import { recordOperation } from '../../src/operations/captures/recordOperation.ts';
import { reloadKext } from '../../src/operations/reload.ts';
import { scenarios } from '../../src/simulator/systems/simulatedSystem.ts';
import { simulatedSystem } from '../../src/simulator/systems/simulatedSystems.ts';
import { readDemo } from '../support/renamedDemo.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';

const never = new AbortController().signal;
const files = await readDemo();

before(() => prepareKernel());

describe('captures of the Simulated Mac', () => {
  for (const scenario of scenarios)
    it(`${scenario}: every call that reads it and those of a reload, all understood, and honest about what they are`, () =>
      withBench(
        files,
        async bench => {
          const operation = await bench.operation();
          const { target, project } = operation;
          const read = await recordReadOnlyCalls(target, project, never);
          const calls: RecordedCall[] = [];
          await reloadKext(
            recordOperation(operation, call => calls.push(call)),
            never,
          );
          const all = [...read.calls, ...calls];
          const review = reviewOf({ calls: all, missing: read.missing }, target, knownNames(project, target));
          const { version, build, kernelmanagerd } = simulatedSystem(scenario);
          assert.equal(review.macos, `${version} (${build})`);
          assert.deepEqual([review.left, review.missing], [[], kernelmanagerd ? [] : ['kmutil']]);
          for (const { tool, argv, origin, notUnderstood, stdout, stderr } of review.captures) {
            assert.equal(origin, 'simulated');
            // What make says of its recipes is the project's own.
            if (tool !== 'clang') assert.equal(notUnderstood, 0, `${tool} ${argv.join(' ')}: ${stdout}${stderr}`);
          }
          const tools = new Set(calls.map(({ command }) => command.tool));
          for (const tool of ['make', 'kextload', 'ioreg']) assert.ok(tools.has(tool), [...tools].join(' '));
        },
        { scenario },
      ));
});
