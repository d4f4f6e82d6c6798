import type { CancellationToken } from 'vscode-languageserver';
import { StatisticsCounter, type Statistics } from '../../core/check/statistics.ts';
import { compareRecords } from '../../core/dataset/compare.ts';
import { digest } from '../../core/dataset/digest.ts';
import { fingerprintOf, type Fingerprint } from '../../core/dataset/fingerprint.ts';
import { Repetitions } from '../../core/dataset/repetitions.ts';
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
  const repetitions = new Repetitions();
  const fingerprints = new Map<number, Fingerprint>();
  const scratch = new JsonScratch();
  await collect(countRecords(), host, token);
  const comparison = compareRecords(
    repetitions,
    (visit) => fingerprints.forEach(visit),
    ({ span: { start, end } }, _, line) => {
      const record = document.recordAt({ line, character: 0 });
      return record && digest(record.text.slice(start, end));
    },
  );
  return counter.finish(comparison);

  /** An empty batch after each record, for others to come in between. */
  function* countRecords(): Generator<readonly never[]> {
    for (const { text, line } of document.records()) {
      const tree = readJson(text, scratch);
      const read = tree.problem ? undefined : readExample(tree);
      const example = read?.messagesValue ? read : undefined;
      counter.add(example, line);
      if (example) {
        const fingerprint = fingerprintOf(example);
        repetitions.add(fingerprint);
        fingerprints.set(line, fingerprint);
      }
      yield [];
    }
  }
}
