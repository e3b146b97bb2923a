import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KextBundle } from '../../bundle/kextBundle.ts';
import { loadedKext } from '../../model/snapshot.ts';
import { commandLine } from '../../tools/port/toolCommand.ts';
import type { RecordedCall } from '../captures/recordCaptures.ts';
import { recordOperation } from '../captures/recordOperation.ts';
import { ended } from '../ended.ts';
import { guarded, inTurn } from '../guarded.ts';
import { isCancel } from '../isCancel.ts';
import type { Operation, OperationResult, Outcome } from '../operation.ts';
import type { PhaseName, Phases } from '../phases.ts';
import { gitStateOf, projectStatus } from '../project/gitState.ts';
import type { BegunReload, ReloadFacts, Shelf, ShelvedReload } from './shelf.ts';

/** Reloads that are kept: they loaded the build, wait for it to run, or were refused; and those that failed once the kernel was asked. */
const kept: ReadonlySet<Outcome> = new Set([
  'loaded',
  'waitingForApproval',
  'waitingForRestart',
  'refused',
  'dependents',
  'stopFailed',
  'stillLoaded',
]);

const askKernel: ReadonlySet<PhaseName> = new Set(['unloading', 'loading', 'verifying']);

/** Of what a tool said so many characters are kept: a build's errors, not a registry. */
const longestSaid = 2000;

/** The work on a reload. `tell`: which build is loaded, once it is there. */
export type ReloadWork = (
  operation: Operation,
  tell: (bundle: KextBundle) => void,
  phases: Phases,
  signal: AbortSignal,
) => Promise<OperationResult>;

/**
 * Does a reload's work as guarded() does any, and keeps the reload on the operation's shelf with its bundle: also where the target was lost
 * or panicked after the build was there, since then it is needed most. What cannot be kept is said in the result, which it does not
 * change. `fromShelf` gives what is loaded from the shelf, once it is the operation's turn.
 */
export function shelveReload(
  operation: Operation,
  signal: AbortSignal,
  work: ReloadWork,
  fromShelf: () => Promise<ShelvedReload | undefined> = async () => undefined,
): Promise<OperationResult> {
  const { shelf } = operation;
  if (shelf === undefined)
    return guarded(operation, signal, (phases, signal) => work(operation, () => undefined, phases, signal));
  return inTurn(operation, signal, async (run, phases, signal) => {
    const from = await fromShelf();
    const said: string[] = [];
    // As the tree is when the build begins, and while it goes on.
    const status = from === undefined ? projectStatus(operation, signal) : undefined;
    let begun: Promise<BegunBuild> | undefined;
    const keep = async (result: OperationResult) => {
      if (begun === undefined) return;
      const { bundle, reload, commit } = await begun;
      const facts = factsOfReload(operation, bundle, result, { commit: await commit, from });
      await reload.keep(facts, said.join(''), await buildsThatStay(operation, facts.bundleIdentifier, result));
    };
    const drop = async () => (await begun)?.reload.drop();
    const recorded = recordOperation(operation, call => said.push(saidText(call)));
    const commitOf = async ({ folder }: KextBundle) => {
      const tree = await status;
      return tree === undefined ? from?.commit : gitStateOf(tree, folder, operation.project.infoPlist.file);
    };
    // While the target works: at the end there is little left to wait for.
    const tell = (bundle: KextBundle) => {
      begun = beginToKeep(shelf, bundle, from, commitOf(bundle));
    };
    try {
      const result = await run(recorded, (phases, signal) => work(recorded, tell, phases, signal));
      if (!isKept(result)) {
        await drop();
        return result;
      }
      return keep(result).then(
        () => result,
        (error: Error) => ({ ...result, notShelved: error.message }),
      );
    } catch (error) {
      const failed: OperationResult = ended(phases, 'failed', []);
      if (!isCancel(error, signal) && isKept(failed)) await keep(failed).catch(() => undefined);
      else await drop();
      throw error;
    }
  });
}

function isKept({ outcome, phases }: OperationResult): boolean {
  if (outcome !== 'failed') return kept.has(outcome);
  return phases.some(({ name }) => askKernel.has(name));
}

interface BegunBuild {
  readonly bundle: KextBundle;
  readonly reload: BegunReload;
  readonly commit: Promise<ShelvedReload['commit']>;
}

async function beginToKeep(
  shelf: Shelf,
  bundle: KextBundle,
  from: ShelvedReload | undefined,
  commit: BegunBuild['commit'],
): Promise<BegunBuild> {
  const dSYM = from?.dSYM ?? (await dSYMOf(bundle.folder));
  const reload = shelf.begin({ bundle: bundle.folder, dSYM, uuid: bundle.executable?.uuid ?? null });
  return { bundle, reload, commit };
}

/** From what a build came. */
interface Source {
  readonly commit: ShelvedReload['commit'];
  readonly from: ShelvedReload | undefined;
}

function factsOfReload(
  { project, target }: Operation,
  { executable, infoPlist }: KextBundle,
  { outcome, phases, diagnoses, proof, snapshot }: OperationResult,
  { commit, from }: Source,
): ReloadFacts {
  const counts = project.classes.flatMap(name => {
    const count = snapshot?.classCounts.get(name);
    return count === undefined ? [] : [[name, count] as const];
  });
  return {
    schema: 1,
    time: new Date().toISOString(),
    // What Xcode fills in is known of the bundle.
    bundleIdentifier: infoPlist.bundleIdentifier ?? project.bundleIdentifier,
    version: infoPlist.version ?? null,
    uuid: executable?.uuid ?? null,
    uuids: [...new Set(executable?.uuids.values() ?? [])].filter(uuid => uuid !== undefined),
    outcome,
    target: { id: target.id, name: target.name },
    ...(commit === undefined ? {} : { commit }),
    counts: Object.fromEntries(counts),
    phases,
    diagnoses,
    ...(proof === undefined ? {} : { proof }),
    ...(from === undefined ? {} : { fromShelf: true as const }),
  };
}

/** The UUIDs of what is loaded and of what waits. */
async function buildsThatStay(
  { records }: Operation,
  bundleIdentifier: string,
  { snapshot }: OperationResult,
): Promise<ReadonlySet<string>> {
  const loaded = snapshot === undefined ? undefined : loadedKext(snapshot, bundleIdentifier)?.uuid;
  const pending = (await records.read())?.pending?.uuid;
  return new Set([loaded, pending].filter(uuid => uuid !== undefined));
}

/** `Pump.kext.dSYM`, as Xcode calls it, or `Pump.dSYM` beside the bundle. */
async function dSYMOf(bundleFolder: string): Promise<string | undefined> {
  const name = basename(bundleFolder);
  for (const each of [`${name}.dSYM`, `${basename(name, '.kext')}.dSYM`]) {
    const folder = join(dirname(bundleFolder), each);
    const isThere = await stat(folder).then(
      facts => facts.isDirectory(),
      () => false,
    );
    if (isThere) return folder;
  }
  return undefined;
}

/** A registry of megabytes is not put together with anything: its beginning alone is taken. */
function saidText({ command, output: { stdout, stderr, exitCode }, onHost }: RecordedCall): string {
  const shown = [stdout, stderr].map(beginningOf).join('');
  return `$ ${commandLine(command)}${onHost ? '' : '  (on the target)'} → ${exitCode}\n${shown}`;
}

function beginningOf(said: string): string {
  if (said.length > longestSaid) return `${said.slice(0, longestSaid)}\n… ${said.length} characters\n`;
  return said === '' || said.endsWith('\n') ? said : `${said}\n`;
}
