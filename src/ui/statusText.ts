import { count } from '../diagnosis/count.ts';
import type { Cause } from '../diagnosis/diagnosis.ts';
import { capital } from '../diagnosis/sentence.ts';
import type { CommandId } from './commandIds.ts';
import { untrustedText } from './emptyReason.ts';
import { type KextView, loadedBuild, type OwnKext, ownLoaded, shortUuid, stuckInstances } from './kextView.ts';

/** The one status item: text with codicons, and what a click does. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly command: CommandId | 'workbench.actions.view.problems' | 'workbench.trust.manage';
  readonly colour?: 'error' | 'warning';
}

/**
 * What the status item says; undefined where there is no kext project. `problem` says what is wrong with the project, or
 * why the target could not be read.
 */
export function statusText(view: KextView, problem?: string): StatusText | undefined {
  const { own, target } = view;
  if (own === undefined) {
    if (problem === undefined && view.kexts > 1) {
      const text = `${view.kexts} kexts, none selected`;
      return status('chip', text, 'Say which kext Reload and the tree are about', 'kext.selectKext');
    }
    if (problem === undefined) return undefined;
    return status('error', 'kext project: a mistake', problem, showProblems, 'error');
  }
  const name = own.shortName;
  if (!view.trusted) return status('shield', `${name}: not trusted`, untrustedText, 'workbench.trust.manage');
  if (target === undefined) {
    return status('chip', `${name}: no target`, 'Choose the Mac that loads this kext', 'kext.selectTarget');
  }
  const at = target.name;
  if (view.activity !== undefined) {
    const phase = view.activity.phase ?? 'working';
    return status('sync~spin', `${at} · ${name}: ${phase}`, view.activity.title, 'kext.showLog');
  }
  if (view.reading) return status('sync~spin', `${at} · ${name}: reading`, `Reading ${target.called}`, 'kext.showLog');
  const settled = { view, own, at, name, called: target.called, simulated: target.simulated };
  return (
    waiting(settled) ?? failed(settled) ?? (view.snapshot === undefined ? notRead(settled, problem) : fine(settled))
  );
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
    const tooltip = isIn
      ? `${capital(called)} has restarted, and the build that waited for it is loaded. Click to prove that it runs.`
      : `${capital(called)} has restarted. Click to load the build that waited for it.`;
    return status('debug-continue', `${at} · finish the reload of ${name}`, tooltip, 'kext.finishReload', 'warning');
  }
  if (view.waiting === 'approval') return waitingForApproval(at, name, called, simulated);
  if (view.waiting !== 'restart') return undefined;
  if (!view.refused) return waitingForRestart(at, name, called, simulated);
  const click = simulated ? ` Click to restart ${called}.` : '';
  const tooltip = `${refusal(view, name)} The new build is ready: once ${called} has restarted, one click finishes the reload.${click}`;
  const command = simulated ? 'kext.simulated.restart' : showProblems;
  return status('watch', `${at} · ${name} refused to unload, waits for a restart`, tooltip, command, 'warning');
}

function waitingForApproval(at: string, name: string, called: string, simulated: boolean): StatusText {
  const click = simulated ? 'Click to approve it.' : 'Approve it in System Settings, Privacy & Security.';
  const tooltip = `The build is installed on ${called}. ${click} It runs after the restart that follows.`;
  const command = simulated ? 'kext.simulated.approve' : showProblems;
  return status('watch', `${at} · ${name} waits for approval`, tooltip, command, 'warning');
}

function waitingForRestart(at: string, name: string, called: string, simulated: boolean): StatusText {
  const click = simulated ? ` Click to restart ${called}.` : '';
  const tooltip = `The new build is ready and runs once ${called} has restarted.${click}`;
  const command = simulated ? 'kext.simulated.restart' : showProblems;
  return status('watch', `${at} · ${name} waits for a restart`, tooltip, command, 'warning');
}

function failed({ view, at, name, called }: Settled): StatusText | undefined {
  if (view.refused) {
    const tooltip = `${refusal(view, name)} It stays in the kernel until ${called} restarts.`;
    return status('error', `${at} · ${name} refused to unload, restart needed`, tooltip, showProblems, 'error');
  }
  const failure = view.diagnoses.find(({ severity, cause }) => severity === 'error' && failures[cause] !== undefined);
  if (failure === undefined) return undefined;
  return status('error', `${at} · ${name} ${failures[failure.cause]}`, failure.message, showProblems, 'error');
}

function refusal(view: KextView, name: string): string {
  const { leaked, held, perhaps } = stuckInstances(view);
  const stuck = [
    ...(leaked === 0 ? [] : [count(leaked, 'leaked instance')]),
    ...(held === 0 ? [] : [count(held, 'held instance')]),
    ...(perhaps === 0 ? [] : [`${count(perhaps, 'instance')} leaked, or kept by what is held`]),
  ];
  return `${name} refused to unload${stuck.length === 0 ? '' : `: ${stuck.join(', ')}`}.`;
}

function notRead({ at, name, called }: Settled, problem: string | undefined): StatusText {
  const tooltip = `${problem ?? `What ${called} holds is not known.`} Click to read it.`;
  return status('question', `${at} · ${name}: not read`, tooltip, 'kext.refresh');
}

function fine({ view, own, at, name }: Settled): StatusText {
  const loaded = ownLoaded(view);
  if (loaded === undefined) return status('chip', `${at} · ${name} not loaded`, 'Reload loads it', 'kext.reload');
  const { version, uuid = 'no UUID reported' } = loaded;
  const build = loadedBuild(own, loaded);
  if (build === 'another') {
    const tooltip = `Version ${version}, ${uuid}; built ${own.builtUuid}. Reload loads the build.`;
    return status('chip', `${at} · ${name} loaded, another build`, tooltip, 'kext.reload');
  }
  const wrong = view.diagnoses.some(({ severity }) => severity === 'error');
  if (build === 'unknown' || wrong) {
    return status('chip', `${at} · ${name} loaded`, `Version ${version}, ${uuid}`, 'kext.reload');
  }
  const text = `${at} · ${name} ${version} running · ${shortUuid(uuid)}`;
  return status('check', text, `The build that runs is ${uuid}`, 'kext.reload');
}

const showProblems = 'workbench.actions.view.problems';

/** What the kext did, by what went wrong. */
const failures: Partial<Record<Cause, string>> = {
  buildError: 'does not build',
  loadFailed: 'was not loaded',
  differentBuildLoaded: 'was not loaded: another build is',
  notStarted: 'is loaded and did not start',
  wrongBuildRuns: 'runs another build',
  panicked: 'panicked',
};

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
