/** Read at once: a process whose starter has ended belongs to another one. */
const parent = process.ppid;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Resolves, with why, when the user or the system wants this process to end: a signal, or the end of the process that started it
 * (npm passes no SIGTERM on, and dies of it).
 */
export function stopped(): Promise<string> {
  return new Promise(resolve => {
    for (const signal of signals) process.once(signal, () => resolve(signal));
    setInterval(() => process.ppid !== parent && resolve('the end of its parent process'), 500).unref();
  });
}
