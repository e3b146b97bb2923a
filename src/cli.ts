import { resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { KextRecordFile } from './operations/kextRecord.ts';
import { homeFolder } from './operations/linkedKexts.ts';
import { neighboursAmong } from './operations/neighbour.ts';
import type { Operation } from './operations/operation.ts';
import { progressText } from './report/progressText.ts';
import { scenarios } from './simulator/systems/simulatedSystem.ts';
import { cacheFolder, kextRecordFile, makeWritableFolder, simulatedStateFolder } from './targets/folders.ts';
import { openSimulatedMac } from './targets/openSimulatedMac.ts';
import { ProcessRunner } from './targets/processRunner.ts';
import { readTarget } from './targets/readTarget.ts';
import { runSimulatedTool } from './targets/simulatedTool.ts';
import { chooseTarget, isOnlyRead, openTarget } from './targets/targetChoice.ts';
import { confirmation } from './terminal/confirm.ts';
import { errorText } from './terminal/errorText.ts';
import { inputFiles } from './terminal/inputFiles.ts';
import { kextsWith } from './terminal/kextsWith.ts';
import { openProject } from './terminal/openProject.ts';
import { type Options, readOptions, UsageError } from './terminal/options.ts';
import { runCommand } from './terminal/runCommand.ts';

const host = new ProcessRunner();
const sources = fileURLToPath(new URL('../media/simulated-mac', import.meta.url));

async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  // Not once(): a handler that removes itself leaves the ending to whoever else listens, and that is a kill.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    if (argv[0] === 'simulated-tool') return await simulatedTool(argv.slice(1), stop.signal);
    const options = readOptions(argv);
    const confirm = confirmation(process.stdin, process.stderr);
    const world = { ...inputFiles, operation: openOperation, readTarget: readOnly, confirm, systems: scenarios };
    const answer = await runCommand(options, world, stop.signal);
    process.stdout.write(`${options.json ? jsonText(answer.document) : answer.text}\n`);
    return answer.status;
  } catch (error) {
    const { message, status } = errorText(error, stop.signal.aborted);
    process.stderr.write(`${message}\n`);
    // Whoever asked for a document gets one, whatever happened. What could not be read may have asked.
    if (argv.includes('--json')) process.stdout.write(`${jsonText({ error: message })}\n`);
    return status;
  }
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

/** A target that is only read needs no project. */
function readOnly({ target = '', state }: Options) {
  return isOnlyRead(target) ? readTarget(target, { sources, state }, () => undefined) : undefined;
}

async function openOperation(options: Options, signal: AbortSignal): Promise<Operation> {
  const choice = chooseTarget(options.target, options.command);
  if ('problem' in choice) throw new UsageError(choice.problem);
  const project = await openProject(options, host, say, signal);
  const others = await kextsWith(options.with);
  const home = options.state ?? simulatedStateFolder(await homeFolder(project, others), process.env);
  const places = { home: resolve(home), sources, environment: process.env };
  const { target, state, writes } = openTarget(choice, places, host);
  for (const place of writes) await requireWritable(place);
  const recordsOf = (kext: string) => new KextRecordFile(kextRecordFile(state, kext));
  const neighbours = neighboursAmong(others, project, recordsOf);
  const progress: Operation['progress'] = (...told) => say(progressText(options.command, { project, target }, ...told));
  const doing = `${options.command} ${project.bundleIdentifier}`;
  return { project, target, host, records: recordsOf(project.bundleIdentifier), neighbours, progress, doing };
}

const say = (text: string | undefined) => text !== undefined && process.stderr.write(`${text}\n`);

async function requireWritable(folder: string): Promise<void> {
  const problem = await makeWritableFolder(folder);
  if (problem !== undefined) throw new UsageError(problem);
}

process.exitCode = await main(process.argv.slice(2));
