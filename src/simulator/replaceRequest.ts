import { readFile, rm, writeFile } from 'node:fs/promises';

/** How often whoever has a lock looks whether another one wants its place, in ms. */
const lookMs = 200;

/** The file beside a lock by which its holder is asked to end. */
function requestFile(lock: string, holder: string): string {
  return `${lock}.replace.${holder}`;
}

/** Asks the holder; `asker`: who wants its place, for people. */
export async function askToEnd(lock: string, holder: string, asker: string): Promise<void> {
  await writeFile(requestFile(lock, holder), asker);
}

/** Takes the request back, or away from a holder that is no more. */
export async function withdrawRequest(lock: string, holder: string): Promise<void> {
  await rm(requestFile(lock, holder), { force: true });
}

/** Tells the holder once that it was asked, and by whom, until the watch is ended. */
export function watchRequests(lock: string, holder: string, asked: (asker: string) => void): { end(): void } {
  let ended = false;
  const look = async () => {
    const asker = await readFile(requestFile(lock, holder), 'utf8').catch(() => undefined);
    if (asker === undefined || ended) return;
    end();
    asked(asker);
  };
  const timer = setInterval(look, lookMs).unref();
  const end = () => {
    ended = true;
    clearInterval(timer);
  };
  return { end };
}
