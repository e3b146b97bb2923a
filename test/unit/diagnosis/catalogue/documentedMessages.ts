import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message as the knowledge beside the project documents it. */
export interface DocumentedMessage {
  readonly section: string;
  /** printf's placeholders, as they stand there. */
  readonly template: string;
}

const file = join(import.meta.dirname, '../../../../../shared/knowledge/FAILURES.md');

/** The sections of the knowledge by number; undefined where it is not beside the project. */
export function documentedSections(): ReadonlyMap<number, string> | undefined {
  if (!existsSync(file)) return undefined;
  const sections = readFileSync(file, 'utf8').split(/^## /m);
  return new Map(sections.map(section => [Number.parseInt(section, 10), section]));
}

/** Every message of sections 3 to 10; undefined where the knowledge is not beside the project. */
export function documentedMessages(): readonly DocumentedMessage[] | undefined {
  const sections = documentedSections();
  if (sections === undefined) return undefined;
  return [...sections.values()]
    .filter(section => /^([3-9]|10)\. /.test(section))
    .flatMap(section =>
      [...section.matchAll(/`([^`]+)`/g)]
        .map(match => (match[1] ?? '').replaceAll(/\s+/g, ' '))
        .filter(isMessage)
        .map(template => ({ section: section.slice(0, section.indexOf('\n')), template })),
    );
}

/** A message has several words; what is none of the tools' is in the list. */
function isMessage(text: string): boolean {
  return /\w \w|%s |^File not found$/.test(text) && !notMessages.some(pattern => pattern.test(text));
}

/** What stands behind `…` in a message that is told in part: its end, with # for each placeholder. */
export function endOfPart(template: string): string | undefined {
  const end = /^… (?!\(%s %p)(.+)$/.exec(template)?.[1];
  return end === undefined ? undefined : withoutFields(end);
}

/** A template in either notation, with # for each field. */
export function withoutFields(template: string): string {
  return template.replaceAll(/0x%l{0,2}[xq]|%[.*a-z@]*?[sdux@p]|\{[^}]*\}/g, '#').replaceAll(/\s+/g, ' ');
}

/** Commands, code, endings of other messages, and titles of groups. */
const notMessages: readonly RegExp[] = [
  /^(kextlibs|kmutil|chown|chmod|log|kextutil|sysctl) /,
  /^(pid %d, %s|%s %p|\(%s %p)/,
  /^ ?- /,
  /^ \(with /,
  /^(<OSKext 0x…|Error Domain=KMErrorDomain Code=<n>)/,
  /^(not code signed|code signature is invalid|System Preferences|Kernel request failed|Could not use '…')$/,
  /(Failures|Restrictions|Resolution Failures)$/,
  /^(boolean,|<integer>)/,
];

/** The message with names in it, as a tool would print it. */
export function filledIn(template: string): string {
  return template
    .replace(/^…(?=\S)/, 'Access Failure - client not entitled to manage ')
    .replace(/^… (?=\(%s %p)/, 'Kext %s module stop pointer is outside of kext range ')
    .replace(/: …$/, ': a part overlaps another')
    .replace(/^%scheduling %s/, 'Rescheduling ')
    .replace('instance%s.', 'instances.')
    .replaceAll('0x%x', '0xdc008018')
    .replaceAll(/0x%(q|ll)x/g, '0x100000365')
    .replaceAll('%.*s', '__DATA')
    .replaceAll(/%(l{0,2}|q)[du]/g, '3')
    .replaceAll(/%p/g, '0xffffff7f80a1b000')
    .replaceAll(/%[s@x]/g, 'org.sample.driver.Turbine');
}
