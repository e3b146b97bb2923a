import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selectionWords, type XcodeBuild } from '../../../src/operations/xcode/xcodeBuild.ts';
import { freeSpace } from '../../../src/tools/df.ts';
import { fileBeginnings } from '../../../src/tools/fileBeginnings.ts';
import {
  entryNumbers,
  fileDigests,
  fileEntry,
  giveToRoot,
  makeRootFolder,
  renameEntry,
  unpackArchive,
} from '../../../src/tools/fileTools.ts';
import { findInfoPlists, findLeftovers, findOnVolumes } from '../../../src/tools/findCopies.ts';
import { ioclasscount } from '../../../src/tools/ioclasscount.ts';
import { ioregObjects } from '../../../src/tools/ioregArchive.ts';
import { ioregTree } from '../../../src/tools/ioregTree.ts';
import { kextload } from '../../../src/tools/kextload.ts';
import { kextunload } from '../../../src/tools/kextunload.ts';
import { panicReports, panicReportText, panicReportTime } from '../../../src/tools/panicReports.ts';
import { propertyListText } from '../../../src/tools/plutil.ts';
import type { ToolCommand } from '../../../src/tools/port/toolCommand.ts';
import { wholeOf } from '../../../src/tools/port/toolInput.ts';
import { removeBundle } from '../../../src/tools/removeBundle.ts';
import { notPassed, remoteScript, shellWord } from '../../../src/tools/ssh/remoteScript.ts';
import { listProject, showBuildSettings } from '../../../src/tools/xcode/xcodebuildSettings.ts';

/** Texts into which a shell, an option parser, a list of lines or a terminal could read something: a hundred and more. */
const hostile: readonly string[] = [
  ...['', ' ', '  a', 'a ', '\t', '\n', 'a\nb', '\r\n', '\0', 'a\0b'],
  ...["'", "''", "a'b", '"', 'a"b', '`id`', '$(id)', '$\u007bHOME}', '$HOME', '$$', '\\', '\\n', 'a\\', "'\\''"],
  ...[
    ';',
    ';reboot',
    '|id',
    '||id',
    '&',
    '&&id',
    '>x',
    '<x',
    '2>&1',
    '(id)',
    '{a,b}',
    '*',
    '?',
    '[a]',
    '~',
    '~root',
    '!!',
    '#',
  ],
  ...['-', '--', '-r', '-rf', '-oProxyCommand=id', '--help', '-n', '-A', '--target', '-F/etc/passwd', '-p', '-c', '-C'],
  ...[
    '..',
    '../..',
    '/..',
    '/../../etc',
    '/',
    '//',
    '.',
    './a',
    '/dev/null',
    '/etc/passwd',
    '/System/Library/Extensions/A.kext',
  ],
  ...['ä', '€', '😀', '\u202e', '\u200b', '\ufeff', 'é', 'ß', '漢字', 'א', '\ud800', '\u0007', '\u001b[31m', '\u007f'],
  ...[
    '%s',
    '%n',
    '%x%x',
    '=',
    '=a',
    'A=B',
    'a:b',
    'a/b',
    'a@b',
    'x'.repeat(4096),
    '/'.repeat(4096),
    "'".repeat(4096),
    '$('.repeat(2048),
  ],
  ...['com.apple.driver.Pump', 'COM.APPLE.x', 'com.apple.', 'org.sample.driver.Pump', 'org.sample.driver.Pump;id'],
  ...['{}', '{}/..', '+', ';;', 'a\norg.sample.driver.Pump'],
  ...['true', 'null', '0', '-1', '1e9', '<!--', ']]>', '&amp;', '<string>', '"/>', '\\u0000', '%00', 'CON', 'nul'],
];

const folder = '/private/tmp/kext-dev';

