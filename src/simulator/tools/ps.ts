import type { RunningProcess } from '../../model/driverUse.ts';
import type { ToolOutput } from '../../tools/toolOutput.ts';
import { said } from '../toolText.ts';

const launchd = { pid: 1, path: '/sbin/launchd' };

/** `ps -axo pid=,comm=`. */
export function ps(running: readonly RunningProcess[], argv: readonly string[]): ToolOutput {
  const line = argv.join(' ');
  if (line !== '-axo pid=,comm=') {
    const usage = 'usage: ps [-AaCcEefhjlMmrSTvwXx] [-O fmt | -o fmt] [-p pid[,pid...]]';
    return said({ stderr: [`ps: cannot simulate: ps ${line}`, usage], exitCode: 1 });
  }
  const all = [launchd, ...running.map(({ pid, name }) => ({ pid, path: `/usr/local/bin/${name}` }))];
  return said({ stdout: all.map(({ pid, path }) => `${String(pid).padStart(5)} ${path}`) });
}
