import type { RunningProcess } from '../../model/driverUse.ts';
import type { ToolOutput } from '../../tools/port/toolOutput.ts';
import { said } from '../toolText.ts';

const launchd = { pid: 1, path: '/sbin/launchd' };

/** `ps -axo pid=,comm=`, and `ps -p PID -o uid=,ucomm=` with the name as the kernel keeps it. */
export function ps(running: readonly RunningProcess[], argv: readonly string[]): ToolOutput {
  const line = argv.join(' ');
  const all = [launchd, ...running.map(({ pid, name }) => ({ pid, path: `/usr/local/bin/${name}` }))];
  const [, asked] = /^-p (\d+) -o uid=,ucomm=$/.exec(line) ?? [];
  if (asked !== undefined) return ownerOf(all.find(({ pid }) => pid === Number(asked)));
  if (line !== '-axo pid=,comm=') {
    const usage = 'usage: ps [-AaCcEefhjlMmrSTvwXx] [-O fmt | -o fmt] [-p pid[,pid...]]';
    return said({ stderr: [`ps: cannot simulate: ps ${line}`, usage], exitCode: 1 });
  }
  return said({ stdout: all.map(({ pid, path }) => `${String(pid).padStart(5)} ${path}`) });
}

const longestName = 16;

function ownerOf(process: typeof launchd | undefined): ToolOutput {
  if (process === undefined) return said({ exitCode: 1 });
  const name = process.path.slice(process.path.lastIndexOf('/') + 1).slice(0, longestName);
  return said({ stdout: [`${(process === launchd ? '0' : '501').padStart(5)} ${name}`] });
}
