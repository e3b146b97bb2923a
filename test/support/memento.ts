import type { Memento } from 'vscode';

/** What VS Code keeps for a workspace or a user, in memory; a value comes back as another window reads it. */
export function memento(): Memento {
  const kept = new Map<string, string>();
  return {
    keys: () => [...kept.keys()],
    get: <T>(key: string, usual?: T) => {
      const text = kept.get(key);
      return (text === undefined ? usual : JSON.parse(text)) as T;
    },
    update: async (key, value) => {
      if (value === undefined) kept.delete(key);
      else kept.set(key, JSON.stringify(value));
    },
  };
}
