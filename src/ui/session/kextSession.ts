import * as vscode from 'vscode';
import { asSubject } from '../../diagnosis/sentence.ts';
import type { OperationResult } from '../../operations/operation.ts';
import type { ToldPhase } from '../../operations/phases.ts';
import type { FoundKext, ProjectProblem } from '../../operations/project/kextProject.ts';
import { lookWork } from '../work/lazyWork.ts';
import type { KextChoice } from './chosenKext.ts';
import { ChosenTarget } from './chosenTarget.ts';
import { type CountHistories, type CountHistory, followAll, historyOf } from './countHistory.ts';
import { type EmptyReason, isMistake } from './emptyReason.ts';
import type { EndedWork } from './endedWork.ts';
import { KextSelection } from './kextSelection.ts';
import { type KextView, nothingKnown, shortNameOf, shownTarget } from './kextView.ts';
import { isSourceOf, onItsLine } from './ownKext.ts';
import { type LookedAt, SeenTargets } from './seenTargets.ts';
import type { SessionParts } from './sessionParts.ts';
import type { OpenedKext } from './sessionWorld.ts';
import { type Look, SharedLook } from './sharedLook.ts';
import { type Findings, type Subject, subjectOf } from './targetFindings.ts';

/** How long one look at the project and its target may take, in ms: the first one builds the Simulated Mac. */
const longestLookMs = 120_000;

/**
 * The kext of this window and what its target holds, as the views show it. It looks and remembers; what changes a target
 * is done by the commands, which hand their results to it.
 */
