import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { KextBundle } from '../bundle/kextBundle.ts';
import { commandLine } from '../tools/toolCommand.ts';
import { gitStateOf, projectStatus } from './gitState.ts';
import type { Operation, OperationResult, Outcome } from './operation.ts';
import type { RecordedCall } from './recordCaptures.ts';
import { recordOperation } from './recordOperation.ts';
import type { Shelf, ShelvedReload } from './shelf.ts';

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
  // As the tree is when the build begins, and while it goes on.
  const status = from === undefined ? projectStatus(operation, signal) : undefined;
  let build: KextBundle | undefined;
  const keep = async (result: OperationResult) => {
    if (build === undefined) return;
    const tree = await status;
    const commit =
      tree === undefined ? from?.commit : await gitStateOf(tree, build.folder, operation.project.infoPlist.file);
    await keepReload(shelf, operation, build, result, { log: said.join(''), commit, from });
  };
  const recorded = recordOperation(operation, call => {
    said.push(saidText(call));
    reachedKernel ||= changesKernel.has(call.command.tool);
  });
  try {
    const result = await work(recorded, bundle => {
      build = bundle;
    });
    const provedWrong = result.outcome === 'failed' && result.proof !== undefined;
    if (!kept.has(result.outcome) && !provedWrong) return result;
    return keep(result).then(
      () => result,
      (error: Error) => ({ ...result, notShelved: error.message }),
    );
  } catch (error) {
    if (!signal.aborted && reachedKernel)
      await keep({ outcome: 'failed', phases: [], diagnoses: [] }).catch(() => undefined);
    throw error;
  }
}

/** What is known of a reload besides its result. */
interface Known {
  readonly log: string;
  readonly commit: ShelvedReload['commit'];
  readonly from: ShelvedReload | undefined;
}

async function keepReload(
  shelf: Shelf,
  { project, target, records }: Operation,
  { folder, executable, infoPlist }: KextBundle,
  { outcome, phases, diagnoses, proof, snapshot }: OperationResult,
  { log, commit, from }: Known,
): Promise<void> {
  // What Xcode fills in is known of the bundle.
  const { bundleIdentifier = project.bundleIdentifier } = infoPlist;
  const uuids = [...new Set(executable?.uuids.values() ?? [])].filter(uuid => uuid !== undefined);
  const loaded = snapshot?.kexts.find(kext => kext.bundleIdentifier === bundleIdentifier)?.uuid;
  const pending = (await records.read())?.pending?.uuid;
  const counts = project.classes.flatMap(name => {
    const count = snapshot?.classCounts.get(name);
    return count === undefined ? [] : [[name, count] as const];
  });
  const facts = {
    schema: 1 as const,
    time: new Date().toISOString(),
    bundleIdentifier,
    version: infoPlist.version ?? null,
    uuid: executable?.uuid ?? null,
    uuids,
    outcome,
    target: { id: target.id, name: target.name },
    ...(commit === undefined ? {} : { commit }),
    counts: Object.fromEntries(counts),
    phases,
    diagnoses,
    ...(proof === undefined ? {} : { proof }),
    ...(from === undefined ? {} : { fromShelf: true as const }),
  };
  const reload = { facts, bundle: folder, dSYM: from?.dSYM ?? (await dSYMOf(folder)), log };
  await shelf.keep(reload, new Set([loaded, pending].filter(uuid => uuid !== undefined)));
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

function saidText({ command, output: { stdout, stderr, exitCode }, onHost }: RecordedCall): string {
  const said = stdout + stderr;
  const shown = said.length <= longestSaid ? said : `${said.slice(0, longestSaid)}\n… ${said.length} characters\n`;
  const end = shown === '' || shown.endsWith('\n') ? '' : '\n';
  return `$ ${commandLine(command)}${onHost ? '' : '  (on the target)'} → ${exitCode}\n${shown}${end}`;
}
