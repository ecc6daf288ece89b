import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions, type UserConfig } from 'vite';

const mockUrl = process.env.VITE_MOCK_URL;

/**
 * Passes on what the page asks of the mock itself, which no page of another origin may. The mock sees where a request
 * comes from in `Origin` and `Sec-Fetch-Site`: only the first is dropped, and only where it is this page's.
 */
const toMock = (target: string): Record<string, ProxyOptions> => ({
  '^/__mock__/(forced|jwts)(\\?|$)': {
    target,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (sent, { headers: { origin, host } }) => {
        if (origin !== undefined && URL.parse(origin)?.host === host) sent.removeHeader('origin');
      });
    },
  },
});

const config: UserConfig = defineConfig({
  plugins: [react()],
  // The preview has the same.
  server: { proxy: mockUrl === undefined ? {} : toMock(mockUrl) },
});

export default config;
