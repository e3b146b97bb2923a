const ways = ['codeLens', 'inline', 'off'] as const;

/** How counts stand in a source. */
export type CountsShown = (typeof ways)[number];

/** How `kext.counts.show` has them; what it does not know counts as its default, the first. */
export function countsShown(setting: unknown): CountsShown {
  return ways.find(way => way === setting) ?? ways[0];
}
