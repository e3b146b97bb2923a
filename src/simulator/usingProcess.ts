import type { DriverUse, UsedStep } from '../model/driverUse.ts';
import type { JournalEvent } from './journalEvent.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/** A process is started, uses a driver and ends; what is left open is closed by its exit, as on every Unix. */
export async function usingProcess(
  mac: SimulatedMac,
  use: DriverUse,
  signal: AbortSignal,
): Promise<readonly UsedStep[]> {
  const number = (await mac.processesSoFar()) + 1;
  // Pids of a system that has been up for a while; only that they differ matters.
  const pid = 400 + number;
  const connection = number;
  const steps: readonly { readonly step: string; readonly event: JournalEvent }[] = [
    {
      step: `open ${use.service}`,
      event: { event: 'open', process: use.process, pid, service: use.service, type: use.type, connection },
    },
    ...use.calls.map(call => ({
      step: `call ${call.selector}`,
      event: { event: 'call' as const, connection, ...call },
    })),
    { step: 'close', event: { event: 'close', connection } },
  ];
  const quit: JournalEvent = { event: 'quit', pid };
  const opened = await mac.happen([...steps.map(({ event }) => event), quit], signal);
  return steps.map(({ step }, at) => ({ step, status: opened.results[at]?.status ?? 0 }));
}
