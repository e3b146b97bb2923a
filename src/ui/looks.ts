/** What a look at the project and its target takes: lazyWork.ts reads this file when the first one begins. */
export { readDeclarations } from '../operations/declarations.ts';
export { failureOf } from '../operations/failure.ts';
export { readStanding } from '../operations/readStanding.ts';
export { readSnapshot } from '../operations/snapshot.ts';
export { XcodeQuestions } from '../operations/xcodeQuestions.ts';
export { askPassword } from './askPassword.ts';
export { countsInFile } from './countsInFile.ts';
export { countHover } from './countText.ts';
export { describeOwn } from './describeOwn.ts';
export { readOthers } from './readOthers.ts';
export { settingProblem } from './settingProblem.ts';
export { findWorkspaceKext } from './workspaceKext.ts';
