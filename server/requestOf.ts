import { ParameterStructures, RequestType } from 'vscode-languageserver';

/**
 * A request of ours, by its type: what serves a method that is known by its name alone is called, where a client sends no
 * parameters, with something else in their place.
 */
export function requestOf<P, R>(method: string): RequestType<P, R, void> {
  return new RequestType(method, ParameterStructures.byName);
}
