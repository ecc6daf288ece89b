import { describe, expect, it } from 'vitest';
import type { Parts } from '../../scripts/mock/engine/library.ts';
import { rememberParts } from '../../scripts/mock/engine/remember.ts';

type RouteOptions = Parameters<Parts['route']>[0];
type MockOptions = Parameters<Parts['mock']>[0];
type OutputOptions = Parameters<Parts['validateOutput']>[0];

const request = { method: 'get', url: { path: '/a' }, headers: { accept: '*/*' } };
const valid = {
  resource: { method: 'get', path: '/a', responses: [{ code: '200' }, { code: '400' }] },
  input: { data: request, validations: [] },
  config: { dynamic: false },
};

/** Parts that count what they are asked. Each gives another object every time, a right one. */
function counting(tag: 'Left' | 'Right' = 'Right') {
  const asked = { route: 0, mock: 0, validateOutput: 0 };
  const answer = (part: keyof typeof asked): object => {
    asked[part] += 1;
    return { _tag: tag, nth: asked[part] };
  };
  const parts = {
    route: () => answer('route'),
    mock: () => () => answer('mock'),
    validateOutput: () => answer('validateOutput'),
  };
  // What they look like is Prism's; here only how often they are asked matters.
  const { route, mock, validateOutput } = rememberParts(parts as unknown as Parts);
  return {
    asked,
    route: (input: object) => route({ resources: [], input } as unknown as RouteOptions),
    render: (options: object) => mock(options as unknown as MockOptions)({} as never),
    validate: (element: object) => validateOutput({ element } as unknown as OutputOptions),
  };
}

describe("what is remembered of Prism's parts", () => {
  it('is the route of a method, a path and a server', () => {
    const { asked, route } = counting();
    expect(route(request)).toBe(route({ ...request, headers: {}, body: 'x' }));
    expect(asked.route).toBe(1);
    const others = [
      { ...request, method: 'post' },
      { ...request, url: { path: '/b' } },
      { ...request, url: { path: '/a', baseUrl: 'http://b' } },
    ];
    expect(new Set([request, ...others].map(route)).size).toBe(4);
  });

  it('is no refusal, neither of a route nor of a rendering', () => {
    const { asked, route, render } = counting('Left');
    expect(route(request)).not.toBe(route(request));
    expect(render(valid)).not.toBe(render(valid));
    expect(asked).toMatchObject({ route: 2, mock: 2 });
  });

  it('is nothing by a key that is long', () => {
    const { asked, route, render } = counting();
    const path = `/${'a'.repeat(1024)}`;
    const long = { ...request, url: { path }, headers: { accept: path } };
    expect(route(long)).not.toBe(route(long));
    const options = { ...valid, input: { ...valid.input, data: long } };
    expect(render(options)).not.toBe(render(options));
    expect(asked).toMatchObject({ route: 2, mock: 2 });
  });

  it('is the rendering of a valid request, whatever else is in it', () => {
    const { asked, render } = counting();
    const other = { ...valid.input, data: { ...request, body: 'y', url: { path: '/a', query: { b: '1' } } } };
    expect(render(valid)).toBe(render({ ...valid, input: other }));
    expect(asked.mock).toBe(1);
  });

  it('is a rendering for each operation, its responses, the example and Accept', () => {
    const { asked, render } = counting();
    const { resource, input } = valid;
    const others = [
      { ...valid, resource: { ...resource, method: 'post' } },
      { ...valid, resource: { ...resource, path: '/b' } },
      { ...valid, resource: { ...resource, responses: [{ code: '400' }] } },
      { ...valid, config: { dynamic: false, exampleKey: 'refused' } },
      { ...valid, input: { ...input, data: { ...request, headers: { accept: 'text/plain' } } } },
      { ...valid, input: { ...input, data: { ...request, headers: {} } } },
    ];
    expect(new Set([valid, ...others].map(render)).size).toBe(7);
    expect(asked.mock).toBe(7);
  });

  it.each([
    ['a request that breaks the spec', { ...valid, input: { ...valid.input, validations: [{}] } }],
    ['what is made up', { ...valid, config: { dynamic: true } }],
  ])('is no rendering of %s', (_what, options) => {
    const { asked, render } = counting();
    render(options);
    render(options);
    expect(asked.mock).toBe(2);
  });

  it('is what is wrong in a response that is the same object', () => {
    const { asked, validate } = counting();
    const output = { statusCode: 200 };
    expect(validate(output)).toBe(validate(output));
    expect(validate({ ...output })).not.toBe(validate(output));
    expect(asked.validateOutput).toBe(2);
  });
});
