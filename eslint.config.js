import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/** Who may import what (docs/architecture.md, "Layers"). Checked for every import in these folders. */
const layers = [
  [
    'core',
    [
      'vscode',
      'vscode-*',
      'sharp',
      '**/remote/**',
      '**/service/**',
      '**/imaging/**',
      '**/practice/**',
      '**/parallel/**',
      '**/server/**',
      '**/client/**',
      '**/cli/**',
    ],
  ],
  // After core, whose barriers it replaces: what fetches images may open sockets, and judges nothing.
  [
    'core/remote',
    [
      'vscode',
      'vscode-*',
      '**/check/**',
      '**/rules/**',
      '**/imaging/**',
      '**/practice/**',
      '**/server/**',
      '**/client/**',
      '**/cli/**',
    ],
  ],
  // As core/remote: it speaks to the service that a person has named.
  [
    'core/service',
    [
      'vscode',
      'vscode-*',
      '**/rules/**',
      '**/remote/**',
      '**/imaging/**',
      '**/practice/**',
      '**/server/**',
      '**/client/**',
      '**/cli/**',
    ],
  ],
  [
    'imaging',
    [
      'vscode',
      'vscode-*',
      '**/core/remote/**',
      '**/practice/**',
      '**/server/**',
      '**/client/**',
      '**/cli/**',
    ],
  ],
  // The service of practice is the other side of core/service, and shares nothing with it that could hide a mistake.
  [
    'practice',
    [
      'vscode',
      'vscode-*',
      '**/core/remote/**',
      '**/core/service/**',
      '**/imaging/**',
      '**/server/**',
      '**/client/**',
      '**/cli/**',
    ],
  ],
  [
    'parallel',
    [
      'vscode',
      'vscode-*',
      'sharp',
      '**/core/remote/**',
      '**/core/service/**',
      '**/imaging/**',
      '**/practice/**',
      '**/disk/**',
      '**/server/**',
      '**/client/**',
      '**/cli/**',
    ],
  ],
  // Reads files as the command line does, with the settings as the server reads them.
  [
    'disk',
    [
      'vscode',
      'vscode-*',
      'sharp',
      '**/core/remote/**',
      '**/core/service/**',
      '**/practice/**',
      '**/client/**',
    ],
  ],
  [
    'server',
    [
      'vscode',
      'vscode-languageclient*',
      'sharp',
      '**/imaging/**',
      '**/practice/**',
      '**/client/**',
      '**/cli/**',
      '**/core/service/**',
      '**/core/remote/**',
    ],
  ],
  [
    'client',
    [
      'vscode-languageserver*',
      '**/server/**',
      '!**/server/protocol.ts',
      '**/webview/**',
      '!**/webview/protocol.ts',
      '!**/webview/recordsProtocol.ts',
      '!**/webview/jobProtocol.ts',
      '**/practice/**',
      '**/cli/**',
    ],
  ],
  // Runs in a browser, on what the client sends: no module of ours, of VS Code or of Node.js.
  ['webview', ['../*', 'vscode', 'vscode-*', 'node:*']],
  ['cli', ['vscode', 'vscode-*', '**/server/**', '**/client/**']],
];

/** Modules that open sockets or start processes: not for code that reads untrusted files. */
const network = [
  'net',
  'http',
  'https',
  'http2',
  'dns',
  'tls',
  'dgram',
  'child_process',
  'cluster',
  'inspector',
].flatMap((name) => [name, `node:${name}`]);

/** The image process is started, and nothing else. */
const barredModules = {
  core: network,
  server: network,
  imaging: network.filter((name) => !name.endsWith('child_process')),
  parallel: network,
  disk: network.filter((name) => !name.endsWith('child_process')),
};

/** The same without an import. */
const networkGlobals = ['fetch', 'WebSocket', 'EventSource'];

export default tseslint.config(
  { ignores: ['dist/**', 'out/**', '**/node_modules/**'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      'no-console': 'error',
      // Control characters are what some of the checks are about.
      'no-control-regex': 'off',
      eqeqeq: 'error',
    },
  },
  ...layers.map(([folder, group]) => ({
    files: [`${folder}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group }],
          paths: barredModules[folder] ?? [],
        },
      ],
    },
  })),
  {
    files: ['core', 'imaging', 'parallel', 'disk', 'server'].map((folder) => `${folder}/**/*.ts`),
    rules: { 'no-restricted-globals': ['error', ...networkGlobals] },
  },
  {
    // node:test's describe and it return promises that the runner itself awaits.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              name: ['describe', 'it', 'test', 'before', 'after'],
              package: 'node:test',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'samples/**', 'test/editor/**', 'cli/main.ts'],
    rules: { 'no-console': 'off' },
  },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
