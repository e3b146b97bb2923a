import type { DriverUse, DriverUsed, UsedStep } from '../model/driverUse.ts';
import type { ProcessEvent } from './journalEvent.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/**
 * A process is started and uses a driver; then it ends, and what is left open is closed by its exit, as on every Unix, or
 * it stays. One that cannot open the service has nothing to call, and exits.
 */
export async function usingProcess(mac: SimulatedMac, use: DriverUse, signal: AbortSignal): Promise<DriverUsed> {
  const number = (await mac.processesSoFar()) + 1;
  // Pids of a system that has been up for a while; only that they differ matters.
  const pid = 400 + number;
  const connection = number;
  const { process, service, type } = use;
  const [open] = await step(
    mac,
    [[`open ${service}`, { event: 'open', process, pid, service, type, connection }]],
    signal,
  );
  const quit: ProcessEvent = { event: 'quit', pid };
  if (open === undefined || open.status !== 0) {
    await mac.happen([quit], signal);
    return { steps: open === undefined ? [] : [open] };
  }
  const calls = use.calls.map(({ inBackground, ...call }): Step => {
    const event = inBackground ? 'callAsync' : 'call';
    return [`call ${call.selector}`, { event, connection, ...call }];
  });
  if (use.keepsRunning) return { steps: [open, ...(await step(mac, calls, signal))], running: { name: process, pid } };
  const ending: readonly Step[] = [
    ['close', { event: 'close', connection }],
    ['', quit],
  ];
  const steps = await step(mac, [...calls, ...ending], signal);
  return { steps: [open, ...steps.slice(0, -1)] };
}

type Step = readonly [step: string, event: ProcessEvent];

async function step(mac: SimulatedMac, steps: readonly Step[], signal: AbortSignal): Promise<readonly UsedStep[]> {
  if (steps.length === 0) return [];
  const { results } = await mac.happen(
    steps.map(([, event]) => event),
    signal,
  );
  return steps.map(([name], at) => {
    const { status = 0, running = false } = results[at] ?? {};
    return { step: name, status, ...(running ? { hasNotReturned: true } : {}) };
  });
}
