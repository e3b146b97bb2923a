import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '../../../src/operations/operation.ts';
import { findKextProject } from '../../../src/operations/project/findKextProject.ts';
import type { CountsAtLoad } from '../../../src/operations/record/countsAtLoad.ts';
import type { JournalEntry } from '../../../src/operations/record/journalEntry.ts';
import type { Kept } from '../../../src/operations/record/keptFile.ts';
import type { KextRecord, KextRecordStore, RecordedPanic } from '../../../src/operations/record/kextRecord.ts';
import { Connection } from '../../../src/tools/port/connection.ts';
import type { Panic, Target } from '../../../src/tools/port/target.ts';
import type { ToolOutput } from '../../../src/tools/port/toolOutput.ts';
import { type FakeRunner, fakeRunner, output } from '../simulator/fakeRunner.ts';

/** What a tool of the target answers: the next of these, and the last for good. */
export type Answers = Readonly<Record<string, readonly (Partial<ToolOutput> | Error)[]>>;

/** A target whose tools answer as told. */
export interface FakeTarget extends Target {
  readonly runner: FakeRunner;
  /** In ms, one for each pause. */
  readonly pauses: number[];
  /** It restarts: the connection of now is gone. */
  restart(): void;
}

const head = 'Index Refs Address            Size       Wired      Name (Version) UUID <Linked Against>\n';
const apple =
  '    1   90 0xffffff7f80001000 0x1000     0x1000     com.apple.kpi.bsd (19.6.0) 11111111-2222-3333-4444-555555555555\n';

/** What kextstat prints of Apple's kexts and these: `[identifier, UUID, linked against?]`. */
export function kextstatOf(...kexts: readonly (readonly [string, string, string?])[]): Partial<ToolOutput> {
  const rows = kexts.map(
    ([id, uuid, linked = '1'], at) =>
      `  ${150 + at}    0 0xffffff7f8${at}100000 0x4000     0x4000     ${id} (1.0) ${uuid} <${linked}>\n`,
  );
  return { stdout: `${head}${apple}${rows.join('')}` };
}

/** An ioreg archive with a root and nothing below it. */
export const emptyRegistry: Partial<ToolOutput> = {
  stdout: `<plist version="1.0"><dict><key>IOObjectClass</key><string>IORegistryEntry</string>
<key>IORegistryEntryName</key><string>Root</string></dict></plist>\n`,
};

/** What the tools say that tell of the machine: a Mac with all that a kext needs, but for symbols. */
const machineAnswers: Answers = {
  date: [{ stdout: '1606230384\n' }],
  which: [{ stdout: '/usr/sbin/kextstat\n/usr/bin/sudo\n', exitCode: 1 }],
  nvram: [{ stdout: 'boot-args\t-v\n' }],
  df: [{ stdout: 'Filesystem 1024-blocks Used Available Capacity  Mounted on\n/dev/disk1s1 9 1 8 12% /\n' }],
  ls: [{ stderr: 'ls: /Library/Developer/KDKs: No such file or directory\n', exitCode: 1 }],
  spctl: [{ stdout: 'Kernel Extension User Consent: ENABLED\n' }],
  system_profiler: [{ stdout: '{ "SPiBridgeDataType" : [] }\n' }],
  id: [{ stdout: '20 80\n' }],
  openssl: [{ stdout: `SHA256(/a)= ${'0a'.repeat(32)}\n` }],
  plutil: [{ stdout: '<plist version="1.0"><dict/></plist>\n' }],
  find: [{}],
  sudo: [{ stderr: 'sudo: a password is required\n', exitCode: 1 }],
};

const usual: Answers = {
  sw_vers: [{ stdout: 'ProductName:\tMac OS X\nProductVersion:\t10.15.7\nBuildVersion:\t19H2026\n' }],
  sysctl: [{ stdout: 'kern.boottime: { sec = 1000, usec = 0 } Thu Jan  1 00:16:40 1970\nhw.machine: x86_64\n' }],
  csrutil: [{ stdout: 'System Integrity Protection status: disabled.\n' }],
  kextstat: [kextstatOf()],
  ioclasscount: [{ stdout: 'IOService = 1\n' }],
  ioreg: [emptyRegistry],
  ...machineAnswers,
};

