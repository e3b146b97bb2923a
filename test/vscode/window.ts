import { until } from '../support/until.ts';
import type { ClickedElement, WindowQuestion } from '../support/windowBridge.ts';
import type { Read, Reading } from '../support/workbenchReader.ts';

/** The window that a suite runs in, as the user sees it. */
export interface SeenWindow {
  read<R extends Reading>(reading: R): Promise<Read[R]>;
  /** Reads until `expected` holds; rejects with the last reading after ten seconds. */
  readUntil<R extends Reading>(
    reading: R,
    expected: (seen: Read[R]) => boolean,
    milliseconds?: number,
  ): Promise<Read[R]>;
  /** Gives the picture's path. */
  screenshot(name: string): Promise<string>;
  click(element: ClickedElement): Promise<void>;
  /** Waits for an input box with that title, types, and takes it. */
  answer(title: string, text: string): Promise<void>;
  /** By the title that the palette shows: `Kext Dev: Refresh`. */
  runFromPalette(title: string): Promise<void>;
}

/** The window of this suite; undefined in a desktop that was started without our executable. */
export function seenWindow(): SeenWindow | undefined {
  const url = process.env.KEXT_DEV_WINDOW_URL;
  return url === undefined ? undefined : windowAt(url);
}

function windowAt(url: string): SeenWindow {
  const ask = (question: WindowQuestion) => askWindow(url, question);
  const read = async <R extends Reading>(reading: R) => (await ask({ read: reading })) as Read[R];
  return {
    read,
    readUntil: (reading, expected, milliseconds) => until(reading, () => read(reading), expected, milliseconds),
    screenshot: async name => ((await ask({ screenshot: name })) as { path: string }).path,
    click: async element => void (await ask({ click: element })),
    answer: async (title, text) => void (await ask({ answer: { title, text } })),
    runFromPalette: async title => void (await ask({ palette: title })),
  };
}

async function askWindow(url: string, question: WindowQuestion): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(question) });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error((answer as { error: string }).error);
  return answer;
}
