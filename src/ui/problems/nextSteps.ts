import * as l10n from '@vscode/l10n';
import type { Cause, Diagnosis } from '../../diagnosis/diagnosis.ts';
import { usingProcesses } from '../../diagnosis/holders.ts';
import { isApple } from '../../model/kext.ts';
import type { CommandId } from '../commands/commandIds.ts';
import { type KextView, ownLoaded } from '../session/kextView.ts';

/** Something that the light bulb of a Problem offers. */
export interface Step {
  readonly title: string;
  readonly command: CommandId;
  readonly argument?: string | number;
}

/** What can be done about a Problem at this moment, the next step first. For a kext of Apple's nothing is done. */
export function nextSteps(diagnosis: Diagnosis, view: KextView): readonly Step[] {
  const { cause } = diagnosis;
  const explain: Step = { title: l10n.t('Explain: {0}', cause), command: 'kext.explainCause', argument: cause };
  if (isApple(view.own?.bundleIdentifier ?? '')) return [explain];
  const steps = whatHelps(diagnosis, view).flatMap(kind => stepsOf[kind](diagnosis, view));
  return [...steps, ...showClass(diagnosis, view), ...copyAutopsy(diagnosis), explain];
}

type Kind =
  | 'quit'
  | 'sweep'
  | 'reload'
  | 'report'
  | 'uninstall'
  | 'unload'
  | 'approve'
  | 'restart'
  | 'refresh'
  | 'showLog';

function whatHelps({ cause, about }: Diagnosis, { refused }: KextView): readonly Kind[] {
  // A build that failed is mended in the source, and the code of a refused kext stays until the restart.
  if (about === 'build') return [];
  if (refused && cause === 'differentBuildLoaded') return ['restart', 'reload'];
  return helping[cause];
}

/** What helps in each case, the best first. What is not possible at the moment is left out. */
const helping: Readonly<Record<Cause, readonly Kind[]>> = {
  buildError: [],
  leaked: ['restart'],
  held: ['quit', 'restart'],
  subclass: [],
  notYet: ['unload'],
  overReleased: ['restart'],
  unknownInstances: ['unload', 'restart'],
  refused: ['restart'],
  dependents: ['unload'],
  inUse: ['unload', 'showLog'],
  notLoaded: ['reload'],
  notPrivileged: ['unload'],
  stopFailed: ['restart'],
  removalVetoed: ['unload'],
  unsupportedByCache: ['restart'],
  terminateDisallowed: ['restart'],
  stillLoaded: ['restart'],
  installFailed: ['reload'],
  loadFailed: ['reload'],
  differentBuildLoaded: ['reload', 'restart'],
  notStarted: ['reload'],
  notRunHere: ['reload'],
  wrongBuildRuns: ['sweep', 'reload', 'restart'],
  notReloaded: ['restart'],
  panicked: ['report', 'uninstall', 'reload'],
  restarted: ['uninstall', 'reload'],
  connectionLost: ['refresh', 'reload'],
  interrupted: ['reload', 'unload'],
  waitingForApproval: ['approve'],
  waitingForRestart: ['restart'],
  buildChanged: [],
  crossBuilt: ['reload'],
  noCodeForTarget: ['reload'],
  notSigned: ['reload'],
  keptOutByBootPolicy: ['reload'],
  providedAtBoot: ['restart'],
  recoveryAdvice: ['uninstall'],
  unknown: ['unload', 'showLog'],
};

const stepsOf: Readonly<Record<Kind, (diagnosis: Diagnosis, view: KextView) => readonly Step[]>> = {
  quit: quitHolders,
  sweep: () => [{ title: l10n.t('Find Stale Copies'), command: 'kext.findStaleCopies' }],
  reload: () => [{ title: l10n.t('Reload Kext'), command: 'kext.reload' }],
  uninstall: () => [{ title: l10n.t('Uninstall Kext'), command: 'kext.uninstall' }],
  unload: (_, view) =>
    ownLoaded(view) === undefined ? [] : [{ title: l10n.t('Unload Kext'), command: 'kext.unload' }],
  approve: (_, { target, waiting }) =>
    target?.simulated && waiting === 'approval'
      ? [{ title: l10n.t('Simulated Mac: Approve'), command: 'kext.simulated.approve' }]
      : [],
  restart: (_, { target, waiting }) => {
    if (waiting === 'finish') return [{ title: l10n.t('Finish Reload'), command: 'kext.finishReload' }];
    return target?.simulated ? [{ title: l10n.t('Simulated Mac: Restart'), command: 'kext.simulated.restart' }] : [];
  },
  report: (_, { panicReport }) =>
    panicReport === undefined ? [] : [{ title: l10n.t('Show Panic Report'), command: 'kext.showPanicReport' }],
  refresh: () => [{ title: l10n.t('Refresh'), command: 'kext.refresh' }],
  showLog: () => [{ title: l10n.t('Show Log'), command: 'kext.showLog' }],
};

/** An unload destroys the port of a user client that it terminates: the exit of its process need not reach it any more. */
function quitHolders({ holders }: Diagnosis, { target, snapshot }: KextView): readonly Step[] {
  if (!target?.simulated) return [];
  const canReact = new Set(usingProcesses(snapshot?.objects ?? []).map(({ pid }) => pid));
  return holders.flatMap(({ name, pid }) =>
    pid === undefined || !canReact.delete(pid)
      ? []
      : [{ title: l10n.t('Quit {0}', name), command: 'kext.simulated.quit' as const, argument: pid }],
  );
}

function showClass(diagnosis: Diagnosis, view: KextView): readonly Step[] {
  const name = diagnosis.class;
  if (name === undefined || ownLoaded(view) === undefined || !view.own?.classes.includes(name)) return [];
  return [{ title: l10n.t('Show {0} in Loaded Kexts', name), command: 'kext.showInstances', argument: name }];
}

/** An autopsy tells why an unload failed; that it was only early needs none. */
function copyAutopsy({ about, severity }: Diagnosis): readonly Step[] {
  return about === 'unload' && severity !== 'information'
    ? [{ title: l10n.t('Copy Autopsy'), command: 'kext.copyAutopsy' }]
    : [];
}
