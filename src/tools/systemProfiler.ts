/**
 * system_profiler(8), -json SPiBridgeDataType: the boot policy of Apple silicon, for which bputil(1) wants root. The names are
 * the same everywhere, the values are in the language of the Mac. Accepted:
 *   {
 *     "SPiBridgeDataType" : [
 *       {
 *         "ibridge_sb_boot_args" : "Enabled",
 *         "ibridge_sb_other_kext" : "Yes",
 *         "ibridge_secure_boot" : "Reduced Security"
 *       }
 *     ]
 *   }
 */
import type { BootPolicy } from '../model/system.ts';
import { requireWholeAnswer } from './port/answer.ts';
import type { ToolCommand } from './port/toolCommand.ts';
import { UnknownToolText } from './port/toolErrors.ts';

/** What the firmware of a Mac says of how it starts. */
export interface StartupSecurity extends BootPolicy {
  /** Boot arguments that lower the security do not reach the kernel; undefined where that was not said. */
  readonly filtersBootArguments: boolean | undefined;
}

const dataType = 'SPiBridgeDataType';
const expected = 'ibridge_secure_boot and ibridge_sb_other_kext, in English';

/** Asks for the boot policy of Apple silicon; needs no root. */
export function startupSecurity(): ToolCommand<StartupSecurity> {
  return {
    tool: 'system_profiler',
    argv: ['-json', dataType],
    asRoot: false,
    timeoutMs: 30_000,
    parse: output => {
      requireWholeAnswer('system_profiler', expected, output);
      const security = parseStartupSecurity(output.stdout);
      if (security === undefined) throw new UnknownToolText('system_profiler', expected, output);
      return security;
    },
  };
}

/** What the document says of how the Mac starts; undefined where it is none, and where it says it in other words. */
function parseStartupSecurity(text: string): StartupSecurity | undefined {
  const controller = parseControllers(text)?.[0];
  const security = securities.get(memberOf(controller, 'ibridge_secure_boot'));
  const allowsKexts = answers.get(memberOf(controller, 'ibridge_sb_other_kext'));
  if (security === undefined || allowsKexts === undefined) return undefined;
  const filtersBootArguments = answers.get(memberOf(controller, 'ibridge_sb_boot_args'));
  return { security, allowsKexts, filtersBootArguments };
}

const securities: ReadonlyMap<unknown, BootPolicy['security']> = new Map([
  ['Full Security', 'full'],
  ['Reduced Security', 'reduced'],
  ['Permissive Security', 'permissive'],
]);

const answers: ReadonlyMap<unknown, boolean> = new Map([
  ['Yes', true],
  ['No', false],
  ['Enabled', true],
  ['Disabled', false],
]);

/** The controllers of the document, none on a Mac without one; undefined where it is no such document. */
export function parseControllers(text: string): readonly unknown[] | undefined {
  try {
    const controllers = memberOf(JSON.parse(text), dataType);
    return Array.isArray(controllers) ? controllers : undefined;
  } catch {
    return undefined;
  }
}

function memberOf(record: unknown, name: string): unknown {
  return typeof record === 'object' && record !== null && Object.hasOwn(record, name)
    ? (record as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
