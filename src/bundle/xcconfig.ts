/**
 * Files of build settings, *.xcconfig:
 *   // Turbine.xcconfig                              a comment goes to the end of its line, also behind a value
 *   #include "Common.xcconfig"                       also `#include?` of a file that need not be there
 *   PRODUCT_NAME = Turbine
 *   ARCHS[sdk=macosx*] = x86_64                      with a condition
 *   OTHER_CFLAGS = $(inherited) \                    a value that goes on in the next line
 */
import { type SettingAssignment, settingName } from './settingLayer.ts';

/** A file that is read at this place. */
export interface XcconfigInclude {
  readonly file: string;
  readonly optional: boolean;
}

const include = /^#\s*include(\?)?\s*"([^"]*)"/;
const assignment = /^([A-Za-z_]\w*(?:\s*\[[^\]=]*=[^\]]*\])*)\s*=(.*)$/;

/** The settings and includes of a file, in their order. Lines that are neither are passed over. */
export function parseXcconfig(text: string): readonly (SettingAssignment | XcconfigInclude)[] {
  return wholeLines(text).flatMap((line): readonly (SettingAssignment | XcconfigInclude)[] => {
    const [, optional, file] = include.exec(line) ?? [];
    if (file !== undefined) return [{ file, optional: optional !== undefined }];
    const [, name, value] = assignment.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ ...settingName(name), value: assigned(value) }];
  });
}

/** The lines without comments; one that goes on is one with the next. */
function wholeLines(text: string): readonly string[] {
  const lines: string[] = [];
  let pieces: string[] = [];
  for (const line of text.split(/\r\n?|[\n\u2028\u2029]/)) {
    const bare = withoutComment(line);
    const goesOn = bare.endsWith('\\');
    pieces.push(goesOn ? bare.slice(0, -1).trimEnd() : bare);
    if (goesOn) continue;
    lines.push(pieces.filter(piece => piece !== '').join(' '));
    pieces = [];
  }
  return [...lines, pieces.join(' ')];
}

function withoutComment(line: string): string {
  const comment = line.indexOf('//');
  return (comment === -1 ? line : line.slice(0, comment)).trim();
}

/** A semicolon behind a value is no part of it. */
function assigned(written: string): string {
  const value = written.trim();
  return value.endsWith(';') ? value.slice(0, -1).trimEnd() : value;
}
