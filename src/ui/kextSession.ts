import * as vscode from 'vscode';
import { capital } from '../diagnosis/sentence.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { readDeclarations } from '../operations/declarations.ts';
import { factsOf } from '../operations/kextFacts.ts';
import { type FoundKext, kextKey, type ProjectProblem } from '../operations/kextProject.ts';
import type { OperationResult } from '../operations/operation.ts';
import type { ToldPhase } from '../operations/phases.ts';
import { readSnapshot } from '../operations/snapshot.ts';
import { kextStanding } from '../operations/standing.ts';
import { activeFile } from './activeFile.ts';
import { chosenKext, type KextChoice } from './chosenKext.ts';
import { type CountHistory, follow, noHistory } from './countHistory.ts';
import type { EmptyReason } from './emptyReason.ts';
import { fingerprint } from './fingerprint.ts';
import { type KextView, nothingKnown, type OwnKext } from './kextView.ts';
import {
  diagnosesAfter,
  lastingDiagnoses,
  mergedDiagnoses,
  replacesDiagnoses,
  withoutBuildFindings,
} from './lastingDiagnoses.ts';
import { describeOwn, isSourceOf, onItsLine } from './ownKext.ts';
import type { OpenedKext, SessionWorld } from './sessionWorld.ts';
import { subjectOf, TargetFindings } from './targetFindings.ts';
import { findWorkspaceKext } from './workspaceKext.ts';

/** How long one look at the project and its target may take, in ms: the first one builds the Simulated Mac. */
const longestLookMs = 120_000;

/** An operation that ended; undefined where it could not run. Shown together with what the target holds since. */
interface Ending {
  readonly result: OperationResult | undefined;
  readonly last: KextView['last'];
  /** What it was about; the views may have turned to another target meanwhile. */
  readonly subject: string;
}

/**
 * The kext of this window and what its target holds, as the views show it. It looks and remembers; what changes a target
 * is done by the commands, which hand their results to it.
 */
