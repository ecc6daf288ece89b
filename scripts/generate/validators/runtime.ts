/** What the code of Ajv calls, by the module that Ajv has it in: a function of our own, and the name of it. */
export const runtimeFunctions: Readonly<Record<string, { name: string; code: string }>> = {
  'ajv/dist/runtime/ucs2length': {
    name: 'countCharacters',
    code: `
function countCharacters(text) {
  return [...text].length;
}
`,
  },
  'ajv/dist/runtime/equal': {
    name: 'isEqual',
    code: `
function isEqual(one, other) {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === other;
  }
  const keys = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]))
  );
}
`,
  },
};

/** What makes a validator of a function of Ajv. */
export const makeValidator = `
function makeValidator(check) {
  const validate = (value) => (check(value) ? { value } : { issues: listIssues(check.errors, value) });
  return { '~standard': { version: 1, vendor: 'openapi-contract-kit', validate } };
}

function listIssues(errors, value) {
  const issues = errors
    // What stands behind a condition tells for itself what is wrong.
    .filter(({ keyword }) => keyword !== 'if')
    .map(({ instancePath, ...error }) => ({ message: expectationOf(error), path: toPath(instancePath, error, value) }));
  const texts = issues.map((issue) => JSON.stringify(issue));
  return issues.filter((_, index) => texts.indexOf(texts[index]) === index);
}

// What is expected comes from the spec; no text quotes what was found, which can be a token.
function expectationOf({ keyword, params, message }) {
  switch (keyword) {
    case 'required':
      return 'must be present';
    case 'type':
      return \`must be \${[params.type].flat().join(' or ')}\`;
    case 'const':
      return \`must be \${JSON.stringify(params.allowedValue)}\`;
    case 'enum':
      return \`must be one of \${params.allowedValues.map((one) => JSON.stringify(one)).join(', ')}\`;
    default:
      return message;
  }
}

function toPath(pointer, { keyword, params }, value) {
  const keys = pointer.split('/').slice(1);
  const path = [];
  let holder = value;
  for (const key of keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    path.push(Array.isArray(holder) ? Number(key) : key);
    holder = holder[key];
  }
  return keyword === 'required' ? [...path, params.missingProperty] : path;
}
`;
