import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { demoNames, readDemo, renameDemo } from '../support/renamedDemo.ts';
import { runSeed } from '../support/seed.ts';
import { prepareKernel, withBench } from '../support/simulatedBench.ts';

const seed = runSeed();
const files = renameDemo(await readDemo(), seed);
const { bundleIdentifier } = demoNames(files);
console.log(`KEXT_DEV_SEED=${seed}: ${bundleIdentifier}`);

before(() => prepareKernel());

const infoPlist = files.get('Info.plist') ?? '';
const lineOf = (text: string, part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

describe('A reload whose load is refused is told on the line of Info.plist', () => {
  const refusals = [
    {
      title: 'of a library that is not there',
      text: infoPlist.replace('com.apple.kpi.mach', 'com.apple.kpi.mac'),
      says: `^The Simulated Mac.* has no com\\.apple\\.kpi\\.mac, which ${bundleIdentifier} links against\\.$`,
      part: '<key>com.apple.kpi.mac</key>',
    },
    {
      title: 'of a library that is asked for in a version to come',
      text: infoPlist.replace(/(<key>com\.apple\.kpi\.mach<\/key>\s*<string>)[^<]*/, '$199.0'),
      says: `^com\\.apple\\.kpi\\.mach on the Simulated Mac.* does not stand in for 99\\.0, which ${bundleIdentifier} asks for\\.$`,
      part: '<key>com.apple.kpi.mach</key>',
    },
    {
      title: 'of the libraries, where one is missing',
      text: infoPlist.replace(/\t\t<key>com\.apple\.kpi\.iokit<\/key>\n.*\n/, ''),
      says: `^\\d+ symbols of ${bundleIdentifier} are in none of its libraries: _IOLockAlloc, `,
      part: '<key>OSBundleLibraries</key>',
    },
  ];
  for (const { title, text, says, part } of refusals) {
    for (const scenario of ['macos-10.15', 'macos-13', 'macos-15'] as const) {
      it(`${title}, on ${scenario}`, async () => {
        assert.notEqual(text, infoPlist);
        await withBench(
          new Map(files).set('Info.plist', text),
          async bench => {
            const { outcome, diagnoses } = await bench.reload();
            assert.equal(outcome, 'failed');
            const [diagnosis, ...more] = diagnoses;
            assert.deepEqual(more, []);
            assert.match(diagnosis?.message ?? '', new RegExp(says));
            assert.deepEqual(
              [diagnosis?.anchor?.file, diagnosis?.anchor?.line],
              [join(bench.project, 'Info.plist'), lineOf(text, part)],
            );
          },
          { scenario },
        );
      });
    }
  }
});
