import type { PhaseProgress } from '../../operations/phases.ts';
import type { ProjectProblem } from '../../operations/project/kextProject.ts';
import type { AskBeforeUnload } from '../../operations/unload/confirmUnload.ts';
import type { AskPassword } from '../../tools/port/target.ts';
import type { EmptyReason } from '../session/emptyReason.ts';
import type { Waiting } from './turns.ts';

/** As PhaseProgress; `canReplace`: what it waits for is another window's or terminal's, and its place can be taken. */
export type Tell = (...told: [...Parameters<PhaseProgress>, canReplace: boolean]) => void;

/** Whoever asked for an operation and is told how it goes: the user by notifications, or a task's terminal. */
export interface Audience {
  /** Absent where nobody is to be asked or told. */
  readonly askBeforeUnload?: AskBeforeUnload | undefined;
  /** Absent where nobody is there to answer. */
  readonly askPassword?: AskPassword | undefined;
  /** It waits for its turn. */
  waits(title: string, waiting: Waiting): void;
  /** Runs `work` and is told its phases; `cancel` ends it. */
  follows<R>(title: string, cancel: () => void, work: (tell: Tell) => Promise<R>): Promise<R>;
  /** There is nothing to work on. */
  findsNothing(reason: EmptyReason, problem: ProjectProblem | undefined): void;
  /** It could not run to an end of its own. */
  failed(error: unknown): void;
}
