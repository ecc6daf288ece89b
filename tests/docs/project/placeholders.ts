// The values of `placeholders.d.ts`, for snippets that are run.
Object.assign(globalThis, {
  username: 'ada@lovelace.dev',
  password: 'correct-horse',
  portalUrl: 'https://portal.example',
  askForCode: () => '492039',
  train: { id: 7, kind: 'express' },
  problem: { title: 'No such train' },
});
