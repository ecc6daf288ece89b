import { asFetch } from '../as-fetch.ts';
/** Answers one request otherwise than the provider would; `next` is what it would do. */
export type Plan = (request: Request, next: () => Promise<Response>) => Response | Promise<Response>;

/** A small Nexudus, whose sessions hold together. Every token of it has "secret" in it. */
export interface Provider {
  fetch: (input: string | Request, init?: RequestInit) => Promise<Response>;
  /** What was asked, in order. */
  requests: Request[];
  /** The requests to one path. */
  sent: (path: string) => Request[];
  /** Answers the next request to a path so; several wait their turn. */
  plan: (path: string, ...plans: Plan[]) => void;
  /** Lets all bearer tokens expire. */
  expireBearers: () => void;
  /** Lets the refresh token expire. */
  expireRefreshToken: () => void;
}

export const baseUrl = 'https://your-space.spaces.nexudus.com';
export const tokenPath = '/api/token';
export const oneTimePath = '/api/sys/users/token/refresh';
export const mediaPath = '/api/auth/media/customer';
export const exchangePath = '/api/sys/users/exchange';
/** An endpoint that the spec doesn't have. */
export const bookingsPath = '/api/public/bookings/my';

/** A network that breaks after the request was carried out. */
export const loseAnswer: Plan = async (_request, next) => {
  await next();
  throw new TypeError('fetch failed');
};
export const loseRequest: Plan = async () => {
  throw new TypeError('fetch failed');
};
/** A status with nothing else to it. */
export const answerWith =
  (status: number, headers: Record<string, string> = {}): Plan =>
  () =>
    new Response(null, { status, headers });

/** Makes one that knows any customer, by any password but "wrong", and asks for 2FA where it is named so. */
export function createProvider({ expiresInSeconds = 86_400 }: { expiresInSeconds?: number } = {}): Provider {
  let serial = 0;
  const bearers = new Set<string>();
  let refreshable: { token: string; clientId: string | null } | undefined;
  const requests: Request[] = [];
  const plans = new Map<string, Plan[]>();

  const issue = (clientId: string | null, name = 'access_token') => {
    serial += 1;
    bearers.add(`access-secret-${serial}`);
    refreshable = { token: `refresh-secret-${serial}`, clientId };
    return Response.json({
      [name]: `access-secret-${serial}`,
      token_type: 'bearer',
      expires_in: expiresInSeconds,
      refresh_token: refreshable.token,
    });
  };
  const refuse = (error: string, error_description?: string) =>
    Response.json({ error, error_description }, { status: 400 });

  const grant = async (request: Request): Promise<Response> => {
    const form = new URLSearchParams(await request.text());
    const clientId = request.headers.get('client_id');
    if (form.get('grant_type') === 'refresh_token') {
      const isRight =
        form.get('refresh_token') === refreshable?.token &&
        clientId !== null &&
        clientId === (refreshable.clientId ?? clientId);
      return isRight ? issue(clientId) : refuse('invalid_grant');
    }
    if (form.get('password') === 'wrong') return refuse('invalid_grant', 'The password is incorrect.');
    if (form.get('password') === 'old') return refuse('must_reset_password', 'reset-secret-1');
    const username = form.get('username');
    const needsCode = username?.startsWith('two-factor') && form.get('totp') !== '492039';
    return needsCode ? refuse('two_factor_auth_check') : issue(clientId ?? username);
  };
  const answer = async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === tokenPath) return grant(request);
    if (pathname === exchangePath) {
      return searchParams.get('token') === 'jwt-secret-1' ? issue(null, 'token') : answerStatus(401);
    }
    const authorization = request.headers.get('Authorization');
    if (authorization !== null && !bearers.has(authorization.slice(7))) return answerStatus(401);
    serial += 1;
    if (pathname === mediaPath) return Response.json({ jwt: `media-secret-${serial}` });
    if (pathname === oneTimePath) return Response.json(envelope(`one-time-secret-${serial}`));
    return Response.json({ authorization, body: await request.text() });
  };

  return {
    requests,
    sent: (path) => requests.filter(({ url }) => new URL(url).pathname === path),
    plan: (path, ...more) => plans.set(path, [...(plans.get(path) ?? []), ...more]),
    expireBearers: () => bearers.clear(),
    expireRefreshToken: () => {
      refreshable = undefined;
    },
    fetch: asFetch(async (request) => {
      request.signal.throwIfAborted();
      requests.push(request.clone());
      const plan = plans.get(new URL(request.url).pathname)?.shift();
      return plan === undefined ? answer(request) : plan(request, () => answer(request));
    }),
  };
}

/** The envelope of a one-time token; without one, that of a failure. */
export function envelope(token?: string): object {
  return token === undefined
    ? { WasSuccessful: false, Value: null, Status: 500, Message: 'No.', Errors: null }
    : { WasSuccessful: true, Value: token, Status: 200, Message: null, Errors: null };
}

function answerStatus(status: number): Response {
  return new Response(null, { status });
}
