import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import required from 'mocha';
import { version } from 'vscode';

/** What `require` gives of an ECMAScript module: by Node 24 its default export, by Node 22 its namespace. The class stands in both. */
const { Mocha } = required as unknown as { readonly Mocha: typeof required };

/** What VS Code calls in its extension host: runs the bundled test files that lie beside this one. Rejects when one failed. */
export async function run(): Promise<void> {
  const output = process.env.HOST_OUT;
  if (output !== undefined)
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) =>
      appendFileSync(output, `${ofThisVscode(format(...args))}\n`);
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, forbidOnly: true, forbidPending: true });
  const files = readdirSync(__dirname).filter(name => name.endsWith('.test.cjs'));
  for (const file of files.toSorted()) mocha.addFile(join(__dirname, file));
  const { passed, failed } = await runMocha(mocha);
  const results = process.env.KEXT_DEV_RESULTS;
  if (results !== undefined) writeFileSync(results, JSON.stringify({ passed, failed }));
  if (failed > 0 || passed === 0) throw new Error(`${passed} passed, ${failed} failed`);
}

/** Two versions run at the same time, and what they print stands in one text. */
function ofThisVscode(text: string): string {
  return text.replace(/^(?=.)/gm, `${version} │ `);
}

function runMocha(mocha: Mocha): Promise<{ passed: number; failed: number }> {
  return new Promise(resolve => {
    const runner = mocha.run(failures => resolve({ passed: runner.stats?.passes ?? 0, failed: failures }));
  });
}
