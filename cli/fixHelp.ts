import { providers } from '../core/profile/profile.ts';
import { modelNames } from '../core/profile/profiles.ts';

/** What `fix --help` prints, for a terminal of 80 columns. */
export const fixHelp = `Usage: vision-finetune fix FILE -o OUT [options]
       vision-finetune fix FILE --in-place [options]
       vision-finetune fix FILE --dry-run [options]

Repairs a training file. Without --rule it does what can be meant in one way
only, the same as "Repair all that is certain" in the editor. Whatever needs no
repair keeps its bytes. A file named .json is a single record.

Options:
  -o, --output OUT       where to write; takes its name only when it is whole
  --in-place             write FILE itself; what it was is kept as FILE.bak,
                         which must not exist
  --dry-run              write nothing, list what would be done
  --images               repair images instead: to RGB or RGBA, to JPEG, PNG or
                         WEBP, below the limit of bytes. With --rule only those
                         that the rule reports on; with image-animated, the
                         first frame of animations is kept
  --lossless             with --images: shrink without changing a pixel where
                         that is enough, which takes ten times as long
  --upright              with --images: turn what is not stored upright, and
                         take out its EXIF data
  --extract DIR          take embedded images out into files of this folder,
                         with a map of them, images.json, and put addresses in
                         their place: those that --base begins
  --base ADDRESS         with --extract: where you will publish the folder
  --embed DIR            put images that were extracted to this folder back
  --embed-web            put images on the web into their records, fetched as
                         check --remote does. The hosts are told first;
                         --dry-run fetches nothing
  --allow-http           with --embed-web: fetch from plain http too
  --rule ID              do the first fix that is offered for each finding of
                         this rule, and only that, certain or not; such as
                         image-detail-cost, which sets detail to low.
                         May be given several times
  --profile NAME         whose limits count: ${providers.join(', ')} (default: azure)
  --model NAME           ${modelNames.join(', ')}
                         (default: the first that the provider names)
  --help                 print this

A vision-finetune.json counts as for check: a rule that it switches off is not
repaired.

Exit status: 0 no error is left, 1 errors are left, 2 unusable arguments or
files, or interrupted; then nothing is written.
`;
