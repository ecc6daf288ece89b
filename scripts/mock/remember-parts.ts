import { createBoundedMap } from './bounded-map.ts';
import type { Parts } from './prism.ts';

const maxEntries = 1000;

type Route = ReturnType<Parts['route']>;
type Rendering = ReturnType<ReturnType<Parts['mock']>>;
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

// Refusals are not remembered: there are as many as there are wrong paths.
function rememberRoutes(route: Parts['route']): Parts['route'] {
  const routes = createBoundedMap<Route>(maxEntries);
  return (options) => {
    const { method, url } = options.input;
    const key = `${method} ${url.baseUrl ?? ''} ${url.path}`;
    const known = routes.get(key);
    if (known !== undefined) {
      return known;
    }
    const found = route(options);
    if (found._tag === 'Right') {
      routes.set(key, found);
    }
    return found;
  };
}

// Of a valid request, Prism looks at nothing but Accept when it renders; what it makes up is another every time.
function rememberRenderings(mock: Parts['mock']): Parts['mock'] {
  const renderings = createBoundedMap<Rendering>(maxEntries);
  return (options) => (logger) => {
    const { resource, input, config } = options;
    if (input.validations.length > 0 || config.dynamic) {
      return mock(options)(logger);
    }
    const codes = resource.responses.map(({ code }) => code);
    const accept = input.data.headers?.accept;
    const key = JSON.stringify([resource.method, resource.path, codes, config.exampleKey, accept]);
    const known = renderings.get(key);
    if (known !== undefined) {
      return known;
    }
    const rendering = mock(options)(logger);
    renderings.set(key, rendering);
    return rendering;
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
