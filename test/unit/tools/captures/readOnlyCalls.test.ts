import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { captureParsers } from '../../../../src/tools/captures/captureParsers.ts';
import { captureTool } from '../../../../src/tools/captures/captureTool.ts';
import { readOnlyCalls } from '../../../../src/tools/captures/readOnlyCalls.ts';
import { installPlaces, knownPrograms } from '../../../../src/tools/doctorCalls.ts';
import { searchedFolders } from '../../../../src/tools/kextPlaces.ts';
import { commandLine, type ToolCommand } from '../../../../src/tools/port/toolCommand.ts';
import { readSources } from '../../../rules/sources.ts';

const className = 'IOResources';

/** sync says nothing at all; the beginnings of the executables of a copy are the kext's own. */
const notRead: ReadonlySet<string> = new Set(['sync', 'fileBeginnings']);

/** What is asked of the machine that builds, and of no target. */
const ofThisMachine: ReadonlySet<string> = new Set(['programVersion', 'gitStatus']);

/** How the calls are made that need something; what needs root is no reading. */
const examples: Readonly<Record<string, readonly unknown[]>> = {
  ioclasscount: [[className]],
  ioregObjects: [className],
  ioregTree: [className],
  freeSpace: [installPlaces],
  whichPrograms: [knownPrograms],
  loadedKexts: [{ listTool: { value: 'kmutil showloaded' } }],
  kextload: ['/private/tmp/kext-dev/Turbine.kext'],
  kextunload: ['org.sample.driver.Turbine'],
  findInfoPlists: ['org.sample.driver.Turbine', searchedFolders],
  findOnVolumes: ['org.sample.driver.Turbine'],
  processOwner: [1],
  terminate: [401, true],
  propertyListText: ['/System/Library/CoreServices/SystemVersion.plist'],
  fileBeginnings: ['/Library/Extensions/Turbine.kext/Contents/MacOS'],
  gitStatus: ['/p'],
  fileDigests: [['/System/Library/CoreServices/SystemVersion.plist']],
  fileEntry: ['/Library/Extensions'],
  entryNumbers: [['/Library/Extensions']],
  giveToRoot: ['/private/tmp/kext-dev/.Turbine.kext.kext-dev-new'],
  makeRootFolder: ['/private/tmp/kext-dev'],
  renameEntry: ['/private/tmp/kext-dev/.Turbine.kext.kext-dev-new', '/private/tmp/kext-dev/Turbine.kext'],
  unpackArchive: [new Uint8Array(), '/private/tmp/kext-dev/.Turbine.kext.kext-dev-new'],
  listProject: ['/p/Pump.xcodeproj', '/p'],
  showBuildSettings: [[], '/p'],
  removeBundle: ['/private/tmp/kext-dev/Turbine.kext', '/private/tmp/kext-dev'],
};

/** Asked for after a panic alone: reports are read for the developer who caused it, and none is for a recording. */
const ofPanics: ReadonlySet<string> = new Set(['panicReports', 'panicReportTime', 'panicReportText']);

const factory = /export function (\w+)\([^)]*\): ToolCommand</g;

/** Every call that src/tools can make, by the name of its function. */
async function allCalls(): Promise<readonly (readonly [name: string, call: ToolCommand<unknown>])[]> {
  const found: [string, ToolCommand<unknown>][] = [];
  for (const [path, text] of await readSources('src/tools', '.ts')) {
    const names = [...text.matchAll(factory)].map(([, name = '']) => name);
    if (names.length === 0) continue;
    const module = (await import(`../../../../${path}`)) as Record<string, (...given: readonly unknown[]) => unknown>;
    for (const name of names.filter(each => !ofPanics.has(each)))
      found.push([name, module[name]?.(...(examples[name] ?? [])) as ToolCommand<unknown>]);
  }
  return found;
}

/** Tools that say nothing of a target: they build on this machine. */
const ofBuilds: readonly string[] = ['xcodebuild'];

describe('the calls that are recorded', () => {
  const recorded = readOnlyCalls({ classes: [className], bundleIdentifier: 'org.sample.driver.Turbine' }).map(
    commandLine,
  );

  it('are all that src/tools has for a target and that need no root', async () => {
    const calls = await allCalls();
    assert.ok(calls.length >= 12, `${calls.length} calls`);
    for (const [name, call] of calls)
      if (![notRead, ofThisMachine].some(apart => apart.has(name)) && !call.asRoot && !ofBuilds.includes(call.tool))
        assert.ok(recorded.includes(commandLine(call)), `${name} is not recorded: ${commandLine(call)}`);
  });

  it('need no root and ask no tool that changes anything', () => {
    const readers =
      /^(?:(?:sw_vers|sysctl|csrutil status|kextstat|kmutil (?:showloaded|inspect)|ioclasscount|ioreg|ps|log show|which|df -k|ls|spctl kext-consent status|system_profiler|openssl dgst|plutil -convert xml1 -o|find)\b|(?:date -u \+%s|nvram boot-args|id -[Gu]|sudo -n -l)$)/;
    for (const call of readOnlyCalls({
      classes: ['TurbineDriver', 'TurbineRotor'],
      bundleIdentifier: 'org.sample.driver.Turbine',
    })) {
      assert.equal(call.asRoot, false);
      assert.match(commandLine(call), readers);
    }
  });

  it('ask for the objects of the project’s classes, of not too many, and of one that every Mac has where there are none', () => {
    const many = Array.from({ length: 100 }, (_, at) => `Turbine${at}`);
    assert.ok(readOnlyCalls({ classes: many }).length < 50);
    assert.ok(readOnlyCalls({ classes: [] }).map(commandLine).includes('ioreg -a -i -r -c IOResources'));
  });

  it('have a parser each', () => {
    for (const { tool, argv } of readOnlyCalls({ classes: [] }))
      assert.ok(Object.hasOwn(captureParsers, captureTool(tool, argv)), tool);
  });
});
