import * as l10n from '@vscode/l10n';
import type { Cause } from '../../diagnosis/diagnosis.ts';
import { asSubject } from '../../diagnosis/sentence.ts';
import type { CommandId } from '../commands/commandIds.ts';
import { clock, heldInstances, instances, leakedInstances } from '../numbers.ts';
import { untrustedText } from '../session/emptyReason.ts';
import {
  type Activity,
  type KextView,
  likelyBuilt,
  loadedBuild,
  notRunHere,
  type OwnKext,
  ownLoaded,
  shortUuid,
  stuckInstances,
} from '../session/kextView.ts';
import { phaseWords } from '../work/phaseWords.ts';

/** The one status item: text with codicons, and what a click does. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly command:
    | CommandId
    | 'workbench.actions.view.problems'
    | 'workbench.action.openSettings'
    | 'workbench.trust.manage';
  readonly colour?: 'error' | 'warning';
}

/** Where a mistake is: in a file, by its name, or in the user's settings, which are no file to be named. */
export type MistakePlace = { readonly file: string } | 'settings';

/**
 * What the status item says; undefined where there is no kext project. `problem` says what is wrong with the project, and
 * `where` if that is known, or why the target could not be read.
 */
export function statusText(view: KextView, problem?: string, where?: MistakePlace): StatusText | undefined {
  const { own, target, activity } = view;
  // A mistake in the settings leaves the kext, and no target.
  if (own === undefined || (target === undefined && view.trusted && problem !== undefined)) {
    if (problem === undefined && activity !== undefined) return working(activity);
    if (problem === undefined && view.kexts > 1) {
      const text = l10n.t('{0} kexts, none selected', view.kexts);
      return status('chip', text, l10n.t('Say which kext Reload and the tree are about'), 'kext.selectKext');
    }
    if (problem === undefined) return undefined;
    return mistaken(problem, where, target ?? view.wanted);
  }
  const name = own.shortName;
  if (!view.trusted)
    return status('shield', l10n.t('{0}: not trusted', name), untrustedText(), 'workbench.trust.manage');
  if (target === undefined) {
    return status(
      'chip',
      l10n.t('{0}: no target', name),
      l10n.t('Choose the Mac that loads this kext'),
      'kext.selectTarget',
    );
  }
  const at = target.name;
  if (activity !== undefined) return working(activity);
  if (view.reading)
    return status(
      'sync~spin',
      l10n.t('{0} · {1}: reading', at, name),
      l10n.t('Reading {0}', target.called),
      'kext.showLog',
    );
  const settled = { view, own, at, name, called: target.called, simulated: target.simulated };
  return (
    waiting(settled) ??
    failed(settled) ??
    stopped(settled) ??
    (view.snapshot === undefined || view.past ? notRead(settled, problem) : fine(settled))
  );
}

/** `wanted`: a Simulated Mac is named, as everywhere. */
function mistaken(problem: string, where: MistakePlace | undefined, wanted: KextView['wanted']): StatusText {
  const at = wanted?.simulated ? `${wanted.name} · ` : '';
  if (where === 'settings') return status('error', at + l10n.t('settings: a mistake'), problem, openSettings, 'error');
  const text = where === undefined ? l10n.t('kext project: a mistake') : l10n.t('{0}: a mistake', where.file);
  return status('error', at + text, problem, showProblems, 'error');
}

/** The kext that is worked on may be another one than that which is shown. */
function working({ on, phase, kext, title }: Activity): StatusText {
  const doing = phase === undefined ? l10n.t('working') : phaseWords(phase, kext);
  return status('sync~spin', `${on.at} · ${on.name}: ${doing}`, title, 'kext.showLog');
}

interface Settled {
  readonly view: KextView;
  readonly own: OwnKext;
  readonly at: string;
  readonly name: string;
  readonly called: string;
  readonly simulated: boolean;
}

