import type { KernelLine } from '../messages/kernelLines.ts';
import type { BacktraceReport } from './backtraceReport.ts';

/** One event of the kernel's or the system's log. What its form does not say is undefined. */
export interface LogEvent {
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** As it came: all of its lines. */
  readonly text: string;
  /** As printed, in whatever language. */
  readonly timestamp: string | undefined;
  readonly host: string | undefined;
  /** `kernel` for the kernel, also where the form does not name it. */
  readonly process: string | undefined;
  readonly pid: number | undefined;
  /** `0x973` */
  readonly thread: string | undefined;
  /** The executable that called the log: of a kext, or a library's. */
  readonly sender: string | undefined;
  readonly subsystem: string | undefined;
  readonly category: string | undefined;
  /** `Default`, `Error`, `Fault` …; of system.log the level between `<` and `>`. */
  readonly type: string | undefined;
  /** Without what stands before it; several lines where it has them. */
  readonly message: string;
  /** How often the event before came again, where this line says that. */
  readonly repeated: number | undefined;
  /** Of an event that was too long to be held at once: which piece this is, from 2 on; the first has none. */
  readonly part: number | undefined;
  /** What the kernel said in it about kexts and services. */
  readonly facts: readonly KernelLine[];
  /** Of OSReportWithBacktrace(): who called it. */
  readonly report: BacktraceReport | undefined;
}

/** What stands before a message, as far as its form says. */
export type LogHead = Partial<Omit<LogEvent, 'line' | 'text' | 'facts' | 'report' | 'part'>> & {
  readonly message: string;
};

/** An event as it came: its lines, of which nothing is read yet. A reader of large logs reads on only what it is after. */
export interface RawLogEvent {
  /** How it was told from the lines around it; `bare` has nothing before its message. */
  readonly form: 'log' | 'system' | 'bare' | 'json';
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** Its lines. */
  readonly text: string;
  /** How many of its lines are not blank. Of several objects on one line the first has the line, the others 0. */
  readonly lines: number;
  /** Of JSON whose object does not fill its lines: the object. */
  readonly object?: string;
  /** Of the second and later pieces of an event too long to be held at once: its first line, and which piece this is. */
  readonly piece?: { readonly head: string; readonly part: number };
}
