import type { DriverUse, DriverUsed, UsedStep } from '../model/driverUse.ts';
import type { ProcessEvent } from './journalEvent.ts';
import type { KernelEventResult } from './kernelAnswer.ts';
import type { SimulatedMac } from './simulatedMac.ts';

/**
 * A process is started and uses a driver; then it ends, and what is left open is closed by its exit, as on every Unix, or
 * it stays. One that cannot open the service has nothing to call, and exits. All that it does is written down at once.
 */
export async function usingProcess(mac: SimulatedMac, use: DriverUse, signal: AbortSignal): Promise<DriverUsed> {
  const number = (await mac.processesSoFar()) + 1;
  // Pids of a system that has been up for a while; only that they differ matters.
  const pid = 400 + number;
  const connection = number;
  const { process, service, type } = use;
  const open = { event: 'open', process, pid, service, type, connection } as const;
  const quit: ProcessEvent = { event: 'quit', pid };
  const calls = use.calls.map(({ inBackground, ...call }): Step => {
    const event = inBackground ? 'callAsync' : 'call';
    return [`call ${call.selector}`, { event, connection, ...call }];
  });
  const ending: readonly Step[] = [
    ['close', { event: 'close', connection }],
    ['', quit],
  ];
  const steps: readonly Step[] = [[`open ${service}`, open], ...calls, ...(use.keepsRunning ? [] : ending)];
  const { results } = await mac.happen(together(steps), signal, ([opened]) => opened?.status === 0);
  if (results[0]?.status !== 0) {
    const failed = steps.slice(0, 1);
    const alone = await mac.happen(together([...failed, ['', quit]]), signal);
    return { steps: used(failed, alone.results) };
  }
  const named = used(steps, results).filter(({ step }) => step !== '');
  return { steps: named, ...(use.keepsRunning ? { running: { name: process, pid } } : {}) };
}

type Step = readonly [step: string, event: ProcessEvent];

/** The events, the first of which says how many there are: so much of them as a crash leaves is known to be a part. */
function together(steps: readonly Step[]): readonly ProcessEvent[] {
  return steps.map(([, event]) => (event.event === 'open' ? { ...event, following: steps.length - 1 } : event));
}

function used(steps: readonly Step[], results: readonly KernelEventResult[]): readonly UsedStep[] {
  return steps.map(([step], at) => {
    const { status = 0, running = false } = results[at] ?? {};
    return { step, status, ...(running ? { hasNotReturned: true } : {}) };
  });
}
