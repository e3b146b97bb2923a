import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { captureParsers } from '../../../src/tools/captureParsers.ts';
import { captureTool } from '../../../src/tools/captureTool.ts';
import { installPlaces, knownPrograms } from '../../../src/tools/doctorCalls.ts';
import { readOnlyCalls } from '../../../src/tools/readOnlyCalls.ts';
import { commandLine, type ToolCommand } from '../../../src/tools/toolCommand.ts';
import { readSources } from '../../rules/sources.ts';

const className = 'IOResources';

/**
 * They ask about a copy that an install makes, and are recorded with the reload that makes it, or about a process that is to
 * quit; sync says nothing at all.
 */
const notRead: ReadonlySet<string> = new Set([
  'fileEntry',
  'entryNumbers',
  'fileDigests',
  'processOwner',
  'userNumber',
  'sync',
]);

/** They ask about the copies of one kext, or about the source that it was built from on this machine. */
const ofOneKext: ReadonlySet<string> = new Set([
  ...['findInfoPlists', 'findOnVolumes', 'findLeftovers', 'propertyListText', 'fileBeginnings'],
  'gitStatus',
]);

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
  findInfoPlists: ['org.sample.driver.Turbine', ['/Library/Extensions']],
  findOnVolumes: ['org.sample.driver.Turbine'],
  processOwner: [401],
  terminate: [401, true],
  propertyListText: ['/Library/Extensions/Turbine.kext/Contents/Info.plist'],
  fileBeginnings: ['/Library/Extensions/Turbine.kext/Contents/MacOS'],
  gitStatus: ['/p'],
  fileDigests: [['/private/tmp/kext-dev/Turbine.kext/Contents/Info.plist']],
  fileEntry: ['/private/tmp/kext-dev'],
  entryNumbers: [['/private/tmp/kext-dev/Turbine.kext']],
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
/** What is asked of the machine that builds, and of no target. */
const ofThisMachine: ReadonlySet<string> = new Set(['programVersion']);

const factory = /export function (\w+)\([^)]*\): ToolCommand</g;

/** Every call that src/tools can make, by the name of its function. */
async function allCalls(): Promise<readonly (readonly [name: string, call: ToolCommand<unknown>])[]> {
  const found: [string, ToolCommand<unknown>][] = [];
  for (const [path, text] of await readSources('src/tools', '.ts')) {
    const names = [...text.matchAll(factory)].map(([, name = '']) => name);
    if (names.length === 0) continue;
    const module = (await import(`../../../${path}`)) as Record<string, (...given: readonly unknown[]) => unknown>;
    for (const name of names.filter(each => !ofPanics.has(each)))
      found.push([name, module[name]?.(...(examples[name] ?? [])) as ToolCommand<unknown>]);
  }
  return found;
}

/** Tools that say nothing of a target: they build on this machine. */
const ofBuilds: readonly string[] = ['xcodebuild'];

describe('the calls that are recorded', () => {
  const recorded = readOnlyCalls([className]).map(commandLine);

  it('are all that src/tools has for a target and that need no root', async () => {
    const calls = await allCalls();
    assert.ok(calls.length >= 12, `${calls.length} calls`);
    for (const [name, call] of calls)
      if (
        ![notRead, ofOneKext, ofThisMachine].some(apart => apart.has(name)) &&
        !call.asRoot &&
        !ofBuilds.includes(call.tool)
      )
        assert.ok(recorded.includes(commandLine(call)), `${name} is not recorded: ${commandLine(call)}`);
  });

  it('need no root and ask no tool that changes anything', () => {
    const readers =
      /^(?:(?:sw_vers|sysctl|csrutil status|kextstat|kmutil (?:showloaded|inspect)|ioclasscount|ioreg|ps|log show|which|df -k|ls|spctl kext-consent status|system_profiler)\b|(?:date -u \+%s|nvram boot-args|id -G|sudo -n -l)$)/;
    for (const call of readOnlyCalls(['TurbineDriver', 'TurbineRotor'])) {
      assert.equal(call.asRoot, false);
      assert.match(commandLine(call), readers);
    }
  });

  it('ask for the objects of the project’s classes, of not too many, and of one that every Mac has where there are none', () => {
    const many = Array.from({ length: 100 }, (_, at) => `Turbine${at}`);
    assert.ok(readOnlyCalls(many).length < 40);
    assert.ok(readOnlyCalls([]).map(commandLine).includes('ioreg -a -i -r -c IOResources'));
  });

  it('have a parser each', () => {
    for (const { tool, argv } of readOnlyCalls([]))
      assert.ok(Object.hasOwn(captureParsers, captureTool(tool, argv)), tool);
  });
});
