import { authentication, window, type ExtensionContext, type QuickPickItem } from 'vscode';
import { Credential, keySchemeOf } from '../../core/service/credential.ts';
import type { Endpoint } from '../../core/service/endpoint.ts';
import type { ServiceLog } from './serviceLog.ts';
import { azureScope } from './settings.ts';

/** How a person has shown that an endpoint is theirs. Keys themselves are in VS Code's secret storage alone. */
type Method = 'key' | 'sign-in';

/** Origins for which there is something to present, in global state: secret storage cannot be listed. */
const methodsKey = 'visionFinetune.service.methods';

/** Keys and sign-ins, each bound to the origin that it was entered for. */
export class Keys {
  readonly #context: ExtensionContext;
  readonly #log: ServiceLog;
  /** Of services that live no longer than this window. */
  readonly #ofSession = new Map<string, Credential>();

  constructor(context: ExtensionContext, log: ServiceLog) {
    this.#context = context;
    this.#log = log;
  }

  /** Presented to an endpoint until this window is closed, and never stored. */
  addForSession(endpoint: Endpoint, secret: string): void {
    const credential = this.#make(endpoint, keySchemeOf(endpoint.surface), secret);
    this.#ofSession.set(endpoint.base.href, credential);
  }

  /** Whether something is stored for it; asks nobody. */
  isKnown({ base }: Endpoint): boolean {
    return this.#ofSession.has(base.href) || this.#methods[base.origin] !== undefined;
  }

  /** Origins for which something is stored. */
  get origins(): readonly string[] {
    return Object.keys(this.#methods).sort();
  }

  /** What is stored, without a question; undefined where there is nothing, or a sign-in has ended. */
  async find(endpoint: Endpoint): Promise<Credential | undefined> {
    const { href, origin } = endpoint.base;
    const ofSession = this.#ofSession.get(href);
    if (ofSession) return ofSession;
    const method = this.#methods[origin];
    if (method === 'sign-in') return this.#signIn(endpoint, { silent: true });
    if (method === undefined) return undefined;
    const secret = await this.#context.secrets.get(secretName(origin));
    return secret === undefined
      ? undefined
      : this.#make(endpoint, keySchemeOf(endpoint.surface), secret);
  }

  /** What is stored, or what the person enters or signs in with now; undefined when dismissed. */
  async get(endpoint: Endpoint): Promise<Credential | undefined> {
    return (await this.find(endpoint)) ?? this.ask(endpoint);
  }

  /** Asks for a key or a sign-in, and stores it for the endpoint's origin. */
  async ask(endpoint: Endpoint): Promise<Credential | undefined> {
    const method = endpoint.provider === 'azure' ? await askForMethod(endpoint) : 'key';
    if (method === undefined) return undefined;
    const credential =
      method === 'key'
        ? await this.#enter(endpoint)
        : await this.#signIn(endpoint, { createIfNone: true });
    if (credential) await this.#note(endpoint.base.origin, method);
    return credential;
  }

  /** Forgets what is stored for an origin, and signs nobody out of anything else. */
  async forget(origin: string): Promise<void> {
    await this.#context.secrets.delete(secretName(origin));
    await this.#note(origin, undefined);
  }

  async #enter(endpoint: Endpoint): Promise<Credential | undefined> {
    const { host, origin } = endpoint.base;
    const secret = await window.showInputBox({
      title: `Key for ${host}`,
      prompt: `It is kept in the secret storage of this machine and sent to ${origin} only.`,
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) => problemOfKey(value),
    });
    if (secret === undefined) return undefined;
    await this.#context.secrets.store(secretName(origin), secret.trim());
    return this.#make(endpoint, keySchemeOf(endpoint.surface), secret);
  }

  async #signIn(
    endpoint: Endpoint,
    options: { readonly silent: true } | { readonly createIfNone: true },
  ): Promise<Credential | undefined> {
    const session = await authentication.getSession('microsoft', [azureScope()], options);
    return session && this.#make(endpoint, 'bearer', session.accessToken);
  }

  #make(...[endpoint, scheme, secret]: ConstructorParameters<typeof Credential>): Credential {
    const credential = new Credential(endpoint, scheme, secret);
    this.#log.keepOut(credential);
    return credential;
  }

  get #methods(): Readonly<Record<string, Method>> {
    return this.#context.globalState.get<Readonly<Record<string, Method>>>(methodsKey, {});
  }

  async #note(origin: string, method: Method | undefined): Promise<void> {
    const { [origin]: _, ...others } = this.#methods;
    const methods = method === undefined ? others : { ...others, [origin]: method };
    await this.#context.globalState.update(methodsKey, methods);
  }
}

function secretName(origin: string): string {
  return `key ${origin}`;
}

/** A line break or a space within would make a header of its own, or none at all. */
export function problemOfKey(value: string): string | undefined {
  if (value.trim() === '') return 'Enter the key.';
  return /^[\x21-\x7e]+$/.test(value.trim())
    ? undefined
    : 'A key has no spaces and only ASCII characters.';
}

async function askForMethod({ base }: Endpoint): Promise<Method | undefined> {
  const items: readonly (QuickPickItem & { readonly method: Method })[] = [
    { label: '$(key) Enter a Key', description: 'of the resource', method: 'key' },
    { label: '$(account) Sign In With Microsoft', description: 'Entra ID', method: 'sign-in' },
  ];
  const picked = await window.showQuickPick(items, {
    title: `Access to ${base.host}`,
    ignoreFocusOut: true,
  });
  return picked?.method;
}