export class KextSession implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #parts: SessionParts;
  readonly #selection: KextSelection;
  readonly #target: ChosenTarget;
  readonly #seen = new SeenTargets();
  readonly #looks = new SharedLook(look => this.#lookAnew(look));
  #view = nothingKnown;
  #histories: CountHistories = new Map();
  #operation: OpenedKext | undefined;
  #reason: EmptyReason = 'noFolder';
  #problem: ProjectProblem | undefined;
  #kexts: readonly FoundKext[] = [];
  #ended: EndedWork | undefined;
  /** Something has happened since the target was read. */
  #isUnread = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#selection = new KextSelection(parts.memory);
    this.#target = new ChosenTarget(parts.memory, parts.world, parts.everywhere);
  }

  get view(): KextView {
    return this.#view;
  }

  /** How the loads of the kext that `view` shows ended, as far as this window saw it shown. */
  historyOf(view: KextView): CountHistory {
    return historyOf(this.#histories, view);
  }

  /** All that was found: of the kext that is shown, then what still holds of others. */
  get findings(): readonly Findings[] {
    const { subject, others } = this.#seen.findings;
    return [{ target: subject?.target, diagnoses: this.#view.diagnoses }, ...others];
  }

  get emptyReason(): EmptyReason {
    return this.#reason;
  }

  /** Where something is wrong with the project or the target. */
  get problem(): ProjectProblem | undefined {
    return this.#problem;
  }

  /** What an operation works with; undefined while there is no project, no target, or no trust. */
  get operation(): OpenedKext | undefined {
    return this.#operation;
  }

  /** All that the workspace's folders have. */
  get kexts(): readonly FoundKext[] {
    return this.#kexts;
  }

  /** Whether the views show this kext on this target. */
  isOn(kext: Subject): boolean {
    return subjectOf(kext) === subjectOf(this.#operation);
  }

  /** Looks for the project anew, then reads the target, with `answered` the user is asked what ssh wants to know. Calls that come while it looks share one more look. */
  refresh(look: 'asked' | 'answered' = 'asked'): Promise<void> {
    return this.#looks.run(look);
  }

  /** The same after an event that may have changed something: a Mac is read once somebody sees what it holds. */
  follow(): Promise<void> {
    return this.#looks.run('followed');
  }

  /** Reads the target alone once more, without a line in the log; does nothing while something else is looked at. */
  async readAgain(): Promise<void> {
    if (!this.#looks.isRunning) await this.#parts.world.unnoticed(() => this.#looks.run('target'));
  }

  /** Looks anew where another window or a terminal has changed the target, or what is known of it, since the last look. */
  async followIfChanged(): Promise<void> {
    if (this.#operation !== undefined && (await this.#seen.hasChanged(this.#operation))) await this.follow();
  }

  /** Somebody sees what the target holds: reads it where something has happened since. */
  async followIfUnread(): Promise<void> {
    if (this.#isUnread) await this.follow();
  }

  async #lookAnew(look: Look): Promise<void> {
    if (look === 'target') return this.#readTargetAgain();
    const ended = this.#ended;
    this.#ended = undefined;
    this.#view = { ...this.#view, diagnoses: this.#seen.keepOthers(ended, this.#view.diagnoses) };
    try {
      await this.#look(look, ended);
    } catch (error) {
      this.#show(this.#seen.after(this.#view, ended));
      throw error;
    }
  }

  async #look(look: Look, ended: EndedWork | undefined): Promise<void> {
    const { findWorkspaceKext, describeOwn, settingProblem, askPassword } = await lookWork();
    const signal = AbortSignal.timeout(longestLookMs);
    const found = await findWorkspaceKext(this.kextChoice(), this.#parts.world.builds, signal);
    this.#kexts = found.kexts;
    const { activity, diagnoses } = this.#seen.after(this.#view, ended);
    const nothing = { ...nothingKnown, kexts: found.kexts.length, activity, diagnoses };
    if ('reason' in found) {
      const wanted = this.#target.named(found.configuredTarget);
      return this.#showNothing({ ...nothing, wanted }, found.reason, found.problem);
    }
    const own = await describeOwn(found.project);
    if (!vscode.workspace.isTrusted) return this.#showNothing({ ...nothing, own, trusted: false }, 'untrusted');
    this.#view = { ...this.#view, kexts: found.kexts.length, trusted: true };
    const target = this.#target.id(found.configuredTarget);
    if (target === undefined) return this.#showNothing({ ...nothing, own }, 'noTarget');
    if ('problem' in target) {
      const problem = await settingProblem('kext.target', target.problem, found.settingsFolder);
      const reason = problem.position === undefined ? 'wrongSetting' : 'wrongTarget';
      return this.#showNothing({ ...nothing, own }, reason, problem);
    }
    this.#problem = undefined;
    this.#operation = await this.#parts.world.open(found.project, target.id, found.kexts);
    const { project } = this.#operation;
    const lookedAt = {
      operation: this.#operation,
      own: project === found.project ? own : await describeOwn(project),
      ended,
    };
    const { target: opened } = this.#operation;
    const reads = look !== 'followed' || opened.simulated || this.#parts.onlookers.areThere;
    if (!reads) return this.#leaveUnread(lookedAt);
    const ask = look === 'answered' ? askPassword : undefined;
    await opened.withAnswers(ask, () => this.#readTarget(lookedAt, signal));
  }

  #showNothing(view: KextView, reason: EmptyReason, problem?: ProjectProblem | undefined): void {
    this.#operation = undefined;
    this.#problem = problem;
    // A mistake in the project, made while it is edited, says nothing about what was found of the kext before.
    const diagnoses = isMistake(reason) ? view.diagnoses : this.#seen.findings.turnTo(undefined, view.diagnoses);
    this.#show({ ...view, diagnoses }, reason);
  }

  /** What says which of several kexts is meant. */
  kextChoice(): KextChoice {
    return this.#selection.choice(this.#view.own?.key);
  }

  /** Takes another kext, by its key. */
  async selectKext(key: string): Promise<void> {
    await this.#selection.select(key);
    await this.refresh();
  }

  /** Another file is edited: shows the kext that owns it. */
  async followEditor(): Promise<void> {
    if (this.#selection.isAnotherMeant(this.#kexts, this.#view.own?.key)) await this.follow();
  }

  /** The target that this workspace works on, where its settings have `configured`. */
  chosenTarget(configured: unknown): ReturnType<ChosenTarget['id']> {
    return this.#target.id(configured);
  }

  /** Somebody has said which target is meant. */
  get isTargetSelected(): boolean {
    return this.#target.isSelected;
  }

  /** Takes another target; undefined is none. Without a folder it is that of every project with no target of its own. */
  async selectTarget(id: string | undefined): Promise<void> {
    await this.#target.select(id, vscode.workspace.workspaceFolders === undefined);
    await this.refresh('answered');
  }

  /** Shows that an operation on `subject` runs, in which phase, and on which `kext` if on another. A build makes the last one's findings void. */
  showActivity(subject: Subject, title: string, phase: ToldPhase | undefined, kext?: string): void {
    const { diagnoses, own } = this.#view;
    const kept = phase === 'building' ? this.#seen.findings.beginBuild(subject, diagnoses) : diagnoses;
    const { key, bundleIdentifier } = subject.project;
    const on = { name: own?.key === key ? own.shortName : shortNameOf(bundleIdentifier), at: subject.target.name };
    this.#show({ ...this.#view, activity: { title, on, phase, kext }, diagnoses: kept });
  }

  /** Shows what an operation came to, `said` in a sentence, together with what the target holds since. */
  async showResult(subject: Subject | undefined, result?: OperationResult, said?: string): Promise<void> {
    const last = said === undefined ? undefined : { said, at: new Date(), outcome: result?.outcome };
    this.#ended = { result, last, subject };
    await this.refresh();
  }

  /** A build's findings in a file say nothing once that file was edited. */
  forgetBuildFindings(file: string): void {
    const { diagnoses } = this.#view;
    const kept = diagnoses.filter(each => each.about !== 'build' || each.anchor?.file !== file);
    const forgot = this.#seen.findings.forgetBuilds(file);
    if (forgot || kept.length < diagnoses.length) this.#show({ ...this.#view, diagnoses: kept });
  }

  /** Source files have changed on the disk: puts the verdicts on classes where the classes are declared now. */
  async followSources(files: readonly string[]): Promise<void> {
    const { own } = this.#view;
    if (own === undefined || !files.some(file => isSourceOf(own, file))) return;
    if (this.#looks.isRunning) return this.follow();
    const { readDeclarations } = await lookWork();
    const declarations = await readDeclarations(own, AbortSignal.timeout(longestLookMs));
    // A look that ended meanwhile has read the sources itself.
    if (this.#view.own !== own) return;
    const diagnoses = this.#view.diagnoses.map(each => onItsLine(each, declarations));
    this.#show({ ...this.#view, own: { ...own, declarations }, diagnoses });
  }

  async #readTargetAgain(): Promise<void> {
    const operation = this.#operation;
    const { own } = this.#view;
    if (operation === undefined || own === undefined) return;
    await this.#readTarget({ operation, own, ended: undefined }, AbortSignal.timeout(longestLookMs));
  }

  async #readTarget(lookedAt: LookedAt, signal: AbortSignal): Promise<void> {
    const { operation, own, ended } = lookedAt;
    const { id, called, simulated } = operation.target;
    const target = shownTarget(operation.target);
    const turned = () => this.#turnTo(operation, ended);
    // While it is away the views show what it held when it was seen last.
    const lastSeen = this.#seen.last(id);
    if (this.#view.snapshot?.target !== id)
      this.#show({ ...turned(), own, target, snapshot: lastSeen, past: true, reading: true }, 'ready');
    this.#isUnread = false;
    try {
      const seen = await this.#seen.read(lookedAt, turned, signal);
      this.#show({ ...seen, own, target }, 'ready');
    } catch (error) {
      const { failureOf } = await lookWork();
      const { kind, message } = failureOf(error);
      const isAway = kind === 'targetLost' && !simulated;
      this.#problem = { problem: isAway ? message : `${asSubject(called)} could not be read: ${message}` };
      this.#parts.log.error(this.#problem.problem);
      const now = this.#seen.after(turned(), ended);
      this.#show({ ...now, own, target, snapshot: lastSeen, past: true, reading: false }, 'unreachable');
    }
  }

  /** Nobody sees what it holds, so it is not asked. */
  async #leaveUnread({ operation, own, ended }: LookedAt): Promise<void> {
    this.#isUnread = true;
    const isChanged = await this.#seen.hasChanged(operation);
    const { id } = operation.target;
    const target = shownTarget(operation.target);
    const now = this.#seen.after(this.#turnTo(operation, ended), ended);
    // The counts are those of the kext that was shown.
    const past = now.past || isChanged || now.snapshot?.target !== id || now.own?.key !== own.key;
    this.#show({ ...now, own, target, snapshot: this.#seen.last(id), past, reading: false }, 'ready');
  }

  #turnTo(subject: Subject, ended: EndedWork | undefined): KextView {
    this.#view = this.#seen.turnTo(subject, this.#view, ended);
    return this.#view;
  }

  #show(view: KextView, reason = this.#reason): void {
    this.#view = this.#seen.withOthers(view);
    this.#histories = followAll(this.#histories, view);
    this.#reason = reason;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
