/** A fixed text of the kext library's diagnostics (IOKitUser, OSKext.c), alone or with its first value behind a colon. */
export function finding(text: string, valueField: string): readonly string[] {
  return [text, `${text}: {${valueField}}`];
}
