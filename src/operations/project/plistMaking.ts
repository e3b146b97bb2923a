import { isAbsolute, join } from 'node:path';
import { plistMacros } from '../../bundle/filledPropertyList.ts';
import type { SettingValues } from '../../bundle/settingValues.ts';
import type { TargetSources } from '../../bundle/xcodeFiles.ts';
import type { SourceMaking } from './readSourcePlist.ts';

/** How a target's settings make its Info.plist; `read` gives the text of a file, or undefined. */
export async function plistMaking(
  settings: SettingValues,
  folder: string,
  sources: TargetSources,
  read: (file: string) => Promise<string | undefined>,
): Promise<SourceMaking> {
  const isOn = (name: string) => settings.value(name) === 'YES';
  return {
    settings,
    macros: isOn('INFOPLIST_PREPROCESS') ? await macrosOf(settings, folder, read) : undefined,
    generated: isOn('GENERATE_INFOPLIST_FILE'),
    hasCode: sources.files.length + sources.folders.length > 0,
  };
}

async function macrosOf(
  settings: SettingValues,
  folder: string,
  read: (file: string) => Promise<string | undefined>,
): Promise<ReadonlyMap<string, string>> {
  const header = settings.value('INFOPLIST_PREFIX_HEADER') ?? '';
  const path = isAbsolute(header) ? header : join(folder, header);
  const text = header === '' ? undefined : await read(path);
  return plistMacros(text ?? '', wordsOf(settings.value('INFOPLIST_PREPROCESSOR_DEFINITIONS')));
}

/** A list in one text: blanks are between its items, but for those in quotes or behind a backslash. */
export function wordsOf(value: string | undefined): readonly string[] {
  const words = (value ?? '').match(/(?:\\.|"[^"]*"|'[^']*'|[^\s"'\\])+/g) ?? [];
  return words.map(word => word.replace(/\\(.)|["']/g, '$1'));
}