export class KextSession implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #world: SessionWorld;
  readonly #memory: vscode.Memento;
  readonly #log: vscode.LogOutputChannel;
  #view = nothingKnown;
  #history = noHistory;
  readonly #lastSeen = new Map<string, Snapshot>();
  #operation: OpenedKext | undefined;
  #reason: EmptyReason = 'noFolder';
  #problem: ProjectProblem | undefined;
  #kexts: readonly FoundKext[] = [];
  #selectedKext: KextChoice['selected'];
  readonly #findings = new TargetFindings();
  #workedOn = '';
  #seenState = '';
  #ending: Ending | undefined;
  #refreshing: Promise<void> | undefined;
  #refreshAgain: Promise<void> | undefined;

  constructor(world: SessionWorld, memory: vscode.Memento, log: vscode.LogOutputChannel) {
    this.#world = world;
    this.#memory = memory;
    this.#log = log;
  }

  get view(): KextView {
    return this.#view;
  }

  /** How the counts went since this window saw the load first. */
  get history(): CountHistory {
    return this.#history;
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
  isOn(kext: Pick<OpenedKext, 'project' | 'target'>): boolean {
    return subjectOf(kext) === subjectOf(this.#operation);
  }

  /** Looks for the project anew, then reads the target. Calls that come while it looks share one more look. */
  refresh(): Promise<void> {
    if (this.#refreshing !== undefined) {
      this.#refreshAgain ??= this.#refreshing.then(() => {
        this.#refreshAgain = undefined;
        return this.refresh();
      });
      return this.#refreshAgain;
    }
    const ending = this.#ending;
    this.#ending = undefined;
    const look = this.#look(ending)
      .catch(error => {
        this.#show(this.#after(ending));
        throw error;
      })
      .finally(() => {
        this.#refreshing = undefined;
      });
    this.#refreshing = look.catch(() => undefined);
    return look;
  }

  /** Looks anew where another window or a terminal has changed the target, or what is known of it, since the last look. */
  async refreshIfChanged(): Promise<void> {
    const files = this.#operation?.stateFiles;
    if (files !== undefined && (await fingerprint(files)) !== this.#seenState) await this.refresh();
  }

  async #look(ending: Ending | undefined): Promise<void> {
    const signal = AbortSignal.timeout(longestLookMs);
    const found = await findWorkspaceKext(this.kextChoice(), this.#world.builds, signal);
    this.#kexts = found.kexts;
    const { activity, diagnoses } = this.#after(ending);
    const nothing = { ...nothingKnown, kexts: found.kexts.length, activity, diagnoses };
    if ('reason' in found) return this.#showNothing(nothing, found.reason, found.problem);
    const own = await describeOwn(found.project);
    if (!vscode.workspace.isTrusted) return this.#showNothing({ ...nothing, own, trusted: false }, 'untrusted');
    this.#view = { ...this.#view, kexts: found.kexts.length, trusted: true };
    const targetId = this.chosenTarget(found.configuredTarget);
    if (targetId === undefined) return this.#showNothing({ ...nothing, own }, 'noTarget');
    this.#problem = undefined;
    this.#operation = await this.#world.open(found.project, targetId, found.kexts);
    await this.#readTarget(this.#operation, own, ending, signal);
  }

  #showNothing(view: KextView, reason: EmptyReason, problem?: ProjectProblem | undefined): void {
    this.#operation = undefined;
    this.#problem = problem;
    // A mistake in the project, made while it is edited, says nothing about what was found of the kext before.
    const diagnoses = reason === 'problem' ? view.diagnoses : this.#findings.turnTo('', view.diagnoses);
    this.#show({ ...view, diagnoses }, reason);
  }

  /** What says which of several kexts is meant. */
  kextChoice(): KextChoice {
    return {
      activeFile: activeFile(),
      selected: this.#selectedKext,
      shown: this.#view.own?.key,
      remembered: this.#memory.get<string>('kext'),
    };
  }

  /** Takes another kext, by its key. */
  async selectKext(key: string): Promise<void> {
    this.#selectedKext = { kext: key, activeFile: activeFile() };
    await this.#memory.update('kext', key);
    await this.refresh();
  }

  /** Another file is edited: shows the kext that owns it. */
  async followEditor(): Promise<void> {
    // Between two editors none is active for a moment.
    if (activeFile() === undefined) return;
    if (activeFile() !== this.#selectedKext?.activeFile) this.#selectedKext = undefined;
    const chosen = chosenKext(this.#kexts, this.kextChoice());
    if (chosen !== undefined && kextKey(chosen) !== this.#view.own?.key) await this.refresh();
  }

  /** The target that was chosen in this workspace, else the one that its settings name. */
  chosenTarget(configured: string | undefined): string | undefined {
    const chosen = this.#memory.get<string>('target') ?? configured;
    return this.#world.targets.some(({ id }) => id === chosen) ? chosen : undefined;
  }

  /** Takes another target; undefined is none. */
  async selectTarget(id: string | undefined): Promise<void> {
    await this.#memory.update('target', id);
    await this.refresh();
  }

  /** Shows that an operation runs, in which phase, and on which `kext` if on another. A build makes the last one's findings void. */
  showActivity(title: string, phase: ToldPhase | undefined, kext?: string): void {
    const { diagnoses, activity } = this.#view;
    if (activity === undefined) this.#workedOn = subjectOf(this.#operation);
    const kept = phase === 'building' ? withoutBuildFindings(diagnoses) : diagnoses;
    this.#show({ ...this.#view, activity: { title, phase, kext }, diagnoses: kept });
  }

  /** Shows what an operation came to, `said` in a sentence, together with what the target holds since. */
  async showResult(result: OperationResult | undefined, said?: string): Promise<void> {
    const last = said === undefined ? undefined : { said, at: new Date() };
    this.#ending = { result, last, subject: this.#workedOn };
    await this.refresh();
  }

  /** A build's findings in a file say nothing once that file was edited. */
  forgetBuildFindings(file: string): void {
    const { diagnoses } = this.#view;
    const kept = diagnoses.filter(each => each.about !== 'build' || each.anchor?.file !== file);
    if (kept.length < diagnoses.length) this.#show({ ...this.#view, diagnoses: kept });
  }

  /** A source file was saved: puts the verdicts on classes where the classes are declared now. */
  async followSource(file: string): Promise<void> {
    const { own } = this.#view;
    if (own === undefined || !isSourceOf(own, file)) return;
    if (this.#refreshing !== undefined) return this.refresh();
    const declarations = await readDeclarations(own, AbortSignal.timeout(longestLookMs));
    // A look that ended meanwhile has read the sources itself.
    if (this.#view.own !== own) return;
    const diagnoses = this.#view.diagnoses.map(each => onItsLine(each, declarations));
    this.#show({ ...this.#view, own: { ...own, declarations }, diagnoses });
  }

  async #readTarget(
    operation: OpenedKext,
    own: OwnKext,
    ending: Ending | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    this.#view = { ...this.#view, diagnoses: this.#findings.turnTo(subjectOf(operation), this.#view.diagnoses) };
    const { name, called, simulated } = operation.target;
    const target = { name, called, simulated };
    // While it is away the views show what it held when it was seen last.
    const lastSeen = this.#lastSeen.get(operation.target.id);
    if (this.#view.snapshot?.target !== operation.target.id) {
      this.#show({ ...this.#view, own, target, snapshot: lastSeen, past: true, reading: true }, 'ready');
    }
    try {
      this.#seenState = await fingerprint(operation.stateFiles);
      const seen = await this.#readStanding(operation, own, ending, signal);
      this.#show({ ...seen, own, target, past: false, reading: false }, 'ready');
    } catch (error) {
      this.#problem = { problem: `${capital(called)} could not be read: ${(error as Error).message}` };
      this.#log.error(this.#problem.problem);
      const now = this.#after(ending);
      this.#show({ ...now, own, target, snapshot: lastSeen, past: true, reading: false }, 'unreachable');
    }
  }

  async #readStanding(
    operation: OpenedKext,
    own: OwnKext,
    ending: Ending | undefined,
    signal: AbortSignal,
  ): Promise<KextView> {
    // The first look after a result is at the boot that it is about: a panic's result comes from the boot after it.
    if (replacesDiagnoses(this.#resultOf(ending))) this.#findings.renew();
    const snapshot = await readSnapshot(operation.target, own.classes, signal);
    this.#lastSeen.set(operation.target.id, snapshot);
    const record = await operation.records.read();
    const loaded = snapshot.kexts.some(kext => kext.bundleIdentifier === own.bundleIdentifier);
    const { bootTime } = snapshot.system;
    const { refused, waiting, diagnoses } = kextStanding(record, { bootTime, loaded, facts: factsOf(operation) });
    const sameBoot = this.#findings.inSameBoot(bootTime);
    const now = this.#after(ending);
    const lasting = lastingDiagnoses(now.diagnoses, { sameBoot, loaded, refused });
    const merged = mergedDiagnoses(diagnoses, lasting).map(each => onItsLine(each, own.declarations));
    return { ...now, snapshot, refused, waiting, diagnoses: merged };
  }

  /** What is shown, with the end of an operation taken in. */
  #after(ending: Ending | undefined): KextView {
    if (ending === undefined) return this.#view;
    const diagnoses = diagnosesAfter(this.#view.diagnoses, this.#resultOf(ending));
    return { ...this.#view, activity: undefined, diagnoses, last: ending.last ?? this.#view.last };
  }

  /** The result of work on the kext and target that are shown; what matters of another one its record keeps. */
  #resultOf(ending: Ending | undefined): OperationResult | undefined {
    return ending?.subject === subjectOf(this.#operation) ? ending.result : undefined;
  }

  #show(view: KextView, reason = this.#reason): void {
    this.#view = view;
    this.#history = follow(this.#history, view);
    this.#reason = reason;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
