import { findByPointer, isPlainObject, isReference } from './document.ts';
import { typeOfRoot, walkNodes } from './node-types.ts';
import type { Tell } from './normalise-schema.ts';
import type { Places } from './places.ts';

type Node = Record<string, unknown>;

/** Where the parts of a document have moved. */
const moved: readonly (readonly [string, string])[] = [
  ['#/definitions/', '#/components/schemas/'],
  ['#/parameters/', '#/components/parameters/'],
  ['#/responses/', '#/components/responses/'],
  ['#/securityDefinitions/', '#/components/securitySchemes/'],
];
const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
// What describes the value of a parameter that is not in the body, and in OpenAPI 3 is a schema.
const keywords = [
  'type',
  'format',
  'items',
  'default',
  'enum',
  'multipleOf',
  'pattern',
  'uniqueItems',
  'x-nullable',
  'maximum',
  'exclusiveMaximum',
  'minimum',
  'exclusiveMinimum',
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
];
const oldFields = [
  'swagger',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
];
const form = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data';

/**
 * Writes a document of Swagger 2.0 in place as one of OpenAPI 3.0. Its parts keep their places.
 *
 * @see https://swagger.io/blog/news/whats-new-in-openapi-3-0/
 */
export function convertSwagger(document: Node, places: Places, tell: Tell): void {
  new Conversion(document, places, tell).run();
}

class Conversion {
  readonly #document: Node;
  readonly #places: Places;
  readonly #tell: Tell;

  constructor(document: Node, places: Places, tell: Tell) {
    this.#document = document;
    this.#places = places;
    this.#tell = tell;
  }

  run(): void {
    const document = this.#document;
    walkNodes(document, typeOfRoot('oas2'), (node, { name }) => {
      if (name === 'Schema') {
        this.#convertSchema(node as Node);
      }
    });
    for (const pathItem of listObjects(document.paths)) {
      this.#convertPathItem(pathItem);
    }
    for (const response of listObjects(document.responses)) {
      this.#convertResponse(response, readTexts(document.produces));
    }
    this.#convertRoot();
    walkNodes(document, typeOfRoot('oas3_0'), (node) => {
      if (isReference(node)) {
        const [from, to] = moved.find(([from]) => node.$ref.startsWith(from)) ?? ['', ''];
        node.$ref = to + node.$ref.slice(from.length);
      }
    });
  }

