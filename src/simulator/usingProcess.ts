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
  const exit: Step = [undefined, { event: 'quit', pid }];
  const calls = use.calls.map(({ inBackground, ...call }): Step => {
    const event = inBackground ? 'callAsync' : 'call';
    return [
      { kind: 'call', name: String(call.selector) },
      { event, connection, ...call },
    ];
  });
  const ending: readonly Step[] = [[{ kind: 'close' }, { event: 'close', connection }], exit];
  const steps: readonly Step[] = [
    [{ kind: 'open', name: service }, open],
    ...calls,
    ...(use.keepsRunning ? [] : ending),
  ];
  const { results } = await mac.happen(together(steps), signal, ([opened]) => opened?.status === 0);
  if (results[0]?.status !== 0) {
    const failed = steps.slice(0, 1);
    const alone = await mac.happen(together([...failed, exit]), signal);
    return { steps: used(failed, alone.results) };
  }
  return { steps: used(steps, results), ...(use.keepsRunning ? { running: { name: process, pid } } : {}) };
}

/** A process's exit is no step of its use. */
type Step = readonly [step: Pick<UsedStep, 'kind' | 'name'> | undefined, event: ProcessEvent];

/** The events, the first of which says how many there are: so much of them as a crash leaves is known to be a part. */
function together(steps: readonly Step[]): readonly ProcessEvent[] {
  return steps.map(([, event]) => (event.event === 'open' ? { ...event, following: steps.length - 1 } : event));
}

function used(steps: readonly Step[], results: readonly KernelEventResult[]): readonly UsedStep[] {
  return steps.flatMap(([step], at) => {
    if (step === undefined) return [];
    const { status = 0, running = false } = results[at] ?? {};
    return { ...step, status, ...(running ? { hasNotReturned: true } : {}) };
  });
}
