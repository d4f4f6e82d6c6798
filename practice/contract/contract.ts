import {
  OpenAPIBackend,
  type Document,
  type Request,
  type ValidationResult,
} from 'openapi-backend';
import { Refusal } from '../refusal.ts';
import type { SurfaceName } from '../surface.ts';
import document from './fineTuning.json' with { type: 'json' };
import { surfaceDocument } from './surfaceDocument.ts';

/** Every operation of any surface, by its name in the document. */
export type OperationId =
  | 'createFile'
  | 'listFiles'
  | 'getFile'
  | 'deleteFile'
  | 'getFileContent'
  | 'createUpload'
  | 'addPart'
  | 'completeUpload'
  | 'cancelUpload'
  | 'createJob'
  | 'listJobs'
  | 'getJob'
  | 'listEvents'
  | 'listCheckpoints'
  | 'cancelJob'
  | 'pauseJob'
  | 'resumeJob'
  | 'createCompletion'
  | 'createDeploymentCompletion';

/** An operation that a request was found to be. */
export interface FoundOperation {
  readonly id: OperationId;
  readonly takes: 'nothing' | 'json' | 'form';
  readonly parameters: Readonly<Record<string, string>>;
}

/** One thing that a request or a reply has and should not have, or the other way round. */
export interface ContractProblem {
  /** `suffix`, `method.type`; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** What the surface takes and gives, read from the document: judge of every request. */
export class Contract {
  readonly #api: OpenAPIBackend;

  private constructor(api: OpenAPIBackend) {
    this.#api = api;
  }

  static async of(surface: SurfaceName): Promise<Contract> {
    const api = new OpenAPIBackend({
      definition: surfaceDocument(document, surface) as unknown as Document,
      // Its own check of a document knows OpenAPI 3.0 only; a test looks at the schemas.
      quick: true,
      ajvOpts: { allErrors: true, allowUnionTypes: true, verbose: true },
    });
    await api.init();
    return new Contract(api);
  }

  /** Refuses what is no operation of the surface. */
  find(method: string, path: string): FoundOperation {
    const request = { method, path, headers: {} };
    const operation = isEncoded(path) ? this.#api.matchOperation(request) : undefined;
    if (!operation?.operationId)
      throw new Refusal('notFound', `Unknown request: ${method} ${path}`);
    const body = operation.requestBody;
    const types = body && 'content' in body ? Object.keys(body.content) : [];
    return {
      id: operation.operationId as OperationId,
      takes: types.includes('multipart/form-data') ? 'form' : types.length > 0 ? 'json' : 'nothing',
      parameters: this.#api.router.parseRequest(request, operation).params as Record<
        string,
        string
      >,
    };
  }

  /** `query` without its question mark; `body` as read: an object, or undefined where there was none. */
  judgeRequest(request: Request, operation: OperationId): readonly ContractProblem[] {
    return problemsOf(this.#api.validateRequest(request, operation));
  }

  judgeReply(body: unknown, operation: OperationId, status: number): readonly ContractProblem[] {
    return problemsOf(this.#api.validateResponse(body, operation, status));
  }
}

/** Whether every `%` begins a character. */
function isEncoded(path: string): boolean {
  try {
    return decodeURIComponent(path) !== '';
  } catch {
    return false;
  }
}

type Errors = NonNullable<ValidationResult['errors']>;

function problemsOf({ errors }: ValidationResult): readonly ContractProblem[] {
  const all = errors ?? [];
  // Of a choice, the alternative that was nearly taken says what is wrong; the word it also could be does not.
  const telling = all.filter(({ keyword }) => keyword !== 'const' && keyword !== 'anyOf');
  return (telling.length > 0 ? telling : all).map((error) => ({
    path: pathOf(error),
    message: describe(error),
  }));
}

/** `/requestBody/method/type` → `method.type` */
function pathOf({ instancePath }: Errors[number]): string {
  return instancePath.split('/').slice(2).join('.');
}

/** A value of the wrong type in the words of the services, which are Python's. */
function describe(error: Errors[number]): string {
  const { keyword, message = 'is not allowed' } = error;
  const params = error.params as Readonly<Record<string, unknown>>;
  const path = pathOf(error);
  const suffix = path === '' ? '' : ` - '${path}'`;
  if (keyword === 'type') {
    return `${showAsPython(error.data)} is not of type '${String(params['type'])}'${suffix}`;
  }
  if (keyword === 'required')
    return `'${String(params['missingProperty'])}' is a required property${suffix}`;
  if (keyword === 'additionalProperties') {
    return `Unrecognized request argument supplied: ${String(params['additionalProperty'])}${suffix}`;
  }
  return `${message}${suffix}`;
}

function showAsPython(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value.slice(0, 40)}'`;
  // It may be as deep as it likes.
  if (typeof value === 'object') return Array.isArray(value) ? '[...]' : '{...}';
  return typeof value === 'number' ? String(value) : typeof value;
}
