import { parseArgs } from 'node:util';
import { captureParsers } from '../../../src/tools/captures/captureParsers.ts';
import { parsers } from '../../../src/tools/parsers.ts';
import { CannotGoOn, runScript } from '../runScript.ts';
import { FuzzThread } from './fuzzInWorker.ts';
import { isTooSlow, slowestLines } from './repeatedLines.ts';

const threads = 2;
const perJob = 5_000;

/**
 * `npm run fuzz`: a million mutated captures for the parsers of the `parse` command, then for every parser ten megabytes of
 * the lines that cost it most.
 * `-- --times N` gives another number, `--seed N` begins elsewhere, `--tool NAME` takes one parser alone.
 */
await runScript(async () => {
  const { times, seed, tool } = parsedOptions();
  const tools = tool === undefined ? Object.keys(parsers) : [tool];
  const faults = await fuzzAll(tools, times, seed);
  for (const each of tool === undefined ? Object.keys(captureParsers) : [tool]) faults.push(...(await repeatFor(each)));
  for (const fault of faults) console.error(`\n${fault}`);
  console.log(`\n${faults.length === 0 ? 'no fault' : `${faults.length} faults`}`);
  return faults.length === 0 ? 0 : 1;
});

function parsedOptions(): { readonly times: number; readonly seed: number; readonly tool: string | undefined } {
  const { values } = parseArgs({
    options: { times: { type: 'string' }, seed: { type: 'string' }, tool: { type: 'string' } },
  });
  const times = Number(values.times ?? 1_000_000);
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(times) || times < 1)
    throw new CannotGoOn(`--times ${values.times}: expected a number of mutants`);
  if (!Number.isSafeInteger(seed)) throw new CannotGoOn(`--seed ${values.seed}: expected a whole number`);
  if (values.tool !== undefined && !Object.hasOwn(parsers, values.tool))
    throw new CannotGoOn(`--tool ${values.tool}: there are ${Object.keys(parsers).join(', ')}`);
  return { times, seed, tool: values.tool };
}

async function fuzzAll(tools: readonly string[], times: number, seed: number): Promise<string[]> {
  const faults: string[] = [];
  const perTool = Math.ceil(times / tools.length / perJob);
  let total = 0;
  const waiting = [...tools];
  const work = async () => {
    const thread = new FuzzThread();
    for (let tool = waiting.shift(); tool !== undefined; tool = waiting.shift()) {
      const found = await fuzzTool(thread, tool, perTool, seed);
      total += found.tried;
      faults.push(...found.faults);
      console.log(
        `${tool}: ${found.tried} mutants, ${found.shapes} shapes at most, slowest ${found.slowestMs.toFixed(0)} ms for ${found.slowestLength} characters`,
      );
    }
    await thread.end();
  };
  await Promise.all(Array.from({ length: threads }, work));
  console.log(`${total} mutated captures`);
  return faults;
}

async function fuzzTool(thread: FuzzThread, tool: string, jobs: number, seed: number) {
  const found = { tried: 0, shapes: 0, slowestMs: 0, slowestLength: 0, faults: [] as string[] };
  for (let job = 0; job < jobs && found.faults.length === 0; job += 1) {
    const fuzzing = await thread.run({ tool, times: perJob, seed: seed * 1_000_003 + job });
    if (typeof fuzzing === 'string') {
      found.faults.push(fuzzing);
      continue;
    }
    found.tried += fuzzing.tried;
    found.shapes = Math.max(found.shapes, fuzzing.shapes);
    if (fuzzing.slowest.ms > found.slowestMs) {
      found.slowestMs = fuzzing.slowest.ms;
      found.slowestLength = fuzzing.slowest.text.length;
    }
    found.faults.push(...fuzzing.faults.map(({ fault, text }) => `${fault}\n${JSON.stringify(text)}`));
  }
  return found;
}

async function repeatFor(tool: string): Promise<readonly string[]> {
  const lines = await slowestLines(tool);
  const [slowest] = lines;
  if (slowest)
    console.log(`${tool}: 10 MB of ${JSON.stringify(slowest.line.slice(0, 80))} in ${slowest.ms.toFixed(0)} ms`);
  return lines
    .filter(isTooSlow)
    .map(
      ({ line, ms }) =>
        `${tool}: 10 MB took ${ms.toFixed(0)} ms, all of this line: ${JSON.stringify(line.slice(0, 2000))}`,
    );
}
