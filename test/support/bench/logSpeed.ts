import { kextLogReader } from '../../../src/tools/log/kextLog.ts';
import { kernelLogText } from './kernelLogText.ts';
import { type Measured, median } from './measured.ts';

const megabyte = 1_000_000;
const size = 100 * megabyte;
const runs = 9;

/** A kernel log of 100 MB, read for what it says about kexts, beside a bare split of the same chunks into lines. */
export async function logSpeed(): Promise<readonly Measured[]> {
  return [...speedOf('default', 30_000), ...speedOf('ndjson', 6000)];
}

function speedOf(style: 'default' | 'ndjson', lines: number): readonly Measured[] {
  const chunks = chunksOf(kernelLogText(style, lines));
  // First, since what ran before leaves memory that is free and yet the process's own.
  const { heap, resident } = growth(chunks);
  const [readMs, splitMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < runs; run++) {
    splitMs.push(processorMs(() => split(chunks)));
    readMs.push(processorMs(() => read(chunks)));
  }
  const log = { unit: 'bytes', peer: 'the log', peerValue: size, goal: { most: 64 * megabyte } } as const;
  return [
    {
      name: `a kernel log of 100 MB, ${style}`,
      value: median(readMs),
      unit: 'ms',
      peer: 'a bare split into lines',
      peerValue: median(splitMs),
      goal: { ratio: 3 },
    },
    { name: 'the most by which the heap grows meanwhile', value: heap, ...log },
    { name: 'the most by which the process grows meanwhile', value: resident, ...log },
  ];
}

/** What it costs the processor, in ms: nothing waits here, and other processes do not count. */
function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** As a file is read, in chunks of 64 kB. */
function chunksOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / 65_536);
  return Array.from({ length: count }, (_, at) => bytes.subarray(at * 65_536, (at + 1) * 65_536).toString());
}

/** The chunks again and again, until they are 100 MB. */
function* log(chunks: readonly string[]): Generator<string> {
  for (let given = 0; given < size; )
    for (const chunk of chunks) {
      yield chunk;
      given += chunk.length;
    }
}

function split(chunks: readonly string[]): number {
  let rest = '';
  let lines = 0;
  for (const chunk of log(chunks)) {
    const whole = (rest + chunk).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) if (line !== '') lines += 1;
  }
  return lines;
}

function read(chunks: readonly string[], each: () => void = () => undefined): number {
  const reader = kextLogReader({ bareIsKernel: true });
  for (const chunk of log(chunks)) {
    reader.feed(chunk);
    each();
  }
  reader.end();
  const { kernel } = reader.result();
  if (kernel.length === 0) throw new Error('the log says nothing about kexts');
  return kernel.length;
}

/** By how much the memory grows at most while a log is read, garbage included, in bytes. */
function growth(chunks: readonly string[]): { readonly heap: number; readonly resident: number } {
  const before = process.memoryUsage();
  let [heap, resident] = [0, 0];
  read(chunks, () => {
    const { heapUsed, rss } = process.memoryUsage();
    heap = Math.max(heap, heapUsed - before.heapUsed);
    resident = Math.max(resident, rss - before.rss);
  });
  return { heap, resident };
}
