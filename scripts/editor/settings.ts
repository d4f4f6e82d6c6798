/** VS Code's user settings, by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** Keeps away what opens by itself in a fresh VS Code: welcome pages, chat, notices, questions. */
export const quietSettings: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // A browser's VS Code saves by itself after a second unless told otherwise; the desktop's does not.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  // Restricted Mode begins without a question.
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  // Or the keys meant for a box go elsewhere when something else takes the focus.
  'workbench.quickOpen.closeOnFocusLost': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};
