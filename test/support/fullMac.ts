import type { ListedClass } from '../../src/simulator/appleKexts.ts';
import type { KernelAnswer, KernelKext, KernelRegistryEntry } from '../../src/simulator/kernelAnswer.ts';
import { otherKexts } from '../../src/simulator/otherKexts.ts';
import { simulatedSystem } from '../../src/simulator/systems/simulatedSystems.ts';
import { csrutil } from '../../src/simulator/tools/csrutil.ts';
import { ioclasscount } from '../../src/simulator/tools/ioclasscount.ts';
import { ioreg } from '../../src/simulator/tools/ioreg.ts';
import { kextListHeader, kextRow } from '../../src/simulator/tools/kextRow.ts';
import { swVers, sysctl } from '../../src/simulator/tools/system.ts';
import { said } from '../../src/simulator/toolText.ts';
import { Connection } from '../../src/tools/port/connection.ts';
import { endingsOf } from '../../src/tools/port/runner.ts';
import type { Target } from '../../src/tools/port/target.ts';
import { commandLine, type ToolCommand } from '../../src/tools/port/toolCommand.ts';
import type { ToolOutput } from '../../src/tools/port/toolOutput.ts';

/** How much a Mac holds. */
export interface MacSize {
  readonly kexts: number;
  readonly classes: number;
}

/**
 * An answer of a kernel that holds so much, always the same: each live object of an IOService class is in its registry. The
 * last kext is another vendor's; `more` are classes that it has besides.
 */
export function fullMac(size: MacSize, more: readonly ListedClass[] = []): KernelAnswer {
  const listed = otherKexts(size);
  const last = listed.at(-1)?.identifier ?? '';
  const classes = [
    ...listed.flatMap(({ identifier, classes: own = [] }) => own.map(each => ({ ...each, kext: identifier }))),
    ...more.map(each => ({ ...each, kext: last })),
  ];
  const services = classes.filter(({ superclass }) => superclass !== 'OSObject');
  return {
    clock: 0,
    threads: 0,
    nextEntry: 0,
    nextKext: 0,
    nextAddress: 0,
    log: [],
    events: [],
    kexts: listed.map(
      ({ identifier, version, uuid, address, size: bytes, wired }, at): KernelKext => ({
        index: 1 + at,
        identifier,
        version,
        uuid,
        address: Number(address),
        size: bytes,
        wired,
        references: at < 3 ? listed.length - 3 : 0,
        dependencies: at < 3 ? [] : [1, 2, 3],
        started: true,
      }),
    ),
    classes: classes.map(({ name, superclass, kext, instances }) => ({ name, superclass, kext, count: instances })),
    registry: registryOf(
      services.flatMap(({ name, superclass, instances }) => Array(instances).fill([name, superclass])),
    ),
  };
}

/** A Mac whose tools say the same again and again, at no cost after the first time. */
export function answeringTarget(mac: KernelAnswer): Target {
  const known = new Map<string, ToolOutput>();
  const run = async (command: ToolCommand<unknown>) => {
    const line = commandLine(command);
    const output = known.get(line) ?? toolOutput(mac, command.tool, command.argv);
    known.set(line, output);
    return output;
  };
  const nothing = async () => undefined;
  const connection = new Connection();
  return {
    id: 'full',
    name: 'full-mac',
    called: 'full-mac',
    simulated: false,
    runner: { run, runTogether: commands => endingsOf(commands.map(run)) },
    connection: async () => connection,
    buildEnvironment: async () => ({}),
    withAnswers: (_ask, work) => work(),
    exclusively: (_bundleIdentifier, _signal, work) => work(),
    working: nothing,
    pause: nothing,
  };
}

function toolOutput(mac: KernelAnswer, tool: string, argv: readonly string[]): ToolOutput {
  const system = simulatedSystem('macos-10.15');
  if (tool === 'sw_vers') return swVers(system);
  if (tool === 'csrutil') return csrutil(argv);
  if (tool === 'sysctl') return sysctl(system, 1_606_230_384, argv);
  if (tool === 'kextstat')
    return said({ stdout: [kextListHeader, ...mac.kexts.map(kext => kextRow(kext, { emptyList: false }))] });
  if (tool === 'ioclasscount') return ioclasscount(mac, argv);
  if (tool === 'ioreg') return ioreg(mac, argv);
  throw new Error(`no answer of ${tool}`);
}

/** A root with devices of eight objects each, one below the other. */
function registryOf(objects: readonly (readonly [className: string, superclass: string])[]): KernelRegistryEntry {
  const all = objects.map(([name, superclass], at) =>
    entry(at + 1, ['IORegistryEntry', 'IOService', superclass, name]),
  );
  const devices: KernelRegistryEntry[] = [];
  for (let at = 0; at < all.length; at += 8) {
    const chain = all
      .slice(at, at + 8)
      .reduceRight<KernelRegistryEntry | undefined>(
        (below, each) => ({ ...each, children: below === undefined ? [] : [below] }),
        undefined,
      );
    if (chain !== undefined) devices.push(chain);
  }
  return { ...entry(0, ['IORegistryEntry']), service: false, children: devices };
}

function entry(at: number, inheritance: readonly string[]): KernelRegistryEntry {
  const chain = [...new Set(inheritance)];
  const name = chain.at(-1) ?? '';
  return {
    id: `0x${(0x1_0000_0100 + at).toString(16)}`,
    name,
    class: name,
    inheritance: ['OSObject', ...chain],
    service: true,
    state: 0x6,
    registered: true,
    matched: true,
    active: true,
    busy: 0,
    busyTime: 0,
    retain: 6,
    properties: {},
    children: [],
  };
}