  #convertRoot(): void {
    const document = this.#document;
    const { host, basePath, schemes, definitions, parameters, responses, securityDefinitions } = document;
    for (const scheme of listObjects(securityDefinitions)) {
      convertSecurityScheme(scheme);
    }
    const named = Object.entries(isPlainObject(parameters) ? parameters : {}).filter(
      ([, one]) => isPlainObject(one) && !isOfBody(one),
    );
    for (const [, parameter] of named) {
      this.#convertParameter(parameter as Node);
    }
    const components = {
      schemas: definitions,
      parameters: named.length === 0 ? undefined : this.#derive(Object.fromEntries(named), parameters),
      responses,
      securitySchemes: securityDefinitions,
    };
    document.components = this.#derive(
      Object.fromEntries(Object.entries(components).filter(([, part]) => part !== undefined)),
      document,
    );
    const urls =
      typeof host === 'string' ? readSchemes(schemes).map((scheme) => `${scheme}://${host}`) : [''];
    const base = typeof basePath === 'string' ? `/${basePath}`.replace(/^\/+/, '/').replace(/\/$/, '') : '';
    const servers = urls.map((url) => url + base).filter((url) => url !== '');
    if (servers.length > 0) {
      document.servers = this.#derive(
        servers.map((url) => ({ url })),
        document,
      );
    }
    for (const key of oldFields) {
      delete document[key];
    }
  }

  #derive<Value extends object>(value: Value, from: unknown): Value {
    return this.#places.derive(value, from as object);
  }

  #convertSchema(schema: Node): void {
    if (typeof schema.discriminator === 'string') {
      schema.discriminator = this.#derive({ propertyName: schema.discriminator }, schema);
    }
    if (schema['x-nullable'] === true) {
      schema.nullable = true;
    }
    if (schema.type === 'file') {
      Object.assign(schema, { type: 'string', format: 'binary' });
    }
  }

  #convertPathItem(pathItem: Node): void {
    const shared = this.#listParameters(pathItem.parameters);
    for (const method of methods) {
      const operation = pathItem[method];
      if (isPlainObject(operation)) {
        this.#convertOperation(operation, shared.filter(isOfBody));
      }
    }
    if (shared.length > 0) {
      pathItem.parameters = this.#keepParameters(pathItem.parameters);
    }
  }

  #convertOperation(operation: Node, shared: readonly Node[]): void {
    const { consumes, produces } = this.#document;
    const takes = readTexts(operation.consumes ?? consumes);
    const returns = readTexts(operation.produces ?? produces);
    const own = this.#listParameters(operation.parameters).filter(isOfBody);
    const inBody = own.length > 0 ? own : shared;
    const body = inBody.find((parameter) => parameter.in === 'body');
    if (body !== undefined) {
      operation.requestBody = this.#toRequestBody(body, takes);
    } else if (inBody.length > 0) {
      operation.requestBody = this.#toForm(inBody, takes);
    }
    if (operation.parameters !== undefined) {
      operation.parameters = this.#keepParameters(operation.parameters);
    }
    if (isPlainObject(operation.responses)) {
      this.#convertResponses(operation.responses, returns, operation.produces !== undefined);
    }
    for (const key of ['consumes', 'produces', 'schemes']) {
      delete operation[key];
    }
  }

  #convertResponses(responses: Node, returns: readonly string[], isOwn: boolean): void {
    for (const [status, response] of Object.entries(responses)) {
      if (!isPlainObject(response) || status.startsWith('x-')) continue;
      if (isReference(response)) {
        // The operation says in which media types it returns what others return, too.
        const target = this.#resolve(response);
        if (isOwn && isPlainObject(target)) {
          const copy = this.#places.clone(target);
          responses[status] = copy;
          this.#convertResponse(copy, returns);
        }
      } else {
        this.#convertResponse(response, returns);
      }
    }
  }

  #convertResponse(response: Node, returns: readonly string[]): void {
    if ('content' in response) {
      return;
    }
    const { schema, examples, headers } = response;
    const shown = isPlainObject(examples) ? examples : {};
    const isFile = isPlainObject(schema) && schema.format === 'binary';
    const usual = returns.length > 0 ? returns : [isFile ? 'application/octet-stream' : 'application/json'];
    const types = schema === undefined ? [] : usual;
    const content = [...new Set([...types, ...Object.keys(shown).filter((type) => type.includes('/'))])].map(
      (type) => [
        type,
        this.#derive(
          {
            ...(schema === undefined ? {} : { schema: this.#places.clone(schema) }),
            ...(type in shown ? { example: shown[type] } : {}),
          },
          schema ?? examples,
        ),
      ],
    );
    if (content.length > 0) {
      response.content = this.#derive(Object.fromEntries(content), schema ?? examples);
    }
    for (const header of listObjects(headers)) {
      this.#moveToSchema(header);
    }
    delete response.schema;
    delete response.examples;
  }

  #toRequestBody({ description, required, schema, ...rest }: Node, takes: readonly string[]): Node {
    const types = takes.length > 0 ? takes : ['application/json'];
    const mediaTypes = types.map((type) => [
      type,
      this.#derive({ schema: this.#places.clone(schema ?? {}) }, rest),
    ]);
    return this.#derive(
      {
        ...(description === undefined ? {} : { description }),
        ...(required === undefined ? {} : { required }),
        content: Object.fromEntries(mediaTypes),
      },
      isPlainObject(schema) ? schema : undefined,
    );
  }

  #toForm(parameters: readonly Node[], takes: readonly string[]): Node {
    const hasFile = parameters.some(({ type }) => type === 'file');
    const offered = takes.filter((type) => type === form || type === multipart);
    const types = offered.length > 0 ? offered : [hasFile ? multipart : form];
    const fields = parameters.map((parameter) => {
      const copy = this.#places.clone(parameter);
      const encoding = readStyle(copy.collectionFormat, 'query');
      this.#moveToSchema(copy);
      const { name, description, required, schema = {} } = copy;
      const described = description === undefined ? (schema as Node) : { ...(schema as Node), description };
      this.#derive(described, parameter);
      this.#convertSchema(described);
      return { name: String(name), required: required === true, schema: described, encoding };
    });
    const required = fields.filter((field) => field.required).map(({ name }) => name);
    const schema = {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field.name, field.schema])),
      ...(required.length > 0 ? { required } : {}),
    };
    const lists = fields.filter((field) => field.schema.type === 'array');
    const encoding = Object.fromEntries(lists.map((field) => [field.name, field.encoding]));
    const content = types.map((type) => [
      type,
      { schema: this.#places.clone(schema), ...(type === form && lists.length > 0 ? { encoding } : {}) },
    ]);
    const body = { content: Object.fromEntries(content), ...(required.length > 0 ? { required: true } : {}) };
    return this.#derive(body, parameters[0]);
  }

  /** Lists the parameters of an operation or a path, references resolved. */
  #listParameters(parameters: unknown): Node[] {
    return (Array.isArray(parameters) ? parameters : []).flatMap((one) => {
      const parameter = isReference(one) ? this.#resolve(one) : one;
      return isPlainObject(parameter) ? [parameter] : [];
    });
  }

  /** Lists the parameters that stay parameters, references kept. */
  #keepParameters(parameters: unknown): unknown {
    if (!Array.isArray(parameters)) {
      return parameters;
    }
    const kept = parameters.filter((one) => {
      const parameter = isReference(one) ? this.#resolve(one) : one;
      return !(isPlainObject(parameter) && isOfBody(parameter));
    });
    for (const parameter of kept) {
      if (isPlainObject(parameter) && !isReference(parameter)) {
        this.#convertParameter(parameter);
      }
    }
    return this.#derive(kept, parameters);
  }

  #convertParameter(parameter: Node): void {
    const { collectionFormat } = parameter;
    const isList = parameter.type === 'array';
    this.#moveToSchema(parameter);
    if (!isList) {
      return;
    }
    const style = readStyle(collectionFormat, String(parameter.in));
    if (style === undefined) {
      const message = `Found the collectionFormat "${String(collectionFormat)}", which OpenAPI 3 does not have. It is read as "csv".`;
      this.#tell(parameter, 'collectionFormat', message);
    }
    Object.assign(parameter, style ?? readStyle('csv', String(parameter.in)));
  }

  #moveToSchema(node: Node): void {
    const own = keywords.filter((keyword) => keyword in node);
    if (own.length > 0) {
      const schema = this.#derive(Object.fromEntries(own.map((keyword) => [keyword, node[keyword]])), node);
      this.#convertSchema(schema);
      node.schema = schema;
    }
    if ('x-example' in node && !('example' in node)) {
      node.example = node['x-example'];
    }
    for (const keyword of [...own, 'collectionFormat']) {
      delete node[keyword];
    }
    this.#dropCollectionFormats(node.schema);
  }

  // A list in a list can have one, too.
  #dropCollectionFormats(schema: unknown): void {
    if (isPlainObject(schema)) {
      delete schema.collectionFormat;
      this.#dropCollectionFormats(schema.items);
    }
  }

  #resolve(reference: { $ref: string }): unknown {
    return findByPointer(this.#document as never, reference.$ref);
  }
}

