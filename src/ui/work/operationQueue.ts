import type * as vscode from 'vscode';
import { failureOf } from '../../operations/failure.ts';
import type { Operation, OperationResult } from '../../operations/operation.ts';
import type { PhaseProgress } from '../../operations/phases.ts';
import { outcomeText } from '../../report/outcomeText.ts';
import { selectKext } from '../commands/selectKext.ts';
import type { KextSession } from '../session/kextSession.ts';
import type { OpenedKext } from '../session/sessionWorld.ts';
import { subjectOf } from '../session/targetFindings.ts';
import { installPathOf } from '../settings/installPath.ts';
import type { Audience } from './audience.ts';
import { Notifications } from './notifications.ts';
import { type OperationVerb, operationTitle } from './operationTitle.ts';
import { type Turn, Turns, type Waiting } from './turns.ts';

/** Work on the target, as the operations give it. */
export type Work<R extends OperationResult> = (operation: Operation, signal: AbortSignal) => Promise<R>;

/** What came of work, and on which kext and target. */
export interface Ran<R extends OperationResult> {
  readonly result: R;
  readonly kext: OpenedKext;
}

/** What is asked for. */
export interface Request {
  readonly title: OperationVerb;
  /** It takes the place of the same on the same kext and target that is building. */
  readonly replacesItself?: boolean;
  /** The kext that is meant; the window's own where it is absent. */
  readonly kext?: MeantKext | undefined;
  /** Who is told; the user by notifications where it is absent. */
  readonly audience?: Audience;
}

/** A kext that is named rather than taken from the window. */
export interface MeantKext {
  readonly bundleIdentifier: string;
  /** It and its target, as subjectOf names them. */
  readonly subject: string;
  /** It is none of this workspace's: the views do not speak of it, and what is found of it has no place. */
  readonly foreign?: true;
  /** Reads the project and opens its target when its turn has come. */
  open(): Promise<OpenedKext>;
}

/**
 * Runs one operation at a time, in the order in which they were asked for, with progress and cancel. A reload takes the
 * place of one of the same kext that has not got further than its build; one that has reached the kernel is waited for.
 */
export class OperationQueue {
  readonly #session: KextSession;
  readonly #log: vscode.LogOutputChannel;
  readonly #user: Audience;
  readonly #turns = new Turns();
  #replaceOther: (() => void) | undefined;

  constructor(session: KextSession, log: vscode.LogOutputChannel) {
    this.#session = session;
    this.#log = log;
    this.#user = new Notifications(() => log.show());
  }

  /**
   * The result, or undefined where there was nothing to work on, where the operation could not run, of both of which the
   * audience was told, and where it was cancelled while it waited or in the question which kext is meant, or another one does the same.
   */
  run<R extends OperationResult>(request: Request, work: Work<R>): Promise<Ran<R> | undefined> {
    const { title, replacesItself = false, audience = this.#user } = request;
    const { operation, view } = this.#session;
    const kext = request.kext?.bundleIdentifier ?? view.own?.bundleIdentifier;
    const deed = replacesItself ? JSON.stringify([title, request.kext?.subject ?? subjectOf(operation)]) : undefined;
    const wish = { title: operationTitle(title, kext), deed };
    let waited: OpenedKext | undefined;
    const waits = (waiting: Waiting) => {
      waited = operation;
      audience.waits(wish.title, waiting);
    };
    return this.#turns.run(wish, waits, turn => this.#runNow({ ...request, audience, waited }, work, turn));
  }

  /** Asks the other window's or terminal's operation to end, for which the one that runs waits. */
  replaceOther(): void {
    this.#replaceOther?.();
  }

  async #runNow<R extends OperationResult>(request: Heard, work: Work<R>, turn: Turn): Promise<Ran<R> | undefined> {
    const { audience } = request;
    let full = operationTitle(request.title);
    const isFollowed = request.kext?.foreign !== true;
    let kext: OpenedKext | undefined;
    try {
      await this.#session.refresh();
      const asks = request.kext === undefined && this.#session.emptyReason === 'severalKexts';
      if (asks && !(await selectKext(this.#session))) return undefined;
      kext = await (request.kext?.open() ?? this.#meant(request));
      if (turn.signal.aborted) return undefined;
      if (kext === undefined) {
        audience.findsNothing(this.#session.emptyReason, this.#session.problem);
        return undefined;
      }
      full = operationTitle(request.title, kext.project.bundleIdentifier, kext.target.called);
      const result = await this.#runOn({ kext, isFollowed, title: full, audience, turn }, work);
      this.#log.info(`${full}: ${result.outcome}`);
      if (isFollowed) await this.#session.showResult(kext, result, outcomeText(result, kext));
      return { result, kext };
    } catch (error) {
      if (isFollowed) await this.#session.showResult(kext).catch(failed => this.#log.error(failed));
      this.#log.error(`${full}: ${failureOf(error).message}`);
      audience.failed(error);
      return undefined;
    }
  }

  /** The window's kext on its target; of a request that has waited those of the moment when it was made. */
  #meant({ waited }: Heard): OpenedKext | undefined {
    const { operation } = this.#session;
    const isTurned = operation !== undefined && waited !== undefined && subjectOf(operation) !== subjectOf(waited);
    return isTurned ? waited : operation;
  }

  #runOn<R extends OperationResult>({ kext, isFollowed, title, audience, turn }: Run, work: Work<R>): Promise<R> {
    this.#log.info(title);
    if (isFollowed) this.#session.showActivity(kext, title, undefined);
    const { askBeforeUnload, askPassword } = audience;
    this.#replaceOther = undefined;
    return audience.follows(title, turn.cancel, tell => {
      const progress: PhaseProgress = (phase, plan, other, extent) => {
        if (phase !== 'waiting') this.#replaceOther = undefined;
        if (phase !== 'building' && phase !== 'waiting') turn.reached();
        tell(phase, plan, other, extent, this.#replaceOther !== undefined);
        if (isFollowed && extent === undefined) this.#session.showActivity(kext, title, phase, other);
      };
      const offerReplace = (_: string, replace: () => void) => {
        this.#replaceOther = replace;
      };
      const asked = { askBeforeUnload, askPassword, offerReplace, installPath: installPathOf(kext.project) };
      return work({ ...kext, progress, ...asked, doing: title }, turn.signal);
    });
  }
}

type Heard = Request & {
  readonly audience: Audience;
  /** The window's kext when it was asked for; undefined where its turn came at once. */
  readonly waited: OpenedKext | undefined;
};

/** An operation whose turn it is. */
interface Run extends Pick<Heard, 'audience'> {
  readonly title: string;
  readonly kext: OpenedKext;
  /** The views speak of it. */
  readonly isFollowed: boolean;
  readonly turn: Turn;
}
