/**
 * What log(1) writes between the process and the message, in every one of its styles of text. Each may be missing:
 *   (Pump) [org.sample:valves] message
 *   (Pump) <Pump`PumpDriver::start> message
 */
import type { LogHead } from './logEvent.ts';

const origin = /^(?:\(([^()]+)\) )?(?:<[^<>`]+`[^>]*> )?(?:\[([^\]:\s]+):([^\]]*)\] )?/;

/** Sender, subsystem and category, as far as they are there, and the message behind them. */
export function withSender(rest: string): Pick<LogHead, 'sender' | 'subsystem' | 'category' | 'message'> {
  const [whole = '', sender, subsystem, category] = origin.exec(rest) ?? [];
  return { sender, subsystem, category, message: rest.slice(whole.length) };
}
