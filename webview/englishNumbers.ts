/**
 * uPlot writes numbers in the language of the browser, and fails to load where that is no language tag, as `en-US@posix` on a
 * machine without a locale. The page is in English, and so are its numbers. To be imported before uPlot.
 */
Object.defineProperty(navigator, 'language', { value: 'en-US' });
