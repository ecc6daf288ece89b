// Generated from contracts/twilio_oauth_v1.json by `npm run generate`. Do not edit.

export interface paths {
    "/v1/.well-known/openid-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetch configuration details about the OpenID Connect Authorization Server */
        get: operations["FetchOpenidDiscovery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/certs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Fetches public JWKs */
        get: operations["FetchCerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/device/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a new Access token (optionally identity_token & refresh_token) in exchange of Oauth grant */
        post: operations["CreateDeviceCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a new Access token (optionally identity_token & refresh_token) in exchange of Oauth grant */
        post: operations["CreateToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/userinfo": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Retrieves the consented UserInfo and other claims about the logged-in subject (end-user). */
        get: operations["FetchUserInfo"];
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
        "oauth.v1.certs": OauthV1Certs;
        "oauth.v1.device_code": OauthV1DeviceCode;
        "oauth.v1.openid_discovery": OauthV1OpenidDiscovery;
        "oauth.v1.token": OauthV1Token;
        "oauth.v1.user_info": OauthV1UserInfo;
        oauth_error: oauth_error;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    FetchOpenidDiscovery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OauthV1OpenidDiscovery;
                };
            };
        };
    };
    FetchCerts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OauthV1Certs;
                };
            };
        };
    };
    CreateDeviceCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *   "ClientSid": "OA1",
                 *   "Scopes": [
                 *     "openid",
                 *     "email"
                 *   ]
                 * }
                 */
                "application/x-www-form-urlencoded": {
                    /** An array of intended audiences for token requests */
                    Audiences?: string[];
                    /** A 34 character string that uniquely identifies this OAuth App. */
                    ClientSid: string;
                    /** An Array of scopes for authorization request */
                    Scopes: string[];
                };
            };
        };
        responses: {
            /** Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OauthV1DeviceCode;
                };
            };
        };
    };
    CreateToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    /** The credential for confidential OAuth App. */
                    ClientSecret?: string;
                    /** A 34 character string that uniquely identifies this OAuth App. */
                    ClientSid: string;
                    /** JWT token related to the authorization code grant type. */
                    Code?: string;
                    /** A code which is generation cryptographically. */
                    CodeVerifier?: string;
                    /** JWT token related to the device code grant type. */
                    DeviceCode?: string;
                    /** The Id of the device associated with the token (refresh token). */
                    DeviceId?: string;
                    /** Grant type is a credential representing resource owner's authorization which can be used by client to obtain access token. */
                    GrantType: string;
                    /** JWT token related to the refresh token grant type. */
                    RefreshToken?: string;
                };
            };
        };
        responses: {
            /** Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OauthV1Token;
                };
            };
            /** The grant is refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": oauth_error;
                };
            };
        };
    };
    FetchUserInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": OauthV1UserInfo;
                };
            };
            /** The credentials are unknown */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
/**
 * @example {
 *   "keys": [
 *     {
 *       "kid": "key-1",
 *       "kty": "RSA"
 *     }
 *   ]
 * }
 */
export type OauthV1Certs = {
    /** A collection of certificates where are signed Twilio-issued tokens. */
    keys: {
        kid: string;
        kty: string;
    }[];
    /** Format: uri */
    url?: string | null;
};
/**
 * @example {
 *   "device_code": "device-code-1",
 *   "user_code": "WDJB-MJHT",
 *   "verification_uri": "https://www.twilio.com/device",
 *   "expires_in": 1800
 * }
 */
export type OauthV1DeviceCode = {
    /** The device verification code. */
    device_code: string;
    /** The expiration time of the device_code and user_code in seconds. */
    expires_in: number;
    /** The minimum amount of time in seconds that the client should wait between polling requests to the token endpoint. */
    interval?: number | null;
    /** The verification code which end user uses to verify authorization request. */
    user_code: string;
    /** The URI that the end user visits to verify authorization request. */
    verification_uri: string;
    /** The URI with user_code that the end-user alternatively visits to verify authorization request. */
    verification_uri_complete?: string | null;
};
/**
 * @example {
 *   "issuer": "https://oauth.twilio.com",
 *   "authorization_endpoint": "https://oauth.twilio.com/v1/authorize",
 *   "token_endpoint": "https://oauth.twilio.com/v1/token"
 * }
 */
export type OauthV1OpenidDiscovery = {
    /**
     * The endpoint that validates all authorization requests.
     *
     * Format: uri
     */
    authorization_endpoint: string;
    /** A collection of claims supported by authorization server for identity token */
    claims_supported?: string[] | null;
    /**
     * The endpoint that validates all device code related authorization requests.
     *
     * Format: uri
     */
    device_authorization_endpoint?: string | null;
    /** A collection of JWS signing algorithms supported by authorization server to sign identity token. */
    id_token_signing_alg_values_supported?: string[] | null;
    /**
     * The URL of the party that will create the token and sign it with its private key.
     *
     * Format: uri
     */
    issuer: string;
    /**
     * The URL of your JSON Web Key Set. This set is a collection of JSON Web Keys, a standard method for representing cryptographic keys in a JSON structure.
     *
     * Format: uri
     */
    jwk_uri?: string | null;
    /** A collection of response type supported by authorization server. */
    response_type_supported?: string[] | null;
    /**
     * The endpoint used to revoke access or refresh tokens issued by the authorization server.
     *
     * Format: uri
     */
    revocation_endpoint?: string | null;
    /** A collection of scopes supported by authorization server for identity token */
    scopes_supported?: string[] | null;
    /** A collection of subject by authorization server. */
    subject_type_supported?: string[] | null;
    /**
     * The URL of the token endpoint. After a client has received an authorization code, that code is presented to the token endpoint and exchanged for an identity token, an access token, and a refresh token.
     *
     * Format: uri
     */
    token_endpoint: string;
    /** Format: uri */
    url?: string | null;
    /**
     * The URL of the user info endpoint, which returns user profile information to a client. Keep in mind that the user info endpoint returns only the information that has been requested.
     *
     * Format: uri
     */
    userinfo_endpoint?: string | null;
};
export type OauthV1Token = {
    /** Token which carries the necessary information to access a Twilio resource directly. */
    access_token: string;
    /**
     * The date and time in GMT when the refresh token expires in [RFC 2822](https://www.ietf.org/rfc/rfc2822.txt) format.
     *
     * Format: date-time
     */
    access_token_expires_at: string;
    id_token?: string | null;
    /** Token which carries the information necessary to get a new access token. */
    refresh_token?: string | null;
    /**
     * The date and time in GMT when the refresh token expires in [RFC 2822](https://www.ietf.org/rfc/rfc2822.txt) format.
     *
     * Format: date-time
     */
    refresh_token_expires_at?: string | null;
};
/**
 * @example {
 *   "user_sid": "US0123456789abcdef0123456789abcdef",
 *   "email": "ada@example.com"
 * }
 */
export type OauthV1UserInfo = {
    /** The end-user's preferred email address. */
    email: string;
    /** The first name of the end-user. */
    first_name?: string | null;
    /** The friendly name of the end-user. */
    friendly_name?: string | null;
    /** The last name of the end-user. */
    last_name?: string | null;
    /** Format: uri */
    url?: string | null;
    /** The URL of the party that will create the token and sign it with its private key. */
    user_sid: string;
};
export type oauth_error = {
    error: "invalid_grant" | "authorization_pending" | "invalid_client";
    error_description?: string;
};
