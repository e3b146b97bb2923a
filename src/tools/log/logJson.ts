/**
 * log(1) with `--style json`, an array whose objects run over many lines, and `--style ndjson`, one object a line. Accepted:
 *   [{
 *     "eventMessage" : "Kext org.sample.driver.Pump did not stop (return code 0x5).",
 *     "processImagePath" : "\/kernel", "senderImagePath" : "\/kernel", "processID" : 0, "threadID" : 2419,
 *     "timestamp" : "2026-05-15 11:08:24.741500+0530", "messageType" : "Default", "subsystem" : "", "category" : ""
 *   },{
 *   …
 *   }]
 *   {"timestamp":"2026-05-15 11:08:24.741500+0530","eventMessage":"Pump: valve stuck","processImagePath":"\/kernel"}
 *   {"count":12,"finished":1}     (the last line of ndjson)
 * What is nobody's is written as 0 or as empty text there.
 */
import type { LogHead } from './logEvent.ts';

/** What the object says of an event; `end` for the one that counts them; undefined where it is neither. */
export function readLogObject(text: string): LogHead | 'end' | undefined {
  const object = objectIn(text);
  if (object === undefined) return undefined;
  if (object.finished !== undefined && object.eventMessage === undefined) return 'end';
  const { eventMessage, processID, threadID, processImagePath, senderImagePath } = object;
  if (typeof eventMessage !== 'string') return undefined;
  const sender = lastComponent(senderImagePath);
  return {
    message: eventMessage,
    timestamp: filled(object.timestamp),
    process: lastComponent(processImagePath),
    pid: typeof processID === 'number' ? processID : undefined,
    thread: typeof threadID === 'number' && threadID > 0 ? `0x${threadID.toString(16)}` : undefined,
    sender: senderImagePath === processImagePath ? undefined : sender,
    subsystem: filled(object.subsystem),
    category: filled(object.category),
    type: filled(object.messageType),
  };
}

function lastComponent(path: unknown): string | undefined {
  return filled(path)?.split('/').at(-1);
}

function filled(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
