// Generated from contracts/petstore.json by `npm run generate`. Do not edit.

import type { OperationId } from './operations.ts';
import type { Order, Pet, PetWritable, User, operations } from './schema.ts';

/** Options that every operation takes. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Milliseconds until the call fails, its body included; of a stream, until it begins. Overrides the client's. */
  timeoutMs?: number;
  /** Whether a redirect is followed or is an answer. Overrides the client's. */
  redirect?: 'manual' | 'follow';
}

/** Performs one operation by its operationId. `createSender` of openapi-contract-kit/client makes one. */
export type Send = <Result>(operationId: OperationId, options?: object) => Promise<Result>;

/**
 * API keys, and names with passwords, by the names of their security schemes. `createSender` takes them for all calls.
 */
export type Credentials = {
  api_key?: string;
};

/** Options of `addPet`. */
export type AddPetOptions = CallOptions & {
  /** Sent in the Authorization header. */
  bearerToken: string;
} & (
  | { contentType?: 'application/json'; body: PetWritable }
  | { contentType: 'application/xml'; body: string }
);

/** Result of `addPet`, discriminated by `status`. */
export type AddPetResult =
  | { status: 200; ok: true; body: Pet; response: Response }
  | { status: 405; ok: false; body: undefined; response: Response };

/** Options of `updatePet`. */
export type UpdatePetOptions = CallOptions & {
  /** Sent in the Authorization header. */
  bearerToken: string;
} & (
  | { contentType?: 'application/json'; body: PetWritable }
  | { contentType: 'application/xml'; body: string }
);

/** Result of `updatePet`, discriminated by `status`. */
export type UpdatePetResult =
  | { status: 200; ok: true; body: Pet; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response }
  | { status: 405; ok: false; body: undefined; response: Response };

/** Options of `findPetsByStatus`. */
export interface FindPetsByStatusOptions extends CallOptions {
  query: operations['findPetsByStatus']['parameters']['query'];
  /** Sent in the Authorization header. */
  bearerToken: string;
  /** The media type to ask for. Default: any of them. */
  accept?: 'application/xml' | 'application/json';
}

/** Result of `findPetsByStatus`, discriminated by `status`. */
export type FindPetsByStatusResult =
  | { status: 200; ok: true; contentType: 'application/xml'; body: string; response: Response }
  | {
      status: 200;
      ok: true;
      contentType: 'application/json';
      body: operations['findPetsByStatus']['responses'][200]['content']['application/json'];
      response: Response;
    };

/** Options of `getPetById`. */
export interface GetPetByIdOptions extends CallOptions {
  path: operations['getPetById']['parameters']['path'];
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'api_key'>;
  /** The media type to ask for. Default: any of them. */
  accept?: 'application/xml' | 'application/json';
}

