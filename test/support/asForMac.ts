import assert from 'node:assert/strict';
import type { DemoFiles } from './renamedDemo.ts';

/** The demo built without a twin and without the mark, as a Mac's kext is. */
export function asForMac(demo: DemoFiles): DemoFiles {
  const makefile = demo.get('Makefile') ?? '';
  const edited = makefile
    .replace(/^(products := .*) \$\(twin\)$/m, '$1')
    .replace(/\n\tsed '1,\/<dict>\/s.*\n/, '\n\tcp $< $@\n');
  assert.equal(edited.split('\n').filter((line, at) => line !== makefile.split('\n')[at]).length, 2);
  return new Map(demo).set('Makefile', edited);
}

/** The same without a driver to start: a Simulated Mac that lists it as a Mac's runs none of its code. */
export function startsNothingForMac(demo: DemoFiles): DemoFiles {
  const infoPlist = demo.get('Info.plist') ?? '';
  const changed = infoPlist.replace(/(<key>IOKitPersonalities<\/key>\s*<dict>).*?\n\t<\/dict>/s, '$1</dict>');
  assert.notEqual(changed, infoPlist);
  return new Map([...asForMac(demo), ['Info.plist', changed]]);
}
