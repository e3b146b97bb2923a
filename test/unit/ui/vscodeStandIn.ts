import { registerHooks } from 'node:module';

// Whoever imports this file has it for `vscode` in all that is imported behind it.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: import.meta.url, shortCircuit: true } : next(specifier, context),
});

/** What the session and the queue ask of VS Code, as a window without a screen. */
export const shown = {
  folder: '',
  activeFile: undefined as string | undefined,
  /** Messages that the user was told. */
  told: [] as string[],
  /** The label of what the user takes from a list; undefined: nothing. */
  picked: undefined as string | undefined,
  /** Settings by the names by which they are asked for. */
  settings: {} as Record<string, unknown>,
  /** Who has written the setting that is looked at. */
  written: {} as Record<string, unknown>,
  workspaceFile: undefined as string | undefined,
  /** What was registered, by its id. */
  commands: new Map<string, (argument?: unknown) => unknown>(),
};

export class EventEmitter<T> {
  readonly #listeners: ((value: T) => void)[] = [];
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.push(listener);
    return { dispose: () => undefined };
  };

  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

export const ProgressLocation = { Window: 10, Notification: 15 };
export const Uri = { file: (fsPath: string) => ({ scheme: 'file', fsPath }) };
export const l10n = {
  t: (text: string, ...values: readonly unknown[]) =>
    text.replace(/\{(\d+)\}/g, (_, at: string) => String(values[Number(at)])),
};
export const Disposable = { from: () => ({ dispose: () => undefined }) };
export const commands = {
  executeCommand: async () => undefined,
  registerCommand: (id: string, run: (argument?: unknown) => unknown) => void shown.commands.set(id, run),
};

async function tell(message: string): Promise<undefined> {
  shown.told.push(message);
}

export const window = {
  get activeTextEditor() {
    return shown.activeFile === undefined ? undefined : { document: { uri: Uri.file(shown.activeFile) } };
  },
  showErrorMessage: tell,
  showQuickPick: async (items: readonly { readonly label: string }[]) =>
    items.find(({ label }) => label === shown.picked),
  showTextDocument: async () => undefined,
  showInformationMessage: tell,
  showWarningMessage: tell,
  withProgress: <R>(_: unknown, work: (...told: readonly unknown[]) => R) =>
    work({ report: () => undefined }, { onCancellationRequested: () => undefined }),
};
export const workspace = {
  isTrusted: true,
  get workspaceFolders() {
    return [{ uri: Uri.file(shown.folder), name: 'kexts', index: 0 }];
  },
  get workspaceFile() {
    return shown.workspaceFile === undefined ? undefined : Uri.file(shown.workspaceFile);
  },
  getConfiguration: () => ({
    get: (name: string, usual?: unknown) => shown.settings[name] ?? usual,
    inspect: () => shown.written,
  }),
};
