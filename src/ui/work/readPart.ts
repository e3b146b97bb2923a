import * as l10n from '@vscode/l10n';

/** A part of the extension's code could not be read: an update or an uninstall has taken it from a window that runs. */
export class PartNotRead extends Error {}

/** Reads a part of the code that an activation leaves out. Rejects with PartNotRead, which says what helps. */
export async function readPart<Part>(read: () => Promise<Part>): Promise<Part> {
  try {
    return await read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const text = l10n.t(
      'A part of Kext Dev could not be read. Reload the window; if that does not help, install it again: {0}',
      why,
    );
    throw new PartNotRead(text, { cause: error });
  }
}
