// Lint rules: type-aware TypeScript checks and the one-way import directions of the architecture.
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { allowedImports } from './import-directions.js';

const folders = Object.keys(allowedImports);

const directionRules = folders.map((folder) => {
  const allowed = allowedImports[folder];
  const group = folders
    .filter((other) => other !== folder && !allowed.includes(other))
    .flatMap((other) => {
      const below = allowed.includes(`${other}/contract`) ? '*' : '**';
      const patterns = [`**/../${other}/${below}`, `../${other}/${below}`, `../**/${other}/${below}`];
      // Excluding the folder's direct children only, so that one of them can be let in again.
      return below === '*' ? [...patterns, `!**/${other}/contract`] : patterns;
    });
  return {
    files: [`${folder}/**/*.{ts,tsx}`],
    rules: {
      'no-restricted-imports': ['error', { patterns: [{ group, message: `${folder}/ may import only from: ${[folder, ...allowed].join(', ')}` }] }],
    },
  };
});

export default tseslint.config(
  { ignores: ['node_modules/', 'ui/dist/', 'data/', '**/*.js', '**/*.mjs', '.venv/'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
    },
  },
  { files: ['ui/**/*.{ts,tsx}'], plugins: { 'react-hooks': reactHooks }, rules: reactHooks.configs.recommended.rules },
  { files: ['test/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off', '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-member-access': 'off', '@typescript-eslint/no-unsafe-argument': 'off', '@typescript-eslint/no-unsafe-call': 'off', '@typescript-eslint/no-unsafe-return': 'off' } },
  ...directionRules,
);
