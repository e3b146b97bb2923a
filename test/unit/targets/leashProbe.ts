import { ProcessRunner } from '../../../src/targets/processRunner.ts';

/** Runs a program on a leash, `node leashProbe.ts PROGRAM ARGUMENTS…`, and says what it says, and how it ended. */
const [tool = '', ...argv] = process.argv.slice(2);
const command = { tool, argv, asRoot: false, timeoutMs: 60_000, leashed: true, parse: () => undefined };
const { exitCode } = await new ProcessRunner().run(command, new AbortController().signal, text =>
  process.stdout.write(text),
);
console.log(`ended with ${exitCode}`);
