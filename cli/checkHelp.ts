import { levels } from '../core/finding/finding.ts';
import { providers } from '../core/profile/profile.ts';
import { modelNames } from '../core/profile/profiles.ts';
import { defaultMaxProblems } from './arguments.ts';
import { formatNames } from './formats/index.ts';

/** What `check --help` prints, for a terminal of 80 columns. */
export const checkHelp = `Usage: vision-finetune check FILE… [options]

Finds what is wrong with training files for vision fine-tuning. A file has a
record on each line; one named .json is a single record, formatted over many
lines. A FILE that is - is standard input.

Options:
  --validation FILE      check this file too, as the one that the others are
                         validated with: they should have nothing in common
  --profile NAME         whose limits count: ${providers.join(', ')} (default: azure)
  --model NAME           ${modelNames.join(', ')}
                         (default: the first that the provider names)
  --format NAME          ${formatNames.join(', ')} (default: human)
  --severity RULE=LEVEL  ${levels.join(', ')} instead of the rule's
                         own; once for each rule
  --max-problems N       list at most N problems of each file, the gravest;
                         0 for all (default: ${defaultMaxProblems})
  --deep                 decode every image that stands in the file, to find
                         damage that its header does not show
  --forecast             look for faces in every image that stands in the file,
                         and for names of CAPTCHAs: what shows them is likely
                         to be skipped. Nothing leaves this machine
  --remote               fetch the beginning of each image on the web, and
                         check it too; nothing else is fetched
  --allow-http           with --remote: fetch over plain http too
  --no-cache             with --remote: neither use nor keep what was fetched
  --quiet                list errors only, and no notices; the rest is counted
                         all the same
  --help                 print this

A vision-finetune.json beside a file, or in a folder above it, may set
"profile", "model", "severities" and "limits"; options given here win.

Exit status: 0 no error, 1 errors found, 2 unusable arguments or a file that
cannot be read; the other files are checked all the same.
`;
