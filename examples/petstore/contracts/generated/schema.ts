// Generated from contracts/petstore.json by `npm run generate`. Do not edit.

export interface paths {
    "/pet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Update an existing pet */
        put: operations["updatePet"];
        /** Add a new pet to the store */
        post: operations["addPet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pet/findByStatus": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Finds Pets by status
         *
         * Multiple status values can be provided with comma separated strings
         */
        get: operations["findPetsByStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/pet/{petId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find pet by ID
         *
         * Returns a single pet
         */
        get: operations["getPetById"];
        put?: never;
        /** Updates a pet in the store with form data */
        post: operations["updatePetWithForm"];
        /** Deletes a pet */
        delete: operations["deletePet"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/store/inventory": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Returns pet inventories by status
         *
         * Returns a map of status codes to quantities
         */
        get: operations["getInventory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/store/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Place an order for a pet */
        post: operations["placeOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/store/order/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find purchase order by ID
         *
         * For valid response try integer IDs with value >= 1 and <= 10. Other values will generated exceptions
         */
        get: operations["getOrderById"];
        put?: never;
        post?: never;
        /**
         * Delete purchase order by ID
         *
         * For valid response try integer IDs with positive integer value. Negative or non-integer values will generate API errors
         */
        delete: operations["deleteOrder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create user
         *
         * This can only be done by the logged in user.
         */
        post: operations["createUser"];
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
        /** Logs user into the system */
        get: operations["loginUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Logs out current logged in user session */
        get: operations["logoutUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/user/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get user by user name */
        get: operations["getUserByName"];
        /**
         * Updated user
         *
         * This can only be done by the logged in user.
         */
        put: operations["updateUser"];
        post?: never;
        /**
         * Delete user
         *
         * This can only be done by the logged in user.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Order: Order;
        Category: Category;
        User: User;
        Tag: Tag;
        Pet: Pet;
        ApiResponse: ApiResponse;
        PetWritable: PetWritable;
    };
    responses: never;
    parameters: never;
    requestBodies: {
        /** Pet object that needs to be added to the store */
        Pet: {
            content: {
                /**
                 * @example {
                 *   "name": "doggie",
                 *   "photoUrls": [
                 *     "https://example.com/photo.png"
                 *   ],
                 *   "status": "available"
                 * }
                 */
                "application/json": PetWritable;
                "application/xml": PetWritable;
            };
        };
        /** List of user object */
        UserArray: {
            content: {
                "application/json": User[];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    updatePet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Pet"];
        responses: {
            /** The pet as it is stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Pet;
                };
            };
            /** Pet not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** Validation exception */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    addPet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: components["requestBodies"]["Pet"];
        responses: {
            /** The pet as it is stored */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Pet;
                };
            };
            /** Invalid input */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    findPetsByStatus: {
        parameters: {
            query: {
                /** Status values that need to be considered for filter */
                status: ("available" | "pending" | "sold")[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** successful operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": Pet[];
                    "application/json": Pet[];
                };
            };
        };
    };
    getPetById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * ID of pet to return
                 *
                 * @example 25
                 */
                petId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** successful operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": Pet;
                    "application/json": Pet;
                };
            };
            /** Pet not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updatePetWithForm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * ID of pet that needs to be updated
                 *
                 * @example 25
                 */
                petId: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *   "name": "Rover",
                 *   "status": "sold"
                 * }
                 */
                "application/x-www-form-urlencoded": {
                    /** Updated name of the pet */
                    name: string;
                    /** Updated status of the pet */
                    status: string;
                };
            };
        };
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** Invalid input */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deletePet: {
        parameters: {
            query?: never;
            header?: {
                api_key?: string;
            };
            path: {
                /**
                 * Pet id to delete
                 *
                 * @example 25
                 */
                petId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** Pet not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getInventory: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** successful operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: number;
                    };
                };
            };
        };
    };
    placeOrder: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** order placed for purchasing the pet */
        requestBody: {
            content: {
                /**
                 * @example {
                 *   "id": 1001,
                 *   "petId": 25,
                 *   "quantity": 1,
                 *   "status": "placed"
                 * }
                 */
                "application/json": Order;
            };
        };
        responses: {
            /** successful operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": Order;
                    "application/json": Order;
                };
            };
            /** Invalid Order */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getOrderById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * ID of pet that needs to be fetched
                 *
                 * @example 1
                 */
                orderId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** successful operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": Order;
                    "application/json": Order;
                };
            };
            /** Order not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * ID of the order that needs to be deleted
                 *
                 * @example 1
                 */
                orderId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** Order not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Created user object */
        requestBody: {
            content: {
                /**
                 * @example {
                 *   "id": 7,
                 *   "username": "ada",
                 *   "email": "ada@example.com"
                 * }
                 */
                "application/json": User;
            };
        };
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    loginUser: {
        parameters: {
            query: {
                /**
                 * The user name for login
                 *
                 * @example ada
                 */
                username: string;
                /**
                 * The password for login in clear text
                 *
                 * @example correct-horse
                 */
                password: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** successful operation */
            200: {
                headers: {
                    /** calls per hour allowed by the user */
                    "X-Rate-Limit"?: number;
                    /** date in UTC when token expires */
                    "X-Expires-After"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /** @example session-1 */
                    "application/xml": string;
                    /** @example session-1 */
                    "application/json": string;
                };
            };
            /** Invalid username/password supplied */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    logoutUser: {
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
                content?: never;
            };
        };
    };
    getUserByName: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The name that needs to be fetched. Use user1 for testing.
                 *
                 * @example ada
                 */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** successful operation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/xml": User;
                    "application/json": User;
                };
            };
            /** User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    updateUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * name that need to be updated
                 *
                 * @example ada
                 */
                username: string;
            };
            cookie?: never;
        };
        /** Updated user object */
        requestBody: {
            content: {
                /**
                 * @example {
                 *   "id": 7,
                 *   "username": "ada",
                 *   "email": "ada@example.com"
                 * }
                 */
                "application/json": User;
            };
        };
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** User not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * The name that needs to be deleted
                 *
                 * @example ada
                 */
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** User not found */
            404: {
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
 *   "id": 1001,
 *   "petId": 25,
 *   "quantity": 1,
 *   "status": "placed"
 * }
 */
