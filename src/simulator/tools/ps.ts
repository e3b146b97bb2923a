import type { RunningProcess } from '../../model/driverUse.ts';
import type { ToolOutput } from '../../tools/toolOutput.ts';
import { said } from '../toolText.ts';

const launchd = { pid: 1, path: '/sbin/launchd' };

/** `ps -axo pid=,comm=`, and with `-p PID -o pid=,comm=` one process alone; nothing and 1 where there is none. */
export function ps(running: readonly RunningProcess[], argv: readonly string[]): ToolOutput {
  const line = argv.join(' ');
  const wanted = /^-p (\d+) -o pid=,comm=$/.exec(line)?.[1];
  if (line !== '-axo pid=,comm=' && wanted === undefined) {
    const usage = 'usage: ps [-AaCcEefhjlMmrSTvwXx] [-O fmt | -o fmt] [-p pid[,pid...]]';
    return said({ stderr: [`ps: cannot simulate: ps ${line}`, usage], exitCode: 1 });
  }
  const all = [launchd, ...running.map(({ pid, name }) => ({ pid, path: `/usr/local/bin/${name}` }))];
  const shown = wanted === undefined ? all : all.filter(({ pid }) => pid === Number(wanted));
  const rows = shown.map(({ pid, path }) => `${String(pid).padStart(5)} ${path}`);
  return said({ stdout: rows, exitCode: rows.length === 0 ? 1 : 0 });
}
