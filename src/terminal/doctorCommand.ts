import type { DoctorFinding } from '../diagnosis/doctor/doctorFinding.ts';
import { type DoctorSubject, examineTarget } from '../operations/examineTarget.ts';
import type { Operation } from '../operations/operation.ts';
import { findKextProject } from '../operations/project/findKextProject.ts';
import { doctorStatus, doctorText } from '../report/doctorText.ts';
import type { Runner } from '../tools/port/runner.ts';
import type { AskPassword, Target } from '../tools/port/target.ts';
import { type Options, UsageError } from './options.ts';
import { projectFolder } from './projectFolder.ts';
import type { Answer } from './runCommand.ts';
import { xcodeWish } from './xcodeWish.ts';

/** What the command needs of the world. */
export interface DoctorWorld {
  /** Finds the project and opens the target that the options name. Rejects with UsageError. */
  readonly operation: (options: Options, signal: AbortSignal) => Promise<Operation>;
  /** Any target, of no project, or why there is none. */
  readonly anyTarget?: (options: Options) => Target | { readonly problem: string };
  /** Runs programs of this machine. */
  readonly host?: Runner;
  /** Absent where nobody sits at the terminal. */
  readonly askPassword?: AskPassword | undefined;
}

/** `doctor`: what a target and this machine say of themselves, judged. It needs no project, and looks at one that is there. */
export async function doctorCommand(options: Options, world: DoctorWorld, signal: AbortSignal): Promise<Answer> {
  const subject = await subjectOf(options, world, signal);
  const report = await subject.target.withAnswers(world.askPassword, () => examineTarget(subject, signal));
  const { findings, ...rest } = report;
  return {
    document: { ...rest, findings: findings.map(findingJson) },
    text: doctorText(report),
    status: doctorStatus(report),
  };
}

async function subjectOf(
  options: Options,
  { operation, anyTarget, host }: DoctorWorld,
  signal: AbortSignal,
): Promise<DoctorSubject> {
  const target = anyTarget?.(options);
  if (target !== undefined && 'problem' in target) throw new UsageError(target.problem);
  const folder = await projectFolder(options.project);
  const project = await findKextProject(folder, options.build, signal, xcodeWish(options, host));
  // The Simulated Mac of a project lives with it.
  if (target === undefined || host === undefined || (target.simulated && !('problem' in project)))
    return operation(options, signal);
  return { target, host, project: 'problem' in project ? undefined : project };
}

/** What there is none of is null. */
function findingJson({ check, of, verdict, says, asked, fix, evidence }: DoctorFinding) {
  return { check, of, verdict, says, asked: asked ?? null, fix: fix ?? null, evidence };
}
