/** What speaks to the language server: a bundle of its own, which `Lifecycle` reads with the first start. */
export {
  CloseAction,
  ErrorAction,
  ErrorCodes,
  LanguageClient,
  ResponseError,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
