/**
 * csrutil(8). Accepted, with a list of what is `enabled` or `disabled` below it where the configuration is a custom one:
 *   System Integrity Protection status: enabled.
 *   System Integrity Protection status: enabled (Custom Configuration).
 *   System Integrity Protection status: unknown (Custom Configuration).
 */
import type { IntegrityProtection } from '../model/system.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';

const expected = 'System Integrity Protection status: …';

/** Asks how far the target protects itself. */
export function integrityProtection(): ToolCommand<IntegrityProtection> {
  return {
    tool: 'csrutil',
    argv: ['status'],
    asRoot: false,
    timeoutMs: 10_000,
    parse: output => {
      requireWholeAnswer('csrutil', expected, output);
      const protection = parseCsrutil(output.stdout);
      if (protection === undefined) throw new UnknownToolText('csrutil', expected, output);
      return protection;
    },
  };
}

/** Reads what `csrutil status` printed; undefined where it says no status. */
export function parseCsrutil(text: string): IntegrityProtection | undefined {
  const [, word, custom] =
    /^System Integrity Protection status: (enabled|disabled|unknown)( \(Custom Configuration\))?\.$/m.exec(text) ?? [];
  if (word === undefined) return undefined;
  const status = word as IntegrityProtection['status'];
  const signing = /^[ \t]*Kext Signing: (enabled|disabled)[ \t]*\r?$/m.exec(text)?.[1];
  const told = signing === undefined ? undefined : signing === 'enabled';
  return {
    status,
    kextSigning: told ?? (custom === undefined && status !== 'unknown' ? status === 'enabled' : undefined),
  };
}