function waiting({ view, own, at, name, called, simulated }: Settled): StatusText | undefined {
  if (view.waiting === 'finish') {
    const loaded = ownLoaded(view);
    // A kext of a collection is loaded by the start itself.
    const isIn = loaded !== undefined && loadedBuild(own, loaded) === 'built';
    const restarted = asSubject(called);
    const tooltip = isIn
      ? l10n.t('{0} has restarted, and the build that waited for it is loaded. Click to prove that it runs.', restarted)
      : l10n.t('{0} has restarted. Click to load the build that waited for it.', restarted);
    return status(
      'debug-continue',
      l10n.t('{0} · finish the reload of {1}', at, name),
      tooltip,
      'kext.finishReload',
      'warning',
    );
  }
  if (view.waiting === 'approval') return waitingForApproval(at, name, called, simulated);
  if (view.waiting !== 'restart') return undefined;
  if (!view.refused) return waitingForRestart(at, name, called, simulated);
  const ready = l10n.t('The new build is ready: once {0} has restarted, one click finishes the reload.', called);
  const tooltip = [refusal(view, name), ready, ...clickToRestart(called, simulated)].join(' ');
  const command = simulated ? 'kext.simulated.restart' : showProblems;
  return status(
    'watch',
    l10n.t('{0} · {1} refused to unload, waits for a restart', at, name),
    tooltip,
    command,
    'warning',
  );
}

function waitingForApproval(at: string, name: string, called: string, simulated: boolean): StatusText {
  const click = simulated
    ? l10n.t('Click to approve it.')
    : l10n.t('Approve it in System Settings, Privacy & Security.');
  const installed = l10n.t('The build is installed on {0}.', called);
  const tooltip = [installed, click, l10n.t('It runs after the restart that follows.')].join(' ');
  const command = simulated ? 'kext.simulated.approve' : showProblems;
  return status('history', l10n.t('{0} · {1} waits for approval', at, name), tooltip, command, 'warning');
}

function waitingForRestart(at: string, name: string, called: string, simulated: boolean): StatusText {
  const ready = l10n.t('The new build is ready and runs once {0} has restarted.', called);
  const tooltip = [ready, ...clickToRestart(called, simulated)].join(' ');
  const command = simulated ? 'kext.simulated.restart' : showProblems;
  return status('history', l10n.t('{0} · {1} waits for a restart', at, name), tooltip, command, 'warning');
}

function clickToRestart(called: string, simulated: boolean): readonly string[] {
  return simulated ? [l10n.t('Click to restart {0}.', called)] : [];
}

function failed({ view, at, name, called }: Settled): StatusText | undefined {
  if (view.refused) {
    const tooltip = `${refusal(view, name)} ${l10n.t('It stays in the kernel until {0} restarts.', called)}`;
    return status(
      'error',
      l10n.t('{0} · {1} refused to unload, restart needed', at, name),
      tooltip,
      showProblems,
      'error',
    );
  }
  for (const { severity, cause, message } of view.diagnoses) {
    const text = severity === 'error' ? failureText(cause, name) : undefined;
    if (text !== undefined) return status('error', `${at} · ${text}`, message, showProblems, 'error');
  }
  return undefined;
}

/** An operation was killed in its middle: the Problem says how the kext is. */
function stopped({ view, at, name }: Settled): StatusText | undefined {
  const told = view.diagnoses.find(({ cause }) => cause === 'interrupted');
  if (told === undefined) return undefined;
  const text = l10n.t('{0} · {1}: an operation was cut', at, name);
  return status('debug-disconnect', text, told.message, showProblems, 'warning');
}

function refusal(view: KextView, name: string): string {
  const { leaked, held, perhaps } = stuckInstances(view);
  const stuck = [
    ...(leaked === 0 ? [] : [leakedInstances(leaked)]),
    ...(held === 0 ? [] : [heldInstances(held)]),
    ...(perhaps === 0 ? [] : [l10n.t('{0} leaked, or kept by what is held', instances(perhaps))]),
  ];
  return stuck.length === 0
    ? l10n.t('{0} refused to unload.', name)
    : l10n.t('{0} refused to unload: {1}.', name, stuck.join(', '));
}

