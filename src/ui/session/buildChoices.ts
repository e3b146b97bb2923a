import type * as vscode from 'vscode';
import type { XcodeChoice } from '../../operations/xcode/xcodeBuild.ts';
import type { XcodeQuestions } from '../../operations/xcode/xcodeQuestions.ts';
import type { Runner } from '../../tools/port/runner.ts';
import { lookWork } from '../work/lazyWork.ts';

/** How Xcode builds the kexts of a workspace: what was chosen, which the workspace remembers, and who is asked. */
export class BuildChoices {
  readonly #memory: vscode.Memento;
  readonly #host: Runner;
  #xcode: XcodeQuestions | undefined;

  /** `host`: this machine. */
  constructor(memory: vscode.Memento, host: Runner) {
    this.#memory = memory;
    this.#host = host;
  }

  /** Who is asked. */
  async xcode(): Promise<XcodeQuestions> {
    const { XcodeQuestions } = await lookWork();
    this.#xcode ??= new XcodeQuestions(this.#host);
    return this.#xcode;
  }

  /** What was chosen for a target; the file is the `*.xcodeproj`. */
  readonly choiceOf = (projectFile: string, target: string): XcodeChoice =>
    this.#remembered()[`${projectFile}#${target}`] ?? {};

  /** Remembers a choice for a target; what it leaves out is as usual from then on. */
  async choose(projectFile: string, target: string, choice: XcodeChoice): Promise<void> {
    await this.#memory.update('builds', { ...this.#remembered(), [`${projectFile}#${target}`]: choice });
  }

  #remembered(): Readonly<Record<string, XcodeChoice>> {
    return this.#memory.get<Readonly<Record<string, XcodeChoice>>>('builds') ?? {};
  }
}