function isOfBody({ in: part }: Node): boolean {
  return part === 'body' || part === 'formData';
}

function listObjects(holder: unknown): Node[] {
  return isPlainObject(holder)
    ? Object.values(holder).filter((one): one is Node => isPlainObject(one) && !isReference(one))
    : [];
}

function readTexts(list: unknown): string[] {
  return [list].flat().filter((text) => typeof text === 'string');
}

// Without one, the document counts on the scheme that it was itself fetched with.
function readSchemes(schemes: unknown): string[] {
  const known = readTexts(schemes).filter((scheme) => /^https?$/.test(scheme));
  return known.length > 0 ? known : ['https'];
}

/** Reads a collectionFormat as a style. `undefined`: OpenAPI 3 has none for it. */
function readStyle(format: unknown = 'csv', part = 'query'): { style: string; explode: boolean } | undefined {
  const isInQuery = part === 'query';
  switch (format) {
    case 'csv':
      return { style: isInQuery ? 'form' : 'simple', explode: false };
    case 'multi':
      return { style: isInQuery ? 'form' : 'simple', explode: isInQuery };
    case 'ssv':
      return isInQuery ? { style: 'spaceDelimited', explode: false } : undefined;
    case 'pipes':
      return isInQuery ? { style: 'pipeDelimited', explode: false } : undefined;
    default:
      return undefined;
  }
}

function convertSecurityScheme(scheme: Node): void {
  if (scheme.type === 'basic') {
    Object.assign(scheme, { type: 'http', scheme: 'basic' });
  } else if (scheme.type === 'oauth2' && typeof scheme.flow === 'string') {
    const { flow, authorizationUrl, tokenUrl, scopes = {} } = scheme;
    const names: Record<string, string> = {
      application: 'clientCredentials',
      accessCode: 'authorizationCode',
    };
    const urls = Object.entries({ authorizationUrl, tokenUrl }).filter(([, url]) => url !== undefined);
    scheme.flows = { [names[flow] ?? flow]: { ...Object.fromEntries(urls), scopes } };
    for (const key of ['flow', 'authorizationUrl', 'tokenUrl', 'scopes']) {
      delete scheme[key];
    }
  }
}
