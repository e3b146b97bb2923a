/** How many tests passed and failed, as their runner reported it, and what captures of tools they read. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
  /** By origin; absent where none were read. */
  readonly capturesRead?: CapturesRead;
}

/** How many captures, by origin: `recorded`, `rebuilt`. */
export type CapturesRead = Readonly<Record<string, number>>;

export function addResults(all: readonly Results[]): Results {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
    capturesRead: Object.assign({}, ...all.map(({ capturesRead }) => capturesRead ?? {})),
  };
}

/** `52 recorded, 74 rebuilt`; the word none where there are none. */
export function capturesText(read: CapturesRead = {}): string {
  const counts = Object.entries(read).filter(([, count]) => count > 0);
  return counts.length === 0 ? 'none' : counts.map(([origin, count]) => `${count} ${origin}`).join(', ');
}

/** What a test says of the captures that it read, and the runner's end of that: `captures read: 52 recorded, 74 rebuilt`. */
export const capturesReadPrefix = 'captures read: ';

/** The counts in such a line; undefined for any other. */
export function capturesReadIn(message: string): CapturesRead | undefined {
  if (!message.startsWith(capturesReadPrefix)) return undefined;
  const counts = message.slice(capturesReadPrefix.length).matchAll(/(\d+) ([^,]+)/g);
  return Object.fromEntries([...counts].map(([, count, origin = '']) => [origin, Number(count)]));
}
