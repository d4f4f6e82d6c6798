/** What the world refuses, in words without a full stop that follow the name of the file: `no such file`. */
export class Refusal extends Error {}
