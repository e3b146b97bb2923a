import type { Boot } from '../../model/boot.ts';
import type { PhaseName } from '../phases.ts';

/**
 * What an operation does at a moment: written at the start of each phase, gone when the operation ends by itself. The boot is the
 * target's.
 */
export interface JournalEntry extends Boot {
  /** `Reload com.foo.bar` */
  readonly doing: string;
  readonly phase: PhaseName;
  /** The kext that is worked on, where that is not the one that was asked for. */
  readonly kext?: string | undefined;
  /** When the operation and the phase began, by this machine's clock, in ms since 1970. */
  readonly begun: number;
  readonly since: number;
  /** Which process of this machine works. */
  readonly pid: number;
  /** It works no more: the target was lost and not seen again. */
  readonly lost?: true;
}

/** Whether a value that was read is an entry. */
export function isJournalEntry(value: unknown): value is JournalEntry {
  const entry = value as Partial<JournalEntry> | null;
  return (
    typeof entry === 'object' &&
    typeof entry?.doing === 'string' &&
    typeof entry.phase === 'string' &&
    typeof entry.begun === 'number' &&
    typeof entry.since === 'number' &&
    typeof entry.pid === 'number'
  );
}
