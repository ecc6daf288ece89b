/**
 * The variables that keep the tools from calling home. Every process that we start gets them: it opens no connection
 * that it was not told to.
 *
 * @see https://docs.pact.io/telemetry
 * @see https://redocly.com/docs/cli/usage-data
 * @see https://consoledonottrack.com
 */
export const quietEnvironment = {
  DO_NOT_TRACK: '1',
  PACT_DO_NOT_TRACK: '1',
  REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
  REDOCLY_TELEMETRY: 'off',
  SCARF_ANALYTICS: 'false',
} as const;
