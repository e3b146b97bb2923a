import { writeFile } from 'node:fs/promises';
import { runScript } from './runScript.ts';
import { wordsFile, writtenWords } from './words.ts';

/** `npm run l10n`: writes down what the code says to a person, for those who translate it. */
await runScript(async () => {
  await writeFile(wordsFile, await writtenWords());
  return 0;
});
