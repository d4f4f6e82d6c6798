import { readText } from './repository.ts';

/** A fault planted in samples/broken.jsonl. Lines count from 1. */
export interface PlantedFault {
  readonly line: number;
  readonly rule: string;
}

export const brokenLines = readText('samples/broken.jsonl').split('\n');

const faults = JSON.parse(readText('samples/broken.expected.json')) as readonly PlantedFault[];

/** The faults that the Problems view of VS Code lists: hints are drawn in the text alone. */
export const listedFaults = faults.filter(
  ({ rule }) => !['image-detail-cost', 'image-animated'].includes(rule),
);
