/**
 * True for what the kernel can parse as a kext's version (libkern/OSKextLib.h, OSKextParseVersionString): `1`, `1.2`,
 * `1.2.3`, each also with a stage: d (development), a (alpha), b (beta), f or fc (final candidate) and its number.
 */
export function parsesAsKextVersion(version: string): boolean {
  const stage = /^\d{1,4}(?:\.\d{1,2}(?:\.\d{1,2})?)?(?:(?:fc|[dabf])(\d{1,3}))?$/.exec(version);
  return stage !== null && Number(stage[1] ?? 0) <= 255;
}
