import { GithubWriter } from './github.ts';
import { HumanWriter } from './human.ts';
import { JsonWriter } from './json.ts';
import type { ReportFacts, ReportWriter } from './reportWriter.ts';
import { SarifWriter } from './sarif.ts';

export const formatNames = ['human', 'json', 'github', 'sarif'] as const;

export type FormatName = (typeof formatNames)[number];

export function createWriter(format: FormatName, facts: ReportFacts): ReportWriter {
  switch (format) {
    case 'human':
      return new HumanWriter(facts);
    case 'json':
      return new JsonWriter(facts);
    case 'github':
      return new GithubWriter(facts);
    case 'sarif':
      return new SarifWriter(facts);
  }
}
