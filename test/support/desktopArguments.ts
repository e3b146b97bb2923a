import { resolve } from 'node:path';

/** What the desktop's command line asks of it to run a suite. All paths are absolute. */
export interface DesktopArguments {
  /** A folder or a `.code-workspace`; an empty window without one. */
  readonly opened: string | undefined;
  readonly developmentPaths: readonly string[];
  readonly testsPath: string;
  readonly extensionsDir: string | undefined;
}

/** Reads the arguments that `runTests` of @vscode/test-electron passes. Switches that mean nothing without a display are left alone. */
export function readDesktopArguments(argv: readonly string[]): DesktopArguments {
  const all = (name: string) =>
    argv
      .filter(argument => argument.startsWith(`--${name}=`))
      .map(argument => resolve(argument.slice(name.length + 3)));
  const testsPath = all('extensionTestsPath')[0];
  if (testsPath === undefined) throw new Error('--extensionTestsPath=… is missing: only suites are run here');
  const opened = argv.find(argument => !argument.startsWith('-'));
  return {
    opened: opened === undefined ? undefined : resolve(opened),
    developmentPaths: all('extensionDevelopmentPath'),
    testsPath,
    extensionsDir: all('extensions-dir')[0],
  };
}
