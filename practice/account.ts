import type { Environment } from './environment.ts';
import { Files } from './resources/files.ts';
import { Jobs } from './resources/jobs.ts';
import { Uploads } from './resources/uploads.ts';

/** All that one provider keeps for its only customer. Both surfaces of Azure show the same. */
export class Account {
  readonly environment: Environment;
  readonly files: Files;
  readonly uploads: Uploads;
  readonly jobs: Jobs;

  constructor(environment: Environment) {
    this.environment = environment;
    this.files = new Files(environment);
    this.uploads = new Uploads(environment, this.files);
    this.jobs = new Jobs(environment, this.files);
  }
}
