import { parseKextload } from '../tools/kextload.ts';
import { parseKextunload, type UnloadLine } from '../tools/kextunload.ts';
import { isAboutLoad } from '../tools/kmutil/kmutilErrors.ts';
import { type KextLog, parseKextLog } from '../tools/log/kextLog.ts';
import { loadOutcome } from '../tools/outcome/loadOutcome.ts';
import { unloadOutcome } from '../tools/outcome/unloadOutcome.ts';
import type { ParsedText } from '../tools/text/parsedText.ts';
import { type About, type AskedAttempt, asRelayed, lastAttempt } from './lastAttempt.ts';

/**
 * What a tool printed and what the log says of the same attempt as one text, in which the kernel's lines stand as a classic
 * tool relays them. `said` may itself hold lines of the log.
 */
export function transcriptText(said: string, log: KextLog | undefined): string {
  const pasted = parseKextLog(said);
  if (log === undefined && pasted.kernel.length + pasted.tools.length === 0) return said;
  const own = [...pasted.said, ...(log?.said ?? [])].join('\n');
  const kernel = [...pasted.kernel, ...(log?.kernel ?? [])];
  const tools = [...pasted.tools, ...(log?.tools ?? [])];
  if (kernel.length + tools.length === 0) return own;
  const asked = attemptIn(own);
  const attempt = asRelayed(lastAttempt(kernel, asked));
  const present = new Set(asLines(own));
  const added = attempt.filter(line => !present.has(line.replace('(kernel) ', '')));
  return [...added, ...ofAttempt(tools, attempt, asked), own].join('\n');
}

function asLines(text: string): readonly string[] {
  return text.split('\n').map(line => line.replace(/^\s*\(kernel\) ?/, '').trim());
}

/** Which attempt the tool's own words are about. */
function attemptIn(text: string): AskedAttempt {
  const unload = parseKextunload(text);
  const [, verb, named] =
    /^Executing: \/usr\/bin\/kmutil (load|unload)\b(?:.*? (?:-b|--bundle-identifier) (\S+))?/m.exec(text) ?? [];
  const about = aboutOf(unload, text) ?? (verb as About | undefined);
  const kexts = unload.records.flatMap(line => ('kext' in line ? [line.kext] : []));
  const failed = unload.records.flatMap(line => (line.kind === 'failedToUnload' ? [line.kext] : []));
  return { bundleIdentifier: named ?? failed[0] ?? kexts[0], about };
}

function aboutOf(unload: ParsedText<UnloadLine>, text: string): About | undefined {
  if (isOfLoad(unload)) return 'load';
  if (unloadOutcome(unload.records, null) !== 'unknown') return 'unload';
  return loadOutcome(parseKextload(text).records, null) === 'unknown' ? undefined : 'load';
}

/** True for what only a load says, of which an unload's reader knows the words too. */
export function isOfLoad({ records, notices, notUnderstood }: ParsedText<UnloadLine>): boolean {
  return (
    records.some(line => line.kind === 'kmutilError' && isAboutLoad(line)) ||
    notices.some(notice => notice.startsWith('Executing: /usr/bin/kmutil load ')) ||
    // The plan of a collection, as `kmutil rebuild` prints it.
    notUnderstood.some(({ text }) => /^\s*\[[+-]\] \S/.test(text)) ||
    isStartThatFailed(records, notices)
  );
}

/** kmutil has one code for a start and a stop; where nothing speaks of an unload, what it was asked for is a load. */
function isStartThatFailed(records: readonly UnloadLine[], notices: readonly string[]): boolean {
  const unloads = notices.some(notice => notice.startsWith('Executing: /usr/bin/kmutil unload '));
  return (
    !unloads && records.length > 0 && records.every(line => line.kind === 'kmutilError' && line.code === 0xdc008017)
  );
}

/** What a kext tool logs may be about any kext: where the kernel tells of the attempt, only lines with its name count. */
function ofAttempt(tools: readonly string[], attempt: readonly string[], asked: AskedAttempt): readonly string[] {
  const kext = asked.bundleIdentifier ?? /(?:kext|Kext) (\S+?)[;:,.]? /.exec(attempt.at(-1) ?? '')?.[1];
  if (kext === undefined || attempt.length === 0) return tools.slice(-200);
  return tools.filter(line => line.includes(kext));
}
