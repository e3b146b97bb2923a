/** What a script says when it cannot go on: printed as it is, without a stack. */
export class CannotGoOn extends Error {}

/** Runs a script's work and turns what it throws into an exit status: one line for CannotGoOn, the stack for a defect. */
export async function runScript(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    console.error(error instanceof CannotGoOn ? error.message : error);
    process.exitCode = error instanceof CannotGoOn ? 2 : 1;
  }
}
