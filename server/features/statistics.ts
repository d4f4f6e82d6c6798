import type { CancellationToken } from 'vscode-languageserver';
import { DocumentRepetitions } from '../../core/check/documentRepetitions.ts';
import { StatisticsCounter, type Statistics } from '../../core/check/statistics.ts';
import { fingerprintOf } from '../../core/dataset/fingerprint.ts';
import { readExample } from '../../core/record/example.ts';
import { JsonScratch, readJson } from '../../core/record/readJson.ts';
import { collect } from '../collect.ts';
import type { Host } from '../host.ts';
import type { Snapshot } from '../snapshot.ts';

/** The numbers of a document, the same as of the file on disk; counted in slices, until somebody cancels. */
export async function countStatistics(
  { document }: Snapshot,
  host: Host,
  token: CancellationToken,
): Promise<Statistics> {
  const counter = new StatisticsCounter(document.context);
  const repetitions = new DocumentRepetitions();
  const scratch = new JsonScratch();
  await collect(countRecords(), host, token);
  return counter.finish(repetitions.compare(document.store, undefined));

  /** An empty batch after each record, for others to come in between. */
  function* countRecords(): Generator<readonly never[]> {
    for (const { text, line } of document.records()) {
      const tree = readJson(text, scratch);
      const read = tree.problem ? undefined : readExample(tree);
      const example = read?.messagesValue ? read : undefined;
      counter.add(example, line);
      if (example) repetitions.add(line, [fingerprintOf(example)]);
      yield [];
    }
  }
}