export type Order = {
    id: number;
    petId: number;
    quantity: number;
    /** Format: date-time */
    shipDate?: string;
    /** Order Status */
    status: "placed" | "approved" | "delivered";
    /** @default false */
    complete?: boolean;
};
export type Category = {
    id?: number;
    name?: string;
};
/**
 * @example {
 *   "id": 7,
 *   "username": "ada",
 *   "email": "ada@example.com"
 * }
 */
export type User = {
    id: number;
    username: string;
    firstName?: string;
    lastName?: string;
    email: string;
    password?: string;
    phone?: string;
    /** User Status */
    userStatus?: number;
};
export type Tag = {
    id?: number;
    name?: string;
};
/**
 * @example {
 *   "id": 25,
 *   "name": "doggie",
 *   "photoUrls": [
 *     "https://example.com/photo.png"
 *   ],
 *   "status": "available"
 * }
 */
export type Pet = {
    /**
     * @default 40
     * @example 25
     */
    readonly id: number;
    category?: Category;
    /** @example doggie */
    name: string;
    photoUrls: string[];
    tags?: Tag[];
    /** pet status in the store */
    status: "available" | "pending" | "sold";
};
export type ApiResponse = {
    code?: number;
    type?: string;
    message?: string;
};
/**
 * @example {
 *   "id": 25,
 *   "name": "doggie",
 *   "photoUrls": [
 *     "https://example.com/photo.png"
 *   ],
 *   "status": "available"
 * }
 */
export type PetWritable = {
    category?: Category;
    /** @example doggie */
    name: string;
    photoUrls: string[];
    tags?: Tag[];
    /** pet status in the store */
    status: "available" | "pending" | "sold";
};
export type RequestBodyPet = components['requestBodies']['Pet'];
export type RequestBodyUserArray = components['requestBodies']['UserArray'];
