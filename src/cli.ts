import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { printable } from './report/printable.ts';
import { cacheFolder } from './targets/folders.ts';
import { openSimulatedMac } from './targets/openSimulatedMac.ts';
import { ProcessRunner } from './targets/processRunner.ts';
import { runSimulatedTool } from './targets/simulatedTool.ts';
import { errorText } from './terminal/errorText.ts';
import { readOptions, UsageError } from './terminal/options.ts';
import { runCommand } from './terminal/runCommand.ts';
import { terminalWorld } from './terminalWorld.ts';

const host = new ProcessRunner();
const sources = fileURLToPath(new URL('../media/simulated-mac', import.meta.url));

async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  // Not once(): a handler that removes itself leaves the ending to whoever else listens, and that is a kill.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unlessNobodyReads);
  try {
    if (argv[0] === 'simulated-tool') return await simulatedTool(argv.slice(1), stop.signal);
    const options = readOptions(argv);
    const answer = await runCommand(options, terminalWorld(sources, host), stop.signal);
    process.stdout.write(`${options.json ? jsonText(answer.document) : printable(answer.text)}\n`);
    return answer.status;
  } catch (error) {
    const { message, status } = errorText(error, stop.signal);
    process.stderr.write(`${printable(message)}\n`);
    // Whoever asked for a document gets one, whatever happened. What could not be read may have asked.
    if (argv.includes('--json')) process.stdout.write(`${jsonText({ error: message })}\n`);
    return status;
  }
}

/** What is under way comes to its end also where its terminal was closed, or the program that its words went to has ended. */
function unlessNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
}

/** Stands for one tool of the Simulated Mac whose state KEXT_DEV_STATE names. */
async function simulatedTool(words: readonly string[], signal: AbortSignal): Promise<number> {
  const state = process.env.KEXT_DEV_STATE;
  if (!state) throw new UsageError('which Simulated Mac? KEXT_DEV_STATE names the folder of its state');
  const target = openSimulatedMac({ sources, cache: cacheFolder(process.env), state }, host, () => undefined);
  const { stdout, stderr, exitCode } = await runSimulatedTool(target, words, process.env, signal, () =>
    buffer(process.stdin),
  );
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  return exitCode ?? 1;
}

function jsonText(document: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ schema: 1, ...document }, undefined, 2);
}

process.exitCode = await main(process.argv.slice(2));
