import { openKext } from './openKext.ts';
import type { Operation } from './operations/operation.ts';
import { printable } from './report/printable.ts';
import { progressText } from './report/progressText.ts';
import { scenarios } from './simulator/systems/simulatedSystem.ts';
import { makeWritableFolder } from './targets/folders.ts';
import type { ProcessRunner } from './targets/processRunner.ts';
import { readTarget } from './targets/readTarget.ts';
import { chooseTarget, isMac, openTarget, targetStateFolder } from './targets/targetChoice.ts';
import { askBeforeUnload } from './terminal/askBeforeUnload.ts';
import { askFirstLoad } from './terminal/askFirstLoad.ts';
import { passwordQuestion } from './terminal/askPassword.ts';
import { confirmation } from './terminal/confirm.ts';
import { inputFiles } from './terminal/inputFiles.ts';
import { kextsWith } from './terminal/kextsWith.ts';
import { openProject } from './terminal/openProject.ts';
import { type Options, UsageError } from './terminal/options.ts';
import type { TerminalWorld } from './terminal/runCommand.ts';
import { stateEnvironment } from './terminal/stateEnvironment.ts';

/** What the terminal's commands need of the world below them; `sources`: the Simulated Mac's, as they ship. */
export function terminalWorld(sources: string, host: ProcessRunner): TerminalWorld {
  const confirm = confirmation(process.stdin, process.stderr);
  const askPassword = passwordQuestion(process.stdin, process.stderr);
  const read = (options: Options) =>
    readTarget(options.target, { host, sources, environment: stateEnvironment(options) }, () => undefined);
  return {
    ...inputFiles,
    systems: scenarios,
    confirm,
    askPassword,
    // A Mac is read without a project; a reload needs one.
    readTarget: options => (isMac(options.target) && !options.reload ? read(options) : undefined),
    anyTarget: read,
    host,
    operation: async (options, signal) => {
      const choice = chooseTarget(options.target, options.command);
      if ('problem' in choice) throw new UsageError(choice.problem);
      const project = await openProject(options, host, say, signal);
      const { writes, ...kext } = await openKext(project, await kextsWith(options.with), choice, {
        stateFolder: targetStateFolder,
        open: (...opened) => openTarget(...opened, host),
        sources,
        environment: stateEnvironment(options),
        askFirstLoad: askFirstLoad(options, confirm),
        saveFiles: async () => undefined,
      });
      // Whoever only looks at a Mac needs no place for files.
      const looks = options.command === 'status' && isMac(options.target);
      if (!looks) for (const place of writes) await requireWritable(place);
      const progress: Operation['progress'] = (phase, plan, other, extent) => {
        // A line for each file would be a flood.
        if (extent === undefined) say(progressText(options.command, kext, phase, plan, other));
      };
      return {
        ...kext,
        host,
        progress,
        askPassword,
        askBeforeUnload: askBeforeUnload(options, { confirm, say }, signal),
        installPath: options.installPath,
        afterPanic: options.afterPanic,
        replaces: options.replace,
        doing: `${options.command} ${project.bundleIdentifier}`,
      };
    },
  };
}

function say(text: string | undefined): void {
  if (text !== undefined) process.stderr.write(`${printable(text)}\n`);
}

async function requireWritable(folder: string): Promise<void> {
  const problem = await makeWritableFolder(folder);
  if (problem !== undefined) throw new UsageError(problem);
}
