/** An address as the target of a markdown link, with nothing in it that could end the link; undefined unless http or https. */
export function toWebLink(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url);
    if (protocol !== 'https:' && protocol !== 'http:') return undefined;
    return href.replaceAll(
      /[()<>[\]\\|`]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    return undefined;
  }
}
