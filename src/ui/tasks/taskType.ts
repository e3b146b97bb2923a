/** The type of Kext Dev's tasks, as the manifest has it. */
export const taskType = 'kext';
