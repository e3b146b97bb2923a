import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, it } from 'node:test';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const names = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${names.bundleIdentifier}`);

before(() => prepareKernel());

describe('What the build of the demo makes', () => {
  it("a marked kext with its classes, their superclasses, their vtables, LLVM's UUID, and a twin", async () => {
    await withBench(files, async bench => {
      const { bundle } = await bench.reload();
      assert.equal(bundle?.infoPlist.crossBuilt, true);
      assert.ok(bundle.twin);
      assert.deepEqual(
        new Map(bundle.executable?.classes.map(({ name, superclass }) => [name, superclass])),
        new Map([
          [names.driver, 'IOService'],
          [names.engine, 'OSObject'],
          [names.userClient, 'IOUserClient'],
        ]),
      );
      const file = bundle.executable?.file ?? assert.fail('no executable');
      const symbols = execFileSync('llvm-nm', [file], { encoding: 'utf8' });
      for (const name of [names.driver, names.engine, names.userClient]) {
        assert.match(symbols, new RegExp(` [SD] __ZTV${name.length}${name}$`, 'm'));
      }
      const dwarf = execFileSync('llvm-dwarfdump', ['--uuid', file], { encoding: 'utf8' });
      assert.ok(dwarf.includes(`UUID: ${bundle.executable?.uuid} `), dwarf);
    });
  });
});
