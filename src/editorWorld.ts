import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { LoggingRunner } from './targets/loggingRunner.ts';
import { ProcessRunner } from './targets/processRunner.ts';
import type { OpenedTarget } from './targets/targetChoice.ts';
import { firstTarget, targetIdOf, targetNamed, targetNameOf } from './targets/targetNamed.ts';
import type { Runner } from './tools/port/runner.ts';
import type { BuildChoices } from './ui/session/buildChoices.ts';
import type { SessionWorld } from './ui/session/sessionWorld.ts';
import { toolPath } from './ui/settings/toolPath.ts';
import { askFirstLoad } from './ui/work/askFirstLoad.ts';
import { readPart } from './ui/work/readPart.ts';
import { saveAllFiles } from './ui/work/saveAllFiles.ts';

/** What the world below the views is given of the window. */
export interface WindowParts {
  /** Where what is done is written down: the calls of tools, and what only who looks for details wants. */
  readonly logs: { readonly calls: (text: string) => void; readonly details: (text: string) => void };
  /** How Xcode builds on that machine, as the workspace remembers it. */
  readonly buildsOn: (machine: Runner) => BuildChoices;
}

/** What the views need of the world below them: this machine's processes and files, and every kind of target. */
export function editorWorld(extensionPath: string, { logs, buildsOn }: WindowParts): SessionWorld {
  const { env: environment } = process;
  const host = new ProcessRunner(toolPath);
  const quiet = new AsyncLocalStorage<true>();
  const calls = (text: string) => (quiet.getStore() ? logs.details(text) : logs.calls(text));
  const builds = new LoggingRunner(host, 'this machine', calls);
  const sources = join(extensionPath, 'media', 'simulated-mac');
  const opened = new Map<string, OpenedTarget>();
  return {
    firstTarget: firstTarget(),
    targetNamed: id => {
      const choice = targetNamed(id);
      return 'problem' in choice
        ? choice
        : { id: targetIdOf(choice), name: targetNameOf(choice), simulated: 'scenario' in choice };
    },
    offeredTargets: async moreIds =>
      (await readPart(() => import('./targets/offeredTargets.ts'))).offeredTargets(homedir(), moreIds),
    builds: buildsOn(builds),
    host: builds,
    unnoticed: work => quiet.run(true, work),
    readTarget: async targetId =>
      (await readPart(() => import('./targets/readTarget.ts'))).readTarget(
        targetId,
        { host, sources, environment },
        calls,
      ),
    demoFolder: join(extensionPath, 'media', 'demo-kext'),
    causesFolder: join(extensionPath, 'media', 'causes'),
    failuresFolder: join(extensionPath, 'media', 'failures'),
    open: async (project, targetId, kexts) => {
      const choice = targetNamed(targetId);
      if ('problem' in choice) throw new Error(`${targetId}: ${choice.problem}`);
      // Loaded when it is first needed: a window on a kext opens sooner.
      const [{ openKext }, { openTarget, targetStateFolder }] = await readPart(() =>
        Promise.all([import('./openKext.ts'), import('./targets/targetChoice.ts')]),
      );
      const { state, recordFile, ...kext } = await openKext(project, kexts, choice, {
        stateFolder: targetStateFolder,
        open: (choice, places) => {
          const key = `${targetIdOf(choice)} ${places.state}`;
          const target = opened.get(key) ?? openTarget(choice, places, host, { calls, processes: logs.details });
          opened.set(key, target);
          return target;
        },
        sources,
        environment,
        askFirstLoad,
        saveFiles: saveAllFiles,
      });
      // A folder that is not there cannot be watched.
      await mkdir(dirname(recordFile), { recursive: true });
      const journal = 'scenario' in choice ? [join(state, 'journal.jsonl')] : [];
      return { ...kext, host: builds, stateFiles: [...journal, recordFile] };
    },
  };
}
