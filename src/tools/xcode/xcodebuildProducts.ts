/** The step of a build that has the bundle of a kext last: `Touch /b/Pump.kext (in target 'Pump' from project 'Pump')`. */
const steps =
  /^(?:Touch|CodeSign|RegisterWithLaunchServices|Validate|CreateUniversalBinary|Ld|ProcessInfoPlistFile|MkDir) (\/.*)$/;
const bundle = /^((?:\\.|[^\\\s])*?\.kext)(?=$|[/\s])/;

/**
 * The kext bundles that xcodebuild said it made, absolute, in the order of the text and each once; of one within another the
 * outer one. A name with blanks is written with backslashes.
 */
export function xcodebuildProducts(text: string): readonly string[] {
  const found = new Set<string>();
  for (const line of text.split('\n')) {
    const [, words = ''] = steps.exec(line.trimEnd()) ?? [];
    const [, path] = bundle.exec(words) ?? [];
    if (path !== undefined) found.add(plain(path));
  }
  return [...found];
}

function plain(word: string): string {
  return word.replace(/\\(.)/g, '$1');
}
