import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CannotGoOn } from './runScript.ts';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs a program to its end and gives its standard output. Throws CannotGoOn with the last lines it said when it fails or isn't there. */
export async function runProgram(
  program: string,
  argv: readonly string[],
  options: ProgramOptions = {},
): Promise<string> {
  const child = spawn(program, [...argv], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const everything: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => said.push(chunk.toString()) && everything.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => everything.push(chunk.toString()));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0) return said.join('');
  } catch (error) {
    throw new CannotGoOn(`${program} could not be started: ${String(error)}`);
  }
  const last = everything.join('').trim().split('\n').slice(-8).join('\n');
  throw new CannotGoOn(`${[program, ...argv].join(' ')} failed:\n${last}`);
}
