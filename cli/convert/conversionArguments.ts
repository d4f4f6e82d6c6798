import { readBase } from '../../core/image/imageMap.ts';
import { UsageError } from '../io.ts';

/** The form that images are to have: files in a folder, or bytes in their records. */
export type ConversionArguments =
  | {
      readonly kind: 'extract';
      /** As given. */
      readonly folder: string;
      /** Where the folder is to be published; ends in a slash. */
      readonly base: string;
    }
  | { readonly kind: 'embed'; readonly folder: string }
  | { readonly kind: 'embed-web'; readonly allowHttp: boolean };

interface Given {
  readonly extract?: string | undefined;
  readonly base?: string | undefined;
  readonly embed?: string | undefined;
  readonly 'embed-web'?: boolean | undefined;
  readonly 'allow-http'?: boolean | undefined;
  readonly images?: boolean | undefined;
  readonly rule?: readonly string[] | undefined;
}

/** Undefined where no conversion is asked for. Throws a `UsageError` for what does not fit together. */
export function readConversion(given: Given): ConversionArguments | undefined {
  const { extract, base, embed, images, rule } = given;
  const [allowHttp, web] = [given['allow-http'] ?? false, given['embed-web'] ?? false];
  const asked = [
    extract !== undefined && '--extract',
    embed !== undefined && '--embed',
    web && '--embed-web',
    images && '--images',
    rule && '--rule',
  ].filter((name) => typeof name === 'string');
  const hasConversion = extract !== undefined || embed !== undefined || web;
  if (hasConversion && asked.length > 1) {
    throw new UsageError(`${asked.join(' and ')} are given; expected one of them`);
  }
  if (base !== undefined && extract === undefined) throw alone('--base', '--extract');
  if (allowHttp && !web) throw alone('--allow-http', '--embed-web');
  if (extract !== undefined) return readExtraction(extract, base);
  if (embed === '') throw new UsageError('the name of --embed is empty');
  if (embed !== undefined) return { kind: 'embed', folder: embed };
  return web ? { kind: 'embed-web', allowHttp } : undefined;
}

function readExtraction(folder: string, base: string | undefined): ConversionArguments {
  if (folder === '') throw new UsageError('the name of --extract is empty');
  const address = base === undefined ? undefined : readBase(base);
  if (address === undefined) {
    throw new UsageError(
      '--extract needs --base, the address that its folder will be published under: https:// and no query',
    );
  }
  return { kind: 'extract', folder, base: address };
}

function alone(option: string, partner: string): UsageError {
  return new UsageError(`${option} is for ${partner}, which is not given`);
}