function notRead({ view, at, name, called }: Settled, problem: string | undefined): StatusText {
  const why = problem ?? l10n.t('What {0} holds is not known.', called);
  const last = view.snapshot === undefined ? [] : [l10n.t('It was seen last at {0}.', clock(view.snapshot.takenAt))];
  const tooltip = [/[.?]$/.test(why) ? why : `${why}.`, ...last, l10n.t('Click to read it.')].join(' ');
  return status('question', l10n.t('{0} · {1}: not read', at, name), tooltip, 'kext.refresh');
}

function fine({ view, own, at, name }: Settled): StatusText {
  const loaded = ownLoaded(view);
  if (loaded === undefined)
    return status('chip', l10n.t('{0} · {1} not loaded', at, name), l10n.t('Reload loads it'), 'kext.reload');
  const { version, uuid = l10n.t('no UUID reported') } = loaded;
  const runs = l10n.t('Version {0}, {1}', version, uuid);
  const build = loadedBuild(own, loaded);
  if (build === 'another') {
    const tooltip = l10n.t('Version {0}, {1}; built {2}. Reload loads the build.', version, uuid, own.builtUuid ?? '');
    return status('chip', l10n.t('{0} · {1} loaded, another build', at, name), tooltip, 'kext.reload');
  }
  if (notRunHere(view)) {
    const tooltip = l10n.t('{0} is listed, and none of its code runs here: this says nothing about leaks.', name);
    return status('info', l10n.t('{0} · {1} loaded, not run here', at, name), tooltip, 'kext.reload');
  }
  const wrong = view.diagnoses.some(({ severity }) => severity === 'error');
  if (likelyBuilt(view, loaded) && !wrong) {
    const text = l10n.t('{0} · {1} {2} likely running', at, name, version);
    const tooltip = l10n.t('Version {0}, as it was built, in a load of its own; the list says nothing more.', version);
    return status('check', text, tooltip, 'kext.reload');
  }
  if (build === 'unknown' || wrong) {
    return status('chip', l10n.t('{0} · {1} loaded', at, name), runs, 'kext.reload');
  }
  const text = l10n.t('{0} · {1} {2} running · {3}', at, name, version, shortUuid(uuid));
  const same = view.proof?.kind === 'sameCode' && view.proof.loadIndex === (loaded.index ?? null);
  const tooltip = same
    ? l10n.t('The build that runs is {0}: the same code, loaded anew', uuid)
    : l10n.t('The build that runs is {0}', uuid);
  return status('check', text, tooltip, 'kext.reload');
}

const showProblems = 'workbench.actions.view.problems';
const openSettings = 'workbench.action.openSettings';

/** What the kext did, by what went wrong; undefined where the state of the kext says it. */
function failureText(cause: Cause, name: string): string | undefined {
  switch (cause) {
    case 'buildError':
      return l10n.t('{0} does not build', name);
    case 'loadFailed':
      return l10n.t('{0} was not loaded', name);
    case 'differentBuildLoaded':
      return l10n.t('{0} was not loaded: another build is', name);
    case 'notStarted':
      return l10n.t('{0} is loaded and did not start', name);
    case 'notReloaded':
      return l10n.t('{0} was not loaded anew', name);
    case 'wrongBuildRuns':
      return l10n.t('{0} runs another build', name);
    case 'panicked':
      return l10n.t('{0} panicked', name);
    case 'restarted':
      return l10n.t('{0}: the Mac went down', name);
    case 'installFailed':
    case 'crossBuilt':
    case 'noCodeForTarget':
    case 'notSigned':
    case 'keptOutByBootPolicy':
    case 'providedAtBoot':
      return l10n.t('{0} was not installed', name);
    case 'connectionLost':
      return l10n.t('{0}: the connection broke', name);
    default:
      return undefined;
  }
}

function status(
  icon: string,
  text: string,
  tooltip: string,
  command: StatusText['command'],
  colour?: 'error' | 'warning',
): StatusText {
  const base = { text: `$(${icon}) ${text}`, tooltip, spoken: `Kext Dev: ${text}`, command };
  return colour === undefined ? base : { ...base, colour };
}
