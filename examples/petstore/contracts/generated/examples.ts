// Generated from contracts/petstore.json by `npm run generate`. Do not edit.

/** An answer that the spec shows. */
export interface ExampleAnswer {
  /** The first one of those that a range or `default` stands for. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Data where `Content-Type` is JSON, else text; missing where the spec documents no body. */
  readonly body?: unknown;
}

/** An example answer of one status, whose body has the type of the response. */
export interface ExampleOf<Status extends number, Body> extends ExampleAnswer {
  readonly status: Status;
  readonly body: Body;
}

/** The type of `examples`: written out, since the compiler infers none of that many values. */
export type Examples = {
  readonly addPet: {
    readonly '405': ExampleOf<405, undefined>;
  };
  readonly updatePet: {
    readonly '404': ExampleOf<404, undefined>;
    readonly '405': ExampleOf<405, undefined>;
  };
  readonly findPetsByStatus: {};
  readonly getPetById: {
    readonly '404': ExampleOf<404, undefined>;
  };
  readonly updatePetWithForm: {
    readonly '200': ExampleOf<200, undefined>;
    readonly '405': ExampleOf<405, undefined>;
  };
  readonly deletePet: {
    readonly '200': ExampleOf<200, undefined>;
    readonly '404': ExampleOf<404, undefined>;
  };
  readonly getInventory: {};
  readonly placeOrder: {
    readonly '400': ExampleOf<400, undefined>;
  };
  readonly getOrderById: {
    readonly '404': ExampleOf<404, undefined>;
  };
  readonly deleteOrder: {
    readonly '200': ExampleOf<200, undefined>;
    readonly '404': ExampleOf<404, undefined>;
  };
  readonly createUser: {
    readonly '200': ExampleOf<200, undefined>;
  };
  readonly loginUser: {
    readonly '200': ExampleOf<200, unknown>;
    readonly '400': ExampleOf<400, undefined>;
  };
  readonly logoutUser: {
    readonly '200': ExampleOf<200, undefined>;
  };
  readonly getUserByName: {
    readonly '404': ExampleOf<404, undefined>;
  };
  readonly updateUser: {
    readonly '200': ExampleOf<200, undefined>;
    readonly '404': ExampleOf<404, undefined>;
  };
  readonly deleteUser: {
    readonly '200': ExampleOf<200, undefined>;
    readonly '404': ExampleOf<404, undefined>;
  };
};

/** The answers that the spec shows, by operationId and by name: that of an example, else the status. */
export const examples: Examples = {
  addPet: {
    '405': {
      status: 405,
      headers: {},
    },
  },
  updatePet: {
    '404': {
      status: 404,
      headers: {},
    },
    '405': {
      status: 405,
      headers: {},
    },
  },
  findPetsByStatus: {},
  getPetById: {
    '404': {
      status: 404,
      headers: {},
    },
  },
  updatePetWithForm: {
    '200': {
      status: 200,
      headers: {},
    },
    '405': {
      status: 405,
      headers: {},
    },
  },
  deletePet: {
    '200': {
      status: 200,
      headers: {},
    },
    '404': {
      status: 404,
      headers: {},
    },
  },
  getInventory: {},
  placeOrder: {
    '400': {
      status: 400,
      headers: {},
    },
  },
  getOrderById: {
    '404': {
      status: 404,
      headers: {},
    },
  },
  deleteOrder: {
    '200': {
      status: 200,
      headers: {},
    },
    '404': {
      status: 404,
      headers: {},
    },
  },
  createUser: {
    '200': {
      status: 200,
      headers: {},
    },
  },
  loginUser: {
    '200': {
      status: 200,
      headers: { 'Content-Type': 'application/xml' },
      body: 'session-1',
    },
    '400': {
      status: 400,
      headers: {},
    },
  },
  logoutUser: {
    '200': {
      status: 200,
      headers: {},
    },
  },
  getUserByName: {
    '404': {
      status: 404,
      headers: {},
    },
  },
  updateUser: {
    '200': {
      status: 200,
      headers: {},
    },
    '404': {
      status: 404,
      headers: {},
    },
  },
  deleteUser: {
    '200': {
      status: 200,
      headers: {},
    },
    '404': {
      status: 404,
      headers: {},
    },
  },
} as unknown as Examples;
