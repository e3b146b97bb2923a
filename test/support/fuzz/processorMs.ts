/**
 * How many milliseconds this thread computes for the work. What other processes of the machine take in the meantime is not
 * counted, so that a busy machine makes no parser slow.
 */
export function processorMs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