/** Result of `getPetById`, discriminated by `status`. */
export type GetPetByIdResult =
  | { status: 200; ok: true; contentType: 'application/xml'; body: string; response: Response }
  | { status: 200; ok: true; contentType: 'application/json'; body: Pet; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** Options of `updatePetWithForm`. */
export interface UpdatePetWithFormOptions extends CallOptions {
  path: operations['updatePetWithForm']['parameters']['path'];
  /** Sent as application/x-www-form-urlencoded. */
  body: operations['updatePetWithForm']['requestBody']['content']['application/x-www-form-urlencoded'] | URLSearchParams;
  /** Sent in the Authorization header. */
  bearerToken: string;
}

/** Result of `updatePetWithForm`, discriminated by `status`. */
export type UpdatePetWithFormResult =
  | { status: 200; ok: true; body: undefined; response: Response }
  | { status: 405; ok: false; body: undefined; response: Response };

/** Options of `deletePet`. */
export interface DeletePetOptions extends CallOptions {
  path: operations['deletePet']['parameters']['path'];
  header?: NonNullable<operations['deletePet']['parameters']['header']>;
  /** Sent in the Authorization header. */
  bearerToken: string;
}

/** Result of `deletePet`, discriminated by `status`. */
export type DeletePetResult =
  | { status: 200; ok: true; body: undefined; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** Options of `getInventory`. */
export interface GetInventoryOptions extends CallOptions {
  /** Overrides those of the client. */
  credentials?: Pick<Credentials, 'api_key'>;
}

/** Result of `getInventory`, discriminated by `status`. */
export type GetInventoryResult =
  | {
      status: 200;
      ok: true;
      body: operations['getInventory']['responses'][200]['content']['application/json'];
      response: Response;
    };

/** Options of `placeOrder`. */
export interface PlaceOrderOptions extends CallOptions {
  /** Sent as application/json. */
  body: Order;
  /** The media type to ask for. Default: any of them. */
  accept?: 'application/xml' | 'application/json';
}

/** Result of `placeOrder`, discriminated by `status`. */
export type PlaceOrderResult =
  | { status: 200; ok: true; contentType: 'application/xml'; body: string; response: Response }
  | { status: 200; ok: true; contentType: 'application/json'; body: Order; response: Response }
  | { status: 400; ok: false; body: undefined; response: Response };

/** Options of `getOrderById`. */
export interface GetOrderByIdOptions extends CallOptions {
  path: operations['getOrderById']['parameters']['path'];
  /** The media type to ask for. Default: any of them. */
  accept?: 'application/xml' | 'application/json';
}

/** Result of `getOrderById`, discriminated by `status`. */
export type GetOrderByIdResult =
  | { status: 200; ok: true; contentType: 'application/xml'; body: string; response: Response }
  | { status: 200; ok: true; contentType: 'application/json'; body: Order; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** Options of `deleteOrder`. */
export interface DeleteOrderOptions extends CallOptions {
  path: operations['deleteOrder']['parameters']['path'];
}

/** Result of `deleteOrder`, discriminated by `status`. */
export type DeleteOrderResult =
  | { status: 200; ok: true; body: undefined; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** Options of `createUser`. */
export interface CreateUserOptions extends CallOptions {
  /** Sent as application/json. */
  body: User;
}

/** Result of `createUser`, discriminated by `status`. */
export type CreateUserResult =
  | { status: 200; ok: true; body: undefined; response: Response };

/** Options of `loginUser`. */
export interface LoginUserOptions extends CallOptions {
  query: operations['loginUser']['parameters']['query'];
  /** The media type to ask for. Default: any of them. */
  accept?: 'application/xml' | 'application/json';
}

/** Result of `loginUser`, discriminated by `status`. */
export type LoginUserResult =
  | {
      status: 200;
      ok: true;
      contentType: 'application/xml';
      body: operations['loginUser']['responses'][200]['content']['application/xml'];
      response: Response;
    }
  | {
      status: 200;
      ok: true;
      contentType: 'application/json';
      body: operations['loginUser']['responses'][200]['content']['application/json'];
      response: Response;
    }
  | { status: 400; ok: false; body: undefined; response: Response };

/** Options of `logoutUser`. */
export type LogoutUserOptions = CallOptions;

/** Result of `logoutUser`, discriminated by `status`. */
export type LogoutUserResult =
  | { status: 200; ok: true; body: undefined; response: Response };

/** Options of `getUserByName`. */
export interface GetUserByNameOptions extends CallOptions {
  path: operations['getUserByName']['parameters']['path'];
  /** The media type to ask for. Default: any of them. */
  accept?: 'application/xml' | 'application/json';
}

/** Result of `getUserByName`, discriminated by `status`. */
export type GetUserByNameResult =
  | { status: 200; ok: true; contentType: 'application/xml'; body: string; response: Response }
  | { status: 200; ok: true; contentType: 'application/json'; body: User; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** Options of `updateUser`. */
export interface UpdateUserOptions extends CallOptions {
  path: operations['updateUser']['parameters']['path'];
  /** Sent as application/json. */
  body: User;
}

/** Result of `updateUser`, discriminated by `status`. */
export type UpdateUserResult =
  | { status: 200; ok: true; body: undefined; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** Options of `deleteUser`. */
export interface DeleteUserOptions extends CallOptions {
  path: operations['deleteUser']['parameters']['path'];
}

/** Result of `deleteUser`, discriminated by `status`. */
export type DeleteUserResult =
  | { status: 200; ok: true; body: undefined; response: Response }
  | { status: 404; ok: false; body: undefined; response: Response };

/** The operations of the spec, as functions. */
export interface Client {
  /**
   * Add a new pet to the store.
   *
   * @see POST /pet in contracts/petstore.json
   */
  addPet(options: AddPetOptions): Promise<AddPetResult>;

  /**
   * Update an existing pet.
   *
   * @see PUT /pet in contracts/petstore.json
   */
  updatePet(options: UpdatePetOptions): Promise<UpdatePetResult>;

  /**
   * Finds Pets by status.
   *
   * Multiple status values can be provided with comma separated strings
   *
   * @see GET /pet/findByStatus in contracts/petstore.json
   */
  findPetsByStatus(options: FindPetsByStatusOptions): Promise<FindPetsByStatusResult>;

  /**
   * Find pet by ID.
   *
   * Returns a single pet
   *
   * @see GET /pet/{petId} in contracts/petstore.json
   */
  getPetById(options: GetPetByIdOptions): Promise<GetPetByIdResult>;

  /**
   * Updates a pet in the store with form data.
   *
   * @see POST /pet/{petId} in contracts/petstore.json
   */
  updatePetWithForm(options: UpdatePetWithFormOptions): Promise<UpdatePetWithFormResult>;

  /**
   * Deletes a pet.
   *
   * @see DELETE /pet/{petId} in contracts/petstore.json
   */
  deletePet(options: DeletePetOptions): Promise<DeletePetResult>;

  /**
   * Returns pet inventories by status.
   *
   * Returns a map of status codes to quantities
   *
   * @see GET /store/inventory in contracts/petstore.json
   */
  getInventory(options?: GetInventoryOptions): Promise<GetInventoryResult>;

  /**
   * Place an order for a pet.
   *
   * @see POST /store/order in contracts/petstore.json
   */
  placeOrder(options: PlaceOrderOptions): Promise<PlaceOrderResult>;

  /**
   * Find purchase order by ID.
   *
   * For valid response try integer IDs with value >= 1 and <= 10. Other values will generated exceptions
   *
   * @see GET /store/order/{orderId} in contracts/petstore.json
   */
  getOrderById(options: GetOrderByIdOptions): Promise<GetOrderByIdResult>;

  /**
   * Delete purchase order by ID.
   *
   * For valid response try integer IDs with positive integer value. Negative or non-integer values will generate API errors
   *
   * @see DELETE /store/order/{orderId} in contracts/petstore.json
   */
  deleteOrder(options: DeleteOrderOptions): Promise<DeleteOrderResult>;

  /**
   * Create user.
   *
   * This can only be done by the logged in user.
   *
   * @see POST /user in contracts/petstore.json
   */
  createUser(options: CreateUserOptions): Promise<CreateUserResult>;

  /**
   * Logs user into the system.
   *
   * @see GET /user/login in contracts/petstore.json
   */
  loginUser(options: LoginUserOptions): Promise<LoginUserResult>;

  /**
   * Logs out current logged in user session.
   *
   * @see GET /user/logout in contracts/petstore.json
   */
  logoutUser(options?: LogoutUserOptions): Promise<LogoutUserResult>;

  /**
   * Get user by user name.
   *
   * @see GET /user/{username} in contracts/petstore.json
   */
  getUserByName(options: GetUserByNameOptions): Promise<GetUserByNameResult>;

  /**
   * Updated user.
   *
   * This can only be done by the logged in user.
   *
   * @see PUT /user/{username} in contracts/petstore.json
   */
  updateUser(options: UpdateUserOptions): Promise<UpdateUserResult>;

  /**
   * Delete user.
   *
   * This can only be done by the logged in user.
   *
   * @see DELETE /user/{username} in contracts/petstore.json
   */
  deleteUser(options: DeleteUserOptions): Promise<DeleteUserResult>;
}

/** Makes the operations as functions of a sender. */
export function createClient(send: Send): Client {
  return {
    addPet: (options) => send('addPet', options),
    updatePet: (options) => send('updatePet', options),
    findPetsByStatus: (options) => send('findPetsByStatus', options),
    getPetById: (options) => send('getPetById', options),
    updatePetWithForm: (options) => send('updatePetWithForm', options),
    deletePet: (options) => send('deletePet', options),
    getInventory: (options) => send('getInventory', options),
    placeOrder: (options) => send('placeOrder', options),
    getOrderById: (options) => send('getOrderById', options),
    deleteOrder: (options) => send('deleteOrder', options),
    createUser: (options) => send('createUser', options),
    loginUser: (options) => send('loginUser', options),
    logoutUser: (options) => send('logoutUser', options),
    getUserByName: (options) => send('getUserByName', options),
    updateUser: (options) => send('updateUser', options),
    deleteUser: (options) => send('deleteUser', options),
  };
}
