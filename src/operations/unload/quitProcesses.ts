import type { RunningProcess } from '../../model/driverUse.ts';
import { userNumber } from '../../tools/id.ts';
import { terminate } from '../../tools/kill.ts';
import { ask, askTogether, type Runner, visiting } from '../../tools/port/runner.ts';
import type { Target } from '../../tools/port/target.ts';
import { isNamed, processOwner } from '../../tools/processOwner.ts';
import { isUnread } from '../kernel/unless.ts';

/** Users that macOS has for its own services: theirs are left alone. */
const isOfSystem = (uid: number) => uid > 0 && uid < 500;

/**
 * Asks the processes to quit, as root where one is somebody else's, and does not wait for it. Gives why one was not asked, by its
 * number. Rejects as Runner.run does, but for what the tools of one process say.
 */
export async function quitProcesses(
  { switches, runner }: Pick<Target, 'switches' | 'runner'>,
  processes: readonly RunningProcess[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const problems = new Map<number, string>();
  if (switches !== undefined) {
    for (const { pid } of processes) await switches.quit(pid, signal);
    return problems;
  }
  await visiting(runner, async there => {
    for (const process of processes) {
      const problem = await quitOne(there, process, signal).catch(whyNot);
      if (problem !== undefined) problems.set(process.pid, problem);
    }
  });
  return problems;
}

/** A number is given to another process once its own has ended, so that it is looked at right before. */
async function quitOne(
  runner: Runner,
  { pid, name }: RunningProcess,
  signal: AbortSignal,
): Promise<string | undefined> {
  const who = `${name} (pid ${pid})`;
  if (pid <= 1) return `${who} is none to quit.`;
  const [user, owner] = await askTogether(runner, [userNumber(), processOwner(pid)], signal);
  const found = owner();
  if (found === undefined) return `${who} does not run any more; what it opened is still there.`;
  if (!isNamed(found, name)) return `pid ${pid} is ${found.name}, not ${name}: it was left alone.`;
  const own = user();
  if (found.uid !== own && isOfSystem(found.uid)) return `${who} is a service of the system: it was left alone.`;
  const said = await ask(runner, terminate(pid, found.uid !== own), signal);
  return said === undefined ? undefined : `${who} could not be asked to quit: ${said}`;
}

function whyNot(error: unknown): string {
  if (isUnread(error)) return error.message;
  throw error;
}
