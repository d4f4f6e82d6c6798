/** Reads what a service answers: fields that are wanted, in the type that is wanted; everything else is left alone. */

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

/** A text that is not empty: both providers send `null` and `""` for what is not there. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Seconds since the epoch, as services count, in milliseconds; undefined for what no date can be made of. */
export function timeOf(value: unknown): number | undefined {
  const milliseconds = (numberOf(value) ?? NaN) * 1000;
  return Math.abs(milliseconds) <= lastTime ? milliseconds : undefined;
}

/** As far as a `Date` reaches (ECMA-262, 21.4.1.1). */
const lastTime = 8.64e15;

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An object without its fields that are undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}

/** The type of that: fields that may be undefined become optional. */
export type Defined<T> = {
  [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name];
} & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>;
};
