import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KextBundle } from '../bundle/kextBundle.ts';
import { loadedKext } from '../model/snapshot.ts';
import type { Runner } from '../tools/runner.ts';
import { commandLine } from '../tools/toolCommand.ts';
import { gitStateOf, projectStatus } from './gitState.ts';
import type { Operation, OperationResult, Outcome } from './operation.ts';
import type { RecordedCall } from './recordCaptures.ts';
import { recordOperation } from './recordOperation.ts';
import type { BegunReload, ReloadFacts, Shelf, ShelvedReload } from './shelf.ts';

/** Reloads that are kept: they loaded the build, wait for it to run, or were refused. */
const kept: ReadonlySet<Outcome> = new Set([
  'loaded',
  'waitingForApproval',
  'waitingForRestart',
  'refused',
  'dependents',
  'stopFailed',
  'stillLoaded',
]);

/** After one of them the target may be lost through the build. */
const changesKernel: ReadonlySet<string> = new Set(['kextload', 'kextunload', 'kmutil']);

/** Of what a tool said so many characters are kept: a build's errors, not a registry. */
const longestSaid = 2000;

/** What the work on a reload tells while it goes on. */
export type TellBuild = (bundle: KextBundle) => void;

/**
 * Does a reload's work, and keeps it on the operation's shelf with its bundle: also where the target was lost or panicked after the build was
 * there, since then it is needed most. What cannot be kept is said in the result, which it does not change. `from`: what is loaded
 * from the shelf.
 */
export async function shelveReload(
  operation: Operation,
  signal: AbortSignal,
  work: (operation: Operation, built: TellBuild) => Promise<OperationResult>,
  from?: ShelvedReload,
): Promise<OperationResult> {
  const { shelf } = operation;
  if (shelf === undefined) return work(operation, () => undefined);
  const said: string[] = [];
  let reachedKernel = false;
  let status: ReturnType<typeof projectStatus> | undefined;
  // As the tree is when the build begins, and while it goes on.
  const askedGit = () => {
    if (from === undefined) status ??= projectStatus(operation, signal);
    return status;
  };
  let begun: Promise<BegunBuild> | undefined;
  const keep = async (result: OperationResult) => {
    if (begun === undefined) return;
    const [{ bundle, reload }, tree] = await Promise.all([begun, askedGit()]);
    const { file } = operation.project.infoPlist;
    const commit = tree === undefined ? from?.commit : await gitStateOf(tree, bundle.folder, file);
    const facts = factsOfReload(operation, bundle, result, { commit, from });
    await reload.keep(facts, said.join(''), await buildsThatStay(operation, facts.bundleIdentifier, result));
  };
  const recorded = recordOperation(operation, call => {
    said.push(saidText(call));
    reachedKernel ||= changesKernel.has(call.command.tool);
  });
  try {
    const result = await work({ ...recorded, host: besideFirst(recorded.host, askedGit) }, bundle => {
      begun = beginToKeep(shelf, bundle, from);
    });
    const provedWrong = result.outcome === 'failed' && result.proof !== undefined;
    if (!kept.has(result.outcome) && !provedWrong) {
      await (await begun)?.reload.drop();
      return result;
    }
    return keep(result).then(
      () => result,
      (error: Error) => ({ ...result, notShelved: error.message }),
    );
  } catch (error) {
    const isNeeded = !signal.aborted && reachedKernel;
    if (isNeeded) await keep({ outcome: 'failed', phases: [], diagnoses: [] }).catch(() => undefined);
    else await (await begun)?.reload.drop();
    throw error;
  }
}

/** Does `more` once the first program runs: whatever starts a program holds up all else, and nothing waits for this one meanwhile. */
function besideFirst(host: Runner, more: () => void): Runner {
  return {
    run: (...call) => {
      const running = host.run(...call);
      setImmediate(more);
      return running;
    },
    runTogether: (...call) => host.runTogether(...call),
  };
}

interface BegunBuild {
  readonly bundle: KextBundle;
  readonly reload: BegunReload;
}

async function beginToKeep(shelf: Shelf, bundle: KextBundle, from: ShelvedReload | undefined): Promise<BegunBuild> {
  const dSYM = from?.dSYM ?? (await dSYMOf(bundle.folder));
  return { bundle, reload: shelf.begin({ bundle: bundle.folder, dSYM, uuid: bundle.executable?.uuid ?? null }) };
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
