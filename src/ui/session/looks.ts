/** What a look at the project and its target takes: lazyWork.ts reads this file when the first one begins. */

export { failureOf } from '../../operations/failure.ts';
export { readSnapshot } from '../../operations/kernel/snapshot.ts';
export { readDeclarations } from '../../operations/project/declarations.ts';
export { readStanding } from '../../operations/record/readStanding.ts';
export { XcodeQuestions } from '../../operations/xcode/xcodeQuestions.ts';
export { countsInFile } from '../counts/countsInFile.ts';
export { countHover } from '../counts/countText.ts';
export { settingProblem } from '../settings/settingProblem.ts';
export { askPassword } from '../work/askPassword.ts';
export { describeOwn } from './describeOwn.ts';
export { readOthers } from './readOthers.ts';
export { findWorkspaceKext } from './workspaceKext.ts';
