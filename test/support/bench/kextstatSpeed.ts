import { parseKextstat } from '../../../src/tools/kextstat.ts';
import { type Measured, medianMs } from './measured.ts';

const rows = 10_000;
const runs = 25;

/** How fast a long list of kexts is read. */
export async function kextstatSpeed(): Promise<Measured> {
  const text = Array.from({ length: rows }, (_, at) => rowOf(at)).join('\n');
  return {
    name: `${rows.toLocaleString('en')} rows of kextstat`,
    value: await medianMs(runs, async () => parseKextstat(text)),
    unit: 'ms',
    peer: 'splitting them at their ends',
    peerValue: await medianMs(runs, async () => text.split(/\r?\n/)),
    goal: { ratio: 3 },
  };
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
