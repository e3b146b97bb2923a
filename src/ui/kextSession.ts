import * as vscode from 'vscode';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { capital } from '../diagnosis/sentence.ts';
import { readDeclarations } from '../operations/declarations.ts';
import type { KextProject, ProjectProblem } from '../operations/kextProject.ts';
import type { Operation, OperationResult } from '../operations/operation.ts';
import type { PhaseName } from '../operations/phases.ts';
import { product } from '../operations/product.ts';
import { readSnapshot } from '../operations/snapshot.ts';
import type { KextView, OwnKext } from './kextView.ts';
import { lastingDiagnoses, mergedDiagnoses } from './lastingDiagnoses.ts';
import type { SessionWorld } from './sessionWorld.ts';
import { findWorkspaceKext } from './workspaceKext.ts';

/** Why the tree is empty: each has its own words in the manifest's welcome views. */
export type EmptyReason = 'noFolder' | 'noProject' | 'problem' | 'untrusted' | 'noTarget' | 'unreachable' | 'ready';

const nothing: KextView = {
  own: undefined,
  target: undefined,
  snapshot: undefined,
  diagnoses: [],
  activity: undefined,
  waiting: undefined,
  refused: false,
  proved: false,
};

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
  #view = nothing;
  #operation: Omit<Operation, 'progress'> | undefined;
  #reason: EmptyReason = 'noFolder';
  #problem: ProjectProblem | undefined;
  #diagnosedBoot: number | undefined;
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

  get emptyReason(): EmptyReason {
    return this.#reason;
  }

  /** Where something is wrong with the project or the target. */
  get problem(): ProjectProblem | undefined {
    return this.#problem;
  }

  /** What an operation works with; undefined while there is no project, no target, or no trust. */
  get operation(): Omit<Operation, 'progress'> | undefined {
    return this.#operation;
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
    const look = this.#look().finally(() => {
      this.#refreshing = undefined;
    });
    this.#refreshing = look.catch(() => undefined);
    return look;
  }

  async #look(): Promise<void> {
    const signal = AbortSignal.timeout(120_000);
    const found = await findWorkspaceKext(this.#world, signal);
    this.#problem = undefined;
    if ('reason' in found) {
      this.#problem = found.problem;
      this.#operation = undefined;
      this.#show(nothing, found.reason);
      return;
    }
    const targetId = this.chosenTarget(found.configuredTarget);
    if (!vscode.workspace.isTrusted || targetId === undefined) {
      this.#operation = undefined;
      if (vscode.workspace.isTrusted) this.#show({ ...nothing, own: await describeOwn(found.project) }, 'noTarget');
      else this.#show(nothing, 'untrusted');
      return;
    }
    const own = await describeOwn(found.project);
    this.#operation = this.#world.open(found.project, found.workspaceFolder, targetId);
    await this.#readTarget(own, signal);
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

  /** Shows that an operation runs, and in which phase. */
  showActivity(title: string, phase: PhaseName | undefined): void {
    this.#show({ ...this.#view, activity: { title, phase } });
  }

  /** Shows what an operation came to. A cancelled one changes nothing but the counts. */
  async showResult(result: OperationResult | undefined): Promise<void> {
    const proved = result?.outcome === 'loaded' || (this.#view.proved && result?.outcome === 'used');
    this.#view = { ...this.#view, activity: undefined, proved };
    if (result !== undefined && result.outcome !== 'cancelled' && result.outcome !== 'used') {
      this.#view = { ...this.#view, diagnoses: result.diagnoses };
      this.#diagnosedBoot = undefined;
    }
    await this.refresh();
  }

  /** A build's findings in a file say nothing once that file was edited. */
  forgetBuildFindings(file: string): void {
    const stale = (each: Diagnosis) => each.about === 'build' && each.anchor?.file === file;
    if (!this.#view.diagnoses.some(stale)) return;
    this.#show({ ...this.#view, diagnoses: this.#view.diagnoses.filter(each => !stale(each)) });
  }

  /** Puts the verdicts on classes where the classes are declared now. */
  async followSource(): Promise<void> {
    const { own } = this.#view;
    if (own === undefined || this.#view.diagnoses.length === 0) return;
    const declarations = await readDeclarations(own.folder, AbortSignal.timeout(60_000));
    const diagnoses = this.#view.diagnoses.map(each => onItsLine(each, declarations));
    this.#show({ ...this.#view, own: { ...own, declarations }, diagnoses });
  }

  async #readTarget(own: OwnKext, signal: AbortSignal): Promise<void> {
    const operation = this.#operation;
    if (operation === undefined) return;
    const { target } = operation;
    const shown = { name: target.name, called: target.called, simulated: target.simulated };
    this.#show({ ...this.#view, own, target: shown });
    try {
      const snapshot = await readSnapshot(target, own.classes, signal);
      const record = await operation.records.read();
      const holds = record !== undefined && record.bootTime === snapshot.system.bootTime;
      const loaded = snapshot.kexts.some(kext => kext.bundleIdentifier === own.bundleIdentifier);
      const { bootTime } = snapshot.system;
      // The first look after a result is at the boot that it is about: a panic's result comes from the boot after it.
      this.#diagnosedBoot ??= bootTime;
      const sameBoot = this.#diagnosedBoot === bootTime;
      const lasting = lastingDiagnoses(this.#view.diagnoses, { sameBoot, loaded });
      this.#show(
        {
          own,
          target: shown,
          snapshot,
          diagnoses: mergedDiagnoses(holds ? record.diagnoses : [], lasting).map(each =>
            onItsLine(each, own.declarations),
          ),
          activity: this.#view.activity,
          waiting: record?.pending === undefined ? undefined : holds ? 'restart' : 'finish',
          refused: holds && record.refused !== undefined && loaded,
          proved: this.#view.proved && loaded,
        },
        'ready',
      );
    } catch (error) {
      this.#problem = { problem: `${capital(target.called)} could not be read: ${(error as Error).message}` };
      this.#log.error(this.#problem.problem);
      this.#show({ ...this.#view, own, target: shown, snapshot: undefined }, 'unreachable');
    }
  }

  #show(view: KextView, reason = this.#reason): void {
    this.#view = view;
    this.#reason = reason;
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** A verdict on a class stands where the class is declared now, however many lines came before it since. */
function onItsLine(diagnosis: Diagnosis, declarations: OwnKext['declarations']): Diagnosis {
  if (diagnosis.verdict === undefined) return diagnosis;
  const declared = declarations.find(({ name }) => name === diagnosis.class);
  return declared === undefined ? diagnosis : { ...diagnosis, anchor: declared.declaration };
}

async function describeOwn(project: KextProject): Promise<OwnKext> {
  const { bundle } = await product(project);
  return {
    folder: project.folder,
    bundleIdentifier: project.bundleIdentifier,
    version: project.version,
    shortName: project.bundleIdentifier.split('.').at(-1) ?? project.bundleIdentifier,
    classes: project.classes,
    declarations: project.declarations,
    builtUuid: bundle?.executable?.uuid,
  };
}