/** Every call that takes a name from somewhere: what it asks for with that name, or why it does not. */
const calls: Readonly<Record<string, (name: string) => ToolCommand<unknown>>> = {
  'kextunload of a bundle identifier': name => kextunload(name),
  'kextload of a path': name => kextload(name),
  'kextload of a name in a folder': name => kextload(`${folder}/${name}`),
  'ioclasscount of a class': name => ioclasscount([name]),
  'ioreg of a class, as an archive': name => ioregObjects(name),
  'ioreg of a class, as a tree': name => ioregTree(name),
  'rm of a bundle': name => removeBundle(`${folder}/${name}`, folder),
  'ls of a path': name => fileEntry(`${folder}/${name}`),
  'ls for the number of a path': name => entryNumbers([`${folder}/${name}`]),
  'mkdir of a path': name => makeRootFolder(`${folder}/${name}`),
  'mkdir of anything': name => makeRootFolder(name),
  'tar into a path': name => unpackArchive(new Uint8Array(), `${folder}/${name}`),
  'chown of a path': name => giveToRoot(`${folder}/${name}`),
  'mv to a path': name => renameEntry(`${folder}/a`, `${folder}/${name}`),
  'openssl of a path': name => fileDigests([`${folder}/${name}`]),
  'rm of a copy': name => removeBundle(`/Library/Extensions/${name}`, '/Library/Extensions'),
  'find and grep of a bundle identifier': name => findInfoPlists(name, [folder]),
  'find and grep of a bundle identifier on other volumes': name => findOnVolumes(name),
  'find in a folder': name => findInfoPlists('org.sample.driver.Pump', [`${folder}/${name}`]),
  'find of leftovers in a folder': name => findLeftovers([`${folder}/${name}`]),
  'plutil of a path': name => propertyListText(`${folder}/${name}`),
  'find and od in a path': name => fileBeginnings(`${folder}/${name}`),
  'find and od in anything': name => fileBeginnings(name),
  'ls of a folder with panic reports': name => panicReports(`${folder}/${name}`, true),
  'stat of a panic report': name => panicReportTime(`${folder}/${name}`, true),
  'coreutils’ stat of a panic report': name => panicReportTime(`${folder}/${name}`, true, 'coreutils'),
  'cat of a panic report': name => panicReportText(`${folder}/${name}`, true),
  'df of a path': name => freeSpace([`${folder}/${name}`]),
  'xcodebuild of a project': name => listProject(`${folder}/${name}`, folder),
  'xcodebuild of a target': name => xcode({ target: name }),
  'xcodebuild of a scheme': name => xcode({ scheme: name }),
  'xcodebuild of a configuration': name => xcode({ scheme: 'Pump', configuration: name }),
};

function xcode(told: Partial<XcodeBuild>): ToolCommand<unknown> {
  const build = { projectFile: '/p/A.xcodeproj', target: 'Pump', scheme: undefined, configuration: 'Debug' };
  return showBuildSettings(selectionWords({ ...build, architecture: undefined, ...told }), '/p');
}

/** The call for a name, or undefined where it is refused before anything runs. */
function callFor(make: (name: string) => ToolCommand<unknown>, name: string): ToolCommand<unknown> | undefined {
  try {
    const command = make(name);
    return notPassed(command) === undefined ? command : undefined;
  } catch (error) {
    assert.ok(error instanceof RangeError, `${JSON.stringify(name)}: ${error}`);
    return undefined;
  }
}

describe('A name from somewhere', () => {
  assert.ok(new Set(hostile).size >= 100);

  for (const [what, make] of Object.entries(calls))
    it(`is data to ${what}, one argument that is no option, or is refused before anything runs`, () => {
      const usual = ['Pump.kext', 'Pump', '/Pump.kext'].flatMap(name => callFor(make, name) ?? [])[0];
      assert.ok(usual !== undefined);
      for (const name of hostile) {
        const command = callFor(make, name);
        if (command === undefined) continue;
        const { tool, argv } = command;
        assert.deepEqual([tool, argv.length], [usual.tool, usual.argv.length], name);
        const others = argv.filter((word, at) => word !== usual.argv[at]);
        assert.ok(
          others.length <= 1 && others.every(word => word.endsWith(name) && !word.startsWith('-')),
          JSON.stringify(argv),
        );
      }
    });

  it('never names a kext of Apple’s to a tool that unloads or removes', () => {
    for (const name of hostile.filter(each => each.toLowerCase().startsWith('com.apple')))
      assert.equal(callFor(kextunload, name), undefined, name);
  });

  it('never leads rm out of the folder, nor to the folder itself', () => {
    for (const name of hostile) {
      const command = callFor(each => removeBundle(`${folder}/${each}`, folder), name);
      const path = command?.argv[1] ?? `${folder}/A.kext`;
      assert.equal(path.slice(folder.length + 1).includes('/'), false, path);
      assert.notEqual(path, folder);
    }
  });

  it('is one word on one line to a far shell, whatever it holds', () => {
    for (const name of hostile.filter(each => !each.includes('\0') && !/[\ud800-\udfff]/.test(each))) {
      assert.equal(shellWord(name).includes('\n'), false);
      const command = { tool: 'echo', argv: [name], asRoot: true, timeoutMs: 1, folder: '/', parse: () => undefined };
      const script = new TextDecoder().decode(wholeOf(remoteScript([command], 'mark', { answers: true })));
      assert.equal(script.split('\n').length, 2, 'a script is one line');
    }
  });
});
