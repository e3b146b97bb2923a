/** A task names what is not there. The message is one line that says what was expected. */
export class TaskMistake extends Error {}
