/**
 * A line as people paste it: quoted, numbered, set in, after the prefix of a log or of a tool. Accepted, besides the bare message:
 *   > (kernel) Can't unload kext org.sample.driver.Pump; classes have instances:
 *   kextload: /tmp/Pump.kext loaded successfully (or already loaded).
 *   2026-11-23 10:00:00.000000+0000 0x1f4      Default     0x0                  0      0    kernel: (Pump) Kext …
 *   2026-11-23 10:00:00.000 Df kernel[0:1f4] (Pump) Kext …
 *   Nov 23 10:00:00 bench kernel[0] <Notice>: Kext …
 *   2026-11-23 10:00:00+01 bench installd[842]: ./postinstall: (kernel) Kext …
 *   [   41.123456]: Kext …
 *   2026-11-23 10:00:00.000 [info] (kernel) Kext …
 *   kxld[org.sample.driver.Pump]: The following symbols are unresolved for this kext:
 */

/** The ways in which the line may be a message, the most stripped one first, and the kext that a prefix named. */
export interface PastedLine {
  readonly readings: readonly string[];
  readonly kext: string | undefined;
}

/** Who writes of kexts into a log. */
const processes = String.raw`kernel|kextd|kmutil|kernelmanagerd|kernelmanager_helper|kcgend|kext\w+`;

const prefixes: readonly RegExp[] = [
  // Quotation, list marks, and what stands around a quoted message.
  /^(?:[>|*•`"'“‘]\s*|- )+/,
  // The log of VS Code.
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? \[(?:trace|debug|info|warning|error)\] /,
  // syslog and the compact style of log(1): whatever stands before the process with its number.
  new RegExp(
    String.raw`^.{0,120}?(?<![/\w])(?:${processes})\[[\d:a-f]+\](?: \(\w[^)]*\))?(?: <\w+>)?:?\s+(?:\(\w[^)]*\) )?(?:\[[\w.]+:\w+\] )?`,
  ),
  // The usual style of log(1): the process has no number behind it.
  new RegExp(String.raw`^\d{4}-\d\d-\d\d [^[(]{0,160}?\b(?:${processes}): (?:\(\w[^)]*\) )?(?:\[[\w.]+:\w+\] )?`),
  // install.log, and what a script of a package prints into it.
  /^.{0,120}?\b(?:installd|package_script_service)\[\d+\]: /,
  /^\.\/(?:pre|post)install: /,
  /^\[\s*\d+\.\d+\]:?\s+/,
  /^(?:kernel|com\.apple\.kextd|kextd|kernelmanagerd): (?:\(\w[^)]*\) )?/,
  /^\((?:kernel|kextd)\) ?/,
  /^(?:kextload|kextunload|kextutil|kextstat|kextcache|kmutil|sudo kmutil|kextlibs): /,
  /^Error contacting KernelManagement service: /,
  /^(?:error|warning): /i,
  // Items of a collection's errors.
  /^\d{1,3}: /,
];

const linker = /^kxld\[(?<kext>[^\]]+)\]:\s*/;

/** Takes one prefix after the other away. A line without any is its only reading. */
export function pastedLine(line: string): PastedLine {
  const readings = [line.trim()];
  let kext: string | undefined;
  for (let rounds = 0; rounds < 6; rounds += 1) {
    const [text = ''] = readings;
    const named = linker.exec(text);
    kext ??= named?.groups?.kext;
    const prefix = named?.[0] ?? prefixes.map(pattern => pattern.exec(text)?.[0]).find(found => found !== undefined);
    if (prefix === undefined || prefix === '') break;
    readings.unshift(text.slice(prefix.length).trim());
  }
  return { readings, kext };
}
