import './node-guard.ts';

export type { AnswerName } from './answers.ts';
export {
  createNexudusAuthHandler,
  createNexudusAuthHandlers,
  type HandlerOptions,
  type HandlersOptions,
  type SingleHandlerOptions,
} from './handlers.ts';
