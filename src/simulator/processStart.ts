import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Which of the processes that ever had its pid a process is: the same text for as long as it runs. */
export type ProcessStart = string;

/** ps answers at once; a machine that is that busy is not asked again for a while. */
const longestMs = 5000;

/**
 * When the process with that pid was started, in its system's own count: `t4711` ticks after the start of Linux, `s1764205440`
 * seconds of a Mac's clock at that moment, which no later change of the clock touches. `ended`: it has, and whoever started it has not
 * looked yet. undefined where this machine does not tell.
 */
export async function processStart(pid: number): Promise<ProcessStart | 'ended' | undefined> {
  if (process.platform === 'linux') return readStat(await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => ''));
  return process.platform === 'darwin' ? readLongStart(await askPs(pid)) : undefined;
}

/** Reads `/proc/PID/stat` (proc(5)): the name in parentheses may hold anything, so that the fields are counted behind it. */
export function readStat(stat: string): ProcessStart | 'ended' | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (state === 'Z' || state === 'X') return 'ended';
  return ticks !== undefined && /^\d+$/.test(ticks) ? `t${ticks}` : undefined;
}

/** Reads what `ps -o stat= -o lstart=` says in UTC: `S+   Thu Nov 26 14:03:05 2026`. */
export function readLongStart(text: string): ProcessStart | 'ended' | undefined {
  const [, state, time] = /^\s*(\S+)\s+(\w{3}\s+\w{3}\s+\d+\s+\d\d:\d\d:\d\d\s+\d{4})\s*$/.exec(text) ?? [];
  if (state === undefined || time === undefined) return undefined;
  if (state.startsWith('Z')) return 'ended';
  const at = Date.parse(`${time} UTC`);
  return Number.isNaN(at) ? undefined : `s${at / 1000}`;
}

function askPs(pid: number): Promise<string> {
  const argv = ['-o', 'stat=', '-o', 'lstart=', '-p', `${pid}`];
  const options = { timeout: longestMs, env: { LC_ALL: 'C', TZ: 'UTC' } };
  return new Promise(resolve => {
    execFile('/bin/ps', argv, options, (_, said) => resolve(said));
  });
}
