import { columns } from '../report/columns.ts';
import { parsers } from '../tools/parsers.ts';
import { commands } from './commands.ts';

/** What `kext-dev --help` prints; `systems`: those of the Simulated Mac, the first one meant where none is named. */
export function helpText(systems: readonly string[]): string {
  const rows = [...commands].map(([name, { takes, does }]) => [`${name} ${takes}`.trimEnd(), does] as const);
  return [
    'kext-dev COMMAND [OPTIONS]',
    '',
    ...table(rows),
    '',
    ...table(options),
    '',
    `SYSTEM is one of ${systems.join(', ')}; without one, the first.`,
    'On a kept one an unloaded kext stays until the restart; on a fixed one an unload is refused.',
    ...folded(`TOOL is one of ${Object.keys(parsers).join(', ')}.`),
    'Exit status: 0 done, 1 refused or an error found, 2 usage or missing build tools, 3 target not reached, 130 cancelled.',
  ].join('\n');
}

const options: readonly (readonly [string, string])[] = [
  ['--target simulated[:SYSTEM]', 'where the kext is loaded: the Simulated Mac'],
  ['--target ssh:HOST, local', 'a Mac that your ssh reaches; this Mac'],
  ['--project DIR', 'the folder with the kext, or its .xcodeproj or .xcworkspace; else the folder you are in'],
  ['--with DIR', 'more kexts: those linked against yours are unloaded first and loaded last; repeatable'],
  ['--state DIR', 'what is known of targets (or KEXT_DEV_STATE); else a Simulated Mac for each project'],
  ['--install-path DIR', 'where builds go up to macOS 10.15; from 11 on: install even if boot brings the kext in'],
  ['--build JSON', 'program and arguments that build it, as \'["make", "-j4"]\'; else xcodebuild or make'],
  ['--scheme NAME', 'of an Xcode project: the scheme or target that is built, and so which kext'],
  ['--configuration NAME', 'of an Xcode project: Debug where it has that; else its own'],
  ['--arch NAME', 'of an Xcode project: x86_64, arm64e; else as the project says'],
  ['--plan', 'of a reload: say what it would do and what is in the way, and do nothing'],
  ['--after-panic', 'of a reload or a load: the last operation took the Mac down, and that was seen'],
  ['--replace', 'another operation on the same kext that would be waited for is asked to end'],
  ['--reload', 'of a recording: also the calls of a reload'],
  ['--remove', 'of a sweep: remove each copy that may be, once you have said so'],
  ['--yes', 'without being asked: record, sweep, load on this Mac, unload where a refusal is likely'],
  ['--unload FILE', 'what kextunload, kextload or the log printed; - is standard input (also: --load FILE)'],
  ['--log FILE', 'what the log says, of any size: log, dmesg, system.log; with --unload or alone'],
  ['--registry FILE', 'what ioreg printed, a tree or an archive'],
  ['--counts FILE', 'what ioclasscount printed, or ioreg with the IOKitDiagnostics of its root'],
  ['--source DIR', 'the source of the kext: verdicts stand on its lines'],
  ['--json', 'one JSON document on standard output, and nothing else there'],
];

/** The words in lines of at most 110 characters. */
function folded(words: string): readonly string[] {
  return words.match(/.{1,110}(?: |$)/g)?.map(line => line.trimEnd()) ?? [];
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  return columns(rows).map(line => `  ${line}`);
}
