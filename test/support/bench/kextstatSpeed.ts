import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { parseKextstat } from '../../../src/tools/kextstat.ts';
import { type Measured, medianMs } from './measured.ts';

const rows = 10_000;
const runs = 25;
const chunkBytes = 65_536;

/**
 * How fast a long list of kexts is read, beside three peers: lines that are cut out and nothing else, which makes no record and
 * looks at no character but the ends; the lines of a stream by Node's own reader of lines, as a program gets them; and a loop that
 * looks at each byte once and does no more, which every reader written in JavaScript has to.
 */
export async function kextstatSpeed(): Promise<readonly Measured[]> {
  const text = Array.from({ length: rows }, (_, at) => rowOf(at)).join('\n');
  const bytes = Buffer.from(text);
  const parsed = {
    name: `${rows.toLocaleString('en')} rows of kextstat`,
    value: await medianMs(runs, async () => parseKextstat(text)),
    unit: 'ms',
    goal: { ratio: 3 },
  } as const;
  return [
    {
      ...parsed,
      peer: 'splitting them at their ends',
      peerValue: await medianMs(runs, async () => text.split(/\r?\n/)),
    },
    { ...parsed, peer: 'their lines by node:readline', peerValue: await medianMs(runs, () => readLines(bytes)) },
    { ...parsed, peer: 'adding up their bytes', peerValue: await medianMs(runs, async () => sumOf(bytes)) },
  ];
}

function sumOf(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 1) sum += bytes[at] ?? 0;
  return sum;
}

/** As from a pipe, in chunks of 64 kB. */
async function readLines(bytes: Buffer): Promise<void> {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkBytes) }, (_, at) =>
    bytes.subarray(at * chunkBytes, (at + 1) * chunkBytes),
  );
  const reader = createInterface({ input: Readable.from(chunks), crlfDelay: Number.POSITIVE_INFINITY });
  let lines = 0;
  reader.on('line', () => {
    lines += 1;
  });
  await once(reader, 'close');
  if (lines !== rows) throw new Error(`${lines} lines of ${rows}`);
}

/** As kextstat_main.c prints it, each row with an address and a UUID of its own. */
function rowOf(index: number): string {
  const hex = (value: number, width: number) => `0x${value.toString(16)}`.padEnd(width);
  const address = `0xffffff7f${(0x80a00000 + 0x1000 * index).toString(16)}`.padEnd(18);
  const size = hex(0x1000 * (1 + (index % 97)), 10);
  const uuid = `${(0x10000000 + index).toString(16).toUpperCase()}-504E-324F-A083-9E62BB14E505`;
  const counts = `${String(index).padStart(5)} ${String(index % 200).padStart(4)}`;
  return `${counts} ${address} ${size} ${size} org.sample.driver.Turbine${index} (1.4.${index % 30}) ${uuid} <24 7 6 5 4 3 1>`;
}
