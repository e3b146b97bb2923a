import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { layerOf } from '../../bundle/settingLayer.ts';
import { SettingValues } from '../../bundle/settingValues.ts';
import { sharedWork } from '../../model/sharedWork.ts';
import type { KnownMacros } from '../../source/conditions.ts';
import { ask, type Runner } from '../../tools/port/runner.ts';
import type { ToolCommand } from '../../tools/port/toolCommand.ts';
import { ToolNotStarted, UnknownToolText } from '../../tools/port/toolErrors.ts';
import {
  lacksXcode,
  listProject,
  type ShownProject,
  type ShownSettings,
  showBuildSettings,
} from '../../tools/xcode/xcodebuildSettings.ts';
import type { FoundKext, ProjectProblem } from '../project/kextProject.ts';
import { plistMaking } from '../project/plistMaking.ts';
import { readSourcePlist } from '../project/readSourcePlist.ts';
import { compilerMacros } from './compilerMacros.ts';
import { selectionWords, type XcodeBuild, xcodeFolder } from './xcodeBuild.ts';
import { infoPlistFile, type XcodeKext } from './xcodeKexts.ts';

/** What came of a question: `missing` where no Xcode runs, `refused` where it has no answer, with why. */
export type XcodeAnswer<T> =
  | { readonly kind: 'told'; readonly value: T }
  | { readonly kind: 'missing' | 'refused'; readonly why: string };

/** Asks Xcode of projects on this machine. An answer holds for as long as the files are the same that say how it is built. */
export class XcodeQuestions {
  readonly #host: Runner;
  readonly #questions = new Map<string, (signal: AbortSignal) => Promise<XcodeAnswer<unknown>>>();

  constructor(host: Runner) {
    this.#host = host;
  }

  /** The settings of all targets that a build takes part in. */
  settings(
    { build, readFrom }: Pick<XcodeKext, 'build' | 'readFrom'>,
    signal: AbortSignal,
  ): Promise<XcodeAnswer<readonly ShownSettings[]>> {
    const command = showBuildSettings(selectionWords(build), xcodeFolder(build));
    return this.#once(readFrom, command, signal);
  }

  /** What can be chosen. */
  project(build: Pick<XcodeBuild, 'projectFile'>, signal: AbortSignal): Promise<XcodeAnswer<ShownProject>> {
    const command = listProject(build.projectFile, xcodeFolder(build));
    return this.#once([join(build.projectFile, 'project.pbxproj')], command, signal);
  }

  async #once<T>(files: readonly string[], command: ToolCommand<T>, signal: AbortSignal): Promise<XcodeAnswer<T>> {
    const key = JSON.stringify([command.argv, ...(await Promise.all(files.map(stampOf)))]);
    const known = this.#questions.get(key) as ((signal: AbortSignal) => Promise<XcodeAnswer<T>>) | undefined;
    // Without an answer it is asked anew: Xcode may have been slow, or has been installed since.
    const question =
      known ??
      sharedWork(
        shared => answerOf(() => ask(this.#host, command, shared)),
        ({ kind }) => kind === 'told',
      );
    this.#questions.set(key, question);
    return question(signal);
  }
}

/** Another one for each state of the file. */
async function stampOf(file: string): Promise<unknown> {
  const found = await stat(file).catch(() => undefined);
  return found && [found.ino, found.mtimeMs, found.size];
}

async function answerOf<T>(question: () => Promise<T>): Promise<XcodeAnswer<T>> {
  try {
    return { kind: 'told', value: await question() };
  } catch (error) {
    if (error instanceof ToolNotStarted) return { kind: 'missing', why: error.message };
    if (!(error instanceof UnknownToolText) || error.output.cancelled) throw error;
    return { kind: lacksXcode(error.output) ? 'missing' : 'refused', why: error.message };
  }
}

/** A kext by what Xcode says of its target. */
export interface ToldByXcode {
  readonly kext: Pick<FoundKext, 'infoPlist' | 'identifierPosition'>;
  /** The bundle that the build makes, by Xcode's answer. */
  readonly product: string | undefined;
  readonly productName: string | undefined;
  /** What the build gives the compiler. */
  readonly defines: KnownMacros | undefined;
  /** No Xcode runs here. */
  readonly missing: boolean;
}

/** Asks Xcode for a kext's settings, and reads its Info.plist with them; without an answer the kext is as it was found. */
export async function askXcode(
  kext: FoundKext,
  xcode: XcodeQuestions | undefined,
  signal: AbortSignal,
): Promise<ToldByXcode> {
  const productName = kext.xcode?.settings.value('FULL_PRODUCT_NAME');
  const defines = kext.xcode && compilerMacros(kext.xcode.settings, kext.xcode.macrosOfAll);
  const asFound = { kext, product: undefined, productName, defines, missing: false };
  if (kext.xcode === undefined || xcode === undefined) return asFound;
  const { build, folder } = kext.xcode;
  const answer = await xcode.settings(kext.xcode, signal);
  if (answer.kind !== 'told') return { ...asFound, missing: answer.kind === 'missing' };
  const shown = answer.value.find(({ target }) => target === build.target);
  if (shown === undefined) return asFound;
  const settings = new SettingValues([layerOf(shown.settings)], {}, { complete: true });
  const [name, place] = ['FULL_PRODUCT_NAME', 'TARGET_BUILD_DIR'].map(setting => shown.settings.get(setting));
  const [file = kext.infoPlist.file] = infoPlistFile({ folder }, settings) ?? [];
  const text = await readText(file);
  const making = await plistMaking(settings, folder, kext.xcode.sources, readText);
  const read = text === undefined ? undefined : await readSourcePlist({ file, text, root: kext.root, making });
  return {
    kext: read === undefined ? kext : 'problem' in read ? withMistake(kext, read) : read,
    product: name === undefined || place === undefined ? undefined : join(place, name),
    productName: name ?? productName,
    defines: compilerMacros(settings, kext.xcode.macrosOfAll),
    missing: false,
  };
}

function readText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/** Xcode's settings bring a mistake to light that the project's files alone do not show. */
function withMistake(kext: FoundKext, { problem, position }: ProjectProblem): ToldByXcode['kext'] {
  const { infoPlist, identifierPosition } = kext;
  const place = position ?? identifierPosition ?? { file: infoPlist.file, line: 1, column: 1 };
  return {
    infoPlist: { ...infoPlist, problems: [{ path: [], message: problem, position: place }] },
    identifierPosition,
  };
}
