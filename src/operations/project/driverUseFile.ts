import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DriverCall, DriverUse } from '../../model/driverUse.ts';

/** The files in a project's folder that say how a process uses the driver end with this. */
export const driverUseSuffix = '.exercise.json';

/** A use, or what is wrong with the file and what it should hold. */
export type DriverUseFile =
  | { readonly file: string; readonly use: DriverUse }
  | { readonly file: string; readonly problem: string };

/** Reads every description of a use in the project's folder, in the order of their names. */
export async function readDriverUses(folder: string): Promise<readonly DriverUseFile[]> {
  const entries = await readdir(folder).catch(() => []);
  const names = entries.filter(name => name.endsWith(driverUseSuffix)).sort();
  return Promise.all(
    names.map(async name => {
      const file = join(folder, name);
      const read = readDriverUse(await readFile(file, 'utf8'));
      return 'problem' in read ? { file, problem: `${name}: ${read.problem}` } : { file, use: read };
    }),
  );
}

/** Reads one description; a mistake in it is named with what was expected. */
export function readDriverUse(text: string): DriverUse | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `is not JSON: ${(error as Error).message}` };
  }
  if (!isObject(value)) return { problem: 'expected an object with process, service and calls' };
  const { process, service, type = 0, calls = [], keepsRunning = false } = value;
  if (typeof process !== 'string' || process === '') return { problem: '"process" must be the name of a process' };
  if (typeof service !== 'string' || service === '') return { problem: '"service" must be the class of a service' };
  if (!isCount(type)) return { problem: '"type" must be a whole number, 0 or more' };
  if (typeof keepsRunning !== 'boolean') return { problem: '"keepsRunning" must be true or false' };
  if (!Array.isArray(calls)) return { problem: '"calls" must be a list of { "selector", "scalars" }' };
  const read = calls.map(readCall);
  const wrong = read.indexOf(undefined);
  if (wrong >= 0)
    return {
      problem: `call ${wrong + 1} must be { "selector": number, "scalars": [numbers], "scalarOutputs": number, "inBackground": true or false }`,
    };
  return { process, service, type, calls: read.filter(call => call !== undefined), keepsRunning };
}

function readCall(value: unknown): DriverCall | undefined {
  if (!isObject(value)) return undefined;
  const { selector, scalars = [], scalarOutputs = 0, inBackground = false } = value;
  if (!isCount(selector) || !isCount(scalarOutputs) || typeof inBackground !== 'boolean') return undefined;
  if (!Array.isArray(scalars) || !scalars.every(each => Number.isSafeInteger(each))) return undefined;
  return { selector, scalars, scalarOutputs, ...(inBackground ? { inBackground } : {}) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
