import { type Asked, askedOf } from '../../../../src/diagnosis/doctor/asked.ts';
import { doctorFindings } from '../../../../src/diagnosis/doctor/doctorChecks.ts';
import type { DoctorFacts, HostAnswers, TargetAnswers } from '../../../../src/diagnosis/doctor/doctorFacts.ts';
import type { CheckName, DoctorFinding } from '../../../../src/diagnosis/doctor/doctorFinding.ts';
import { bootArguments } from '../../../../src/tools/bootArguments.ts';
import { integrityProtection } from '../../../../src/tools/csrutil.ts';
import { currentTime } from '../../../../src/tools/date.ts';
import { freeSpace } from '../../../../src/tools/df.ts';
import { knownPrograms } from '../../../../src/tools/doctorCalls.ts';
import { userGroups } from '../../../../src/tools/id.ts';
import { kernelDebugKits } from '../../../../src/tools/kernelDebugKits.ts';
import { nextBootArguments } from '../../../../src/tools/nvram.ts';
import type { ToolCommand } from '../../../../src/tools/port/toolCommand.ts';
import { ToolNotStarted } from '../../../../src/tools/port/toolErrors.ts';
import { programVersion } from '../../../../src/tools/programVersion.ts';
import { kextConsent } from '../../../../src/tools/spctl.ts';
import { sudoRights } from '../../../../src/tools/sudoRights.ts';
import { swVers } from '../../../../src/tools/swVers.ts';
import { kernelValues } from '../../../../src/tools/sysctl.ts';
import { startupSecurity } from '../../../../src/tools/systemProfiler.ts';
import { whichPrograms } from '../../../../src/tools/which.ts';
import { said } from '../../tools/said.ts';

/** What one tool said on standard output; a text with `!` before it on standard error; null where it is missing. */
export type Told = string | null;

/** What the tools of a target said; each that is not given says what it says on a Mac where all is well. */
export interface ToldByTarget {
  readonly version?: Told;
  readonly kernel?: Told;
  readonly protection?: Told;
  readonly time?: Told;
  readonly programs?: Told;
  readonly bootArguments?: Told;
  readonly nextBootArguments?: Told;
  readonly volumes?: Told;
  readonly kits?: Told;
  readonly consent?: Told;
  readonly startup?: Told;
  readonly groups?: Told;
  readonly sudo?: Told;
}

/** The moment of the questions, in seconds since 1970. */
export const moment = 1_606_230_384;

/** What sw_vers says. */
export function versionText(version: string, build: string): string {
  return `ProductName:\tmacOS\nProductVersion:\t${version}\nBuildVersion:\t${build}\n`;
}

/** What system_profiler says of Apple silicon. */
export function policyText(secureBoot: string, kexts: string, filter = 'Enabled'): string {
  const policy = { ibridge_secure_boot: secureBoot, ibridge_sb_other_kext: kexts, ibridge_sb_boot_args: filter };
  return JSON.stringify({ SPiBridgeDataType: [policy] });
}

const usual: Required<ToldByTarget> = {
  version: versionText('10.15.7', '19H2026'),
  kernel: 'kern.boottime: { sec = 7, usec = 0 } Thu Jan  1 00:00:07 1970\nhw.machine: x86_64\n',
  protection: 'System Integrity Protection status: disabled.\n',
  time: `${moment}\n`,
  programs: `${knownPrograms.map(name => `/usr/bin/${name}\n`).join('')}`,
  bootArguments: 'kern.bootargs: keepsyms=1\n',
  nextBootArguments: 'boot-args\tkeepsyms=1\n',
  volumes:
    'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/disk1s1 488245288 22020096 466225192 5% /\n',
  kits: 'KDK_10.15.7_19H2026.kdk\n',
  consent: 'Kernel Extension User Consent: ENABLED\n',
  startup: '{ "SPiBridgeDataType" : [] }\n',
  groups: '20 80\n',
  sudo: '!sudo: a password is required\n',
};

/** A question with what was told. */
export function asked<T>(command: ToolCommand<T>, told: Told): Asked<T> {
  if (told === null) return askedOf(command, new ToolNotStarted(command.tool, 'no such program on the PATH', true));
  const output = told.startsWith('!') ? { stderr: told.slice(1), exitCode: 1 } : { stdout: told };
  return askedOf(command, said(output));
}

/** The answers of a target. */
export function answersOf(told: ToldByTarget): TargetAnswers {
  const all = { ...usual, ...told };
  return {
    version: asked(swVers(), all.version),
    kernel: asked(kernelValues(), all.kernel),
    protection: asked(integrityProtection(), all.protection),
    time: asked(currentTime(), all.time),
    programs: asked(whichPrograms(knownPrograms), all.programs),
    bootArguments: asked(bootArguments(), all.bootArguments),
    nextBootArguments: asked(nextBootArguments(), all.nextBootArguments),
    volumes: asked(freeSpace(['/']), all.volumes),
    kits: asked(kernelDebugKits(), all.kits),
    consent: asked(kextConsent(), all.consent),
    startup: asked(startupSecurity(), all.startup),
    groups: asked(userGroups(), all.groups),
    sudo: asked(sudoRights(), all.sudo),
    before: moment - 1,
    after: moment + 1,
  };
}

const hostNames = ['make', 'clang', 'clang++', 'lld', 'xcodebuild', 'ssh'];

/** What this machine says; a text for what is not as usual. */
export function hostAnswers({
  programs = `/usr/bin/${hostNames.join('\n/usr/bin/')}\n`,
  kits = null as Told,
} = {}): HostAnswers {
  return {
    programs: asked(whichPrograms(hostNames), programs),
    clang: asked(programVersion('clang', ['--version']), 'Apple clang version 15.0.0\n'),
    xcodebuild: asked(programVersion('xcodebuild', ['-version']), null),
    ssh: asked(programVersion('ssh', ['-V']), '!OpenSSH_9.2p1, OpenSSL 3.0\n'.slice(1)),
    kits: asked(kernelDebugKits(), kits),
  };
}

/** A Mac over SSH called mini. */
export const mini = { id: 'ssh:mini', name: 'mini', called: 'mini', simulated: false };

/** The findings of a Mac over SSH that says this, and of whatever else is given. */
export function findings(told: ToldByTarget = {}, more: Partial<DoctorFacts> = {}): readonly DoctorFinding[] {
  return doctorFindings({
    target: mini,
    answers: answersOf(told),
    host: hostAnswers(),
    connection: { roundTripMs: 20, keptOpen: true },
    ...more,
  });
}

/** The only finding of that check. Throws where there is none, or more. */
export function finding(check: CheckName, ...of: Parameters<typeof findings>): DoctorFinding {
  const [found, ...others] = findings(...of).filter(each => each.check === check);
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} findings of ${check}, or none`);
  return found;
}
