import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

/** Structured logs on standard output; the SDK's own go the same way. Install before any worker or connection is made. */
export function installLogger(level: string): Logger {
  const logger = pino({ level, base: { process: 'worker' } });
  const forward = (at: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) => logger[at](plain(meta), message);
  Runtime.install({
    logger: {
      log: (at, message, meta) => logger[levels[at]](plain(meta), message),
      trace: forward('trace'),
      debug: forward('debug'),
      info: forward('info'),
      warn: forward('warn'),
      error: forward('error'),
    },
    // The SDK's core would write lines of its own form to standard output.
    telemetryOptions: { logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'WARN' }) } },
    shutdownSignals: [],
  });
  return logger;
}

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** The SDK's time stamps are BigInt, which JSON does not know. */
const plain = (meta: object = {}): object =>
  Object.fromEntries(Object.entries(meta).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]));
