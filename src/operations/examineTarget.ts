import { type Asked, askedOf } from '../diagnosis/doctor/asked.ts';
import { hostPrograms } from '../diagnosis/doctor/buildToolsCheck.ts';
import { doctorFindings } from '../diagnosis/doctor/doctorChecks.ts';
import type { ExaminedProject, HostAnswers, SshConnection, TargetAnswers } from '../diagnosis/doctor/doctorFacts.ts';
import type { DoctorFinding } from '../diagnosis/doctor/doctorFinding.ts';
import { integrityProtection } from '../tools/csrutil.ts';
import { doctorCalls } from '../tools/doctorCalls.ts';
import { kernelDebugKits } from '../tools/kernelDebugKits.ts';
import type { Commands, Runner } from '../tools/port/runner.ts';
import type { Target } from '../tools/port/target.ts';
import type { ToolCommand } from '../tools/port/toolCommand.ts';
import { TargetLost } from '../tools/port/toolErrors.ts';
import { programVersion } from '../tools/programVersion.ts';
import { swVers } from '../tools/swVers.ts';
import { kernelValues } from '../tools/sysctl.ts';
import { whichPrograms } from '../tools/which.ts';
import type { KextProject } from './project/kextProject.ts';
import { product } from './project/product.ts';

/** What a doctor looks at. */
export interface DoctorSubject {
  readonly target: Target;
  /** Runs programs of this machine. */
  readonly host: Runner;
  readonly project?: KextProject | undefined;
}

/** What a doctor found. */
export interface DoctorReport {
  /** `simulated`, `local`, `ssh:HOST`. */
  readonly target: string;
  /** As the user sees it. */
  readonly name: string;
  readonly called: string;
  readonly simulated: boolean;
  /** It answered. */
  readonly reached: boolean;
  readonly findings: readonly DoctorFinding[];
}

/**
 * Asks the target, in one round trip and without root, and this machine for all that an operation on a kext needs, and judges
 * each answer; a second round trip, over SSH, asks nothing and is timed. A target that is not reached is a finding. Rejects
 * where `signal` aborts.
 */
export async function examineTarget(
  { target, host, project }: DoctorSubject,
  signal: AbortSignal,
): Promise<DoctorReport> {
  const { id, name, called, simulated } = target;
  const [answers, here, built] = await Promise.all([
    askTarget(target, signal).catch((error: unknown) => {
      if (!(error instanceof TargetLost) || signal.aborted) throw error;
      return { notReached: error.message };
    }),
    askHost(host, project, signal),
    project === undefined ? undefined : examinedProject(project),
  ]);
  signal.throwIfAborted();
  const { connection, ...said } = 'notReached' in answers ? { ...answers, connection: undefined } : answers;
  const findings = doctorFindings({
    target: { id, name, called, simulated },
    answers: said,
    host: here,
    ...(connection && { connection }),
    ...(built && { project: built }),
  });
  return { target: id, name, called, simulated, reached: !('notReached' in answers), findings };
}

async function askTarget(
  target: Target,
  signal: AbortSignal,
): Promise<TargetAnswers & { readonly connection: SshConnection | undefined }> {
  const before = Date.now() / 1000;
  const calls = [...doctorCalls(), swVers(), kernelValues(), integrityProtection()] as const;
  const asked = await askAll(target.runner, calls, signal);
  const after = Date.now() / 1000;
  const [time, programs, bootArguments, nextBootArguments, volumes, kits, consent, startup, groups, sudo] = asked;
  const [version, kernel, protection] = [asked[10], asked[11], asked[12]];
  return {
    ...{ time, programs, bootArguments, nextBootArguments, volumes, kits, consent, startup, groups, sudo },
    ...{ version, kernel, protection, before, after },
    connection: target.id.startsWith('ssh:') ? await timeRoundTrip(target, signal) : undefined,
  };
}

/** Where a connection stays open, the target's of now is the one of before. */
async function timeRoundTrip(target: Target, signal: AbortSignal): Promise<SshConnection> {
  const before = await target.connection(signal);
  const start = performance.now();
  await target.runner.run(nothing, signal);
  const roundTripMs = Math.max(1, Math.round(performance.now() - start));
  return { roundTripMs, keptOpen: (await target.connection(signal)) === before };
}

const nothing: ToolCommand<void> = {
  tool: 'true',
  argv: [],
  asRoot: false,
  timeoutMs: 20_000,
  parse: () => undefined,
};

async function askHost(host: Runner, project: KextProject | undefined, signal: AbortSignal): Promise<HostAnswers> {
  const calls = [
    whichPrograms(hostPrograms(project?.buildCommand[0])),
    programVersion('clang', ['--version']),
    programVersion('xcodebuild', ['-version']),
    programVersion('ssh', ['-V']),
    kernelDebugKits(),
  ] as const;
  const [programs, clang, xcodebuild, ssh, kits] = await askAll(host, calls, signal);
  return { programs, clang, xcodebuild, ssh, kits };
}

async function askAll<const Answers extends readonly unknown[]>(
  runner: Runner,
  commands: Commands<Answers>,
  signal: AbortSignal,
): Promise<{ readonly [At in keyof Answers]: Asked<Answers[At]> }> {
  const all: readonly ToolCommand<unknown>[] = commands;
  const endings = await runner.runTogether(all, signal);
  signal.throwIfAborted();
  const asked = all.map((command, at) => {
    const ending = endings[at];
    if (ending === undefined) throw new RangeError(`no ending of ${command.tool}`);
    return askedOf(command, ending);
  });
  return asked as unknown as { readonly [At in keyof Answers]: Asked<Answers[At]> };
}

async function examinedProject(project: KextProject): Promise<ExaminedProject> {
  const { bundle } = await product(project);
  return { buildCommand: project.buildCommand, architectures: bundle?.executable?.architectures };
}
