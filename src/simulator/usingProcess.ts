import type { DriverUse, UsedStep } from '../model/driverUse.ts';
import type { JournalEvent } from './journalEvent.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/**
 * A process is started, uses a driver and ends; what is left open is closed by its exit, as on every Unix. One that
 * cannot open the service has nothing to call, and exits.
 */
export async function usingProcess(
  mac: SimulatedMac,
  use: DriverUse,
  signal: AbortSignal,
): Promise<readonly UsedStep[]> {
  const number = (await mac.processesSoFar()) + 1;
  // Pids of a system that has been up for a while; only that they differ matters.
  const pid = 400 + number;
  const connection = number;
  const { process, service, type } = use;
  const opening: JournalEvent = { event: 'open', process, pid, service, type, connection };
  const opened = await mac.happen([opening], signal);
  const open: UsedStep = { step: `open ${service}`, status: opened.results[0]?.status ?? 0 };
  const quit: JournalEvent = { event: 'quit', pid };
  if (open.status !== 0) {
    await mac.happen([quit], signal);
    return [open];
  }
  const steps: readonly { readonly step: string; readonly event: JournalEvent }[] = [
    ...use.calls.map(call => ({
      step: `call ${call.selector}`,
      event: { event: 'call' as const, connection, ...call },
    })),
    { step: 'close', event: { event: 'close', connection } },
  ];
  const { results } = await mac.happen([...steps.map(({ event }) => event), quit], signal);
  return [open, ...steps.map(({ step }, at) => ({ step, status: results[at]?.status ?? 0 }))];
}
