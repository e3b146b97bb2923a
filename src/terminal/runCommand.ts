import { obstacleText } from '../diagnosis/unloadObstacles.ts';
import { readSnapshot } from '../operations/kernel/snapshot.ts';
import { planReload } from '../operations/planReload.ts';
import { product } from '../operations/project/product.ts';
import { readStanding } from '../operations/record/readStanding.ts';
import { diagnosisText } from '../report/diagnosisText.ts';
import { exitStatus, exitStatusOfResult } from '../report/exitStatus.ts';
import { planText } from '../report/planText.ts';
import { resultText } from '../report/resultText.ts';
import { toJson } from '../tools/text/json.ts';
import { askAfterPanic } from './askAfterPanic.ts';
import { diagnoseCommand } from './diagnoseCommand.ts';
import { diagnosisJson } from './diagnosisJson.ts';
import { type DoctorWorld, doctorCommand } from './doctorCommand.ts';
import { explainCommand } from './explainCommand.ts';
import { helpText } from './helpText.ts';
import type { InputFiles } from './inputFiles.ts';
import { operationCommands } from './operationCommands.ts';
import { type Options, UsageError, usage } from './options.ts';
import { parseCommand } from './parseCommand.ts';
import { parseFolder } from './parseFolder.ts';
import { type RecordingWorld, recordCommand } from './recordCommand.ts';
import { shelfCommand } from './shelfCommand.ts';
import { statusText } from './statusText.ts';
import { sweepCommand } from './sweepCommand.ts';

/** What a command gives back: a JSON document, the same as text, and the exit status. */
export interface Answer {
  readonly document: Record<string, unknown>;
  readonly text: string;
  readonly status: number;
}

/** What the terminal face needs of the world. */
export interface TerminalWorld extends RecordingWorld, DoctorWorld, InputFiles {
  /** The Simulated Mac's, the first one meant where none is named. */
  readonly systems: readonly string[];
}

/** Outcomes of a transcript that are no refusal: waiting is none. */
const fine: readonly string[] = ['unloaded', 'loaded', 'needsApproval', 'needsRestart'];

/** Runs one command line. Rejects with UsageError and as the operations do. */
export async function runCommand(options: Options, world: TerminalWorld, signal: AbortSignal): Promise<Answer> {
  if (options.command === 'help') return help(world);
  if (options.command === 'parse') return parse(options, world);
  if (options.command === 'explain') return explain(options, world);
  if (options.command === 'record') return recordCommand(options, world, signal);
  if (options.command === 'doctor') return doctorCommand(options, world, signal);
  if (options.command === 'diagnose') return diagnose(options, world, signal);
  if (options.command === 'status') return status(options, world, signal);
  if (options.command === 'shelf') return shelfCommand(options, world, signal);
  if (options.command === 'sweep') return sweepCommand(options, world, signal);
  if (options.command === 'reload' && options.plan) return plan(options, world, signal);
  const work = Object.hasOwn(operationCommands, options.command) ? operationCommands[options.command] : undefined;
  if (work === undefined) throw new UsageError(`there is no command ${options.command}; ${usage}`);
  const asked = await world.operation(options, signal);
  const operation = await askAfterPanic(asked, options.command, world, signal);
  if (operation === undefined)
    return { document: { outcome: 'cancelled' }, text: 'Cancelled.', status: exitStatus.cancelled };
  const result = await work(operation, options, signal);
  const { folder } = operation.project;
  const { outcome, phases, diagnoses, bundle, snapshot: _, ...more } = result;
  return {
    document: {
      ...more,
      target: operation.target.id,
      phases,
      outcome,
      ...(bundle === undefined ? {} : { bundle: bundle.folder, uuid: bundle.executable?.uuid ?? null }),
      diagnoses: diagnoses.map(diagnosis => diagnosisJson(diagnosis, folder)),
    },
    text: resultText(result, operation, folder),
    status: exitStatusOfResult(result),
  };
}

function help({ systems }: TerminalWorld): Answer {
  const text = helpText(systems);
  return { document: { usage: text.split('\n') }, text, status: exitStatus.done };
}

async function parse(options: Options, world: TerminalWorld): Promise<Answer> {
  const [folder, ...more] = options.arguments;
  if (folder !== undefined && more.length === 0) return parseFolder(folder);
  const { document, understood, parsed } = await parseCommand(options.arguments, world.readInput);
  const unknown = parsed.notUnderstood.map(({ line, text }) => `not understood, line ${line}: ${text}`);
  const records = parsed.records.map(record => JSON.stringify(toJson(record)));
  return {
    document,
    text: [...records, ...unknown].join('\n'),
    status: understood ? exitStatus.done : exitStatus.refused,
  };
}

async function explain(options: Options, world: TerminalWorld): Promise<Answer> {
  const { matches, text } = await explainCommand(options.arguments, world.readInput);
  return { document: { matches }, text, status: matches.length === 0 ? exitStatus.refused : exitStatus.done };
}

async function diagnose(options: Options, world: TerminalWorld, signal: AbortSignal): Promise<Answer> {
  const { outcome, bundleIdentifier, diagnoses } = await diagnoseCommand(options, world, signal);
  const folder = options.source ?? '/';
  return {
    document: {
      outcome,
      bundleIdentifier: bundleIdentifier ?? null,
      diagnoses: diagnoses.map(diagnosis => diagnosisJson(diagnosis, folder)),
    },
    text: [...diagnoses.map(diagnosis => diagnosisText(diagnosis, folder)), outcome].join('\n'),
    status: fine.includes(outcome) ? exitStatus.done : exitStatus.refused,
  };
}

/** A plan is an answer, whatever is in the way. */
async function plan(options: Options, world: TerminalWorld, signal: AbortSignal): Promise<Answer> {
  const operation = await world.operation(options, signal);
  const plan = await operation.target.withAnswers(operation.askPassword, () => planReload(operation, signal));
  const obstacles = plan.obstacles.map(obstacle => ({ ...obstacle, message: obstacleText(obstacle) }));
  return { document: { plan: { ...plan, obstacles } }, text: planText(plan), status: exitStatus.done };
}

async function status(options: Options, world: TerminalWorld, signal: AbortSignal): Promise<Answer> {
  const operation = await world.operation(options, signal);
  const { target, project, askPassword } = operation;
  const read = () => readSnapshot(target, project.classes, signal);
  const snapshot = await target.withAnswers(askPassword, read);
  const standing = await readStanding(operation, snapshot, signal);
  const { bundle } = await product(project);
  return { ...statusText(operation, snapshot, standing, bundle), status: exitStatus.done };
}
