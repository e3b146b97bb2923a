import { count } from '../diagnosis/count.ts';
import type { Cause } from '../diagnosis/diagnosis.ts';
import { capital } from '../diagnosis/sentence.ts';
import type { CommandId } from './commandIds.ts';
import { type KextView, ownLoaded, shortUuid, stuckInstances } from './kextView.ts';

/** The one status item: text with codicons, and what a click does. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly spoken: string;
  readonly command: CommandId | 'workbench.actions.view.problems';
  readonly colour?: 'error' | 'warning';
}

/** What the status item says; undefined where there is no kext project. */
export function statusText(view: KextView): StatusText | undefined {
  const { own, target } = view;
  if (own === undefined) return undefined;
  const name = own.shortName;
  if (target === undefined) {
    return status('chip', `${name}: no target`, 'Choose the Mac that loads this kext', 'kext.selectTarget');
  }
  const at = target.name;
  if (view.activity !== undefined) {
    const phase = view.activity.phase ?? 'working';
    return status('sync~spin', `${at} · ${name}: ${phase}`, view.activity.title, 'kext.showLog');
  }
  return settled(view, name, at, target.called);
}

function settled(view: KextView, name: string, at: string, called: string): StatusText {
  const loaded = ownLoaded(view);
  if (view.waiting === 'finish') {
    const tooltip = `${capital(called)} has restarted. Click to load the build that waited for it.`;
    return status('debug-restart', `${at} · finish the reload of ${name}`, tooltip, 'kext.finishReload', 'warning');
  }
  if (view.waiting === 'restart') {
    const simulated = view.target?.simulated ?? false;
    const click = simulated ? ` Click to restart ${called}.` : '';
    const tooltip = `The build is ready. ${capital(called)} runs the old one until it restarts; then one click finishes the reload.${click}`;
    const command = simulated ? 'kext.simulated.restart' : 'workbench.actions.view.problems';
    return status('watch', `${at} · ${name} waits for a restart`, tooltip, command, 'warning');
  }
  if (view.refused) {
    const stuck = stuckInstances(view);
    const tooltip = `${name} refused to unload: ${count(stuck.leaked, 'leaked instance')}, ${stuck.held} held. It stays in the kernel until ${called} restarts.`;
    const text = `${at} · ${name} refused to unload, restart needed`;
    return status('error', text, tooltip, 'workbench.actions.view.problems', 'error');
  }
  const failure = view.diagnoses.find(({ severity, cause }) => severity === 'error' && failures[cause] !== undefined);
  if (failure !== undefined) {
    const text = `${at} · ${name} ${failures[failure.cause]}`;
    return status('error', text, failure.message, 'workbench.actions.view.problems', 'error');
  }
  if (view.snapshot === undefined) {
    return status(
      'question',
      `${at} · ${name}: not read`,
      `What ${called} holds is not known. Click to read it.`,
      'kext.refresh',
    );
  }
  if (loaded === undefined) return status('chip', `${at} · ${name} not loaded`, `Reload loads it`, 'kext.reload');
  if (view.proved && loaded.uuid !== undefined) {
    const text = `${at} · ${name} ${loaded.version} running · ${shortUuid(loaded.uuid)}`;
    return status('check', text, `The build that runs is ${loaded.uuid}`, 'kext.reload');
  }
  return status(
    'chip',
    `${at} · ${name} loaded`,
    `Version ${loaded.version}, ${loaded.uuid ?? 'no UUID reported'}`,
    'kext.reload',
  );
}

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
