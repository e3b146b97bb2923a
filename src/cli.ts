import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { openKext } from './openKext.ts';
import { findKextProject } from './operations/kextProject.ts';
import type { Operation } from './operations/operation.ts';
import { progressText } from './report/progressText.ts';
import { projectProblemText } from './report/projectProblemText.ts';
import { scenarios } from './simulator/systems/simulatedSystem.ts';
import { cacheFolder, makeWritableFolder } from './targets/folders.ts';
import { openSimulatedMac } from './targets/openSimulatedMac.ts';
import { ProcessRunner } from './targets/processRunner.ts';
import { readTarget } from './targets/readTarget.ts';
import { runSimulatedTool } from './targets/simulatedTool.ts';
import { chooseTarget, isOnlyRead, openTarget, targetStateFolder } from './targets/targetChoice.ts';
import { askFirstLoad } from './terminal/askFirstLoad.ts';
import { confirmation } from './terminal/confirm.ts';
import { errorText } from './terminal/errorText.ts';
import { inputFiles } from './terminal/inputFiles.ts';
import { kextsWith } from './terminal/kextsWith.ts';
import { type Options, readOptions, UsageError } from './terminal/options.ts';
import { projectFolder } from './terminal/projectFolder.ts';
import { runCommand } from './terminal/runCommand.ts';
import { stateEnvironment } from './terminal/stateEnvironment.ts';
import { takenProjectText } from './terminal/takenProjectText.ts';

const host = new ProcessRunner();
const asking = () => confirmation(process.stdin, process.stderr);
const sources = fileURLToPath(new URL('../media/simulated-mac', import.meta.url));

async function main(argv: readonly string[]): Promise<number> {
  const stop = new AbortController();
  // Not once(): a handler that removes itself leaves the ending to whoever else listens, and that is a kill.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    if (argv[0] === 'simulated-tool') return await simulatedTool(argv.slice(1), stop.signal);
    const options = readOptions(argv);
    const world = {
      ...inputFiles,
      operation: openOperation,
      readTarget: readOnly,
      confirm: asking(),
      systems: scenarios,
    };
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
function readOnly(options: Options) {
  const { target = '' } = options;
  return isOnlyRead(target)
    ? readTarget(target, { sources, environment: stateEnvironment(options, process.env) }, () => undefined)
    : undefined;
}

async function openOperation(options: Options, signal: AbortSignal): Promise<Operation> {
  const choice = chooseTarget(options.target, options.command);
  if ('problem' in choice) throw new UsageError(choice.problem);
  const folder = await projectFolder(options.project);
  const project = await findKextProject(folder, options.build, signal);
  if ('problem' in project) throw new UsageError(projectProblemText(project));
  say(takenProjectText(folder, project));
  const { writes, ...kext } = await openKext(project, await kextsWith(options.with), choice, {
    stateFolder: targetStateFolder,
    open: (...opened) => openTarget(...opened, host),
    sources,
    environment: stateEnvironment(options, process.env),
    askFirstLoad: askFirstLoad(options, asking()),
    saveFiles: async () => undefined,
  });
  for (const place of writes) await requireWritable(place);
  const progress: Operation['progress'] = (...told) => say(progressText(options.command, kext, ...told));
  return { ...kext, host, progress, doing: `${options.command} ${project.bundleIdentifier}` };
}

const say = (text: string | undefined) => text !== undefined && process.stderr.write(`${text}\n`);

async function requireWritable(folder: string): Promise<void> {
  const problem = await makeWritableFolder(folder);
  if (problem !== undefined) throw new UsageError(problem);
}

process.exitCode = await main(process.argv.slice(2));
