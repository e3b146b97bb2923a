import {
  type CaptureFolder,
  captureNames,
  openCaptureFolder,
  saveCaptures,
} from '../operations/captures/captureFolder.ts';
import { knownNames } from '../operations/captures/knownNames.ts';
import {
  type CaptureReview,
  type RecordedCall,
  recordReadOnlyCalls,
  reviewOf,
} from '../operations/captures/recordCaptures.ts';
import { recordOperation } from '../operations/captures/recordOperation.ts';
import { failureOf } from '../operations/failure.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';
import { findKextProject } from '../operations/project/findKextProject.ts';
import type { KextProject } from '../operations/project/kextProject.ts';
import { reloadKext } from '../operations/reload.ts';
import { bytesOf, captureReviewText, everyLineText } from '../report/captureReviewText.ts';
import { exitStatus } from '../report/exitStatus.ts';
import type { AskPassword, Target } from '../tools/port/target.ts';
import { type Options, UsageError } from './options.ts';
import { projectFolder } from './projectFolder.ts';
import type { Answer } from './runCommand.ts';
import { xcodeWish } from './xcodeWish.ts';

/** What the command needs of the world. */
export interface RecordingWorld {
  /** Finds the project and opens the target that the options name. Rejects with UsageError. */
  readonly operation: (options: Options, signal: AbortSignal) => Promise<Operation>;
  /** A target that is read without a project, or why there is none; undefined where the options ask for a project's. */
  readonly readTarget?: (options: Options) => Target | { readonly problem: string } | undefined;
  /** Shows a text and asks whoever sits at the terminal; absent where nobody does. */
  readonly confirm?: ((shown: string, question: string, signal: AbortSignal) => Promise<boolean>) | undefined;
  /** Likewise. */
  readonly askPassword?: AskPassword | undefined;
}

/** What is recorded. */
interface RecordingSubject {
  readonly target: Target;
  /** Its names stay as they are. */
  readonly project?: KextProject;
  /** What a reload works with; absent where none was asked for. */
  readonly operation?: Operation;
}

/**
 * `record DIR`: every call that reads the target, and with `--reload` those of a reload, as captures. They are saved after a yes, or
 * with `--yes`; otherwise they are only shown, line by line, and the exit status is 1 for a no and 2 where nobody could be asked.
 */
export async function recordCommand(options: Options, world: RecordingWorld, signal: AbortSignal): Promise<Answer> {
  const [named] = options.arguments;
  if (named === undefined)
    throw new UsageError('record takes a folder for the captures: record DIR --target simulated');
  const place = await openCaptureFolder(named);
  if ('problem' in place) throw new UsageError(place.problem);
  const subject = await subjectOf(options, world, signal);
  const recording = () => record(subject, options.reload, signal);
  const { review, reloaded } = await subject.target.withAnswers(world.askPassword, recording);
  const shown = [
    // Whoever has said yes beforehand looks at the files.
    ...(options.yes ? [] : [everyLineText(review)]),
    captureReviewText(review),
    ...(reloaded ? [`The reload: ${reloaded.said ?? reloaded.outcome}`] : []),
  ].join('\n');
  const { saves, status, said, seen = false } = await decide(options, world, review, shown, signal);
  signal.throwIfAborted();
  const names = saves ? await saveCaptures(place, review.captures) : captureNames(place, review.captures);
  return {
    document: {
      // A document is passed on, so it names nobody's host.
      target: subject.target.id.replace(/^ssh:.*$/s, 'ssh'),
      macos: review.macos,
      ...(reloaded === undefined ? {} : { reload: reloaded.outcome }),
      saved: saves,
      captures: capturesJson(review, names),
    },
    text: [...(seen ? [] : [shown]), saves ? savedText(place, names) : said].join('\n'),
    status,
  };
}

async function subjectOf(options: Options, world: RecordingWorld, signal: AbortSignal): Promise<RecordingSubject> {
  const target = world.readTarget?.(options);
  if (target === undefined) {
    const operation = await world.operation(options, signal);
    return { target: operation.target, project: operation.project, operation };
  }
  if ('problem' in target) throw new UsageError(target.problem);
  const project = await findKextProject(
    await projectFolder(options.project),
    options.build,
    signal,
    xcodeWish(options),
  );
  return 'problem' in project ? { target } : { target, project };
}

async function record(
  { target, project, operation }: RecordingSubject,
  reload: boolean,
  signal: AbortSignal,
): Promise<{ readonly review: CaptureReview; readonly reloaded: Reloaded | undefined }> {
  const { calls, missing } = await recordReadOnlyCalls(target, project, signal);
  const more: RecordedCall[] = [];
  const heard = operation && recordOperation(operation, call => more.push(call));
  const reloaded = reload && heard ? await outcomeOf(reloadKext(heard, signal), signal) : undefined;
  return { review: reviewOf({ calls: [...calls, ...more], missing }, target, knownNames(project, target)), reloaded };
}

interface Reloaded {
  readonly outcome: string;
  /** What a tool said that is not understood. */
  readonly said?: string;
}

/**
 * A reload whose words nobody understands is what a recording is for, so that its calls are kept. Rejects as reloadKext does otherwise,
 * and where it was cancelled: nothing of a recording is left then.
 */
async function outcomeOf(reload: Promise<OperationResult>, signal: AbortSignal): Promise<Reloaded> {
  const reloaded = await reload.then(
    ({ outcome }): Reloaded => ({ outcome }),
    (error: unknown): Reloaded => {
      const { kind, message } = failureOf(error);
      if (kind !== 'unknownText') throw error;
      return { outcome: kind, said: message };
    },
  );
  signal.throwIfAborted();
  return reloaded;
}

interface Decision {
  readonly saves: boolean;
  readonly status: number;
  readonly said: string;
  /** The captures were shown already. */
  readonly seen?: true;
}

async function decide(
  { yes, json }: Pick<Options, 'yes' | 'json'>,
  { confirm }: RecordingWorld,
  { left }: CaptureReview,
  shown: string,
  signal: AbortSignal,
): Promise<Decision> {
  const nothing = (status: number, why: string) => ({ saves: false, status, said: `Nothing was saved: ${why}` });
  if (left.length > 0) return nothing(exitStatus.refused, 'private texts are left.');
  if (yes) return { saves: true, status: exitStatus.done, said: '' };
  if (confirm === undefined || json)
    return nothing(exitStatus.usage, 'look through this, and say --yes, or answer in a terminal.');
  const agreed = await confirm(shown, 'Save these captures?', signal);
  const decision = agreed
    ? { saves: true, status: exitStatus.done, said: '' }
    : nothing(exitStatus.refused, 'you did not say yes.');
  return { ...decision, seen: true };
}

function savedText({ folder }: CaptureFolder, names: readonly string[]): string {
  return `Saved in ${folder}: ${names.length} files, ${names[0] ?? 'none'} to ${names.at(-1) ?? 'none'}.`;
}

/** Without the originals: a document is passed on. */
function capturesJson({ captures }: CaptureReview, names: readonly string[]): readonly Record<string, unknown>[] {
  return captures.map((capture, at) => ({
    tool: capture.tool,
    argv: capture.argv,
    exitCode: capture.exitCode,
    origin: capture.origin,
    file: names[at],
    bytes: bytesOf(capture),
    replacements: capture.replaced,
    notUnderstood: capture.notUnderstood,
  }));
}
