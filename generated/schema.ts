// Generated from openapi/nexudus-auth.yaml by `npm run generate`. Do not edit.

export interface paths {
    "/api/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get or refresh a bearer token
         *
         * Signs a customer in with the password grant, or renews the session with the refresh grant. The body is
         * form-encoded, never JSON; it is the credential, so the call needs no authentication.
         *
         * One refresh token lives for each `client_id`: a sign-in as well as a refresh returns a new one and invalidates
         * the one that this `client_id` had before (docs reference/token-authentication-oauth). That this counts for each
         * customer is inferred. Refresh tokens live 15 days. Access tokens that were issued before stay valid until they
         * expire.
         */
        post: operations["getBearerToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sys/users/token/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a one-time token for a redirect URL
         *
         * Issues a short-lived, opaque, server-side token for `redirectToServerPage` and `redirectToPortal`.
         * In spite of its path it refreshes nothing and rotates nothing: to renew a session, use the refresh
         * grant of `getBearerToken`.
         *
         * Read `WasSuccessful` before `Value`: the envelope can fail under HTTP 200 as well as under HTTP 500.
         */
        post: operations["getOneTimeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sys/users/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a server-issued JWT for a bearer token
         *
         * Takes the one-time JWT of a sign-up, an e-mail verification, a password reset or a magic link. The JWT is
         * the credential, so the call needs no authentication.
         *
         * Mind the answer: the bearer token is in `token`, not in `access_token`.
         */
        post: operations["exchangeJwt"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/media/customer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a media token
         *
         * Issues a token that opens protected media, such as `downloadInvoicePdf`, and nothing else. It is no bearer
         * token. It lives about 60 seconds; the portal renews it every 50.
         */
        get: operations["getMediaToken"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign a browser in on a server-rendered page
         *
         * A URL to navigate to, not to call: the browser is signed in by the one-time token and sent on to
         * `redirectUrl`. The order of the parameters is part of the contract. The bearer token never goes into
         * this URL.
         */
        get: operations["redirectToServerPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign a browser in on the Members Portal
         *
         * A URL to navigate to, not to call: the portal signs the customer in with the one-time token. Used after a
         * check-out, an e-mail verification or a magic link. The bearer token never goes into this URL.
         */
        get: operations["redirectToPortal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/public/billing/invoices/{invoiceId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open an invoice as a PDF
         *
         * A URL to navigate to. The media token in it is the credential; the bearer token never goes there.
         */
        get: operations["downloadInvoicePdf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        TokenGrant: TokenGrant;
        PasswordGrant: PasswordGrant;
        RefreshTokenGrant: RefreshTokenGrant;
        BearerToken: BearerToken;
        ExchangedToken: ExchangedToken;
        TokenError: TokenError;
        TokenErrorCode: TokenErrorCode;
        ActionConfirmation: ActionConfirmation;
        ActionConfirmationSuccess: ActionConfirmationSuccess;
        ActionConfirmationFailure: ActionConfirmationFailure;
        MediaToken: MediaToken;
        RedirectTarget: RedirectTarget;
    };
    responses: {
        /**
         * The bearer token is missing, expired or invalid: sign in again. That the body can be empty was seen;
         * what else it may hold is not known.
         */
        BearerTokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** The one-time token is missing, expired or used. Nexudus does not say how that is answered. */
        OneTimeTokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** The browser is signed in and sent on. */
        SignedInRedirect: {
            headers: {
                /** The page to open, `redirectUrl` where it was given. */
                Location: string;
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** The one-time token, `Value` of `getOneTimeToken`. */
        OneTimeToken: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getBearerToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * Names the client that signs in. With the password grant it may be left out and then becomes the
                 * e-mail address. The refresh grant needs the value that was used at sign-in.
                 *
                 * Nexudus recommends a GUID that the client makes itself and uses for all its requests (docs
                 * reference/token-authentication-oauth). Devices of one customer that share a value, or leave it out, sign
                 * each other out: each sign-in invalidates the refresh token of the other.
                 */
                client_id?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": TokenGrant;
            };
        };
        responses: {
            /** The customer is signed in, or the session is renewed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": BearerToken;
                };
            };
            /** The grant is refused. `error` says why, in the shape of RFC 6749, section 5.2. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TokenError;
                };
            };
        };
    };
    getOneTimeToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /**
             * The envelope. It holds a token only when `WasSuccessful` is `true`. That a failed envelope can come
             * with this status is inferred.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActionConfirmation;
                };
            };
            401: components["responses"]["BearerTokenRefused"];
            /** The envelope of a failure. That it comes with this status is inferred from `Status`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ActionConfirmationFailure;
                };
            };
        };
    };
    exchangeJwt: {
        parameters: {
            query: {
                /** The one-time JWT. */
                token: string;
                /** The life of the bearer token, in minutes. The portal passes 1440, one day. */
                validForInMinutes: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The customer is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ExchangedToken;
                };
            };
            /** The exchange is refused. Nexudus documents neither the reasons nor a body. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** The JWT is refused. Nexudus documents neither the reasons nor a body. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getMediaToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The media token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": MediaToken;
                };
            };
            401: components["responses"]["BearerTokenRefused"];
        };
    };
    redirectToServerPage: {
        parameters: {
            query: {
                /** Always `true`. */
                server: true;
                /** The one-time token, `Value` of `getOneTimeToken`. */
                t: components["parameters"]["OneTimeToken"];
                /**
                 * The page to open, a path on the space's own host, percent-encoded as one query value. The encoding is
                 * inferred. The pattern is a rule of this toolkit, not of Nexudus: it lets no target leave the origin.
                 */
                redirectUrl: RedirectTarget;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            302: components["responses"]["SignedInRedirect"];
            401: components["responses"]["OneTimeTokenRefused"];
        };
    };
    redirectToPortal: {
        parameters: {
            query: {
                /** The one-time token, `Value` of `getOneTimeToken`. */
                t: components["parameters"]["OneTimeToken"];
                /**
                 * The page of the portal to open after sign-in, a path, percent-encoded as one query value. The encoding
                 * is inferred. The pattern is a rule of this toolkit, not of Nexudus: it lets no target leave the origin.
                 */
                redirectUrl?: RedirectTarget;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            302: components["responses"]["SignedInRedirect"];
            401: components["responses"]["OneTimeTokenRefused"];
        };
    };
    downloadInvoicePdf: {
        parameters: {
            query: {
                /** The media token. */
                t: string;
            };
            header?: never;
            path: {
                /** The number of the invoice. */
                invoiceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The PDF. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": Blob;
                };
            };
            /** The media token is missing, expired or invalid. The body can be empty. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
/** The two grants of `getBearerToken`, told apart by `grant_type`. */
export type TokenGrant = PasswordGrant | RefreshTokenGrant;
export type PasswordGrant = {
    grant_type: "password";
    /**
     * The e-mail address.
     *
     * Format: email
     */
    username: string;
    password: string;
    /** The 2FA code of six digits. Needed only while 2FA is on. */
    totp?: string;
};
export type RefreshTokenGrant = {
    grant_type: "refresh_token";
    /** The latest refresh token. It is invalid after this call. */
    refresh_token: string;
};
export type BearerToken = {
    /** The bearer token. */
    access_token: string;
    token_type: "bearer";
    /** The life of the bearer token, in seconds. */
    expires_in: number;
    /** Renews the session, once, within 15 days. */
    refresh_token: string;
};
export type ExchangedToken = {
    /** The bearer token. It is not named `access_token` here. */
    token: string;
    token_type: "bearer";
    /** The life of the bearer token, in seconds. */
    expires_in: number;
    /** Renews the session with the refresh grant of `getBearerToken`. */
    refresh_token: string;
};
export type TokenError = {
    /**
     * A known code, or one that this spec doesn't know yet. Do not break on the latter.
     *
     * - `unsupported_grant_type`: `grant_type` is missing, or the body is not form-encoded.
     * - `invalid_grant`: wrong credentials, not a customer of this location, or suspended; or a refresh token that
     *   is invalid, expired or used.
     * - `two_factor_auth_check`: 2FA is on and `totp` is missing. That it also answers a wrong code is inferred.
     * - `must_reset_password`: the customer has to choose a new password.
     */
    error: TokenErrorCode | (string & {});
    /** For people. With `must_reset_password` it was seen to carry a reset token, which is a secret: do not log it. */
    error_description?: string;
};
/**
 * - `unsupported_grant_type`: `grant_type` is missing, or the body is not form-encoded.
 * - `invalid_grant`: wrong credentials, not a customer of this location, or suspended; or a refresh token that
 *   is invalid, expired or used.
 * - `two_factor_auth_check`: 2FA is on and `totp` is missing. That it also answers a wrong code is inferred.
 * - `must_reset_password`: the customer has to choose a new password.
 */
export type TokenErrorCode = "unsupported_grant_type" | "invalid_grant" | "two_factor_auth_check" | "must_reset_password";
/**
 * The general envelope of Nexudus, told apart by `WasSuccessful`. That all five properties are always present
 * is inferred. Other endpoints answer it too, and there `Value` can be null on a success.
 */
export type ActionConfirmation = ActionConfirmationSuccess | ActionConfirmationFailure;
export type ActionConfirmationSuccess = {
    /** A link that needs the token stays disabled until this is `true`. */
    WasSuccessful: true;
    /** The one-time token. */
    Value: string;
    /** An HTTP-style status, mirrored in the body. */
    Status: 200;
    /** Usually null. */
    Message: string | null;
    Errors: null;
};
export type ActionConfirmationFailure = {
    WasSuccessful: false;
    Value: null;
    /** An HTTP-style status, mirrored in the body. */
    Status: 500;
    Message: string | null;
    /** Anything. */
    Errors: unknown;
};
export type MediaToken = {
    /** The media token. */
    jwt: string;
};
/** A path on the same origin, with a query and a fragment if need be. */
export type RedirectTarget = string;
export type ResponseBearerTokenRefused = components['responses']['BearerTokenRefused'];
export type ResponseOneTimeTokenRefused = components['responses']['OneTimeTokenRefused'];
export type ResponseSignedInRedirect = components['responses']['SignedInRedirect'];
export type ParameterOneTimeToken = components['parameters']['OneTimeToken'];