/** The usual answers of a Mac that has nothing loaded, but for those that are told. */
export function fakeTarget(told: Answers, panic?: Panic): FakeTarget {
  const answers = new Map(Object.entries({ ...usual, ...told }).map(([tool, all]) => [tool, [...all]]));
  const runner = fakeRunner(({ tool, argv: [first] }) => {
    // It is the same list.
    const left = answers.get(tool === 'kmutil' && first === 'showloaded' ? 'kextstat' : tool) ?? [];
    const answer = left.length > 1 ? left.shift() : left[0];
    if (answer instanceof Error) throw answer;
    return output(answer ?? { stderr: `${tool}: command not found`, exitCode: 127 });
  });
  const pauses: number[] = [];
  let connection = new Connection();
  return {
    id: 'ssh:test-mac',
    name: 'test-mac',
    called: 'test-mac',
    simulated: false,
    runner,
    pauses,
    connection: async () => connection,
    restart: () => {
      connection = new Connection();
    },
    buildEnvironment: async () => ({}),
    withAnswers: (_ask, work) => work(),
    ...(panic === undefined ? {} : { takePanic: async () => panic }),
    exclusively: (_kext, _signal, work) => work(),
    working: async () => undefined,
    pause: async ms => {
      pauses.push(ms);
    },
  };
}

/** Keeps a record, and what is kept beside it, in memory. */
export function memoryRecords(first?: KextRecord): MemoryRecords {
  return {
    ...memoryOf(first),
    panic: memoryOf<RecordedPanic>(),
    journal: memoryOf<JournalEntry>(),
    atLoad: memoryOf<CountsAtLoad>(),
    identifier: memoryOf<string>(),
    keepReport: async (_text, ending) => `/state/report.${ending}`,
  };
}

export interface MemoryRecords extends KextRecordStore, InMemory<KextRecord> {
  readonly panic: InMemory<RecordedPanic>;
  readonly journal: InMemory<JournalEntry>;
  readonly atLoad: InMemory<CountsAtLoad>;
  readonly identifier: InMemory<string>;
}

interface InMemory<T> extends Kept<T> {
  current: T | undefined;
}

function memoryOf<T>(first?: T): InMemory<T> {
  return {
    current: first,
    async read() {
      return this.current;
    },
    async write(value) {
      this.current = value;
    },
    async clear() {
      this.current = undefined;
    },
  };
}

/** The identifier of the sample project. */
export const turbine = 'org.sample.driver.Turbine';

/** The Info.plist of the sample project. */
export const infoPlist = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>CFBundleExecutable</key>
	<string>Turbine</string>
	<key>CFBundleIdentifier</key>
	<string>${turbine}</string>
	<key>CFBundlePackageType</key>
	<string>KEXT</string>
	<key>CFBundleVersion</key>
	<string>1.0</string>
	<key>OSBundleLibraries</key>
	<dict>
		<key>com.apple.kpi.iokit</key>
		<string>8.0.0</string>
	</dict>
</dict>
</plist>
`;

const header = `#include <IOKit/IOService.h>

class Turbine : public IOService {
    OSDeclareDefaultStructors(Turbine)
};

class Rotor : public OSObject {
    OSDeclareDefaultStructors(Rotor)
};
`;

const source = `#include "Turbine.hpp"

OSDefineMetaClassAndStructors(Turbine, IOService)
OSDefineMetaClassAndStructors(Rotor, OSObject)
`;

/** A folder with a small kext project: the classes Turbine (a service) and Rotor (none). The caller removes it. */
export async function sampleProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kext-dev-sample-'));
  await writeFile(join(folder, 'Info.plist'), infoPlist);
  await writeFile(join(folder, 'Turbine.hpp'), header);
  await writeFile(join(folder, 'Turbine.cpp'), source);
  await writeFile(join(folder, 'Makefile'), 'all:\n');
  return folder;
}

/** An operation on the sample project in `folder`; its build is what `host` answers. */
export async function sampleOperation(
  folder: string,
  target: Target,
  records: KextRecordStore = memoryRecords(),
): Promise<Operation> {
  const project = await findKextProject(folder, [], new AbortController().signal);
  if ('problem' in project) throw new Error(project.problem);
  return { project, target, host: fakeRunner(() => output({})), records, progress: () => undefined };
}
