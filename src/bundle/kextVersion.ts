const form = /^(\d{1,4})(?:\.(\d{1,2})(?:\.(\d{1,2}))?)?(?:(fc|[dabf])(\d{1,3}))?(?:[ \t\r\n].*)?$/s;

/** Development, alpha, beta, final candidate; a version without a stage comes after all of them. */
const stages = ['d', 'a', 'b', 'f'] as const;

/**
 * True for what the kernel can parse as a kext's version (libkern/OSKextLib.h, OSKextParseVersionString): `1`, `1.2`,
 * `1.2.3`, each also with a stage: d (development), a (alpha), b (beta), f or fc (final candidate) and its number. What stands behind a blank is not read.
 */
export function parsesAsKextVersion(version: string): boolean {
  return kextVersionOrder(version) !== undefined;
}

/** A number that is the greater the later the version; undefined for what is no version of a kext. */
export function kextVersionOrder(version: string): number | undefined {
  const match = form.exec(version);
  if (match === null || Number(match[5] ?? 0) > 255) return undefined;
  const [major, minor, revision] = [match[1], match[2], match[3]].map(part => Number(part ?? 0)) as [
    number,
    number,
    number,
  ];
  const stage = match[4] === undefined ? stages.length : stages.findIndex(letter => match[4]?.startsWith(letter));
  return (((major * 100 + minor) * 100 + revision) * 10 + stage) * 1000 + Number(match[5] ?? 0);
}
