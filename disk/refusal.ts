/** The reason where a file was written while it was checked: what was found is of no state that it ever had. */
export { changedMeanwhile } from '../cli/readFile.ts';

/** What the world refuses, in words without a full stop that follow the name of the file: `no such file`. */
export class Refusal extends Error {}
