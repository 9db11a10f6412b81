// One lint for the whole project; the import directions of the house live in `rooms` below.
import ts from 'typescript-eslint'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import path from 'node:path'

/** The rooms of the server in the order in which a report flows; a room imports only rooms before it, and only their face. */
const rooms = [
  'contract',
  'database',
  'access',
  'live',
  'network',
  'roads',
  'status',
  'notifications',
  'estimates',
  'incidents',
  'reports',
  'crews',
  'dispatch',
  'customers',
  'planned-outages',
  'requests',
  'reliability',
  'history',
  'search',
  'exchange',
]

const root = import.meta.dirname

/** `server/incidents/confirm.ts` → `{ house: 'server', room: 'incidents', file: 'confirm.ts' }` */
function placeOf(file) {
  const [house, room, ...rest] = path.relative(root, file).split(path.sep)
  return rest.length > 0 ? { house, room, file: rest.join('/') } : { house, room: '', file: room ?? house }
}

function refusal(from, to) {
  if (from.house === 'tests' || to.house === 'node_modules') return null
  if (from.house === 'web') {
    if (to.house === 'web') {
      const screens = ['wall', 'desk', 'crew', 'customer', 'report']
      return screens.includes(to.room) && from.room !== to.room
        ? `web/${from.room} may not import the screen web/${to.room}`
        : null
    }
    return to.house === 'server' && to.room === 'contract' ? null : 'web may import only web and server/contract'
  }
  if (from.house === 'data') {
    if (to.house === 'web') return 'data may not import web'
    return to.house === 'server' && to.room !== '' && to.room !== 'contract' && to.file !== 'index.ts'
      ? `import server/${to.room}/index.ts: a room is entered by its face`
      : null
  }
  if (from.house !== 'server' || to.house !== 'server') {
    return from.house === 'server' && (to.house === 'web' || (to.house === 'data' && from.room !== ''))
      ? `server rooms may not import ${to.house}`
      : null
  }
  if (from.room === '' || from.room === to.room) return null
  if (to.room === '') return 'a room may not import main or app'
  if (rooms.indexOf(to.room) > rooms.indexOf(from.room))
    return `server/${from.room} comes before server/${to.room} and may not import it`
  return to.room === 'contract' || to.file === 'index.ts'
    ? null
    : `import server/${to.room}/index.ts: a room is entered by its face`
}

const directions = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const check = (node) => {
      const source = node.source?.value
      if (typeof source !== 'string' || !source.startsWith('.')) return
      const reason = refusal(placeOf(context.filename), placeOf(path.resolve(path.dirname(context.filename), source)))
      if (reason) context.report({ node, message: reason })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

export default ts.config(
  { ignores: ['dist', 'node_modules', '.relight', 'coverage'] },
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    plugins: { house: { rules: { directions } } },
    rules: {
      'house/directions': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-explicit-any': 'error',
      'no-console': 'off',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['server/**/*.ts', 'data/**/*.ts', 'tests/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'no-undef': 'off',
      'prefer-const': 'off',
      // Pictures are replaced whole ($state.raw): a reactive Map would track every entry of a storm.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props', '$derived'] }],
    },
  },
)
