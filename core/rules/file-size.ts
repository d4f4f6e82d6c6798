import type { Severity } from '../finding/finding.ts';
import type { LimitName, Profile } from '../profile/profile.ts';
import { formatCount } from '../text/formatCount.ts';
import type { DatasetRule } from './rule.ts';

export const fileSize: DatasetRule = {
  id: 'file-size',
  summary: 'A file is no larger than the ways to upload it take.',
  severity: 'error',
  scope: 'dataset',
  *check({ textBytes, places }, { limits, profile }) {
    const passed = limitsOnSize.find(({ name }) => textBytes > limits[name]);
    if (!passed) return;
    const { name, severity, explain } = passed;
    const reason = explain(profile, formatCount(limits[name]));
    yield {
      line: places.firstRecord ?? 0,
      severity,
      message: `File is ${formatCount(textBytes)} bytes; ${reason}.`,
    };
  },
};

interface LimitOnSize {
  readonly name: LimitName;
  readonly severity: Severity;
  readonly explain: (profile: Profile, limit: string) => string;
}

/** The gravest first, and of those that are as grave the largest. */
const limitsOnSize: readonly LimitOnSize[] = [
  {
    name: 'maxUploadBytes',
    severity: 'error',
    explain: ({ providerName }, limit) =>
      `${providerName} takes at most ${limit}, through the Uploads API, and refuses it`,
  },
  {
    name: 'maxStoredBytes',
    // What happens past it is not documented.
    severity: 'warning',
    explain: ({ providerName }, limit) =>
      `${providerName} stores at most ${limit} of all fine-tuning files together`,
  },
  {
    name: 'maxFileBytes',
    severity: 'warning',
    explain: (_, limit) =>
      `the Files API takes at most ${limit} and refuses it, the Uploads API takes it`,
  },
  {
    name: 'maxPortalFileBytes',
    severity: 'info',
    explain: ({ providerName }, limit) =>
      `the portal of ${providerName} takes at most ${limit}, the Uploads API takes it`,
  },
  {
    name: 'warnFileBytes',
    severity: 'info',
    explain: (_, limit) =>
      `jobs were seen to fail on files over ${limit} from the Files API, the Uploads API is safer`,
  },
];
