/** An earlier build, as far as its name needs it. */
export interface EarlierBuild {
  /** When it was reloaded. */
  readonly time: Date;
  /** The git commit that it was built from; absent where there is none. */
  readonly commit?: { readonly hash: string; readonly dirty: boolean };
}

/** `14:03, commit abc1234`; with its day where that is not today's, and with what is not in the commit. */
export function buildName({ time, commit }: EarlierBuild, now: Date): string {
  const [day, minute] = dayAndMinute(time);
  const when = day === dayAndMinute(now)[0] ? minute : `${day} ${minute}`;
  return commit === undefined ? when : `${when}, commit ${commitName(commit)}`;
}

/** `abc1234`, `abc1234 with changes`. */
export function commitName({ hash, dirty }: NonNullable<EarlierBuild['commit']>): string {
  return `${hash.slice(0, 7)}${dirty ? ' with changes' : ''}`;
}

/** Of the clock on the wall: `2026-11-26` and `14:03`. */
export function dayAndMinute(time: Date): readonly [string, string] {
  const two = (value: number) => String(value).padStart(2, '0');
  return [
    `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`,
    `${two(time.getHours())}:${two(time.getMinutes())}`,
  ];
}
