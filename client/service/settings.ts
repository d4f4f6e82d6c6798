import { ConfigurationTarget, workspace } from 'vscode';
import { openaiEndpoint, parseEndpoint, type Endpoint } from '../../core/service/endpoint.ts';

const section = 'visionFinetune.service';

/**
 * A setting as the user has it. What a folder or workspace says of it is not looked at: a file that comes with a checkout
 * must not decide where a key goes.
 */
function userValue(name: string): unknown {
  const found = workspace.getConfiguration(section).inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}

/** Where jobs may be sent, and texts of the settings that name no such place. */
export interface ConfiguredEndpoints {
  readonly endpoints: readonly Endpoint[];
  readonly problems: readonly string[];
}

/** OpenAI first, then the resources and projects of Azure in the user's order. */
export function configuredEndpoints(): ConfiguredEndpoints {
  const own = userValue('openaiEndpoint');
  const given = userValue('azureEndpoints');
  const azure = Array.isArray(given) ? given.filter((each) => typeof each === 'string') : [];
  const parsed = [
    typeof own === 'string' && own !== '' ? parseEndpoint(own, 'openai') : openaiEndpoint,
    ...azure.map((text) => parseEndpoint(text, 'azure')),
  ];
  return {
    endpoints: parsed.flatMap((each) => ('problem' in each ? [] : [each])),
    problems: parsed.flatMap((each) => ('problem' in each ? [each.problem] : [])),
  };
}

/** Adds a resource or project of Azure that the user has entered. */
export async function rememberAzureEndpoint(text: string): Promise<void> {
  const given = userValue('azureEndpoints');
  const known = Array.isArray(given) ? given.filter((each) => typeof each === 'string') : [];
  if (known.includes(text)) return;
  const configuration = workspace.getConfiguration(section);
  await configuration.update('azureEndpoints', [...known, text], ConfigurationTarget.Global);
}

/** What a sign-in asks of Microsoft. */
export function azureScope(): string {
  const scope = userValue('azureScope');
  return typeof scope === 'string' && scope !== ''
    ? scope
    : 'https://cognitiveservices.azure.com/.default';
}
