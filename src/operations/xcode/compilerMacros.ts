import { definedBy } from '../../bundle/filledPropertyList.ts';
import type { SettingValues } from '../../bundle/settingValues.ts';
import type { XcodeProject } from '../../bundle/xcodeProject.ts';
import type { KnownMacros } from '../../source/conditions.ts';
import { wordsOf } from '../project/plistMaking.ts';

const definitions = ['GCC_PREPROCESSOR_DEFINITIONS', 'GCC_PREPROCESSOR_DEFINITIONS_NOT_USED_IN_PRECOMPS'];
const flags = ['OTHER_CFLAGS', 'OTHER_CPLUSPLUSFLAGS'];

/**
 * The macros that a target's build gives the compiler; one that hangs on an unknown setting is left out. `elsewhere`: those of the
 * project's other targets and configurations, which this build does not define unless it says so.
 */
export function compilerMacros(settings: SettingValues, elsewhere: ReadonlySet<string>): KnownMacros {
  const wordsIn = (name: string) => wordsOf(settings.fill(`$(${name})`).text).filter(word => !/\$[({]/.test(word));
  const given = [...definitions.flatMap(wordsIn), ...flags.flatMap(name => definedByFlags(wordsIn(name)))];
  return new Map<string, string | undefined>([
    ...[...elsewhere].map(name => [name, undefined] as const),
    ...definedBy(given),
  ]);
}

/** The names of the macros that any of a project's targets gives the compiler in any configuration. */
export function macrosOfAll({ configurations, targets }: XcodeProject): ReadonlySet<string> {
  const all = [configurations, ...targets.map(target => target.configurations)].flat();
  const assigned = all.flatMap(({ settings }) => settings);
  const given = assigned.flatMap(({ name, value }) => {
    if (definitions.includes(name)) return wordsOf(value);
    return flags.includes(name) ? definedByFlags(wordsOf(value)) : [];
  });
  return new Set([...definedBy(given).keys()].filter(name => /^[A-Za-z_]\w*$/.test(name)));
}

/** `-DNAME=value` and `-D NAME` as a compiler's macros. */
function definedByFlags(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    if (words[at - 1] === '-D') return [word];
    return word.startsWith('-D') && word !== '-D' ? [word.slice(2)] : [];
  });
}
