import { createBoundedMap } from './bounded-map.ts';
import type { Parts } from './prism.ts';

// What is remembered of each part, and the longest key: paths and Accept are as long as a client likes.
const maxEntries = 1000;
const maxKeyLength = 1024;

type Violations = ReturnType<Parts['validateOutput']>;

/**
 * Has parts of Prism remember what they give for one list of operations, each by all that it depends on. What depends
 * on the whole request, the validation of it, is done every time.
 */
export function rememberParts(parts: Parts): Parts {
  return {
    route: rememberRoutes(parts.route),
    mock: rememberRenderings(parts.mock),
    validateOutput: rememberViolations(parts.validateOutput),
  };
}

function rememberRoutes(route: Parts['route']): Parts['route'] {
  const remember = createMemory<ReturnType<Parts['route']>>();
  return (options) => {
    const { method, url } = options.input;
    return remember(`${method} ${url.baseUrl ?? ''} ${url.path}`, () => route(options));
  };
}

// Of a valid request, Prism looks at nothing but Accept when it renders; what it makes up is another every time.
function rememberRenderings(mock: Parts['mock']): Parts['mock'] {
  const remember = createMemory<ReturnType<ReturnType<Parts['mock']>>>();
  return (options) => (logger) => {
    const { resource, input, config } = options;
    if (input.validations.length > 0 || config.dynamic) {
      return mock(options)(logger);
    }
    const codes = resource.responses.map(({ code }) => code);
    const accept = input.data.headers?.accept;
    const key = JSON.stringify([resource.method, resource.path, codes, config.exampleKey, accept]);
    return remember(key, () => mock(options)(logger));
  };
}

// A response that is remembered is the same object each time.
function rememberViolations(validateOutput: Parts['validateOutput']): Parts['validateOutput'] {
  const found = new WeakMap<object, Violations>();
  return (options) => {
    const violations = found.get(options.element) ?? validateOutput(options);
    found.set(options.element, violations);
    return violations;
  };
}

// Refusals are not remembered: there are as many as there are wrong requests.
function createMemory<Result extends { _tag: string }>(): (key: string, find: () => Result) => Result {
  const results = createBoundedMap<Result>(maxEntries);
  return (key, find) => {
    const known = results.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = find();
    if (found._tag === 'Right' && key.length <= maxKeyLength) {
      results.set(key, found);
    }
    return found;
  };
}
