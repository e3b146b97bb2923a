import { join } from 'node:path';
import type { Operation } from './operations/operation.ts';
import type { FoundKext, KextProject } from './operations/project/kextProject.ts';
import { withKnownIdentifier } from './operations/project/knownIdentifier.ts';
import { homeFolder } from './operations/project/linkedKexts.ts';
import { neighboursAmong } from './operations/project/neighbour.ts';
import { KextRecordFile, type KextRecordStore } from './operations/record/kextRecord.ts';
import { OnceFile } from './operations/record/onceFile.ts';
import { ShelfFolder } from './operations/shelf/shelfFolder.ts';
import type { ThisMacCare } from './operations/thisMacCare.ts';
import { type FolderEnvironment, kextRecordFile, kextShelfFolder } from './targets/folders.ts';
import type { OpenedTarget, TargetPlaces } from './targets/targetChoice.ts';
import type { TargetChoice } from './targets/targetNamed.ts';

/** A project's kext on a target, with what is remembered of it: the same for the editor and the terminal. */
export interface KextOnTarget
  extends Pick<Operation, 'project' | 'target' | 'records' | 'shelf' | 'neighbours' | 'thisMacCare' | 'advised'> {
  /** The folder with what is remembered of the target. */
  readonly state: string;
  /** Folders in which files are kept. */
  readonly writes: readonly string[];
  /** Where what is remembered of this kext is kept. */
  readonly recordFile: string;
  /** The same of any kext on the target, by what it is remembered under. */
  readonly recordsOf: (kext: string) => KextRecordStore;
}

/** What a face brings to open a kext. */
export interface KextOpener {
  readonly stateFolder: (choice: TargetChoice, home: string, environment: FolderEnvironment) => string;
  readonly open: (choice: TargetChoice, places: TargetPlaces) => OpenedTarget;
  readonly sources: string;
  readonly environment: FolderEnvironment;
  /** Asks whoever sits at This Mac whether kexts may be loaded on it. */
  readonly askFirstLoad: (signal: AbortSignal) => Promise<boolean>;
  readonly saveFiles: () => Promise<void>;
}

/** Opens a project's kext on the chosen target; `others`: the kexts of its workspace. */
export async function openKext(
  project: KextProject,
  others: readonly FoundKext[],
  choice: TargetChoice,
  opener: KextOpener,
): Promise<KextOnTarget> {
  const { sources, environment } = opener;
  const state = opener.stateFolder(choice, await homeFolder(project, others), environment);
  const { target, writes } = opener.open(choice, { state, sources, environment });
  const recordsOf = (kext: string) => new KextRecordFile(kextRecordFile(state, kext));
  const records = recordsOf(project.rememberedAs);
  return {
    project: await withKnownIdentifier(project, records),
    target,
    state,
    writes,
    recordFile: kextRecordFile(state, project.rememberedAs),
    recordsOf,
    records,
    shelf: new ShelfFolder(kextShelfFolder(state, project.rememberedAs)),
    neighbours: neighboursAmong(others, project, recordsOf),
    advised: new OnceFile(join(state, 'advised-of-safe-mode')),
    ...('thisMac' in choice ? { thisMacCare: careOf(state, opener) } : {}),
  };
}

function careOf(state: string, { askFirstLoad, saveFiles }: KextOpener): ThisMacCare {
  const agreement = new OnceFile(join(state, 'loads-kexts'));
  return {
    saveFiles,
    mayLoad: async signal => {
      if (await agreement.isDone()) return true;
      if (!(await askFirstLoad(signal))) return false;
      await agreement.done();
      return true;
    },
  };
}
