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
         * @description Signs a customer in with the password grant, or renews the session with the refresh grant. The body is
         *     form-encoded, never JSON; it is the credential, so the call needs no authentication.
         *
         *     One refresh token lives for each `client_id`: a sign-in as well as a refresh returns a new one and invalidates
         *     the one that this `client_id` had before (docs reference/token-authentication-oauth). That this counts for each
         *     customer is inferred. Refresh tokens live 15 days. Access tokens that were issued before stay valid until they
         *     expire.
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
         * @description Issues a short-lived, opaque, server-side token for `redirectToServerPage` and `redirectToPortal`.
         *     In spite of its path it refreshes nothing and rotates nothing: to renew a session, use the refresh
         *     grant of `getBearerToken`.
         *
         *     Read `WasSuccessful` before `Value`: the envelope can fail under HTTP 200 as well as under HTTP 500.
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
         * @description Takes the one-time JWT of a sign-up, an e-mail verification, a password reset or a magic link. The JWT is
         *     the credential, so the call needs no authentication.
         *
         *     Mind the answer: the bearer token is in `token`, not in `access_token`.
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
         * @description Issues a token that opens protected media, such as `downloadInvoicePdf`, and nothing else. It is no bearer
         *     token. It lives about 60 seconds; the portal renews it every 50.
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
         * @description A URL to navigate to, not to call: the browser is signed in by the one-time token and sent on to
         *     `redirectUrl`. The order of the parameters is part of the contract. The bearer token never goes into
         *     this URL.
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
         * @description A URL to navigate to, not to call: the portal signs the customer in with the one-time token. Used after a
         *     check-out, an e-mail verification or a magic link. The bearer token never goes into this URL.
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
         * @description A URL to navigate to. The media token in it is the credential; the bearer token never goes there.
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
        /** @description The two grants of `getBearerToken`, told apart by `grant_type`. */
        TokenGrant: components["schemas"]["PasswordGrant"] | components["schemas"]["RefreshTokenGrant"];
        PasswordGrant: {
            /** @constant */
            grant_type: "password";
            /**
             * Format: email
             * @description The e-mail address.
             */
            username: string;
            /** Format: password */
            password: string;
            /**
             * Format: password
             * @description The 2FA code of six digits. Needed only while 2FA is on.
             */
            totp?: string;
        };
        RefreshTokenGrant: {
            /** @constant */
            grant_type: "refresh_token";
            /**
             * Format: password
             * @description The latest refresh token. It is invalid after this call.
             */
            refresh_token: string;
        };
        BearerToken: {
            /**
             * Format: password
             * @description The bearer token.
             */
            access_token: string;
            /** @constant */
            token_type: "bearer";
            /** @description The life of the bearer token, in seconds. */
            expires_in: number;
            /**
             * Format: password
             * @description Renews the session, once, within 15 days.
             */
            refresh_token: string;
        };
        ExchangedToken: {
            /**
             * Format: password
             * @description The bearer token. It is not named `access_token` here.
             */
            token: string;
            /** @constant */
            token_type: "bearer";
            /** @description The life of the bearer token, in seconds. */
            expires_in: number;
            /**
             * Format: password
             * @description Renews the session with the refresh grant of `getBearerToken`.
             */
            refresh_token: string;
        };
        TokenError: {
            /** @description A known code, or one that this spec doesn't know yet. Do not break on the latter. */
            error: components["schemas"]["TokenErrorCode"] | (string & {});
            /**
             * Format: password
             * @description For people. With `must_reset_password` it was seen to carry a reset token, which is a secret: do not log it.
             */
            error_description?: string;
        };
        /**
         * @description - `unsupported_grant_type`: `grant_type` is missing, or the body is not form-encoded.
         *     - `invalid_grant`: wrong credentials, not a customer of this location, or suspended; or a refresh token that
         *       is invalid, expired or used.
         *     - `two_factor_auth_check`: 2FA is on and `totp` is missing. That it also answers a wrong code is inferred.
         *     - `must_reset_password`: the customer has to choose a new password.
         * @enum {string}
         */
        TokenErrorCode: "unsupported_grant_type" | "invalid_grant" | "two_factor_auth_check" | "must_reset_password";
        /**
         * @description The general envelope of Nexudus, told apart by `WasSuccessful`. That all five properties are always present
         *     is inferred. Other endpoints answer it too, and there `Value` can be null on a success.
         */
        ActionConfirmation: components["schemas"]["ActionConfirmationSuccess"] | components["schemas"]["ActionConfirmationFailure"];
        ActionConfirmationSuccess: {
            /**
             * @description A link that needs the token stays disabled until this is `true`.
             * @constant
             */
            WasSuccessful: true;
            /**
             * Format: password
             * @description The one-time token.
             */
            Value: string;
            /**
             * @description An HTTP-style status, mirrored in the body.
             * @constant
             */
            Status: 200;
            /** @description Usually null. */
            Message: string | null;
            Errors: null;
        };
        ActionConfirmationFailure: {
            /** @constant */
            WasSuccessful: false;
            Value: null;
            /**
             * @description An HTTP-style status, mirrored in the body.
             * @constant
             */
            Status: 500;
            Message: string | null;
            /** @description Anything. */
            Errors: unknown;
        };
        MediaToken: {
            /**
             * Format: password
             * @description The media token.
             */
            jwt: string;
        };
        /** @description A path on the same origin, with a query and a fragment if need be. */
        RedirectTarget: string;
    };
    responses: {
        /**
         * @description The bearer token is missing, expired or invalid: sign in again. That the body can be empty was seen;
         *     what else it may hold is not known.
         */
        BearerTokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The one-time token is missing, expired or used. Nexudus does not say how that is answered. */
        OneTimeTokenRefused: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description The browser is signed in and sent on. */
        SignedInRedirect: {
            headers: {
                /** @description The page to open, `redirectUrl` where it was given. */
                Location: string;
                [name: string]: unknown;
            };
            content?: never;
        };
    };
    parameters: {
        /** @description The one-time token, `Value` of `getOneTimeToken`. */
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
                 * @description Names the client that signs in. With the password grant it may be left out and then becomes the
                 *     e-mail address. The refresh grant needs the value that was used at sign-in.
                 *
                 *     Nexudus recommends a GUID that the client makes itself and uses for all its requests (docs
                 *     reference/token-authentication-oauth). Devices of one customer that share a value, or leave it out, sign
                 *     each other out: each sign-in invalidates the refresh token of the other.
                 */
                client_id?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenGrant"];
            };
        };
        responses: {
            /** @description The customer is signed in, or the session is renewed. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BearerToken"];
                };
            };
            /** @description The grant is refused. `error` says why, in the shape of RFC 6749, section 5.2. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
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
             * @description The envelope. It holds a token only when `WasSuccessful` is `true`. That a failed envelope can come
             *     with this status is inferred.
             */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionConfirmation"];
                };
            };
            401: components["responses"]["BearerTokenRefused"];
            /** @description The envelope of a failure. That it comes with this status is inferred from `Status`. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActionConfirmationFailure"];
                };
            };
        };
    };
    exchangeJwt: {
        parameters: {
            query: {
                /** @description The one-time JWT. */
                token: string;
                /** @description The life of the bearer token, in minutes. The portal passes 1440, one day. */
                validForInMinutes: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The customer is signed in. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangedToken"];
                };
            };
            /** @description The exchange is refused. Nexudus documents neither the reasons nor a body. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The JWT is refused. Nexudus documents neither the reasons nor a body. */
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
            /** @description The media token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MediaToken"];
                };
            };
            401: components["responses"]["BearerTokenRefused"];
        };
    };
    redirectToServerPage: {
        parameters: {
            query: {
                /** @description Always `true`. */
                server: true;
                /** @description The one-time token, `Value` of `getOneTimeToken`. */
                t: components["parameters"]["OneTimeToken"];
                /**
                 * @description The page to open, a path on the space's own host, percent-encoded as one query value. The encoding is
                 *     inferred. The pattern is a rule of this toolkit, not of Nexudus: it lets no target leave the origin.
                 */
                redirectUrl: components["schemas"]["RedirectTarget"];
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
                /** @description The one-time token, `Value` of `getOneTimeToken`. */
                t: components["parameters"]["OneTimeToken"];
                /**
                 * @description The page of the portal to open after sign-in, a path, percent-encoded as one query value. The encoding
                 *     is inferred. The pattern is a rule of this toolkit, not of Nexudus: it lets no target leave the origin.
                 */
                redirectUrl?: components["schemas"]["RedirectTarget"];
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
                /** @description The media token. */
                t: string;
            };
            header?: never;
            path: {
                /** @description The number of the invoice. */
                invoiceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The PDF. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": Blob;
                };
            };
            /** @description The media token is missing, expired or invalid. The body can be empty. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
export type TokenGrant = components['schemas']['TokenGrant'];
export type PasswordGrant = components['schemas']['PasswordGrant'];
export type RefreshTokenGrant = components['schemas']['RefreshTokenGrant'];
export type BearerToken = components['schemas']['BearerToken'];
export type ExchangedToken = components['schemas']['ExchangedToken'];
export type TokenError = components['schemas']['TokenError'];
export type TokenErrorCode = components['schemas']['TokenErrorCode'];
export type ActionConfirmation = components['schemas']['ActionConfirmation'];
export type ActionConfirmationSuccess = components['schemas']['ActionConfirmationSuccess'];
export type ActionConfirmationFailure = components['schemas']['ActionConfirmationFailure'];
export type MediaToken = components['schemas']['MediaToken'];
export type RedirectTarget = components['schemas']['RedirectTarget'];
export type ResponseBearerTokenRefused = components['responses']['BearerTokenRefused'];
export type ResponseOneTimeTokenRefused = components['responses']['OneTimeTokenRefused'];
export type ResponseSignedInRedirect = components['responses']['SignedInRedirect'];
export type ParameterOneTimeToken = components['parameters']['OneTimeToken'];
